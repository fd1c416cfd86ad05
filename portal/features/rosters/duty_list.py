"""The duty list of a unit as a PDF to be put up at the place: by day, half and place."""

import json
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final

import typst

from portal.core import clock, typeset
from portal.core.clock import format_date, weekday_name
from portal.features.campaigns.rounds import told
from portal.features.rosters import queries
from portal.features.rosters.checking import half_word
from portal.features.rosters.entries import Entry, in_order, people
from portal.features.rosters.models import Kind, State
from portal.features.rosters.queries import Desk

_TEMPLATE: Final = typeset.TEMPLATES / "duty_list.typ"
TITLES: Final = {
    Kind.SUPPORT: "Danh sách, lịch phân công hỗ trợ",
    Kind.INSPECTORS: "Danh sách lãnh đạo, cán bộ chỉ đạo, kiểm tra",
}
_REMINDER: Final = (
    "Người hỗ trợ chỉ hướng dẫn kỹ thuật; người dân tự trả lời. "
    "Không trả lời thay, không gợi ý câu trả lời."
)


def name(desk: Desk) -> str:
    """Give the name of its files."""
    return f"Lịch phân công {desk.unit.full_name}, {desk.campaign.name}"


def pdf(desk: Desk, entries: Sequence[Entry] | None = None) -> bytes:
    """Return the duty list of a unit as a PDF, with our own fonts only.

    It is made to be put up where everybody passes, so it has no telephone numbers; the
    spreadsheet has.

    Args:
        desk: whose.
        entries: a copy that was sent; the roster as it is now if none is given.
    """
    if entries is None:
        entries = [Entry.of(row) for row in queries.rows(desk.roster)]
    rows = in_order(entries)
    state = desk.roster.state if desk.roster else State.DRAFT
    data = {
        "title": TITLES[desk.kind],
        "about": desk.campaign.name,
        "unit": desk.unit.full_name,
        "lead": f"Thời gian: {told(desk.spans)}. Có {people(rows)} người, {len(rows)} lượt "
        "phân công.",
        "draft": state == State.DRAFT,
        "days": [
            {"name": _day_name(entry_day), "rows": [_row(one) for one in found]}
            for entry_day, found in groupby(rows, lambda one: one.day)
        ],
        "reminder": _REMINDER if desk.kind == Kind.SUPPORT else "",
        "foot": f"Lập từ Cổng ngày {format_date(clock.today())}.",
    }
    inputs = {"list": json.dumps(data)}
    return typst.compile(_TEMPLATE, font_paths=typeset.fonts(), sys_inputs=inputs)


def _day_name(day: date | None) -> str:
    return f"{weekday_name(day)}, ngày {format_date(day)}" if day else "Cả đợt"


def _row(entry: Entry) -> list[str]:
    who = ", ".join(filter(None, (entry.position, entry.body)))
    return [half_word(entry.half), entry.place, entry.person, who]
