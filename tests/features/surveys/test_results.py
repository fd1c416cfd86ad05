"""Results: right shares, small numbers kept back everywhere, judged units wait for the close."""

import pytest

from portal.core.database import session, write
from portal.features.campaigns.models import Campaign
from portal.features.questionnaires.definition import Kind, Option, Question
from portal.features.settings.models import Setting
from portal.features.surveys import fold, pages, results
from portal.features.surveys.territory import DIRECT, WHOLE
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.queries import counted


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã Một", "Xã Hai"], "Huyện B": ["Xã Ba", "Xã Bốn"]})


@pytest.fixture
def asked(place):
    return surveyed.campaign(place)


@pytest.fixture
def close(monkeypatch):
    def close(asked) -> Campaign:
        surveyed.move_past(asked, monkeypatch)
        fold.seal_closed()
        return session().get_one(Campaign, asked.id)

    return close


def found(asked, node):
    return {d.question.id: d for d in results.of(asked).distributions(node)}


def test_shares_leave_out_those_who_do_not_know(place, asked, close):
    lines = ["5|co|loa"] * 6 + ["1|khong|"] * 2 + ["kb|co|zalo"] * 4
    surveyed.answer(asked, place["Xã Một"], lines)
    asked = close(asked)
    figure = found(asked, place["Xã Một"].id)["chung"]
    assert (figure.answered, figure.unknown, figure.rated) == (12, 4, 8)
    assert [part.share for part in figure.known] == [0.75, 0, 0, 0, 0.25]
    satisfied = results.of(asked).satisfaction[WHOLE]
    assert (satisfied.good, satisfied.rated, satisfied.share) == (6, 8, 0.75)
    assert satisfied.interval[0] < 0.75 < satisfied.interval[1]


@pytest.mark.parametrize(("scores", "expected"), [
    ((5, 4, 3, 2, 1), {"5", "4"}), ((4, 3, 2, 1), {"4", "3"}), ((3, 2, 1), {"3"}),
    ((2, 1), {"2"}), ((), set()),
])  # fmt: skip
def test_satisfied_is_the_better_half_of_a_scale(scores, expected):
    options = tuple(Option(str(score), "", score) for score in scores)
    question = Question("q", "", Kind.SCALE, options=(*options, Option("kb", "", unknown=True)))
    assert results.best(question) == expected


def test_a_commune_below_five_is_hidden_and_cannot_be_found_by_subtraction(place, asked, close):
    for name, people in (("Xã Một", 3), ("Xã Hai", 20), ("Xã Ba", 30), ("Xã Bốn", 9)):
        surveyed.answer(asked, place[name], ["5|co|loa"] * people)
    asked = close(asked)
    assert not found(asked, place["Xã Một"].id)
    assert not found(asked, place["Xã Hai"].id)
    assert found(asked, place["Xã Ba"].id)["chung"].answered == 30
    assert found(asked, WHOLE)["chung"].answered == 62


def test_that_nobody_of_three_was_asked_cannot_be_found_by_subtraction(place, asked, close):
    surveyed.answer(asked, place["Xã Một"], ["5|khong|"] * 3)
    for name in ("Xã Hai", "Xã Ba", "Xã Bốn"):
        surveyed.answer(asked, place[name], ["5|co|loa"] * 20)
    asked = close(asked)
    assert "qua" not in found(asked, place["Xã Một"].id)
    assert "qua" not in found(asked, place["Xã Hai"].id)
    assert found(asked, place["Huyện A"].id)["qua"].answered == 20


def test_the_operator_may_raise_the_threshold(place, asked, close):
    surveyed.answer(asked, place["Xã Ba"], ["5|co|loa"] * 9)
    with write() as current:
        current.add(Setting(name="threshold", value="20"))
    asked = close(asked)
    assert not found(asked, WHOLE)


def test_the_forms_own_threshold_holds(place, close):
    asked = surveyed.campaign(place, form=surveyed.with_threshold(10))
    surveyed.answer(asked, place["Xã Ba"], ["5|co|"] * 9)
    assert not found(close(asked), WHOLE)


def test_while_open_only_questions_that_every_answer_holds_are_shown(place, asked, close):
    surveyed.answer(asked, place["Xã Một"], ["5|co|loa"] * 20)
    fold.fold_pending()
    assert found(asked, WHOLE).keys() == {"chung", "biet"}
    assert found(close(asked), WHOLE).keys() == {"chung", "biet", "qua"}


def test_while_open_the_figures_are_those_of_folded_answers(place, asked):
    surveyed.answer(asked, place["Xã Một"], ["5|co|loa"] * 12)
    fold.fold_pending()
    assert found(asked, WHOLE)["chung"].answered == 7


def test_each_reader_sees_its_own_places_only(place, asked, close):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 20)
    asked = close(asked)
    district = surveyed.account(place, "Huyện A", Role.DISTRICT)
    page = pages.results_page(surveyed.actor(district), asked, None)
    assert page.node == place["Huyện A"].id
    assert set(page.open_nodes) == {place[n].id for n in ("Huyện A", "Xã Một", "Xã Hai")}
    assert pages.results_page(surveyed.actor(district), asked, place["Xã Ba"].id) is None
    assert pages.results_page(surveyed.actor(district), asked, WHOLE) is None


def test_two_tiers_stand_together_under_one_head(app):
    place = surveyed.province({"": ["Phường Một", "Phường Hai"]})
    tree = results.of(surveyed.campaign(place)).territory
    assert list(tree.groups) == [DIRECT]
    assert tree.below(DIRECT) == tree.below(WHOLE)


def test_the_number_of_queries_does_not_grow_with_the_units(app):
    numbers = []
    for size in (2, 30):
        place = surveyed.province({f"H{size}": [f"X{size}.{i}" for i in range(size)]})
        asked = surveyed.campaign(place)
        with counted() as queries:
            page = results.of(asked)
            page.distributions(WHOLE)
            page.funnel()
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 8, queries


def test_the_digest_moves_with_any_counter_and_with_nothing_else(place, asked, close):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 20)
    fold.fold_pending()
    before = results.digest(asked.id)
    assert results.digest(asked.id) == before
    close(asked)
    assert results.digest(asked.id) != before
