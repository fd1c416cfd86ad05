"""Draft campaigns out of plans: from the template a plan was made of, or as last year's plan had.

What a plan was asked is not kept; where nobody answers any more, the template's own suggestions
stand, and the plan's text says the days and the group.
"""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from portal.core import clock
from portal.core.errors import Invalid
from portal.core.text import N_
from portal.features.campaigns import copying, fieldwork, queries, services
from portal.features.campaigns.drafting import CampaignInput, Step
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.plan_days import Days, days_of
from portal.features.campaigns.services import Author
from portal.features.campaigns.wording import minutes_needed
from portal.features.documents import templates
from portal.features.documents.body import SectionRole
from portal.features.documents.models import Document
from portal.features.documents.templates import CampaignPattern
from portal.features.documents.templates.repeating import year_of
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


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
    template, days = templates.find(document.template_code), days_of(document)
    if template is None or template.campaign is None or document.relation:
        return None
    if days is None or not _may(actor, days):
        return None
    words = templates.campaign_words(template, answers, document)
    version = queries.asked_by(actor.unit_id, words.questionnaire)
    if version is None:
        raise Invalid({"questionnaire": N_("Mời chọn một phiếu mẫu.")})
    group = {"zalo_group": group_of(document)}
    work = {"work": fieldwork.of_pattern(words.work, document)}
    facts = _facts(words, version)
    facts["name"] = copying.free_name(facts["name"], actor.unit_id)
    given = CampaignInput(**facts | days.columns() | group | work)
    return services.create(actor, given, plan_id=document.id)


def repeat_campaigns(actor: Author, document: Document, earlier: Document) -> list[Campaign]:
    """Make the draft campaigns of a plan that repeats an earlier one, as that one's were.

    Args:
        actor: who drafts the plan.
        document: the plan of this year; the dates are its own.
        earlier: the plan that it repeats.
    """
    days = days_of(document)
    if days is None or not _may(actor, days):
        return []
    before = year_of(earlier)
    asked = (copying.again(campaign, days, before) for campaign in queries.of_plan(earlier.id))
    return [services.create(actor, given, plan_id=document.id) for given in asked if given]


def suggestion(plan: Document) -> dict[str, Any]:
    """Give what the form of a campaign starts with that a plan orders, as far as it is known."""
    days, words = days_of(plan), _words_of(plan)
    known: dict[str, Any] = days.columns() if days else {}
    version = queries.asked_by(plan.unit_id, words.questionnaire) if words else None
    if words is None or version is None:
        return known
    work = fieldwork.of_pattern(words.work, plan)
    return _facts(words, version) | known | {"zalo_group": group_of(plan), "work": work}


def group_of(plan: Document) -> str:
    """Give the address of the officials' own group, as a plan says it; "" if it says none."""
    section = plan.body.section(SectionRole.ZALO_GROUP)
    found = _LINK.search(section.text) if section else None
    return found[0].rstrip(".,;") if found else ""


def _words_of(plan: Document) -> CampaignPattern | None:
    """Give the words of the plan's template; of one written elsewhere, by the one form it names."""
    own, year = templates.find(plan.template_code), year_of(plan)
    if own and own.campaign:
        return templates.usual_campaign_words(own, plan, year)
    text = plan.body.to_json()
    surveys = (one for one in templates.available() if one.campaign)
    written = [templates.usual_campaign_words(one, plan, year) for one in surveys]
    fitting = [one for one in written if one and _names(text, one.questionnaire)]
    return fitting[0] if len(fitting) == 1 else None


def _names(text: str, code: str) -> bool:
    """Say whether a text speaks of a form: “PKS03”, “PKS 03”."""
    spoken = re.sub(r"(?<=[^\W\d_])(?=\d)", r"\\s?", re.escape(code))
    return re.search(rf"\b{spoken}(?!\d)", text) is not None


def _facts(words: CampaignPattern, version: QuestionnaireVersion) -> dict[str, Any]:
    told = {part.name: getattr(words, part.name) for part in fields(words) if part.name in _TOLD}
    steps = tuple(Step(*step.split(":")) for step in words.steps)
    minutes = minutes_needed(version.definition)
    return told | {"version_id": version.id, "steps": steps, "minutes": minutes}


def _may(actor: Actor, days: Days) -> bool:
    return days.closes_on >= clock.today() and allows(actor, Permission.CAMPAIGN_CREATE)


_TOLD = frozenset({
    "name", "headline", "about", "audience", "supporter", "fallback_supporter", "denominator",
})  # fmt: skip
_LINK = re.compile(r"https://\S+")
