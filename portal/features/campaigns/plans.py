"""A campaign and the plan that orders it: its dates are the plan's, issuing makes it ready.

`tying` ties the two by hand, `amending` changes the days once they are announced.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.campaigns import places, queries, services
from portal.features.campaigns.drafting import CampaignInput, Scope
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase, State
from portal.features.campaigns.services import Author
from portal.features.campaigns.wording import minutes_needed
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.documents import beginning, schedule, templates
from portal.features.documents.body import SectionRole
from portal.features.documents.models import Document, Relation
from portal.features.documents.services import NewDocument
from portal.features.documents.templates.repeating import year_of
from portal.features.questionnaires import queries as questionnaires
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


def window_of(document: Document) -> tuple[date, date] | None:
    """Give the first and last day on which a plan asks; None if it says none that can be read."""
    year = schedule.year_of(document)
    spans = schedule.spans(document.body, SectionRole.SURVEY_WINDOW, year)
    return (min(spans).first, max(span.last for span in spans)) if spans else None


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


def draft_campaign(
    actor: Author, document: Document, answers: Mapping[str, str]
) -> Campaign | None:
    """Make the draft campaign of a new plan.

    Args:
        actor: who drafts the plan.
        document: the plan, made from a template.
        answers: what the template asked; the questionnaire is among them.

    Returns:
        None where there is nothing to ask: the template is of no survey, the document refers to
        an earlier plan, the actor makes no campaigns, or the days have gone by.

    Raises:
        Invalid: the campaign's words cannot be taken.
    """
    template = templates.find(document.template_code)
    window = window_of(document)
    if template is None or template.campaign is None or document.relation:
        return None
    if window is None or not _may(actor, window):
        return None
    words = templates.campaign_words(template, answers, document)
    versions = {one.questionnaire.code: one for one in questionnaires.latest()}
    version = versions.get(words.questionnaire)
    if version is None:
        raise Invalid({"questionnaire": N_("Mời chọn một phiếu mẫu.")})
    given = CampaignInput(
        version_id=version.id, name=words.name, opens_on=window[0], closes_on=window[1],
        headline=words.headline, about=words.about, audience=words.audience,
        supporter=words.supporter, fallback_supporter=words.fallback_supporter,
        minutes=minutes_needed(version.definition),
    )  # fmt: skip
    return services.create(actor, given, plan_id=document.id)


def repeat_campaigns(actor: Author, document: Document, earlier: Document) -> list[Campaign]:
    """Make the draft campaigns of a plan that repeats an earlier one, as that one's were.

    Args:
        actor: who drafts the plan.
        document: the plan of this year; the dates are its own.
        earlier: the plan that it repeats.
    """
    window = window_of(document)
    if window is None or not _may(actor, window):
        return []
    before = year_of(earlier)
    return [
        services.create(actor, _as_before(campaign, window, before), plan_id=document.id)
        for campaign in queries.of_plan(earlier.id)
    ]


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


def _may(actor: Actor, window: tuple[date, date]) -> bool:
    return window[1] >= clock.today() and allows(actor, Permission.CAMPAIGN_CREATE)


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
    window = window_of(plan) if plan else None
    opens_on, closes_on = window or (campaign.opens_on, campaign.closes_on)
    new = {"opens_on": opens_on, "closes_on": closes_on, "plan_id": plan.id if plan else None}
    changes: dict[str, list[object]] = {
        name: [getattr(campaign, name), value]
        for name, value in new.items()
        if getattr(campaign, name) != value
    }
    for name in changes:
        setattr(campaign, name, new[name])
    if changes:
        record(author, campaign, "edited", changes)


def _as_before(campaign: Campaign, window: tuple[date, date], before: int) -> CampaignInput:
    kept = {name: getattr(campaign, name) for name in _KEPT}
    year = str(window[0].year)
    told = {name: getattr(campaign, name).replace(str(before), year) for name in _TOLD}
    there = frozenset(unit.id for unit in places.available(campaign.unit_id, *window))
    units = there.intersection(queries.unit_ids(campaign.id))
    scope = Scope.COMMUNES if units else Scope.ALL  # after a merger none of them may be left
    given = CampaignInput(**kept, **told, opens_on=window[0], closes_on=window[1])
    return replace(given, scope=scope, communes=units)


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


_KEPT = ("version_id", "audience", "supporter", "fallback_supporter", "minutes")
_TOLD = ("name", "headline", "about")
"""These may name the year."""
PLAN_GONE = N_("Kế hoạch không còn hiệu lực.")
