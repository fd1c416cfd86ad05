"""1 July 2025 replayed on the sample: codes, accounts, papers and history stay whole."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.audit.services import OPERATOR
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns import succession
from portal.features.campaigns.issuing import issue
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.campaigns.phase import Phase
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Organisation, Point, Unit
from portal.features.org_units.services import import_units
from portal.features.reforms import plan, services
from portal.features.surveys import moved, participation, places
from portal.features.tasks.models import State, Task
from portal.features.tasks.workflow import TASK
from portal.features.users import queries as users
from portal.features.users.models import User
from tests.support import reformed, surveyed
from tests.support.reformed import DAY


@pytest.fixture
def lists(sample_app):
    """Take the lists: the old units end, the new ones are there, nobody takes over yet."""
    assert not import_units(reformed.listed(reformed.OLD)).errors
    assert not import_units(reformed.new_units()).errors


def reform(**options):
    options.setdefault("alone", {one.id for one in plan.of(reformed.crosswalk(), DAY).unclaimed})
    return services.carry_out(OPERATOR, reformed.crosswalk(), DAY, **options)


def unit(full_name, *, day=None):
    found = session().scalars(select(Unit).where(Unit.full_name == full_name)).all()
    return next(one for one in found if day is None or one.valid_from == day)


def open_campaign():
    found = session().scalars(select(Campaign)).all()
    return next(one for one in found if one.phase == Phase.OPEN
                and one.unit.name in {"Bắc Giang", "Bắc Ninh"})  # fmt: skip


def asked_in(units):
    ids = [one.id for one in units]
    return session().scalars(select(CampaignUnit).where(CampaignUnit.unit_id.in_(ids))).all()


def code_of(campaign, at):
    found = campaigns.live_code(campaign.id, at.id)
    return found.code if found else None


def test_the_preview_says_who_takes_over_from_whom_and_what_comes_with_it(lists):
    found = plan.of(reformed.crosswalk(), DAY)
    ward = next(one for one in found.takings if one.unit.full_name == "Phường Bắc Giang")
    assert "Phường Ngô Quyền" in {origin.unit.full_name for origin in ward.origins}
    there = Organisation.unit_id.in_([origin.unit.id for origin in ward.origins])
    bodies = session().query(Organisation).filter(there)
    seats = session().query(User).join(User.organisation).filter(there)
    assert (ward.holding.organisations, ward.holding.accounts) == (bodies.count(), seats.count())
    assert len(ward.holding.running | ward.holding.planned) == len(
        {part.campaign_id for part in asked_in(origin.unit for origin in ward.origins)}
        & {campaign.id for campaign in succession.running()}
    )
    assert open_campaign().id in ward.holding.running
    assert "Xã Lão Hộ" in {one.unit.full_name for one in found.orphans}
    assert "Phường Ngô Quyền" not in {one.unit.full_name for one in found.orphans}


def test_looking_at_it_changes_nothing(lists):
    before = session().scalar(select(func.count(AuditEntry.number)))
    plan.of(reformed.crosswalk(), DAY)
    assert session().scalar(select(func.count(AuditEntry.number))) == before


def test_an_old_code_leads_to_the_form_of_the_new_unit(lists):
    campaign, old = open_campaign(), unit("Phường Ngô Quyền")
    code = code_of(campaign, old)
    reform()
    place = places.find(code)
    [move] = moved.moves(place)
    assert (move.new.unit_name, move.since) == ("Phường Bắc Giang", DAY)
    assert move.new.standing == places.Standing.OPEN
    assert "phường Ngô Quyền thuộc phường Bắc Giang" in place.revoke_reason


def test_what_was_answered_before_stays_with_the_old_unit(lists):
    campaign, old = open_campaign(), unit("Phường Ngô Quyền")
    before = participation.by_unit(campaign.id)
    reform()
    assert participation.by_unit(campaign.id) == before
    assert session().get(CampaignUnit, (campaign.id, old.id)) is not None
    assert org_units.reaches(unit("Phường Bắc Giang").id, old.id)
    assert org_units.reaches(unit("Tỉnh Bắc Ninh").id, unit("Huyện Lục Ngạn").id)


def test_each_new_unit_asks_by_one_code_of_its_own(lists):
    campaign = open_campaign()
    outcome = reform()
    live = campaigns.codes(campaign.id)
    heirs = [code.unit.full_name for code in live if code.unit.valid_from == DAY]
    assert len(heirs) == len(set(heirs)) == 58
    assert outcome.codes >= 58
    assert campaign.unit.full_name == "Tỉnh Bắc Ninh"


def test_accounts_sit_at_the_new_units_and_keep_their_names_and_duties(lists):
    before = {name: users.by_username(name).duties for name in ("xa.ngoquyen", "tinh.duyet")}
    reform()
    ward, leader = users.by_username("xa.ngoquyen"), users.by_username("tinh.duyet")
    assert ward.organisation.unit.full_name == "Phường Bắc Giang"
    assert leader.organisation.unit.full_name == "Tỉnh Bắc Ninh"
    assert {user.username: user.duties for user in (ward, leader)} == before
    assert ward.organisation.name == "Tổ công tác phường Bắc Giang"


def test_a_district_that_ends_gives_its_work_to_the_province_and_its_accounts_end(lists):
    reform()
    account = users.by_username("huyen.tpbacgiang")
    assert not account.active
    assert account.organisation.valid_to == date(2025, 6, 30)


def test_open_tasks_follow_and_done_ones_stay(lists):
    todo = select(Task).where(Task.state == State.TODO)
    ours = [t.id for t in session().scalars(todo) if t.unit.code == "07207"]
    reform()
    for task_id in ours:
        task = session().get_one(Task, task_id)
        assert task.state != State.TODO or task.unit_id == unit("Phường Bắc Giang").id


def test_what_was_handed_in_follows_so_that_it_can_be_sent_back_there(lists):
    doer = surveyed.actor(users.by_username("xa.ngoquyen"))
    found_there = Task.duty.startswith("inspection:")  # What no other ward was asked.
    task = session().scalars(select(Task).where(found_there)).one()
    TASK.fire(doer, task.id, "submit", "Đã làm")
    reform()
    assert (task.state, task.unit_id) == (State.SUBMITTED, unit("Phường Bắc Giang").id)


def test_what_waits_where_there_is_no_body_goes_to_the_unit_that_takes_over(lists):
    bodies = select(Organisation.unit_id)
    waits = select(Task).where(Task.organisation_id.is_(None), Task.state == State.TODO)
    bare = waits.join(Task.unit).where(Task.unit_id.not_in(bodies), Unit.level == "commune")
    tasks = session().scalars(bare.order_by(Task.id)).all()
    assert tasks
    heirs = {
        old.id: new[0].id for old, new in plan.of(reformed.crosswalk(), DAY).crosswalk.heirs.items()
    }
    expected = {task.id: heirs.get(task.unit_id, task.unit_id) for task in tasks}
    reform()
    for task in tasks:
        assert task.state == State.DROPPED or task.unit_id == expected[task.id]


def test_points_begin_anew_at_the_new_unit_and_end_at_the_old_one(lists):
    old, beside = unit("Phường Ngô Quyền"), unit("Phường Thọ Xương")
    with write() as current:
        for at in (old, beside):
            current.add(Point(unit_id=at.id, kind="village", name="Xóm Đình",
                              folded="", sort_key=""))  # fmt: skip
    reform()
    at_new = Point.unit_id == unit("Phường Bắc Giang").id
    names = session().scalars(select(Point.name).where(at_new, Point.name.startswith("Xóm Đình")))
    assert len(set(names)) == 2
    ended = session().scalars(select(Point.valid_to).where(Point.unit_id == old.id))
    assert set(ended) == {date(2025, 6, 30)}


def test_a_code_of_a_point_leads_to_the_same_point_at_the_new_unit(lists):
    campaign, old = open_campaign(), unit("Phường Ngô Quyền")
    with write() as current:
        point = Point(unit_id=old.id, kind="village", name="Xóm Đình", folded="", sort_key="")
        current.add(point)
        current.flush()
        [code] = issue(current, campaign.id, [(old.id, point.id)])
    reform()
    [move] = moved.moves(places.find(code.code))
    assert (move.new.point_name, move.new.unit_name) == ("Xóm Đình", "Phường Bắc Giang")


def test_what_was_chosen_for_a_body_is_done(lists):
    bodies = {one.body.name: one for one in plan.of(reformed.crosswalk(), DAY).bodies}
    stays = bodies["Đoàn thanh niên phường Ngô Quyền"].body.id
    reform(wanted={stays: "stay"})
    assert users.by_username("doan.ngoquyen").organisation.unit.full_name == "Phường Ngô Quyền"


def test_bodies_of_one_kind_become_one(lists):
    reform()
    teams = select(Organisation).where(
        Organisation.unit_id == unit("Phường Bắc Giang").id,
        Organisation.kind == "working_team", Organisation.valid_to.is_(None),
    )  # fmt: skip
    assert [team.name for team in session().scalars(teams)] == ["Tổ công tác phường Bắc Giang"]


def test_a_second_time_adds_nothing(lists):
    reform()
    again = reform()
    assert (again.successions, again.ended, again.codes, again.points) == (0, 0, 0, 0)


def test_whoever_looked_before_somebody_else_did_it_is_told(lists):
    seen = plan.of(reformed.crosswalk(), DAY).fingerprint
    reform(seen=seen)
    with pytest.raises(Stale):
        reform(seen=seen)


def test_nothing_is_done_before_its_day(lists):
    with pytest.raises(Refused):
        services.carry_out(OPERATOR, reformed.crosswalk(), clock.today().replace(year=2099))
    assert session().scalar(select(func.count(QrCode.code)).where(
        QrCode.revoke_reason.contains("thuộc phường Bắc Giang")
    )) == 0  # fmt: skip


def test_one_wrong_line_leaves_everything_as_it_was(lists):
    bad = [*reformed.crosswalk(), {"old_code": "99999", "new_code": "07210"}]
    outcome = services.carry_out(OPERATOR, bad, DAY)
    assert [error.column for error in outcome.errors] == ["old_code"]
    assert users.by_username("xa.ngoquyen").organisation.unit.full_name == "Phường Ngô Quyền"


def test_a_unit_that_holds_work_and_has_no_heir_stops_it_all(lists):
    unclaimed = plan.of(reformed.crosswalk(), DAY).unclaimed
    assert "Xã Lão Hộ" in {one.full_name for one in unclaimed}
    assert "Phường Ngô Quyền" not in {one.full_name for one in unclaimed}
    with pytest.raises(Invalid) as told:
        reform(alone={one.id for one in unclaimed[1:]})
    assert list(told.value.errors) == [f"alone-{unclaimed[0].id}"]
    assert users.by_username("xa.ngoquyen").organisation.unit.full_name == "Phường Ngô Quyền"


def test_a_province_without_an_heir_stops_it_for_its_accounts_and_campaigns(lists):
    rows = [row for row in reformed.crosswalk() if row["old_code"] != "24"]
    unclaimed = {one.full_name for one in plan.of(rows, DAY).unclaimed}
    assert "Tỉnh Bắc Giang" in unclaimed


def test_a_late_line_for_a_unit_of_which_another_took_over_is_wrong(lists):
    reform()
    late = [{"old_code": "07207", "new_code": "24"}]
    [error] = plan.of(late, DAY).crosswalk.errors
    assert (error.column, error.values["units"]) == ("new_code", "Phường Bắc Giang")
    both = [*late, {"old_code": "07207", "new_code": "07210"}]
    assert not plan.of(both, DAY).crosswalk.errors


def test_nobody_takes_over_who_has_ended_since(lists):
    with write():
        unit("Phường Bắc Giang").valid_to = clock.today() - timedelta(days=1)
    [error] = plan.of([{"old_code": "07207", "new_code": "07210"}], DAY).crosswalk.errors
    assert (error.line, error.column) == (2, "new_code")
    assert error.values["unit"] == "Phường Bắc Giang"


def test_who_did_it_and_what_followed_is_on_the_record(lists):
    reform()
    last = select(AuditEntry.changes).where(AuditEntry.action == "units:succeeded")
    assert "Xã Lão Hộ (07684)" in session().scalar(last)
    acts = set(session().scalars(select(AuditEntry.action)))
    assert {"units:succeeded", "campaign:units_succeeded", "organisation:moved",
            "account:deactivated"} <= acts  # fmt: skip
