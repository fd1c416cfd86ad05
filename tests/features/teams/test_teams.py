"""The working team of a unit: saved, sent, judged, changed; what was sent stays."""

from dataclasses import replace

import pytest

from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Missing, Refused, Stale
from portal.features.audit import queries as audit
from portal.features.documents.body import Job
from portal.features.org_units.models import UnitScope
from portal.features.tasks.models import Task
from portal.features.teams import pages, queries, services
from portal.features.teams.models import Member, Part, State, Team
from portal.features.teams.pages import Standing, Wanted
from portal.features.teams.workflow import TEAM
from portal.policy.roles import Duty, Role
from tests.support import carried, surveyed
from tests.support.officials import PLACES, official

HEAD = Member("Nguyễn Văn A", "Phó Bí thư thường trực", "Đảng ủy", Part.HEAD, "0912 000 001")
OTHER = Member("Trần Thị B", "Công chức", "Ủy ban nhân dân", Part.DATA_ENTRY)


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return carried.carry_out(place)


@pytest.fixture
def commune(place):
    return official(place, Role.COMMUNE, Duty.DRAFT)


@pytest.fixture
def district(place):
    return official(place, Role.DISTRICT, Duty.APPROVE)


def saved(actor, campaign, *members, version=0):
    team = queries.at(actor, campaign, actor.unit_id)
    return services.save(actor, team, members or (HEAD, OTHER), version)


def sent(actor, campaign):
    team = saved(actor, campaign)
    return TEAM.fire(actor, team.id, "submit")


def task_state(place, name="Xã 1"):
    query = session().query(Task).filter_by(unit_id=place[name].id, job=Job.TEAM)
    return query.one().state


def test_nothing_is_stored_before_somebody_saves(commune, campaign):
    team = queries.at(commune, campaign, commune.unit_id)
    assert (team.version, team.members) == (0, ())
    assert session().query(Team).count() == 0


def test_saving_starts_the_task_and_is_recorded(place, commune, campaign):
    team = saved(commune, campaign)
    assert [one.name for one in team.members] == ["Nguyễn Văn A", "Trần Thị B"]
    assert task_state(place) == "doing"
    assert audit.of_subject("team", team.id)[0].action == "team:saved"


def test_there_is_one_team_a_unit_however_often_it_is_begun(commune, campaign):
    saved(commune, campaign)
    with pytest.raises(Stale) as stale:
        saved(commune, campaign, HEAD)
    assert len(stale.value.theirs["members"]) == 2
    assert session().query(Team).count() == 1


def test_an_empty_team_and_two_heads_are_refused(commune, campaign):
    with pytest.raises(Invalid):
        services.save(commune, queries.at(commune, campaign, commune.unit_id), (), 0)
    with pytest.raises(Invalid):
        saved(commune, campaign, HEAD, replace(HEAD, name="Lê Văn C"))


def test_a_team_without_a_head_is_not_sent(commune, campaign):
    team = saved(commune, campaign, OTHER)
    with pytest.raises(Refused, match="tổ trưởng"):
        TEAM.fire(commune, team.id, "submit")


def test_sending_and_accepting_moves_the_task(place, commune, district, campaign):
    team = sent(commune, campaign)
    assert task_state(place) == "submitted"
    TEAM.fire(district, team.id, "accept")
    assert (team.state, task_state(place)) == (State.ACCEPTED, "accepted")


def test_what_was_returned_is_sent_as_the_next_number(place, commune, district, campaign):
    team = sent(commune, campaign)
    TEAM.fire(district, team.id, "return", "Thiếu người nhập dữ liệu")
    assert (task_state(place), team.note) == ("returned", "Thiếu người nhập dữ liệu")
    TEAM.fire(commune, team.id, "submit")
    first, second = reversed(queries.versions([team.id]))
    assert (first.verdict, first.verdict_note) == ("returned", "Thiếu người nhập dữ liệu")
    assert (second.number, second.verdict, task_state(place)) == (2, "", "submitted")


def test_a_sent_team_changes_only_as_a_new_version(commune, district, campaign):
    team = sent(commune, campaign)
    with pytest.raises(Refused):
        saved(commune, campaign, HEAD, version=team.version)
    TEAM.fire(commune, team.id, "reform", "Một đồng chí chuyển công tác")
    saved(commune, campaign, HEAD, version=team.version)
    assert pages.page(district, campaign, team).members == (HEAD, OTHER)
    assert pages.standing_of(team) == Standing.REFORMING
    TEAM.fire(commune, team.id, "submit")
    second, first = queries.versions([team.id])
    assert (len(first.members), len(second.members)) == (2, 1)
    assert second.reason == "Một đồng chí chuyển công tác"


def test_drafts_are_not_shown_above(commune, district, campaign):
    team = saved(commune, campaign)
    assert pages.page(district, campaign, team).members == ()


def test_nobody_judges_his_own_team_and_no_neighbour_sees_it(place, commune, campaign):
    team = sent(commune, campaign)
    with pytest.raises(Forbidden):
        TEAM.fire(commune, team.id, "accept")
    neighbour = official(place, Role.DISTRICT, Duty.APPROVE, at="Huyện B")
    with pytest.raises(Missing):
        TEAM.fire(neighbour, team.id, "accept")
    assert queries.at(neighbour, campaign, commune.unit_id) is None


def test_many_are_accepted_at_once_and_twice_does_no_harm(place, commune, district, campaign):
    other = official(place, Role.COMMUNE, Duty.DRAFT, at="Xã 2")
    teams = [sent(commune, campaign).id, sent(other, campaign).id]
    assert services.accept_many(district, teams) == 2
    assert services.accept_many(district, teams) == 0


def test_the_list_counts_every_unit_and_says_who_is_late(place, commune, district, campaign):
    sent(commune, campaign)
    listing = pages.listing(district, campaign, Wanted())
    assert [row.unit.name for row in listing.rows] == ["Xã 1", "Xã 2"]
    assert (listing.sent, listing.counts[Standing.NONE]) == (1, 1)
    late = pages.listing(district, campaign, Wanted(standing=pages.LATE))
    assert [row.unit.name for row in late.rows] == ["Xã 2"]


def test_the_list_takes_a_few_queries_only(place, commune, campaign):
    sent(commune, campaign)
    province = official(place, Role.PROVINCE, Duty.APPROVE)
    session().expire_all()
    rows = pages.rows(province, campaign)
    assert [row.head.name if row.head else "" for row in rows] == ["Nguyễn Văn A", "", ""]


def test_the_last_team_of_the_unit_can_be_copied(place, commune, campaign):
    saved(commune, campaign)
    later = surveyed.campaign(place, opens_in=20)
    team = queries.at(commune, later, commune.unit_id)
    assert queries.earlier(commune, team).members == (HEAD, OTHER)


def test_who_took_over_from_a_unit_can_copy_its_team(place, commune, campaign):
    saved(commune, campaign)
    heir = official(place, Role.COMMUNE, Duty.DRAFT, at="Xã 2")
    with write() as current:
        current.add(UnitScope(above_id=heir.unit_id, unit_id=commune.unit_id))
    found = queries.earlier(heir, queries.at(heir, campaign, heir.unit_id))
    assert found.unit_id == commune.unit_id


def test_hints_name_what_is_odd_and_leave_fitting_titles_alone(campaign):
    told = pages.hints(campaign, (HEAD, OTHER))
    assert not list(told)
    odd = [one.message for one in pages.hints(campaign, (replace(HEAD, position="Chủ tịch"),))]
    assert len(odd) == 2


def test_after_the_report_nothing_changes(commune, campaign):
    with write():
        campaign.state = "reported"  # type: ignore[assignment]
    with pytest.raises(Refused):
        saved(commune, campaign)
