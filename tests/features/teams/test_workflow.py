"""Every state, every transition, every role and duty of a team: what happens, from one table."""

import pytest

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Forbidden, Missing, Refused
from portal.features.teams import queries
from portal.features.teams.models import Member, Part, State, Team, to_json
from portal.features.teams.workflow import TEAM
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import surveyed
from tests.support.officials import PLACES, Official, everybody, official

UNIT, ABOVE = {Role.COMMUNE}, {Role.PROVINCE, Role.DISTRICT}
LINES = {
    # transition: from, to, the roles that may with a duty of work
    "submit": ({State.DRAFT, State.RETURNED}, State.SUBMITTED, UNIT),
    "accept": ({State.SUBMITTED}, State.ACCEPTED, ABOVE),
    "return": ({State.SUBMITTED, State.ACCEPTED}, State.RETURNED, ABOVE),
    "reform": ({State.SUBMITTED, State.ACCEPTED}, State.DRAFT, UNIT),
}
WORKS = {Duty.DRAFT, Duty.APPROVE, Duty.CLERK}
HEAD = Member("Nguyễn Văn A", "Phó Bí thư", "Đảng ủy", Part.HEAD)


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def team(place: surveyed.Place, state: State) -> Team:
    campaign = surveyed.campaign(place)
    with write() as current:
        made = Team(
            campaign_id=campaign.id, unit_id=place["Xã 1"].id, state=state,
            content=to_json([HEAD]), changed_at=clock.now(), changed_by="Xã",
        )  # fmt: skip
        current.add(made)
    return made


def expected(actor: Official, state: State, transition: str) -> type[Exception] | State:
    source, target, roles = LINES[transition]
    if actor.role == Role.ADMIN:
        return Missing
    if actor.role not in roles or not actor.duties & WORKS:
        return Forbidden
    return target if state in source else Refused


def fired(actor: Official, item: Team, transition: str) -> type[Exception] | State:
    try:
        return State(TEAM.fire(actor, item.id, transition, "vì sao").state)
    except (Forbidden, Missing, Refused) as refusal:
        return type(refusal)


def test_the_table_names_every_transition():
    assert LINES.keys() == TEAM.transitions.keys()


@pytest.mark.parametrize("transition", LINES)
@pytest.mark.parametrize("state", State)
def test_a_transition_happens_for_whom_and_when_the_table_says(place, state, transition):
    item = team(place, state)
    for actor in everybody(place):
        wanted = expected(actor, state, transition)
        assert fired(actor, item, transition) == wanted, (actor.role, actor.duties)
        if isinstance(wanted, State):
            item = team(place, state)


@pytest.mark.parametrize("transition", ["return", "reform"])
def test_taking_back_needs_a_reason(place, transition):
    item = team(place, State.SUBMITTED)
    role = Role.COMMUNE if transition == "reform" else Role.DISTRICT
    with pytest.raises(Refused, match="lý do"):
        TEAM.fire(official(place, role, Duty.DRAFT), item.id, transition, "  ")


def test_the_teams_listed_are_the_teams_admitted(place):
    for state in State:
        team(place, state)
    everything = session().query(Team).order_by(Team.id).all()
    for actor in [*everybody(place), official(place, Role.COMMUNE, at="Xã 3")]:
        listed = {one.id for campaign_id in {t.campaign_id for t in everything}
                  for one in queries.listed(actor, campaign_id)}  # fmt: skip
        admitted = {one.id for one in everything if allows(actor, Permission.TEAM_READ, one)}
        assert listed == admitted, actor.role
