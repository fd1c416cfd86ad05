"""Every state, every transition, every role and duty: what happens, from one table."""

import pytest

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Forbidden, Missing, Refused
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import State
from portal.features.campaigns.workflow import CAMPAIGN
from portal.policy.roles import Duty, Role
from tests.support import surveyed
from tests.support.officials import PLACES, Official, everybody, official

LINES = {
    # transition: from, to, the province's duty that may
    "approve": (State.DRAFT, State.READY, Duty.APPROVE),
    "withdraw": (State.READY, State.DRAFT, Duty.APPROVE),
    "report": (State.READY, State.REPORTED, Duty.APPROVE),
    "cancel": (State.DRAFT, State.CANCELLED, Duty.DRAFT),
}
ANNOUNCED = {State.READY, State.REPORTED}


def campaign(place: surveyed.Place, state: State, transition: str = "approve") -> Campaign:
    over = transition == "report"
    made = surveyed.campaign(place, state=state, opens_in=-5 if over else 2, days=2)
    if over:
        with write():
            made.sealed_on = clock.today()
    return made


def expected(actor: Official, state: State, transition: str) -> type[Exception] | State:
    source, target, duty = LINES[transition]
    if actor.role == Role.ADMIN or (actor.role != Role.PROVINCE and state not in ANNOUNCED):
        return Missing
    if actor.role != Role.PROVINCE or duty not in actor.duties:
        return Forbidden
    return target if state == source else Refused


def fired(actor: Official, item: Campaign, transition: str) -> type[Exception] | State:
    try:
        return State(CAMPAIGN.fire(actor, item.id, transition, "vì sao").state)
    except (Forbidden, Missing, Refused) as refusal:
        return type(refusal)


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def test_the_table_names_every_transition():
    assert LINES.keys() == CAMPAIGN.transitions.keys()


@pytest.mark.parametrize("transition", LINES)
@pytest.mark.parametrize("state", State)
def test_a_transition_happens_for_whom_and_when_the_table_says(place, state, transition):
    item = campaign(place, state, transition)
    for actor in everybody(place):
        wanted = expected(actor, state, transition)
        assert fired(actor, item, transition) == wanted, (actor.role, actor.duties)
        if isinstance(wanted, State):
            item = campaign(place, state, transition)


@pytest.mark.parametrize("state", State)
def test_the_buttons_shown_are_the_transitions_that_would_happen(place, state):
    item = campaign(place, state)
    for actor in everybody(place):
        shown = {offer.transition.name for offer in CAMPAIGN.available(actor, item)}
        may = {name for name, (source, _, duty) in LINES.items() if source == state
               and actor.role == Role.PROVINCE and duty in actor.duties}  # fmt: skip
        assert shown == may


def refusal(place: surveyed.Place, item: Campaign, transition: str) -> str | None:
    approver = official(place, Role.PROVINCE, Duty.APPROVE)
    offers = CAMPAIGN.available(approver, item)
    return next(offer.refusal for offer in offers if offer.transition.name == transition)


def test_a_campaign_without_units_is_not_approved(app):
    place = surveyed.province({})
    assert "chưa có xã nào" in refusal(place, campaign(place, State.DRAFT), "approve")


def test_a_window_that_has_gone_by_is_not_approved(place):
    item = surveyed.campaign(place, state=State.DRAFT, opens_in=-5, days=2)
    assert "đã qua" in refusal(place, item, "approve")


def test_what_citizens_may_be_answering_is_not_withdrawn(place):
    assert "đã mở" in refusal(place, surveyed.campaign(place), "withdraw")


def test_totals_that_still_move_are_not_reported(place):
    item = surveyed.campaign(place, opens_in=-5, days=2)
    assert "niêm phong" in refusal(place, item, "report")


def test_a_withdrawal_says_why(place):
    item = campaign(place, State.READY)
    with pytest.raises(Refused, match="lý do"):
        CAMPAIGN.fire(official(place, Role.PROVINCE, Duty.APPROVE), item.id, "withdraw", " ")
