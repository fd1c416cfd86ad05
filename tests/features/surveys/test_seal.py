"""The seal: after the close all that remains is folded and the totals are frozen."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import State
from portal.features.surveys import fold, participation
from portal.features.surveys.models import Batch, Counter, FormKey, Intake
from tests.support import surveyed


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện": ["Xã Một", "Xã Hai", "Xã Ba"]})


@pytest.fixture
def asked(place):
    return surveyed.campaign(place)


@pytest.fixture
def later(monkeypatch):
    """Let the clock jump ahead by some days."""

    def jump(days: int) -> None:
        now = clock.now() + timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda: now)

    return jump


def test_an_open_campaign_is_not_sealed(place, asked):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 3)
    assert fold.seal_closed() == 0
    assert not session().get_one(Campaign, asked.id).is_sealed


def test_after_the_close_everything_is_counted_and_nothing_waits(place, asked, later):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 3)
    surveyed.answer(asked, place["Xã Hai"], ["1|khong|"] * 27)
    later(3)
    assert fold.seal_closed() == 1
    assert session().scalar(select(func.count()).select_from(Intake)) == 0
    query = select(func.sum(Counter.n)).where(Counter.question == "chung", Counter.option == "")
    assert session().scalar(query) == 30
    assert participation.by_unit(asked.id) == {place["Xã Một"].id: 3, place["Xã Hai"].id: 27}


def test_the_close_adds_at_least_five_to_whatever_was_shown(place, asked, later):
    for people in (3, 9, 14, 26):
        unit = place["Xã Một"]
        surveyed.answer(asked, unit, ["5|co|"] * people)
        fold.fold_pending()
        shown = participation.folded(asked.id, unit.id)
    later(3)
    fold.seal_closed()
    assert shown > 0
    assert participation.folded(asked.id, unit.id) - shown >= 5


def test_a_remainder_joins_the_last_batch_and_is_never_a_small_batch_of_its_own(
    place, asked, later
):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 33)
    fold.fold_pending()
    later(3)
    fold.seal_closed()
    assert min(session().scalars(select(Batch.size))) >= 5


def test_the_form_keys_die_with_the_campaign(place, asked, later):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 12)
    later(3)
    fold.seal_closed()
    assert session().scalar(select(func.count()).select_from(FormKey)) == 0


def test_sealing_again_changes_nothing(place, asked, later):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 12)
    later(3)
    fold.seal_closed()
    day = session().get_one(Campaign, asked.id).sealed_on
    later(1)
    assert fold.seal_closed() == 0
    assert session().get_one(Campaign, asked.id).sealed_on == day


def test_a_campaign_without_any_answer_is_sealed_too(asked, later):
    later(3)
    assert fold.seal_closed() == 1


def test_a_draft_whose_days_have_gone_by_is_not_sealed(place, later):
    surveyed.campaign(place, state=State.DRAFT)
    later(3)
    assert fold.seal_closed() == 0


def test_an_answer_acknowledged_in_the_last_second_is_waited_for(asked, monkeypatch):
    midnight = clock.day_end(asked.closes_on)
    monkeypatch.setattr(clock, "now", lambda: midnight + timedelta(seconds=1))
    assert fold.seal_closed() == 0
    monkeypatch.setattr(clock, "now", lambda: midnight + timedelta(seconds=30))
    assert fold.seal_closed() == 1
