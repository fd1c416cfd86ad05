"""Slips for one answer: burnt once, tied to nothing, balanced by two people."""

import threading
from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import inspect, select, text

from portal.core import clock, jobs
from portal.core.database import dialect, session, write
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.core.exports import TIDY, Export
from portal.core.jobs import Running
from portal.features.campaigns.phase import State
from portal.features.org_units.models import Unit
from portal.features.surveys import (
    batch_acts,
    batch_minutes,
    batch_pages,
    batches,
    fold,
    form_keys,
    slips,
)
from portal.features.surveys.batch_acts import SlipCount
from portal.features.surveys.batch_flows import SLIPS
from portal.features.surveys.batch_pages import Told
from portal.features.surveys.channels import Channel
from portal.features.surveys.intake import Counted, NotOpen
from portal.features.surveys.models import ChannelCount, FormKey, Slip, SlipBatch
from portal.features.surveys.places import Standing
from tests.support import handed, surveyed
from tests.support.asked import taken
from tests.support.handed import send


@pytest.fixture
def out(app):
    return handed.hand_out()


def count(out, batch, unused, spoiled=0, note="", by=None):
    given = SlipCount(unused, spoiled, note)
    batch_acts.count_slips(by or out.counter, batch, given, batch.version)


def over(out, monkeypatch):
    surveyed.move_past(out.asked.campaign, monkeypatch)
    assert fold.seal_closed() == 1


def test_every_slip_of_the_sheets_opens_the_form_of_its_unit(out):
    batch, printed = out.slips(20)
    assert len(set(printed)) == batch.size == 20
    found = [slips.find(slip) for slip in printed]
    assert {one.place.unit_id for one in found} == {out.asked.unit_id}
    assert {(one.place.channel, one.used, one.withdrawn) for one in found} == {
        (Channel.SLIP, False, False)
    }


def test_a_slip_counts_once_and_as_a_slip(out, monkeypatch):
    _, printed = out.slips()
    assert send(printed[0]) == Counted()
    assert send(printed[0], chung="1") == Counted(again=True)
    assert [(row.choices, row.channel) for row in taken()] == [("5|khong|", "slip")]
    over(out, monkeypatch)
    [counted] = session().scalars(select(ChannelCount)).all()
    assert (counted.channel, counted.n) == ("slip", 1)


def test_one_slip_burnt_by_twenty_hands_at_once_counts_one(app, out):
    _, printed = out.slips()
    outcomes = []

    def burn(number):
        with app.app_context():
            outcomes.append(send(printed[0], them=f"Người thứ {number}"))

    hands = [threading.Thread(target=burn, args=(number,)) for number in range(20)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert (outcomes.count(Counted()), outcomes.count(Counted(again=True))) == (1, 19)
    session().rollback()
    assert len(taken()) == 1


def test_the_portal_keeps_no_slip_only_a_hash_that_needs_its_secret(out):
    batch, printed = out.slips()
    kept = set(session().scalars(select(Slip.hash)))
    assert kept == {form_keys.of_slip(slip).hash for slip in printed}
    [job] = session().scalars(select(jobs.Job).where(jobs.Job.kind == batch_acts.PRINT)).all()
    assert not [slip for slip in printed if slip in job.payload + (job.result or "")]
    assert batch.used is None


def test_the_place_of_a_slip_on_the_sheets_tells_nothing_of_its_row(out):
    _, printed = out.slips(60)
    rows = session().execute(text("SELECT hash FROM slips")).scalars().all()
    order = [form_keys.of_slip(slip).hash for slip in printed]
    assert list(map(bytes, rows)) == sorted(order) != order


def linked(answers):
    """Give pairs of a burnt slip and an answer that share anything at all in the database."""
    values = [set(map(bytes, [row.key])) for row in answers]
    hashes = set(session().scalars(select(Slip.hash)))
    return [value & hashes for value in values if value & hashes]


def test_no_common_value_joins_a_slip_to_an_answer(out):
    _, printed = out.slips(20)
    for slip in printed:
        send(slip)
    assert fold.fold_pending() == 15
    assert linked(taken()) == []
    columns = {name: {each["name"] for each in inspect(session().connection()).get_columns(name)}
               for name in ("survey_intake", "survey_answers", "slips")}  # fmt: skip
    assert columns["slips"] == {"hash", "batch_id"}
    assert not columns["slips"] & (columns["survey_intake"] | columns["survey_answers"])


def test_on_postgresql_the_number_of_the_transaction_joins_no_folded_answer_to_its_slip(out):
    if dialect() != "postgresql":
        return
    _, printed = out.slips(20)
    for number, slip in enumerate(printed):
        send(slip, them=f"Ý kiến {number}")
    fold.fold_pending()
    said = "SELECT count(*) FROM slips JOIN survey_form_keys k USING (hash) JOIN survey_{} a"
    together = f"{said} ON a.xmin = k.xmin"
    assert session().scalar(text(said.format("answers") + " ON a.xmin = slips.xmin")) == 0
    groups = text("SELECT count(DISTINCT xmin::text), count(*) FROM survey_answers")
    assert session().execute(groups).one() == (1, 15)
    # Folded keys share the transaction of all fifteen answers: each fits any of them.
    assert session().scalar(text(together.format("answers") + " WHERE k.folded")) == 15 * 15


def test_after_the_seal_nothing_of_the_slips_is_left_but_how_many_were_used(out, monkeypatch):
    batch, printed = out.slips(20)
    for slip in printed[:7]:
        send(slip)
    assert batches.used(batch.campaign_id, folded=False) == {batch.id: 7}
    over(out, monkeypatch)
    session().expire_all()
    assert batch.used == 7
    assert session().scalars(select(Slip)).all() == session().scalars(select(FormKey)).all() == []
    assert slips.find(printed[0]) is None


def test_a_batch_is_never_printed_twice(out):
    batch, printed = out.slips()
    [job] = session().scalars(select(jobs.Job).where(jobs.Job.kind == batch_acts.PRINT)).all()
    jobs.retry(job)
    assert jobs.work_once()
    session().expire_all()
    assert job.result is None
    assert len(session().scalars(select(Slip)).all()) == len(printed) == batch.size


def test_the_sheets_are_gone_after_a_day(out, monkeypatch):
    out.slips()
    [job] = session().scalars(select(jobs.Job).where(jobs.Job.kind == batch_acts.PRINT)).all()
    export = Export.from_result(job.result)
    assert export.is_brief
    for hours, there in ((23, True), (25, False)):
        now = clock.now() + timedelta(hours=hours)
        monkeypatch.setattr(clock, "now", lambda now=now: now)
        TIDY.handler(Running(0, {}, None))
        assert export.path.is_file() == there
        monkeypatch.undo()


@pytest.mark.parametrize("size", [0, 4, 1001])
def test_a_batch_is_no_smaller_than_the_threshold_and_not_endless(out, size):
    with pytest.raises(Invalid):
        out.slips(size)


def test_slips_are_printed_for_units_that_are_asked_in_campaigns_that_run(out):
    campaign, province = out.asked.campaign, out.place["Tỉnh"]
    with pytest.raises(Invalid):
        batch_acts.order_slips(out.province, campaign, province.id, 20, handed.BASE)
    with write():
        campaign.state = State.CANCELLED
    with pytest.raises(Refused):
        out.slips()


def test_a_slip_of_a_campaign_that_is_not_open_is_not_taken(out):
    _, printed = out.slips()
    with write():
        out.asked.campaign.closes_on = out.asked.campaign.opens_on
    assert send(printed[0]) == NotOpen(Standing.CLOSED)


def test_a_counted_batch_is_good_no_more_until_it_is_sent_back(out):
    batch, printed = out.slips()
    count(out, batch, 20)
    assert slips.find(printed[0]).withdrawn
    assert send(printed[0]) == NotOpen(Standing.REVOKED)
    SLIPS.fire(out.confirmer, batch.id, "send_back", "Đếm thiếu một tập")
    assert send(printed[0]) == Counted()


def test_two_accounts_balance_what_one_of_them_cannot(out, monkeypatch):
    batch, printed = out.slips(20)
    for slip in printed[:12]:
        send(slip)
    count(out, batch, 7, 1)
    with pytest.raises(Refused):
        SLIPS.fire(out.confirmer, batch.id, "confirm")  # not sealed yet
    over(out, monkeypatch)
    with pytest.raises(Forbidden):
        SLIPS.fire(out.counter, batch.id, "confirm")
    done = SLIPS.fire(out.confirmer, batch.id, "confirm")
    assert (done.state, done.counted_by, done.confirmed_by) == ("balanced", "Người 2", "Người 3")
    with pytest.raises(Refused):
        count(out, done, 7, 1)


@pytest.mark.parametrize(
    ("unused", "note", "fits"),
    [(8, "", True), (7, "", False), (7, "Mất một tờ ở tổ 3", True), (9, "Thừa", False)],
)
def test_issued_is_used_and_unused_and_spoiled_or_says_why(out, monkeypatch, unused, note, fits):
    batch, printed = out.slips(20)
    for slip in printed[:12]:
        send(slip)
    over(out, monkeypatch)
    count(out, batch, unused, note=note)
    if fits:
        assert SLIPS.fire(out.confirmer, batch.id, "confirm").state == "balanced"
    else:
        with pytest.raises(Refused):
            SLIPS.fire(out.confirmer, batch.id, "confirm")


def test_more_than_was_printed_cannot_be_left(out):
    batch, _ = out.slips(20)
    with pytest.raises(Invalid):
        count(out, batch, 18, 3)


def test_two_who_count_at_once_do_not_overwrite_each_other(out):
    batch, _ = out.slips(20)
    shown = batch.version
    count(out, batch, 20)
    with pytest.raises(Stale) as stale:
        batch_acts.count_slips(out.confirmer, batch, SlipCount(19, 1), shown)
    assert stale.value.theirs == {"unused": 20, "spoiled": 0, "note": ""}


def test_before_the_close_use_is_told_in_steps_of_the_threshold(out):
    batch, printed = out.slips(20)
    for n, slip in enumerate(printed, 1):
        send(slip)
        fold.fold_pending()
        told = batch_pages.slip_line(out.province, batch).used
        assert told.at_least
        assert told.n is None or (told.n % 5 == 0 and told.n <= n - 5)


@pytest.mark.parametrize(
    ("by_code", "used", "told"),
    [(0, [12], True), (12, [0], True), (5, [7], True), (3, [9], False), (9, [3], False),
     (4, [6, 3], False), (9, [6, 3], False), (6, [6, 8], True)],
)  # fmt: skip
def test_use_is_printed_only_where_no_small_group_can_be_subtracted(
    out, monkeypatch, by_code, used, told
):
    made, lines = out.asked, ["5|khong|"]
    ward = session().get_one(Unit, made.unit_id)
    surveyed.answer(made.campaign, ward, lines * by_code)
    surveyed.answer(made.campaign, ward, lines * sum(used), channel="slip")
    over(out, monkeypatch)
    where = {"campaign_id": made.campaign.id, "unit_id": ward.id, "printed_by": "Tỉnh"}
    with write() as current:
        for n in used:
            current.add(SlipBatch(**where, size=20, used=n, printed_on=made.campaign.opens_on))
    lines = batch_pages.slip_page(out.province, made.campaign).lines
    assert [line.used.n for line in lines] == (used if told else [None] * len(used))


def test_slips_are_ordered_for_no_unit_that_has_ended(out):
    with write() as current:
        ward = current.get_one(Unit, out.asked.unit_id)
        ward.valid_to = clock.today()
    assert [unit.id for unit in batch_pages.slip_page(out.province, out.asked.campaign).units]
    with write() as current:
        ward.valid_to = clock.today() - timedelta(days=1)
    assert batch_pages.slip_page(out.province, out.asked.campaign).units == ()
    with pytest.raises(Invalid) as refused:
        out.slips(20)
    assert list(refused.value.errors) == ["unit"]


def test_use_of_a_unit_whose_total_is_kept_back_is_not_printed(out, monkeypatch):
    batch, printed = out.slips(20)
    for slip in printed[:3]:
        send(slip)
    over(out, monkeypatch)
    session().expire_all()
    line = batch_pages.slip_line(out.province, batch)
    assert (line.used, line.missing) == (Told(None), None)


def test_the_minutes_say_the_numbers_and_both_names(out, monkeypatch):
    batch, printed = out.slips(20)
    for slip in printed[:12]:
        send(slip)
    over(out, monkeypatch)
    count(out, batch, 7, 1)
    SLIPS.fire(out.confirmer, batch.id, "confirm")
    pdf = batch_minutes.of_slips(batch_pages.slip_line(out.counter, batch))
    with pypdfium2.PdfDocument(pdf) as document:
        said = document[0].get_textpage().get_text_bounded()
    assert all(word in said for word in ("BIÊN BẢN", "20", "12", "Người 2", "Người 3"))


def test_slips_are_read_however_they_are_typed(out):
    _, [slip, *_] = out.slips()
    typed = f" {slip[:4].upper()}-{slip[4:8]} {slip[8:12]}–{slip[12:]} "
    assert slips.normalise(typed) == slip
    assert slips.normalise(slip[:-1]) is None
    assert slips.normalise("0" * 16) is None
