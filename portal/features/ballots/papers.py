"""What is printed for households: the ballot, and the list of voters."""

import json
from collections.abc import Sequence
from typing import Any, Final

import typst

from portal.core import clock, typeset
from portal.core.clock import format_date
from portal.features.ballots import standing
from portal.features.ballots.models import BallotGroup, Voter
from portal.features.consultations.models import Consultation
from portal.features.regulations import reading

POSTED, SIGNED = "niem-yet", "ky-nhan"
"""Two lists of voters: one to be put up, one on which a household signs for its ballot."""
_GAP: Final = "……"
_MOST_PLACES: Final = 6


def ballots(consultation: Consultation, groups: Sequence[BallotGroup]) -> bytes:
    """Return the ballots of some groups as a PDF, a page each, to be copied, stamped, handed out.

    They bear no name and no number: nothing tells one household's from another's.
    """
    places = reading.places(consultation.draft_id)
    data = {
        "unit": consultation.unit.full_name,
        "draft": consultation.draft.title,
        "contents": [
            {"number": one.number, "text": one.text, "places": _places(one.keys, places)}
            for one in consultation.groups
        ],
        "groups": [{"name": one.group, "day": _day(one)} for one in groups],
    }  # fmt: skip
    return _drawn("ballot.typ", data)


def voter_list(group: BallotGroup, voters: Sequence[Voter], kind: str) -> bytes:
    """Return a group's list of voters as a PDF.

    Args:
        group: whose.
        voters: in the order of the list.
        kind: `POSTED` or `SIGNED`.
    """
    consultation = group.consultation
    data = {
        "unit": consultation.unit.full_name,
        "group": group.group,
        "title": "Danh sách cử tri đại diện hộ gia đình",
        "about": f"lấy ý kiến về dự thảo {consultation.draft.title}",
        "lines": [line for line in (
            _posted(group) if kind == POSTED else "",
            f"Ngày phát phiếu: {_day(group)}.",
            f"Danh sách có {len(voters)} hộ.",
        ) if line],
        "signed": kind == SIGNED,
        "rows": [[str(n), one.household, one.representative, one.note]
                 for n, one in enumerate(voters, 1)],
        "ask": "" if kind == SIGNED else (
            "Ai thấy sai, thiếu hoặc trùng, xin báo Tổ trưởng hoặc Ủy ban nhân dân trong thời gian "
            "niêm yết để sửa."
        ),
        "foot": f"Lập từ Cổng ngày {format_date(clock.today())}.",
    }  # fmt: skip
    return _drawn("voter_list.typ", data)


def _posted(group: BallotGroup) -> str:
    track = standing.window(group.consultation)
    if track is None or track.list_from is None or track.list_to is None:
        return ""
    first, last = format_date(track.list_from), format_date(track.list_to)
    return f"Niêm yết từ ngày {first} đến hết ngày {last}."


def _day(group: BallotGroup) -> str:
    if group.day:
        return f"ngày {format_date(group.day)}"
    chosen = [f"ngày {format_date(day)}" for day in standing.days(group.consultation)]
    return " hoặc ".join(chosen) if 0 < len(chosen) <= 3 else f"ngày {_GAP}"


def _places(keys: str, places: dict[str, reading.Entry]) -> str:
    named = [places[key].place for key in keys.split() if key in places]
    more = "…" if len(named) > _MOST_PLACES else ""
    return ", ".join(named[:_MOST_PLACES]) + more


def _drawn(template: str, data: dict[str, Any]) -> bytes:
    inputs = {"data": json.dumps(data)}
    return typst.compile(
        typeset.TEMPLATES / template, font_paths=typeset.fonts(), sys_inputs=inputs
    )
