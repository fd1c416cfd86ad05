"""Words that depend on the unit or on the form: headlines, invitations, first suggestions."""

import re
from dataclasses import dataclass
from math import ceil

from portal.core import clock
from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Unit
from portal.features.questionnaires.definition import Definition

UNIT_TOKEN = "[đơn vị]"  # noqa: S105 - a mark in a text, nothing secret
"""In a headline it becomes “xã”, “phường” or “thị trấn”, whatever the reader's unit is."""

_KINDS = re.compile(r"xã, phường, thị trấn|cấp xã|\bxã\b")
_LETTER_BEFORE_NUMBER = re.compile(r"(?<=[^\W\d_])(?=\d)")
_SECONDS_A_QUESTION = 16


def headline_for(campaign: Campaign, unit: Unit) -> str:
    """Give the campaign's question as the people of one unit read it, on page and poster.

    Args:
        campaign: its headline may contain `[đơn vị]`.
        unit: whose kind takes its place: “Dân chủ ở phường ta ra sao?”.
    """
    return headline_in(campaign.headline, unit.name, unit.full_name)


def headline_in(headline: str, name: str, full_name: str) -> str:
    """Give a headline with a unit's kind in place of `[đơn vị]`."""
    text = headline.replace(UNIT_TOKEN, unit_kind(name, full_name))
    return text[:1].upper() + text[1:]


def says_all(headline: str, about: str) -> bool:
    """Say whether a headline names what a campaign is about, as the suggested one does."""
    subject = _KINDS.sub(UNIT_TOKEN, about).strip(" .").casefold()
    return subject in _KINDS.sub(UNIT_TOKEN, headline).casefold()


def unit_kind(name: str, full_name: str) -> str:
    """Give the kind of a unit in small letters: “phường”; “địa phương” if its name has none."""
    kind = full_name.removesuffix(name).strip().lower()
    return kind if kind and kind != full_name.lower() else N_("địa phương")


def form_code(definition: Definition) -> str:
    """Give the code of a form as it is spoken: “PKS 03”."""
    return _LETTER_BEFORE_NUMBER.sub(" ", definition.code)


def minutes_needed(definition: Definition) -> int:
    """Estimate the minutes a questionnaire takes: about four for fifteen questions."""
    return max(1, ceil(len(definition.answered) * _SECONDS_A_QUESTION / 60))


@dataclass(frozen=True)
class Suggestion:
    """What stands in the form of a new campaign before anybody types."""

    name: str
    headline: str
    about: str
    audience: str
    minutes: int


def suggestion(definition: Definition) -> Suggestion:
    """Derive the first wording of a campaign from its questionnaire."""
    title = definition.title
    subject = title[title.find("về ") :] if "về " in title else f"về {title}"
    cadres = definition.audience.startswith("Cán bộ")
    invited = "Mời đồng chí" if cadres else "Mời ông/bà"
    return Suggestion(
        name=f"{form_code(definition)} năm {clock.today().year}",
        headline=f"{invited} cho ý kiến {_KINDS.sub(UNIT_TOKEN, subject)}",
        about=subject,
        audience=definition.audience,
        minutes=minutes_needed(definition),
    )
