"""A campaign that runs through a merger asks those that exist; what was before is not lost."""

import pytest

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns import parts
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.documents.deadlines import Span
from portal.features.surveys import pages, taking_part, turnout
from portal.policy.roles import Role
from tests.features.surveys.test_comparing import close, merge, officer
from tests.features.surveys.test_rounds import day
from tests.support import surveyed


@pytest.fixture
def place(app):
    return surveyed.province(
        {"Huyện A": ("Xã Một", "Xã Hai", "Xã Ba"), "Huyện B": ("Xã Bốn", "Xã Năm", "Xã Sáu")}
    )


@pytest.fixture
def leader(place):
    return surveyed.account(place, "Tỉnh", Role.PROVINCE)


@pytest.fixture
def asked(place):
    asked = surveyed.campaign(place, opens_in=-3, days=9)
    for name, n in {"Một": 20, "Hai": 12, "Bốn": 30, "Năm": 8}.items():
        surveyed.answer(asked, place[f"Xã {name}"], ["5|co|loa"] * n)
    return asked


@pytest.fixture
def new(place, asked):
    """Let Một, Hai become one, and Ba, Bốn, Năm, Sáu another; both are asked from now on."""
    made = [
        merge(place, "Mới", "Xã Một", "Xã Hai"),
        merge(place, "Khác", "Xã Ba", "Xã Bốn", "Xã Năm", "Xã Sáu"),
    ]
    with write() as current:
        for unit in made:
            current.add(CampaignUnit(campaign_id=asked.id, unit_id=unit.id))
    return made


def test_those_that_exist_are_asked_each_with_what_it_took_over(leader, asked, new):
    found = turnout.of(surveyed.actor(leader), asked)
    told = {cell.place.full_name: cell.printed.exact for cell in found.cells}
    assert told == {"Phường Mới": 32, "Phường Khác": 38}
    assert (found.with_some, found.none, found.total.exact) == (2, [], 70)
    before = {c.place.full_name: found.territory.now(c.place.unit_id) for c in found.ended}
    assert len(before) == 6
    assert before["Xã Một"] == ["Phường Mới"]
    assert [row.printed.exact for row in found.rows] == [70]


def test_the_successor_reads_one_figure_and_what_it_is_made_of(asked, new):
    found = turnout.of(officer(new[0]), asked)
    assert (len(found.cells), found.total.exact) == (1, 32)
    assert {c.place.full_name for c in found.ended} == {"Xã Một", "Xã Hai"}


def test_few_answers_of_a_new_unit_are_not_told_by_its_sum(leader, asked, new):
    surveyed.answer(asked, new[0], ["5|co|loa"] * 2)
    found = turnout.of(surveyed.actor(leader), asked)
    assert [cell.printed.exact for cell in found.cells if cell.place.name == "Mới"] == [None]
    assert found.with_some == 2


def test_a_district_that_is_hidden_beside_a_small_one_keeps_its_communes_with_answers(
    place, leader
):
    asked = surveyed.campaign(place)
    for name, n in {"Một": 20, "Hai": 12, "Bốn": 2}.items():
        surveyed.answer(asked, place[f"Xã {name}"], ["5|co|loa"] * n)
    found = turnout.of(surveyed.actor(leader), asked)
    marks = {cell.place.full_name: cell.printed.text for cell in found.cells}
    assert marks["Xã Một"] == "≥5"
    assert found.with_some == 2


def test_who_ended_has_no_day_to_choose(place, leader, asked, new):
    with write() as current:
        made = current.get_one(Campaign, asked.id)
        made.rounds = (Span(day(-3), day(-1)), Span(day(0), day(5)))
        made.one_round = True
    actor = surveyed.actor(leader)
    assert len(turnout.of(actor, made).undecided) == 2
    assert parts.count_undecided(made, place["Tỉnh"].id) == 2
    assert parts.listing(actor, made).total == 2
    assert parts.of_unit(made, place["Xã Một"].id, place["Tỉnh"].id) is None


def test_pages_name_everybody(client, leader, place, asked, new):
    client.sign_in(leader)
    page = client.page(f"/dot-khao-sat/{asked.id}/tham-gia?dang=bang")
    assert "2/2 xã đã có phiếu" in page.text
    assert "Trước sắp xếp" in page.text
    assert client.get(f"/dot-khao-sat/{asked.id}/tham-gia.xlsx").status_code == 200
    assert "2/2" in client.page("/tinh").text
    tasks = pages.home(surveyed.actor(leader)).tasks
    assert "urge_none" not in {task.kind for task in tasks}


def test_the_province_opens_todays_ward_in_a_campaign_that_was_over(
    client, leader, place, asked, monkeypatch
):
    old = close(asked, monkeypatch)
    unit = merge(place, "Mới", "Xã Một", "Xã Hai")
    client.sign_in(leader)
    page = client.page(f"/dot-khao-sat/{old.id}/ket-qua?huyen={unit.id}")
    assert "Phường Mới" in page.text
    assert "32 phiếu" in page.text
    found = taking_part.of(surveyed.actor(leader), old, unit.id)
    assert (found.turnout.total.exact, found.turnout.ended) == (32, ())


def test_the_home_table_says_when_a_paused_campaign_ends(client, leader, place, asked):
    surveyed.campaign(place, opens_in=-1, days=2)
    with write() as current:
        made = current.get_one(Campaign, asked.id)
        made.closes_on = day(20)
        made.rounds = (Span(day(-3), day(0)), Span(day(10), day(20)))
    client.sign_in(leader)
    ends = clock.format_date(day(20))
    rows = [row for table in range(2) for row in client.page("/tinh").rows(table)]
    assert any(ends in cell for row in rows for cell in row)
