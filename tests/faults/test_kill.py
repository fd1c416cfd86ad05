"""What was acknowledged is on the disk, however the server ends."""

import threading

import pytest

from tests.support import faults

pytestmark = pytest.mark.slow
PEOPLE = 600


def test_a_kill_in_the_middle_of_600_submissions_loses_nothing_acknowledged(asked):
    sheets = asked.sheets(PEOPLE)
    acknowledged, enough = [], threading.Event()

    def send(sheet):
        if sheet.send(faults.port_of(server)) == 303:
            acknowledged.append(sheet.words)
            if len(acknowledged) >= PEOPLE // 3:
                enough.set()

    with asked.serve() as server:
        crowd = threading.Thread(target=faults.all_at_once, args=(send, sheets))
        crowd.start()
        assert enough.wait(60)
        faults.kill_all(server)
        crowd.join()
    assert PEOPLE // 3 <= len(acknowledged) < PEOPLE
    assert set(acknowledged) <= set(asked.stored())

    with asked.serve() as server:
        again = faults.all_at_once(lambda sheet: sheet.send(faults.port_of(server)), sheets)
    assert again == [303] * PEOPLE
    assert sorted(asked.stored()) == sorted(sheet.words for sheet in sheets)
    assert asked.keys() == PEOPLE
