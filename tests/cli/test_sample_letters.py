"""The sample's letters: in every state, and sound."""

from collections import Counter

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.features.letters import checks
from portal.features.letters.kinds import State
from portal.features.letters.models import Letter, LetterIntake, LetterStep


def test_letters_stand_in_every_state_and_nothing_lies_in_the_future(sample_app):
    letters = list(session().scalars(select(Letter).order_by(Letter.id)))
    states = Counter(letter.state for letter in letters)
    waiting = list(session().scalars(select(LetterIntake.key).order_by(LetterIntake.key)))
    assert len(letters) + len(waiting) >= 35
    assert set(states) >= set(State) - {State.RECEIVED}
    assert sum(letter.is_sealed for letter in letters) >= 2
    assert max(letter.day for letter in letters) < clock.today()
    days = session().scalars(select(LetterStep.day).order_by(LetterStep.day))
    assert max(days) <= clock.today()


def test_their_digests_hold(sample_app):
    found = checks.verify()
    assert found.sound
    assert found.withdrawn == 1
