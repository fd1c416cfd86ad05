"""What became of what a group's households wrote, as its sheet tells it."""

import pytest

from portal.core.database import write
from portal.features.ballots import queries as ballots
from portal.features.consolidation import explaining, merging, outcomes
from portal.features.consolidation.explaining import Explained
from portal.features.consolidation.workflow import OPINION
from portal.policy.roles import Duty
from tests.support import cased, gathered
from tests.support.gathered import NOTICE, SAME, again
from tests.support.voiced import CLAUSE


@pytest.fixture(name="made")
def ward(app):
    return cased.ward()


def test_a_group_reads_how_many_ballots_of_the_whole_ward_say_so(made):
    author = made.actor(Duty.DRAFT)
    one = made.published(made.actor())
    first = gathered.households(one, "Tổ dân phố 1", CLAUSE, NOTICE, 30)
    merging.merge(author, gathered.households(one, "Tổ dân phố 2", CLAUSE, SAME, 8), first)
    answer = Explained("content", "accept", "Bổ sung vào khoản 2.")
    explaining.hand_in(author, again(first), answer, again(first).version)
    OPINION.fire(made.actor(Duty.APPROVE), first.id, "approve")
    with write():
        one.answers_public_on = cased.day(0)
    for group, said in zip(ballots.listed(one.id), (NOTICE, SAME), strict=True):
        [told] = outcomes.of_group(group)
        assert (told.text, told.households) == (said, 38)
