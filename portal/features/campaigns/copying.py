"""A campaign again: the same questions, places and helpers in another year."""

import re
from dataclasses import replace
from itertools import count
from typing import Any

from portal.core import clock
from portal.features.campaigns import fieldwork, places, queries
from portal.features.campaigns.drafting import LENGTHS, CampaignInput, Scope
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.plan_days import Days


def suggestion(earlier: Campaign) -> dict[str, Any]:
    """Give what the form starts with that copies a campaign: all but its days.

    Args:
        earlier: the campaign; where its words name its year they name this one.
    """
    today = clock.today()
    communes = places.available(earlier.unit_id, today, today)
    chosen = queries.unit_ids(earlier.id)
    scope, whole = places.described(communes, chosen)
    return _kept(earlier, earlier.opens_on.year, today.year) | {
        "scope": scope,
        "districts": frozenset(whole),
        "communes": frozenset(chosen) if scope == Scope.COMMUNES else frozenset(),
    }


def again(earlier: Campaign, days: Days, before: int) -> CampaignInput | None:
    """Give a campaign as an earlier one was, on other days.

    Args:
        earlier: the campaign.
        days: when people are asked this time.
        before: the year that the words of the earlier one may name.

    Returns:
        None if its form is no longer in use.
    """
    kept = _kept(earlier, before, days.opens_on.year)
    if kept["version_id"] is None:
        return None
    there = places.available(earlier.unit_id, days.opens_on, days.closes_on)
    units = queries.unit_ids(earlier.id) & {unit.id for unit in there}
    scope = Scope.COMMUNES if units else Scope.ALL  # after a merger none of them may be left
    asked = CampaignInput(**kept | days.columns(one_round=earlier.one_round))
    return replace(asked, scope=scope, communes=frozenset(units))


def _kept(earlier: Campaign, before: int, year: int) -> dict[str, Any]:
    same = {name: getattr(earlier, name) for name in _SAME}
    told = {name: getattr(earlier, name).replace(str(before), str(year)) for name in _TOLD}
    form_id = earlier.questionnaire_version.questionnaire_id
    newest = (one.id for one in queries.askable(earlier.unit_id) if one.questionnaire_id == form_id)
    way = queries.way_of(earlier.id)
    told["name"] = free_name(told["name"], earlier.unit_id)
    work = fieldwork.undated(fieldwork.of(earlier))
    return same | told | {"version_id": next(newest, None), "steps": way, "work": work}


def free_name(name: str, owner_id: int) -> str:
    """Give a name that no other campaign of the owner has: “PKS 03 năm 2026, lần 2”."""
    plain = _NUMBERED.sub("", name)
    for number in count(2):
        if not queries.is_name_taken(owner_id, name):
            break
        suffix = f", lần {number}"
        name = plain[: LENGTHS["name"] - len(suffix)] + suffix
    return name


_NUMBERED = re.compile(r", lần \d+$")
_SAME = ("audience", "supporter", "fallback_supporter", "minutes", "one_round", "denominator")
_TOLD = ("name", "headline", "about", "zalo_group")
"""These may name the year."""
