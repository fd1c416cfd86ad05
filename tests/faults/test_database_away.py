"""The database goes away for a while, and comes back without anybody's help."""

import time

import pytest
from sqlalchemy import text

from portal.core.database import session
from portal.extensions import db
from tests.support import faults, processes
from tests.support.asked import CODE, ask
from tests.support.faults import Browser

pytestmark = pytest.mark.slow
WORDS = "Đường hỏng đã lâu, mong xã sửa giúp"


def test_while_postgresql_is_away_nothing_is_acknowledged_and_nothing_breaks(
    postgres_alone, tmp_path
):
    server, url = postgres_alone
    with faults.asking(tmp_path, url) as asking, asking.serve(PORTAL_WORKERS="1") as portal:
        port, [sheet] = faults.port_of(portal), asking.sheets(1, said=WORDS)
        official = faults.official(asking, port)
        form, home = f"/{sheet.code}", "/tinh"
        assert [official.get(page).status for page in (form, home)] == [200, 200]
        db.session.remove()
        with faults.away(server, url):
            time.sleep(10.5)  # beyond what is kept in memory anyway
            assert Browser(port).get(form).status == 200
            said = sheet.send_and_read(port)
            assert said.status == 503
            assert "CHƯA được lưu" in said.text
            assert sheet.words in said.text
            for page in (home, "/dot-khao-sat", "/lan-dang-nhap", "/healthz", "/" + "2" * 8):
                answer = official.get(page)
                assert (page, answer.status) == (page, 503), portal.log
        assert processes.soon(lambda: faults.answers(port), 5)
        assert sheet.send(port) == 303
        assert official.get(home).status == 200
        assert asking.stored() == [sheet.words]
        assert WORDS[:10] not in portal.log
        assert not [line for line in portal.log.splitlines() if _is_trace_of_a_page(line)]


def _is_trace_of_a_page(line):
    """A job in the middle of its work may say where it was; pages say "database away"."""
    return "Traceback" in line and '"portal.jobs"' not in line


def test_while_the_file_cannot_be_opened_nothing_is_acknowledged(client, backend, tmp_path):
    if backend == "postgresql":
        return
    ask()
    key = faults.token(client.get(f"/{CODE}").text, name="khoa")
    fields = {"khoa": key, "chung": "5", "biet": "khong", "them": WORDS}
    file = faults.file_of(str(session().get_bind().url))
    session().rollback()
    with session().get_bind().connect() as connection:
        connection.connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.session.remove()
    db.engine.dispose()
    aside = file.rename(tmp_path / "aside")
    file.mkdir()
    said = client.post(f"/{CODE}/gui", data=fields)
    home = client.get("/dang-nhap")
    file.rmdir()
    aside.rename(file)
    assert (said.status_code, WORDS in said.text) == (503, True)
    assert home.status_code in {200, 503}
    assert client.post(f"/{CODE}/gui", data=fields).status_code == 303
    assert session().scalar(text("SELECT count(*) FROM survey_intake")) == 1
