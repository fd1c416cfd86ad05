"""Ratings beside a box: one press, an ordinary survey, tied to no letter."""

import pytest

from portal.core import clock
from portal.core.errors import Refused
from portal.features.campaigns.phase import Phase
from portal.features.letters.models import LetterIntake
from portal.features.mailbox import queries, ratings
from portal.features.questionnaires import services as questionnaires
from portal.features.questionnaires.definition import Kind
from portal.features.surveys.models import Intake
from tests.support import boxed, lettered


@pytest.fixture
def made(app):
    questionnaires.load_library()
    return lettered.box()


@pytest.fixture
def author(made):
    return boxed.runner(made)


def test_one_press_opens_ratings_for_the_rounds_and_points_of_the_box(made, author):
    campaign = ratings.hang(author, made.box)
    assert (campaign.phase, made.box.campaign_id) == (Phase.OPEN, campaign.id)
    assert campaign.all_rounds == made.box.rounds
    assert campaign.closes_on >= clock.today()


def test_they_ask_for_marks_alone(made, author):
    questions = ratings.hang(author, made.box).questionnaire_version.definition.questions
    assert Kind.TEXT not in {one.kind for one in questions}
    assert "loai" not in {one.id for one in questions}


def test_each_point_has_its_own_code_and_online_the_wards(made, author):
    assert ratings.code_for(queries.by_code(lettered.BOX_CODE)) is None
    ratings.hang(author, made.box)
    codes = {
        ratings.code_for(queries.by_code(one)) for one in (lettered.BOX_CODE, lettered.POINT_CODE)
    }
    assert len(codes) == 2
    assert None not in codes


def test_they_are_hung_once(made, author):
    ratings.hang(author, made.box)
    with pytest.raises(Refused):
        ratings.hang(author, made.box)


def test_a_draft_has_none(made, author):
    with pytest.raises(Refused):
        ratings.hang(author, boxed.draft(made, author))


def test_no_table_knows_both_a_letter_and_a_rating(made):
    letters = {one.name for one in LetterIntake.__table__.columns}
    answers = {one.name for one in Intake.__table__.columns}
    assert not {"campaign_id", "code", "answer_id"} & letters
    assert not {"box_id", "letter_id", "receipt_hash"} & answers
