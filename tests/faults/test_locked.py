"""A foreign program holds the write lock of the SQLite file: a backup tool, a curious admin."""

import sqlite3
import threading
import time
from contextlib import closing

import pytest

from portal.core.erasing import empty_wal
from tests.support import faults

pytestmark = pytest.mark.slow
PEOPLE = 24


def send_while_locked(on_sqlite, seconds, pause):
    """Have people send, one after the other, while somebody holds the lock.

    Give status and seconds of each, and how many answers were stored.
    """
    asking, server = on_sqlite
    port, before, took = faults.port_of(server), len(asking.stored()), []

    def send(sheet):
        begun = time.monotonic()
        status = sheet.send(port)
        took.append((status, time.monotonic() - begun))

    people = [threading.Thread(target=send, args=[sheet]) for sheet in asking.sheets(PEOPLE)]
    with faults.locked(faults.file_of(asking.url)):
        for person in people:
            person.start()
            time.sleep(pause)
        time.sleep(seconds - pause * PEOPLE)
    for person in people:
        person.join()
    return took, len(asking.stored()) - before


def test_while_the_file_is_locked_for_four_seconds_nobody_is_refused(on_sqlite):
    took, stored = send_while_locked(on_sqlite, 4, pause=0.1)
    assert [status for status, _ in took] == [303] * PEOPLE
    assert stored == PEOPLE


def test_when_it_is_locked_for_long_everybody_is_told_so_within_twelve_seconds(on_sqlite):
    took, stored = send_while_locked(on_sqlite, 15, pause=0.25)
    statuses = [status for status, _ in took]
    assert set(statuses) <= {303, 503}
    assert max(seconds for _, seconds in took) < 12.5
    assert statuses.count(503) >= PEOPLE // 2
    assert stored == statuses.count(303)


def test_somebody_who_reads_for_long_does_not_make_the_fold_stop_those_who_send(on_sqlite):
    asking, server = on_sqlite
    port, [first, second] = faults.port_of(server), asking.sheets(2, said="Trong lúc đọc")

    def cut_the_log():
        with asking.app.app_context():
            empty_wal()

    with closing(sqlite3.connect(faults.file_of(asking.url), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM survey_intake").fetchone()
        assert first.send(port) == 303
        cutting = threading.Thread(target=cut_the_log)
        cutting.start()
        time.sleep(0.05)
        begun = time.monotonic()
        assert second.send(port) == 303
        assert time.monotonic() - begun < 2
        cutting.join()
