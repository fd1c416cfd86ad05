"""Participation: live, counted once, in a fixed number of queries."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.features.surveys import fold, participation
from tests.support import surveyed
from tests.support.queries import counted


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện": ["Xã Một", "Xã Hai", "Xã Ba"]})


@pytest.fixture
def asked(place):
    asked = surveyed.campaign(place)
    yesterday = clock.today() - timedelta(days=1)
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 7, day=yesterday)
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 8)
    surveyed.answer(asked, place["Xã Hai"], ["5|co|"] * 2)
    return asked


def figures(asked, place):
    one = {place["Xã Một"].id}
    return (
        participation.by_unit(asked.id), participation.by_day(asked.id),
        participation.by_day(asked.id, one),
    )  # fmt: skip


def test_who_and_when_add_up(asked, place):
    today = clock.today()
    yesterday = today - timedelta(days=1)
    one, two = place["Xã Một"].id, place["Xã Hai"].id
    by_unit, by_day, of_one = figures(asked, place)
    assert by_unit == {one: 15, two: 2}
    assert by_day == {yesterday: 7, today: 10}
    assert of_one == {yesterday: 7, today: 8}


def test_the_fold_changes_no_figure(asked, place):
    before = figures(asked, place)
    assert fold.fold_pending() == 10
    assert figures(asked, place) == before


def test_folded_answers_are_told_apart(asked, place):
    assert participation.folded(asked.id, place["Xã Một"].id) == 0
    fold.fold_pending()
    assert participation.folded(asked.id, place["Xã Một"].id) == 10


def test_each_figure_is_one_query(asked, place):
    asked_id = asked.id
    with counted() as queries:
        participation.by_unit(asked_id)
        participation.by_day(asked_id)
    assert len(queries) == 2, queries
