"""Sheets of paper: typed in, counted apart, awaited by the seal, balanced by two people."""

from dataclasses import replace
from datetime import date, timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.clock import working_day_after
from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.org_units.models import Point, Unit, UnitScope
from portal.features.surveys import (
    batch_acts,
    batch_minutes,
    batch_pages,
    fold,
    form_keys,
    papers,
)
from portal.features.surveys.batch_acts import PaperCount
from portal.features.surveys.batch_flows import PAPERS
from portal.features.surveys.intake import Counted, NotOpen, StaleForm, Wrong
from portal.features.surveys.models import ChannelCount, ChannelCounter, Intake, PointCount
from portal.features.surveys.paper_page import EntryPage
from portal.features.surveys.places import Standing
from portal.policy.roles import Role
from tests.support import handed, surveyed
from tests.support.asked import taken
from tests.support.handed import type_in


@pytest.fixture
def out(app):
    return handed.hand_out()


def count(out, batch, returned, blank=0, invalid=0, note="", by=None):
    session().refresh(batch)
    given = PaperCount(returned, blank, invalid, note)
    batch_acts.count_papers(by or out.counter, batch, given, batch.version)


def stand_at(day, patch):
    noon = clock.day_start(day) + timedelta(hours=12)
    patch.setattr(clock, "now", lambda: noon)


def test_a_sheet_counts_as_paper_of_the_day_of_its_batch(out):
    batch = out.paper()
    assert type_in(batch, chung="5", biet="co", qua="loa", them="Chữ to hơn") == Counted()
    [row] = taken()
    assert (row.channel, row.day, row.choices) == ("paper", batch.day, "5|co|loa")
    assert papers.entered(batch) == 1


def test_the_same_sheet_saved_twice_counts_once(out):
    batch, key = out.paper(), form_keys.new("lo-1")
    assert batch.id == 1
    assert type_in(batch, key) == Counted()
    assert type_in(batch, key) == Counted(again=True)
    assert papers.entered(batch) == 1


def test_a_key_of_another_batch_is_not_taken(out):
    assert type_in(out.paper(), form_keys.new("lo-999")) == StaleForm()


def test_what_the_writer_left_open_stays_open(out):
    batch = out.paper()
    assert type_in(batch, chung="2") == Counted()
    assert [row.choices for row in taken()] == ["2||"]


def test_a_blank_sheet_is_counted_and_not_typed(out):
    outcome = type_in(out.paper(), them="   ")
    assert isinstance(outcome, Wrong)
    assert taken() == []


def test_what_cannot_be_is_said_at_its_question(out):
    outcome = type_in(out.paper(), chung="9", biet="co")
    assert isinstance(outcome, Wrong)
    assert list(outcome.reading.errors) == ["chung"]


def test_nothing_in_the_database_says_which_answer_was_typed_from_which_batch(out):
    batch = out.paper()
    for _ in range(12):
        type_in(batch)
    before = session().scalars(select(AuditEntry)).all()
    fold.fold_pending()
    assert {column.name for column in Intake.__table__.columns} == {
        "key", "campaign_id", "unit_id", "day", "choices", "texts", "channel", "point_id",
    }  # fmt: skip
    # The record knows the batch, and no sheet: it would be a clock.
    assert [entry.action for entry in before] == ["paper_batch:opened"]
    assert papers.entered(batch) == 12


def test_paper_is_counted_apart_and_at_its_point(out, monkeypatch):
    with write() as current:
        point = Point(unit_id=out.asked.unit_id, kind="group", name="Tổ 3", folded="", sort_key="")
        current.add(point)
    day = out.asked.campaign.opens_on
    batch = batch_acts.open_papers(out.counter, out.asked.campaign, day, 10, point)
    for _ in range(6):
        type_in(batch)
    for _ in range(5):
        out.asked.send()
    count(out, batch, 6)
    surveyed.move_past(out.asked.campaign, monkeypatch)
    assert fold.seal_closed() == 1
    channels = session().scalars(select(ChannelCount).order_by(ChannelCount.channel))
    assert [(row.channel, row.n) for row in channels] == [("paper", 6), ("qr", 5)]
    assert session().scalars(select(PointCount.n)).one() == 6
    fives = select(ChannelCounter.n).filter_by(question="chung", option="5", channel="paper")
    assert session().scalars(fives).one() == 6


def test_the_seal_waits_two_working_days_for_an_open_batch_and_no_longer(out, monkeypatch):
    batch, campaign = out.paper(), out.asked.campaign
    type_in(batch)
    last = papers.last_day_to_type(campaign)
    stand_at(last, monkeypatch)
    assert fold.seal_closed() == 0
    assert type_in(batch) == Counted()
    stand_at(last + timedelta(days=1), monkeypatch)
    assert fold.seal_closed() == 1
    session().expire_all()
    assert (batch.entered, papers.entered(batch)) == (2, 2)
    assert type_in(batch) == NotOpen(Standing.CLOSED)


def test_the_seal_waits_for_nobody_once_every_batch_is_counted(out, monkeypatch):
    batch = out.paper()
    type_in(batch)
    surveyed.move_past(out.asked.campaign, monkeypatch)
    assert fold.seal_closed() == 0
    count(out, batch, 1)
    assert fold.seal_closed() == 1


@pytest.mark.parametrize(
    ("closed", "last"),
    [
        (date(2026, 5, 13), date(2026, 5, 15)),  # Wednesday to Friday
        (date(2026, 5, 15), date(2026, 5, 19)),  # over a weekend
        (date(2026, 4, 29), date(2026, 5, 5)),  # over 30 April, 1 May and a weekend
    ],
)
def test_working_days_are_neither_weekends_nor_holidays(closed, last):
    assert working_day_after(closed, 2) == last


def test_what_came_back_is_typed_blank_or_invalid(out):
    batch = out.paper(20)
    for _ in range(4):
        type_in(batch)
    for wrong in [(8, 1, 2), (6, 1, 2), (21, 15, 2)]:
        with pytest.raises(Invalid):
            count(out, batch, *wrong)
    count(out, batch, 7, 1, 2)
    assert (batch.state, batch.returned, batch.blank, batch.invalid) == ("counted", 7, 1, 2)


def test_a_counted_batch_takes_no_more_sheets_until_it_is_sent_back(out):
    batch = out.paper()
    type_in(batch)
    count(out, batch, 1)
    assert type_in(batch) == NotOpen(Standing.REVOKED)
    PAPERS.fire(out.confirmer, batch.id, "send_back", "Còn phiếu ở nhà văn hóa")
    assert type_in(batch) == Counted()


def test_who_counted_does_not_confirm(out):
    batch = out.paper()
    type_in(batch)
    count(out, batch, 1)
    with pytest.raises(Forbidden):
        PAPERS.fire(out.counter, batch.id, "confirm")
    done = PAPERS.fire(out.confirmer, batch.id, "confirm")
    assert (done.state, done.counted_by, done.confirmed_by) == ("balanced", "Người 2", "Người 3")


def test_two_who_count_at_once_do_not_overwrite_each_other(out):
    batch = out.paper()
    shown = batch.version
    count(out, batch, 0)
    with pytest.raises(Stale):
        batch_acts.count_papers(out.confirmer, batch, PaperCount(2, 1, 1), shown)


def test_a_batch_is_opened_for_a_day_on_which_was_asked(out):
    campaign = out.asked.campaign
    for day in (campaign.opens_on - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(Invalid) as refused:
            batch_acts.open_papers(out.counter, campaign, day, 20)
        assert list(refused.value.errors) == ["day"]
    with pytest.raises(Refused):
        batch_acts.open_papers(out.province, campaign, campaign.opens_on, 20)


def test_those_above_see_how_many_only_where_it_tells_of_nobody(out):
    batch = out.paper()
    for _ in range(3):
        type_in(batch)
    assert batch_pages.paper_line(out.counter, batch).entered == 3
    assert batch_pages.paper_line(out.province, batch).entered is None


def test_no_batch_follows_from_the_others_of_its_unit(out):
    """Eleven sheets of paper are on the page of participation: seven here tell of four there."""
    seven, four = out.paper(), out.paper()
    for batch, n in ((seven, 7), (four, 4)):
        for _ in range(n):
            type_in(batch)
    lines = batch_pages.paper_page(out.province, out.asked.campaign).lines
    assert [line.entered for line in lines] == [None, None]
    assert batch_pages.paper_line(out.province, seven).entered is None
    type_in(four)
    lines = batch_pages.paper_page(out.province, out.asked.campaign).lines
    assert [line.entered for line in lines] == [7, 5]


def test_no_batch_follows_from_the_paper_of_its_neighbours(app):
    place = surveyed.province({"Huyện A": ["Xã Một", "Xã Hai"]})
    campaign = surveyed.campaign(place)
    province = surveyed.actor(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    for name, n in (("Xã Một", 8), ("Xã Hai", 4)):
        surveyed.answer(campaign, place[name], ["5|khong|"] * 9)
        local = surveyed.actor(surveyed.account(place, name, Role.COMMUNE))
        batch = batch_acts.open_papers(local, campaign, campaign.opens_on, 20)
        for _ in range(n):
            type_in(batch)
    lines = batch_pages.paper_page(province, campaign).lines
    assert [line.entered for line in lines] == [None, None]


def test_who_took_over_from_a_unit_reads_what_its_page_of_typing_says(out):
    batch = out.paper()
    type_in(batch)
    with write() as current:
        ward = Unit(
            code="7", name="Bắc Giang", full_name="Phường Bắc Giang", level="commune",
            folded="", sort_key="",
        )  # fmt: skip
        current.add(ward)
        current.flush()
        current.add(UnitScope(above_id=ward.id, unit_id=batch.unit_id))
    heir = replace(out.counter, unit_id=ward.id)
    assert batch_pages.paper_line(heir, batch).entered == EntryPage.empty(batch, "").entered == 1


def test_the_minutes_say_the_numbers_and_both_names(out):
    batch = out.paper(31)
    type_in(batch)
    count(out, batch, 4, 1, 2, "Mưa nên ít người")
    pdf = batch_minutes.of_papers(batch_pages.paper_line(out.counter, batch))
    with pypdfium2.PdfDocument(pdf) as document:
        said = document[0].get_textpage().get_text_bounded()
    for word in ("BIÊN BẢN", "31", "27", "Mưa nên ít người", "Người 2", "chờ xác nhận"):
        assert word in said
