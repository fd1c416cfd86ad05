"""Hiding a comment from everybody: asked with a reason, decided by the level above."""

import pytest

from portal.core import database
from portal.core.errors import Forbidden, Invalid, Refused
from portal.features.consolidation.models import Opinion
from portal.features.consultations import comment_queries, hiding
from portal.features.consultations.hiding_workflow import COMMENT_HIDING
from portal.features.consultations.models import CommentHiding
from portal.policy.roles import Duty, Role
from tests.support import surveyed, voiced
from tests.support.voiced import CLAUSE

WHY = "Nêu tên và đời tư của một hộ."


@pytest.fixture
def made(app):
    return voiced.consultation(shows=True)


def asked(made, comment):
    return hiding.ask(surveyed.actor(made.account()), comment, WHY)


def test_whoever_counts_is_told_of_what_is_hidden_and_shown_again(made):
    comment = made.comment(CLAUSE)
    above, wish = surveyed.actor(made.account(Role.DISTRICT)), asked(made, comment)
    opinion = database.session().get_one(Opinion, comment.opinion_id)
    COMMENT_HIDING.fire(above, wish.id, "hide", "Lộ đời tư")
    assert opinion.voices == 0
    COMMENT_HIDING.fire(above, wish.id, "lift", "Người ấy đồng ý")
    assert opinion.voices == 1


@pytest.mark.parametrize(("role", "duties"), [(Role.DISTRICT, ()), (Role.COMMUNE, (Duty.INSPECT,))])
def test_only_whoever_brings_comments_together_asks(made, role, duties):
    comment = made.comment()
    with pytest.raises(Forbidden):
        hiding.ask(surveyed.actor(made.account(role, *duties)), comment, WHY)


def test_nobody_decides_on_what_his_own_unit_asks(made):
    wish = asked(made, made.comment())
    with pytest.raises(Forbidden):
        COMMENT_HIDING.fire(surveyed.actor(made.account()), wish.id, "hide", "Tự ẩn")


def test_it_is_asked_once_and_with_a_reason(made):
    comment = made.comment()
    with pytest.raises(Invalid):
        hiding.ask(surveyed.actor(made.account()), comment, " ")
    asked(made, comment)
    with pytest.raises(Refused, match="đang chờ cấp trên"):
        asked(made, comment)


def test_what_is_refused_stays_and_can_be_asked_again(made):
    comment = made.comment()
    wish = asked(made, comment)
    COMMENT_HIDING.fire(
        surveyed.actor(made.account(Role.DISTRICT)), wish.id, "refuse", "Chỉ là chê"
    )
    assert (comment.state, comment_queries.hidden([comment.id])) == ("shown", {})
    assert isinstance(asked(made, comment), CommentHiding)


def test_the_queue_of_wishes_is_that_of_the_level_above(made):
    asked(made, made.comment())
    for role, found in ((Role.DISTRICT, 1), (Role.COMMUNE, 0)):
        waiting = comment_queries.hidings_to_decide(surveyed.actor(made.account(role)))
        assert len(waiting) == found
