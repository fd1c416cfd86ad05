"""What is looked at on the spot: data of the library, as far as the campaign asks for it."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from portal.core.text import N_
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import CHANNELS, Rules
from portal.features.campaigns.models import Campaign
from portal.features.inspections.models import Inspection, Point, Verdict

VERDICT_LABELS = {
    Verdict.MET: N_("Đạt"),
    Verdict.MISSED: N_("Chưa đạt"),
    Verdict.SKIPPED: N_("Không kiểm tra"),
}


def points(inspection: Inspection) -> tuple[Point, ...]:
    """Give the points of an inspection with what was written down, in the library's order.

    Until it is recorded these follow the campaign's rules; afterwards they stand as they were.
    """
    kept = {one.key: one for one in inspection.points}
    if inspection.is_announced:
        return tuple(kept.values())
    asked = of(inspection.campaign, inspection.planned_on)
    return tuple(kept.get(one.key, one) for one in asked)


def of(campaign: Campaign, day: date) -> tuple[Point, ...]:
    """Give the empty points for a visit on a day."""
    rules, first = fieldwork.of(campaign), day == campaign.opens_on
    return tuple(
        point for row in _library() if first or not row.get("first_day")
        for point in _points(row, rules)
    )  # fmt: skip


def _points(row: Mapping[str, Any], rules: Rules) -> Iterator[Point]:
    if "each" in row:
        for code in getattr(rules, row["each"]):
            yield Point(f"{row['key']}_{code}", row["text"].format(channel=CHANNELS[code]))
    elif "when" not in row or getattr(rules, row["when"]):
        yield Point(row["key"], row["text"])


@cache
def _library() -> tuple[Mapping[str, Any], ...]:
    text = (files("portal.library") / "inspection.json").read_text("utf-8")
    return tuple(json.loads(text))
