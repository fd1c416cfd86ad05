"""A roster is sent as a dated copy; what changes after that is an addendum; its task follows."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Missing, Refused, Stale
from portal.features.audit import queries as audit
from portal.features.documents.body import Duty as Row
from portal.features.documents.body import Job, Party
from portal.features.rosters import entries, pages, queries, sending, services
from portal.features.rosters.models import Roster, State
from portal.features.rosters.sending import Sending
from portal.features.rosters.workflow import ROSTER
from portal.features.tasks.models import State as TaskState
from portal.features.tasks.models import Task
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import numbered, papers, rostered, surveyed
from tests.support.officials import PLACES, everybody
from tests.support.rostered import line

COMMUNES = Party("Các xã", group="commune:committee")


COLUMNS = ("person", "body", "phone", "day", "half", "place")


def cells(campaign, name, **given):
    return dict(zip(COLUMNS, line(campaign, name, **given), strict=True)) | {"position": ""}


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return rostered.asked(place)


@pytest.fixture
def commune(place):
    return papers.worker(place, Role.COMMUNE)


@pytest.fixture
def district(place):
    return papers.worker(place, Role.DISTRICT)


@pytest.fixture
def desk(campaign, place):
    return rostered.desk(campaign, place)


@pytest.fixture
def roster(commune, desk, campaign):
    return rostered.listed(commune, desk, line(campaign), line(campaign, "Lê Văn C"))


def test_sending_freezes_a_dated_copy_and_says_that_it_is_on_time(commune, desk, roster):
    copy = rostered.send(commune, desk)
    assert (copy.number, copy.days_late, copy.told, copy.sent_by) == (0, 0, True, "Cán bộ Xã 1")
    assert [one.person for one in entries.thawed(copy.content)] == ["Nguyễn Văn A", "Lê Văn C"]
    assert (roster.state, roster.to_step) == (State.SUBMITTED, 1)
    assert audit.of_subject("roster", roster.id)[0].action == "roster:submit"


def test_sending_late_tells_by_how_many_days(commune, desk, roster, monkeypatch):
    papers.later(monkeypatch, days=3)
    assert rostered.send(commune, desk).days_late == 1


def test_nothing_is_sent_before_the_supporters_were_told(commune, desk, roster):
    with pytest.raises(Invalid) as invalid:
        sending.send(commune, desk, Sending(False, roster.version))
    assert set(invalid.value.errors) == {"told"}
    assert queries.submissions(roster) == []


def test_what_somebody_else_changed_meanwhile_is_looked_at_first(commune, desk, roster, campaign):
    seen = roster.version
    services.add(commune, desk, cells(campaign, "Vũ Thị G"))
    with pytest.raises(Stale):
        sending.send(commune, desk, Sending(True, seen))


def test_a_later_change_is_an_addendum_and_the_first_copy_stays(
    place, commune, desk, roster, campaign
):
    first = rostered.send(commune, desk)
    services.add(commune, desk, cells(campaign, "Vũ Thị G"))
    services.remove(commune, desk, queries.rows(roster)[0].id)
    second = rostered.send(commune, desk, "Đông người")
    assert (first.number, second.number) == (0, 1)
    assert len(entries.thawed(queries.submission(roster, 0).content)) == 2
    page = pages.unit_page(commune, rostered.desk(campaign, place))
    change = page.copies[0].change
    assert [one.person for one in change.added] == ["Vũ Thị G"]
    assert len(change.removed) == 1


def test_an_addendum_after_the_deadline_makes_a_punctual_unit_no_late_one(
    place, commune, desk, roster, campaign, monkeypatch
):
    rostered.send(commune, desk)
    papers.later(monkeypatch, days=3)
    services.add(commune, desk, cells(campaign, "Vũ Thị G"))
    assert rostered.send(commune, desk, "Đông người").days_late == 1
    above = surveyed.actor(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = pages.list_page(above, campaign)
    [line] = [one for one in page.lines if one.copy]
    assert (line.is_late, line.days_late, line.copy.number) == (False, 0, 1)
    assert "muộn" not in line.standing.word
    assert pages.list_page(above, campaign, "sent_late").lines == ()


def test_an_addendum_needs_a_reason_and_something_new(commune, desk, roster, campaign):
    rostered.send(commune, desk)
    with pytest.raises(Refused):
        rostered.send(commune, desk, "Không có gì mới")
    services.add(commune, desk, cells(campaign, "Vũ Thị G"))
    with pytest.raises(Invalid) as invalid:
        rostered.send(commune, desk)
    assert set(invalid.value.errors) == {"reason"}


def test_the_body_above_accepts_or_returns_with_a_reason(commune, district, desk, roster):
    rostered.send(commune, desk)
    with pytest.raises(Refused):
        sending.judge(district, [roster.id], "return")
    sending.judge(district, [roster.id], "return", "Thiếu buổi chiều")
    assert (roster.state, roster.note) == (State.RETURNED, "Thiếu buổi chiều")
    rostered.send(commune, desk)
    assert sending.judge(district, [roster.id], "accept") == 1
    assert (roster.state, roster.accepted_number) == (State.ACCEPTED, 1)


def test_nobody_accepts_his_own_or_another_districts(place, commune, desk, roster):
    rostered.send(commune, desk)
    with pytest.raises(Forbidden):
        ROSTER.fire(commune, roster.id, "accept")
    other = papers.worker(place, Role.DISTRICT, at="Huyện B")
    with pytest.raises(Missing):
        ROSTER.fire(other, roster.id, "accept")


def test_what_was_accepted_stays_public_while_an_addendum_is_returned(
    commune, district, desk, roster, campaign
):
    assert queries.public(campaign.id, desk.unit.id) is None
    rostered.send(commune, desk)
    sending.judge(district, [roster.id], "accept")
    services.add(commune, desk, cells(campaign, "Vũ Thị G"))
    rostered.send(commune, desk, "Đông người")
    assert queries.public(campaign.id, desk.unit.id)[1].number == 1
    sending.judge(district, [roster.id], "return", "Chưa rõ")
    assert queries.public(campaign.id, desk.unit.id)[1].number == 0


def test_after_the_campaign_nothing_changes(commune, desk, roster, campaign, monkeypatch):
    surveyed.move_past(campaign, monkeypatch)
    with pytest.raises(Refused):
        rostered.send(commune, desk)
    with pytest.raises(Refused):
        services.remove(commune, desk, queries.rows(roster)[0].id)


def test_the_task_of_the_unit_moves_along(place, campaign, commune, district, desk):
    numbered.letterhead(place)
    row = Row("viec0001", "Lập danh sách", COMMUNES, due="thường xuyên", job=Job.ROSTER)
    plan = papers.issued(papers.worker(place), duties=(row,))
    with write():
        campaign.plan_id = plan.id
    roster = rostered.listed(commune, desk, line(campaign))
    seen = [task_state(desk)]
    rostered.send(commune, desk)
    seen.append(task_state(desk))
    sending.judge(district, [roster.id], "return", "Thiếu")
    seen.append(task_state(desk))
    rostered.send(commune, desk)
    sending.judge(district, [roster.id], "accept")
    assert [*seen, task_state(desk)] == [
        TaskState.DOING, TaskState.SUBMITTED, TaskState.RETURNED, TaskState.ACCEPTED,
    ]  # fmt: skip


def task_state(desk):
    query = select(Task.state).where(Task.unit_id == desk.unit.id)
    return session().scalars(query.order_by(Task.id)).one()


def test_the_rosters_listed_are_the_rosters_admitted(place, campaign):
    for name in ("Xã 1", "Xã 2", "Xã 3"):
        doer = papers.worker(place, Role.COMMUNE, Duty.DRAFT, at=name)
        rostered.listed(doer, rostered.desk(campaign, place, name), line(campaign))
    everything = list(session().scalars(select(Roster).order_by(Roster.id)))
    for actor in everybody(place):
        listed = set(session().scalars(queries.visible_to(actor).with_only_columns(Roster.id)))
        read = {one.id for one in everything if allows(actor, Permission.ROSTER_READ, one)}
        assert listed == read


def test_the_roster_of_the_campaign_before_is_taken_over_by_the_order_of_days(
    place, campaign, commune, desk, roster
):
    first, last = rostered.day(campaign), rostered.day(campaign, 2)
    rostered.listed(commune, desk, line(campaign, "Vũ Thị G", day=clock.format_date(last)))
    again = rostered.asked(place)
    with write():
        again.opens_on += timedelta(days=30)
        again.closes_on = again.opens_on + timedelta(days=1)
    new = rostered.desk(again, place)
    assert services.copy_earlier(commune, new) == (2, 1)
    taken = queries.rows(queries.of_unit(again.id, desk.unit.id))
    assert {(row.person, row.day) for row in taken} == {
        ("Nguyễn Văn A", again.opens_on), ("Lê Văn C", again.opens_on),
    }  # fmt: skip
    assert first not in {row.day for row in taken}
