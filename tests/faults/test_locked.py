"""A foreign program holds the write lock of the SQLite file: a backup tool, a curious admin."""

import threading
import time

import pytest

from tests.support import faults

pytestmark = pytest.mark.slow


@pytest.fixture
def sent_while_locked(asked_sqlite):
    """Give what happened to 24 people who sent, one after the other, while somebody held it."""

    def run(seconds, pause=0.2):
        took = []

        def send(sheet):
            begun = time.monotonic()
            status = sheet.send(port)
            took.append((status, time.monotonic() - begun))

        with asked_sqlite.serve() as server:
            port = faults.port_of(server)
            people = [threading.Thread(target=send, args=[s]) for s in asked_sqlite.sheets(24)]
            with faults.locked(faults.file_of(asked_sqlite.url)):
                for person in people:
                    person.start()
                    time.sleep(pause)
                time.sleep(seconds - pause * len(people))
            for person in people:
                person.join()
        return took, asked_sqlite.stored()

    return run


def test_while_the_file_is_locked_for_four_seconds_nobody_is_refused(sent_while_locked):
    took, stored = sent_while_locked(4, pause=0.1)
    assert [status for status, _ in took] == [303] * 24
    assert len(stored) == 24


def test_when_it_is_locked_for_long_everybody_is_told_so_within_twelve_seconds(sent_while_locked):
    took, stored = sent_while_locked(15, pause=0.25)
    assert {status for status, _ in took} <= {303, 503}
    assert max(seconds for _, seconds in took) < 12.5
    assert [status for status, _ in took].count(503) >= 12
    assert len(stored) == [status for status, _ in took].count(303)
