"""A campaign and the plan that orders it: its dates are the plan's, issuing makes it ready.

`tying` ties the two by hand, `amending` changes the days once they are announced.
"""

from collections.abc import Mapping
from typing import Any

from portal.core.database import write
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.campaigns import queries, services
from portal.features.campaigns import rounds as windows
from portal.features.campaigns.from_plans import draft_campaign, repeat_campaigns
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase, State
from portal.features.campaigns.plan_days import Days, days_of
from portal.features.campaigns.services import Author
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.documents import beginning
from portal.features.documents.models import Document, Relation
from portal.features.documents.services import NewDocument
from portal.policy.predicates import Actor


def begin(author: Author, new: NewDocument, answers: Mapping[str, str]) -> Document:
    """Begin a document from a template; a plan of a survey brings its draft campaign.

    Args:
        author: who drafts it.
        new: the document.
        answers: what its template asked.

    Raises:
        Invalid: as `beginning.begin` and `draft_campaign` say.
    """
    with write(f"document:begin:{author.user_id}"):
        document = beginning.begin(author, new)
        if not queries.of_plan(document.id):
            draft_campaign(author, document, answers)
    return document


def repeat(author: Author, new: NewDocument, earlier: Document) -> Document:
    """Begin a document that repeats an earlier one, with the campaigns that one had.

    Args:
        author: who drafts it.
        new: the document.
        earlier: what it repeats.

    Raises:
        Invalid: as `beginning.begin` says, or the days lie too far ahead.
    """
    with write(f"document:begin:{author.user_id}"):
        document = beginning.begin(author, new)
        if not queries.of_plan(document.id):
            repeat_campaigns(author, document, earlier)
    return document


def follow_dates(author: Doer, document: Document) -> None:
    """Take over the days of a plan that was saved into its drafts; the listener of saving."""
    campaigns = [one for one in queries.of_plan(document.id) if one.state == State.DRAFT]
    for campaign in campaigns:
        take(author, campaign, document)


def ready_by_plan(document: Document, actor: Actor, reason: str) -> None:
    """Make the campaigns of an issued plan ready: the effect "ready_campaign".

    Those of a plan that it replaces become its own, unless it has some.

    Raises:
        Refused: a campaign asks nowhere, or its days have gone by.
    """
    with write(CAMPAIGN.name):
        for campaign in _waiting(document):
            take(_doer(actor), campaign, document)
            CAMPAIGN.follow(actor, campaign, "approve", reason)


def halt(document: Document, actor: Actor, reason: str) -> None:
    """Take campaigns of a plan no longer in force back, if not yet open: "halt_campaign"."""
    with write(CAMPAIGN.name):
        for campaign in queries.of_plan(document.id):
            if campaign.phase == Phase.READY:
                CAMPAIGN.follow(actor, campaign, "withdraw", reason or PLAN_GONE)


def _waiting(document: Document) -> list[Campaign]:
    own = queries.of_plan(document.id)
    if not own and document.relation == Relation.REPLACES and document.refers_to_id:
        own = queries.of_plan(document.refers_to_id)
    return [campaign for campaign in own if campaign.state == State.DRAFT]


def take(author: Doer, campaign: Campaign, plan: Document | None) -> None:
    """Give a draft its plan and the days that this says (call inside `write()`).

    Args:
        author: who wrote them, and reads in the record that they did.
        campaign: the draft.
        plan: None for none; without days that can be read the campaign keeps its own.
    """
    days = (days_of(plan) if plan else None) or Days(campaign.all_rounds)
    new = days.columns(one_round=campaign.one_round) | {"plan_id": plan.id if plan else None}
    changes: dict[str, list[object]] = {
        name: [getattr(campaign, name), value]
        for name, value in new.items()
        if getattr(campaign, name) != value
    }
    for name in changes:
        setattr(campaign, name, new[name])
    if changes.keys() - {"plan_id"}:
        services.forget_choices(campaign)
    if changes:
        record(author, campaign, "edited", changes | _told(changes))


def _told(changes: Mapping[str, list[object]]) -> dict[str, list[object]]:
    """Write rounds for the record as people do."""
    pairs: Mapping[str, list[Any]] = changes
    return {"rounds": [windows.said(one) for one in pairs["rounds"]]} if "rounds" in pairs else {}


def _doer(actor: Actor) -> Doer:
    return actor  # type: ignore[return-value]  # the web's actor has a display name


def record(
    doer: Doer, campaign: Campaign, verb: str, changes: dict[str, list[object]], reason: str = ""
) -> None:
    """Have what a plan does to a campaign recorded (call inside `write()`)."""
    audit.record(doer, Act(
        f"campaign:{verb}", "campaign", campaign.id, subject_name=campaign.name,
        unit_id=campaign.unit_id, reason=reason, changes=changes,
    ))  # fmt: skip


PLAN_GONE = N_("Kế hoạch không còn hiệu lực.")
