"""Visits are planned, recorded once and for all, answered; what lacks becomes a task."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import session
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.documents.body import Job
from portal.features.inspections import checklist, following, minutes, pages, queries, services
from portal.features.inspections.following import FollowUp
from portal.features.inspections.models import Inspection, State, Verdict
from portal.features.inspections.pages import Wanted
from portal.features.inspections.workflow import INSPECTION
from portal.features.tasks import board, board_queries
from portal.features.tasks import queries as tasks
from portal.features.tasks.models import State as TaskState
from portal.features.tasks.workflow import TASK
from portal.features.urging import queries as urging
from portal.features.urging.pages import log
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import carried, numbered, papers, surveyed, urged
from tests.support.officials import PLACES, everybody, official

TODAY = clock.today()


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return carried.carry_out(place)


@pytest.fixture
def district(place):
    return urged.district(place)


def only() -> Inspection:
    return session().query(Inspection).one()


@pytest.fixture
def planned(place, campaign, district):
    urged.plan(district, campaign, place, "Xã 1")
    return queries.get_visible(district, only().id)


def test_many_communes_are_planned_at_once_and_never_twice(place, campaign, district):
    assert urged.plan(district, campaign, place, "Xã 1", "Xã 2") == 2
    assert urged.plan(district, campaign, place, "Xã 1", "Xã 2") == 0
    assert urged.plan(district, campaign, place, "Xã 1", day=TODAY + timedelta(days=1)) == 1
    assert session().query(AuditEntry).filter_by(action="inspection:planned").count() == 3


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"day": TODAY + timedelta(days=300)}, "day"),
        ({"inspectors": " "}, "inspectors"),
        ({"inspectors": "x" * 501}, "inspectors"),
    ],
)
def test_what_cannot_be_is_told_by_field(place, campaign, district, given, field):
    with pytest.raises(Invalid) as refused:
        urged.plan(district, campaign, place, "Xã 1", **given)
    assert set(refused.value.errors) == {field}


def test_a_district_plans_only_where_it_reaches(place, campaign, district):
    for names in ((), ("Xã 3",)):
        with pytest.raises(Invalid) as refused:
            urged.plan(district, campaign, place, *names)
        assert set(refused.value.errors) == {"unit_ids"}


def test_the_checklist_asks_for_what_the_campaign_asks_for(campaign):
    keys = {one.key for one in checklist.of(campaign, campaign.opens_on)}
    assert {"team", "roster", "channel_niem_yet", "channel_zalo", "report", "scan"} <= keys
    assert "kickoff" not in keys
    assert "channel_loa_truyen_thanh" not in keys


def test_what_is_kept_for_later_the_unit_does_not_see(place, planned, district):
    urged.record(district, planned, "roster", finish=False)
    assert (planned.state, [one.key for one in planned.missed]) == (State.PLANNED, ["roster"])
    assert queries.get_visible(official(place, Role.COMMUNE, Duty.DRAFT), planned.id) is None


def test_once_recorded_it_stands_and_the_unit_reads_it(place, planned, district):
    urged.record(district, planned, "roster")
    reader = official(place, Role.COMMUNE, Duty.DRAFT)
    assert queries.get_visible(reader, planned.id).missed[0].remark == "Chưa treo"
    with pytest.raises(Refused):
        urged.record(district, planned)
    [notice] = urging.notices(reader, TODAY)
    assert "1 mục chưa đạt" in notice.what
    assert notice.path == f"/kiem-tra/{planned.id}"
    assert log(reader, planned.campaign).total == 0


def test_two_who_record_at_once_do_not_overwrite_each_other(planned, district):
    before = planned.version
    urged.record(district, planned, finish=False)
    with pytest.raises(Stale) as stale:
        services.save(district, planned, urged.found(planned), before, finish=True)
    assert stale.value.theirs["findings"] == "Tổ công tác làm tốt"


def test_a_missed_point_needs_a_word_and_an_empty_record_is_none(planned, district):
    empty = [services.Point(one.key, one.text) for one in checklist.points(planned)]
    silent = [services.Point("scan", "Quét thử", Verdict.MISSED)]
    for rows, field in ((empty, "findings"), (silent, "scan")):
        given = urged.found(planned, points=tuple(rows), findings="")
        with pytest.raises(Invalid) as refused:
            services.save(district, planned, given, planned.version, finish=True)
        assert set(refused.value.errors) == {field}


def test_a_day_that_has_not_come_cannot_have_been(planned, district):
    given = urged.found(planned, done_on=TODAY + timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        services.save(district, planned, given, planned.version, finish=True)
    assert set(refused.value.errors) == {"done_on"}


def test_the_duty_of_the_inspecting_unit_moves_along(place, campaign, district):
    duty = urged.task(place, campaign, Job.INSPECTION, TODAY)
    elsewhere = urged.task(place, campaign, Job.INSPECTION, TODAY, at="Huyện B")
    urged.plan(district, campaign, place, "Xã 1", "Xã 2")
    first, second = session().query(Inspection).order_by(Inspection.id)
    urged.record(district, first)
    assert duty.state == TaskState.DOING
    urged.record(district, second)
    assert (duty.state, duty.note) == (TaskState.SUBMITTED, "Đã kiểm tra 2 đơn vị")
    assert elsewhere.state == TaskState.TODO


def test_the_first_day_is_a_duty_of_its_own(place, campaign, district):
    duty = urged.task(place, campaign, Job.FIRST_DAY, campaign.opens_on)
    urged.plan(district, campaign, place, "Xã 2")
    urged.plan(district, campaign, place, "Xã 1", day=campaign.opens_on)
    late, first = session().query(Inspection).order_by(Inspection.planned_on.desc())
    urged.record(district, late)
    assert duty.state == TaskState.TODO
    urged.record(district, first)
    assert duty.state == TaskState.SUBMITTED


def test_a_cancelled_visit_can_be_planned_again(place, campaign, planned, district):
    INSPECTION.fire(district, planned.id, "cancel", "Mưa bão")
    assert queries.of_campaign(district, campaign.id) == []
    assert urged.plan(district, campaign, place, "Xã 1") == 1


def test_the_unit_answers_and_the_inspectors_add_nothing_is_overwritten(place, planned, district):
    urged.record(district, planned)
    commune = papers.worker(place, Role.COMMUNE)
    for _twice in range(2):
        services.reply(commune, planned, "Đã treo lại chiều nay")
    services.amend(district, planned, "Ghi nhầm: lịch có treo ở nhà văn hóa")
    assert [one.kind for one in queries.notes(planned.id)] == ["reply", "addendum"]
    with pytest.raises(Invalid):
        services.reply(commune, planned, " ")


def test_a_finding_becomes_a_task_that_is_handed_in_and_accepted(place, planned, district):
    urged.record(district, planned, "roster")
    [body] = following.doers(planned)
    wanted = FollowUp(following.suggested(planned), body.id, TODAY + timedelta(days=2))
    made = following.order(district, planned, wanted)
    assert following.order(district, planned, wanted).id == made.id
    assert (made.duty, made.what) == (f"inspection:{planned.id}", wanted.what)
    doer = papers.worker(place, Role.COMMUNE)
    assert made.id in {one.id for one in tasks.mine(doer)}
    TASK.fire(doer, made.id, "submit", "Đã treo")
    TASK.fire(district, made.id, "accept")
    other = following.order(district, planned, FollowUp("Việc nữa", body.id, wanted.due_on))
    assert other.duty == f"inspection:{planned.id}.2"
    assert [one.state for one in queries.follow_ups(planned)] == ["accepted", "todo"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"what": ""}, "what"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"organisation_id": 0}, "organisation_id"),
    ],
)
def test_a_task_needs_words_a_body_of_the_unit_and_a_day_to_come(planned, district, change, field):
    urged.record(district, planned)
    [body] = following.doers(planned)
    given = {"what": "Treo lịch", "organisation_id": body.id, "due_on": TODAY} | change
    with pytest.raises(Invalid) as refused:
        following.order(district, planned, FollowUp(**given))
    assert set(refused.value.errors) == {field}


def test_without_a_plan_nothing_can_be_ordered(place, district):
    bare = surveyed.campaign(place)
    urged.plan(district, bare, place, "Xã 1")
    inspection = urged.record(district, only())
    [body] = following.doers(inspection)
    with pytest.raises(Refused):
        following.order(district, inspection, FollowUp("Treo lịch", body.id, TODAY))


def test_the_minutes_say_what_was_found_and_are_begun_once(place, planned, district):
    with pytest.raises(Refused):
        minutes.draft(district, planned)
    urged.record(district, planned, "roster")
    with pytest.raises(Refused):
        minutes.draft(district, planned)
    numbered.letterhead(place, "Huyện A", regime="party")
    paper = minutes.draft(district, planned)
    assert minutes.draft(district, planned).id == paper.id
    text = paper.content
    assert paper.type_code == "bien_ban"
    assert all(word in text for word in ("Chưa treo", "Tổ công tác làm tốt", "Nguyễn Văn A"))


def test_the_list_knows_what_was_done_what_is_late_and_who_was_never_visited(
    place, campaign, district
):
    yesterday = TODAY - timedelta(days=1)
    urged.plan(district, campaign, place, "Xã 1", day=yesterday)
    urged.plan(district, campaign, place, "Xã 2")
    page = pages.listing(district, campaign, Wanted("qua-ngay"))
    assert [row.unit.name for row in page.rows] == ["Xã 1"]
    urged.record(district, page.rows[0].inspection)
    province = official(place, Role.PROVINCE)
    never = pages.listing(province, campaign, Wanted("chua-kiem-tra"))
    assert [row.unit.name for row in never.rows] == ["Xã 2", "Xã 3"]
    assert (never.visited, never.units, never.planned) == (1, 3, 1)
    narrowed = pages.listing(province, campaign, Wanted("", place["Huyện B"].id))
    assert narrowed.rows == ()


def test_what_is_listed_is_what_the_table_admits(place, campaign, district, planned):
    province, other = official(place, Role.PROVINCE, *Duty), urged.district(place, "Huyện B")
    urged.plan(province, campaign, place, "Xã 1", "Xã 3")
    urged.plan(other, campaign, place, "Xã 3")
    of_province, _other, of_b = session().query(Inspection).order_by(Inspection.id)[1:]
    urged.record(official(place, Role.PROVINCE, Duty.INSPECT), of_province)
    urged.record(other, of_b)
    for actor in everybody(place):
        every = session().query(Inspection).order_by(Inspection.id).all()
        admitted = {i.id for i in every if allows(actor, Permission.INSPECTION_READ, i)}
        seen = session().scalars(queries.visible_to(actor).order_by(Inspection.id))
        assert {one.id for one in seen} == admitted, (actor.role, actor.duties)


HOLDS = {
    Permission.INSPECTION_RECORD: {*papers.WORKS, Duty.INSPECT},
    Permission.INSPECTION_MANAGE: set(papers.WORKS),
}


@pytest.mark.parametrize("right", HOLDS)
@pytest.mark.parametrize("duty", Duty)
def test_whoever_inspects_records_and_nothing_else(place, planned, right, duty):
    inspector = official(place, Role.DISTRICT, duty)
    assert allows(inspector, right, planned) == (duty in HOLDS[right])
    for stranger in (official(place, Role.DISTRICT, *Duty, at="Huyện B"),
                     official(place, Role.PROVINCE, *Duty)):  # fmt: skip
        assert not allows(stranger, right, planned)


@pytest.mark.parametrize("duty", Duty)
def test_those_above_plan_where_the_campaign_asks(place, campaign, duty):
    may = {
        role for role in Role
        if allows(official(place, role, duty), Permission.INSPECTION_PLAN, campaign)
    }  # fmt: skip
    assert may == ({Role.PROVINCE, Role.DISTRICT} if duty != Duty.INSPECT else set())


def test_whoever_only_inspects_cannot_call_it_off(place, planned):
    inspector = papers.worker(place, Role.DISTRICT, Duty.INSPECT)
    with pytest.raises(Forbidden):
        INSPECTION.fire(inspector, planned.id, "cancel", "Thôi")


@pytest.mark.parametrize("role", Role)
def test_only_the_commune_itself_answers_and_only_what_was_recorded(place, planned, district, role):
    actor = official(place, role, *papers.WORKS)
    assert not allows(actor, Permission.INSPECTION_REPLY, planned)
    urged.record(district, planned)
    assert allows(actor, Permission.INSPECTION_REPLY, planned) == (role == Role.COMMUNE)


def test_what_follows_from_inspections_is_one_column_of_the_table(place, campaign, district):
    urged.plan(district, campaign, place, "Xã 1", "Xã 2")
    for days, inspection in enumerate(session().query(Inspection).order_by(Inspection.id)):
        urged.record(district, inspection, "roster")
        [body] = following.doers(inspection)
        wanted = FollowUp("Khắc phục", body.id, TODAY + timedelta(days=days))
        following.order(district, inspection, wanted)
    found = board_queries.tasks(district, campaign.plan_id)
    assert [one.column for one in found if ":" in one.duty] == [("inspection", None)] * 2
    shown = board.of(district, board.Wanted(campaign.plan_id))
    assert [one.total for one in shown.columns if one.what == board.FOLLOWING] == [2]
