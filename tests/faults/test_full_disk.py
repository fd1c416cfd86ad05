"""The disk is full: said honestly, nothing acknowledged is lost, and it comes back by itself."""

import pytest

from tests.support import faults

pytestmark = pytest.mark.slow


def test_a_full_disk_is_said_honestly_and_what_was_typed_is_kept(asked_sqlite):
    [first, second] = asked_sqlite.sheets(2)
    with asked_sqlite.serve() as server:
        port = faults.port_of(server)
        assert first.send(port) == 303
        faults.limit_files(server, 1000)
        said = second.send_and_read(port)
        assert said.status == 503
        assert "CHƯA được lưu" in said.text
        assert second.words in said.text
        assert f'value="{second.key}"' in said.text
        assert faults.Browser(port).get(f"/{first.code}").status == 200
        faults.limit_files(server)
        assert second.send(port) == 303
    assert sorted(asked_sqlite.stored()) == sorted([first.words, second.words])


def test_when_the_disk_fills_up_in_a_rush_none_acknowledged_is_lost(asked_sqlite):
    sheets = asked_sqlite.sheets(200)
    wal = faults.file_of(f"{asked_sqlite.url}-wal")
    with asked_sqlite.serve() as server:
        port = faults.port_of(server)
        faults.limit_files(server, wal.stat().st_size + 150_000)
        statuses = faults.all_at_once(lambda sheet: sheet.send(port), sheets)
        acknowledged = {s.words for s, status in zip(sheets, statuses, strict=True) if status == 303}
        assert set(statuses) == {303, 503}
        assert acknowledged <= set(asked_sqlite.stored())
        faults.limit_files(server)
        again = faults.all_at_once(lambda sheet: sheet.send(port), sheets)
    assert again == [303] * 200
    assert sorted(asked_sqlite.stored()) == sorted(sheet.words for sheet in sheets)
