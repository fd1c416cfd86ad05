"""Nominations as officials make them: a campaign that asks for some, and what goes its way."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.features.audit.services import OPERATOR
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign, CampaignStep
from portal.features.documents.body import Party
from portal.features.documents.models import Document
from portal.features.nominations import services
from portal.features.nominations.models import Kind, Nomination, State
from portal.features.nominations.services import NominationInput
from portal.features.nominations.workflow import NOMINATION
from portal.features.org_units.models import Unit
from portal.features.users.models import User
from portal.policy.roles import Role
from portal.web.actor import Account
from tests.support import papers, surveyed
from tests.support.surveyed import Place

PLACES = {"Huyện A": [f"Xã {n}" for n in range(1, 8)], "Huyện B": ["Xã 9"]}


def asked(place: Place, *, least: int = 3, most: int = 5, way: tuple[str, ...] = ()) -> Campaign:
    """Make a campaign that asks for so many; its way goes unit by unit unless told otherwise."""
    made = surveyed.campaign(place)
    with write() as current:
        fieldwork.set_first(made, Rules(nominations_min=least, nominations_max=most))
        for number, step in enumerate(way, 1):
            level, _, kind = step.partition(":")
            current.add(
                CampaignStep(campaign_id=made.id, number=number, level=level, kind=kind)
            )  # fmt: skip
    return made


def party(actor: Account) -> Party:
    """Give the actor's own body as one that leads a duty."""
    return Party("Ban Tỉnh", organisation_id=actor.organisation_id)


def plan(campaign: Campaign, document: Document) -> None:
    """Say that a document orders a campaign."""
    with write() as current:
        current.refresh(campaign)
        campaign.plan_id = document.id


def due_yesterday(campaign: Campaign) -> None:
    """Let the day by which nominations are due have gone by."""
    rules = fieldwork.of(campaign)
    due = clock.today() - timedelta(days=1)
    fieldwork.change(
        OPERATOR, campaign, replace(rules, nominations_due_on=due), fieldwork.version_of(campaign)
    )


def foreign(campaign: Campaign, unit: Unit, owner: User) -> Nomination:
    """Make what a unit has proposed for itself, without a rule that asks for it."""
    with write() as current:
        made = Nomination(
            campaign_id=campaign.id, unit_id=unit.id, from_unit_id=unit.id, kind=Kind.COLLECTIVE,
            name=unit.name, achievement="Làm tốt", state=State.PROPOSED, drafted_by_id=owner.id,
            drafted_by=owner.display_name, proposed_by_id=owner.id, proposed_at=clock.now(),
            changed_at=clock.now(),
        )  # fmt: skip
        current.add(made)
    return made


def words(
    name: str = "", kind: Kind = Kind.COLLECTIVE, achievement: str = "Làm tốt"
) -> NominationInput:
    """Give what somebody types; a name makes it a person."""
    return NominationInput(Kind.PERSON if name else kind, None, name, "", achievement)


def drafted(actor: Account, campaign: Campaign, unit: Unit, name: str = "") -> Nomination:
    """Make a draft."""
    return services.create(actor, campaign, unit, words(name))


def proposed(actor: Account, campaign: Campaign, unit: Unit, name: str = "") -> Nomination:
    """Make a draft and propose it."""
    return NOMINATION.fire(actor, drafted(actor, campaign, unit, name).id, "propose")


def many(place: Place, campaign: Campaign, count: int) -> list[Nomination]:
    """Have a district propose so many of its communes, ready for the province."""
    district = papers.worker(place, Role.DISTRICT)
    return [proposed(district, campaign, place[f"Xã {n}"]) for n in range(1, count + 1)]


def shortlisted(place: Place, campaign: Campaign, count: int, by: Account) -> list[Nomination]:
    """Have so many put on the list."""
    found = many(place, campaign, count)
    return [NOMINATION.fire(by, one.id, "shortlist") for one in found]


def of(unit: Unit) -> Nomination:
    """Give the first nomination of a unit."""
    query = select(Nomination).where(Nomination.unit_id == unit.id).order_by(Nomination.id)
    return session().scalars(query).first() or Nomination()
