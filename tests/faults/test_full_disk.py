"""The disk is full: said honestly, nothing acknowledged is lost, and it comes back by itself."""

import pytest

from tests.support import faults

pytestmark = pytest.mark.slow


def test_a_full_disk_is_said_honestly_and_what_was_typed_is_kept(on_sqlite):
    asking, server = on_sqlite
    port, [first, second] = faults.port_of(server), asking.sheets(2, said="Trước và sau")
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
    assert {first.words, second.words} <= set(asking.stored())


def test_when_the_disk_fills_up_in_a_rush_none_acknowledged_is_lost(on_sqlite):
    asking, server = on_sqlite
    port, sheets = faults.port_of(server), asking.sheets(200)
    present = faults.file_of(f"{asking.url}-wal").stat().st_size
    faults.limit_files(server, present + 150_000)
    statuses = faults.all_at_once(lambda sheet: sheet.send(port), sheets)
    sent = zip(sheets, statuses, strict=True)
    acknowledged = {sheet.words for sheet, status in sent if status == 303}
    assert set(statuses) == {303, 503}
    assert acknowledged <= set(asking.stored())
    faults.limit_files(server)
    assert faults.all_at_once(lambda sheet: sheet.send(port), sheets) == [303] * 200
    words = [said for said in asking.stored() if said.startswith("Ý kiến")]
    assert sorted(words) == sorted(sheet.words for sheet in sheets)
