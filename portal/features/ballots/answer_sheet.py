"""What became of what a group said, as an A4 sheet to be put up at its house of culture."""

import json
from collections.abc import Sequence
from typing import Final

import typst

from portal.core import clock, typeset
from portal.core.clock import format_date
from portal.features.ballots.answers import Answer
from portal.features.ballots.minutes import number
from portal.features.ballots.models import BallotGroup, State

_TEMPLATE: Final = typeset.TEMPLATES / "ballot_answers.typ"


def pdf(group: BallotGroup, answers: Sequence[Answer], address: str) -> bytes:
    """Return the sheet as a PDF: nobody is named on it.

    Args:
        group: at which it hangs.
        answers: approved, in the order of the draft.
        address: where all answers are read; "" if nowhere yet.
    """
    consultation = group.consultation
    data = {
        "unit": consultation.unit.full_name,
        "group": group.group,
        "title": f"Trả lời ý kiến của bà con {group.group}",
        "about": f"về dự thảo {consultation.draft.title}",
        "lines": _lines(group, answers),
        "rows": [
            [one.place or "Toàn bộ dự thảo", " ".join(one.text.split()), number(one.households),
             one.decision, one.explanation]
            for one in answers
        ],
        "address": f"Toàn bộ ý kiến và giải trình: {address}" if address else "",
        "foot": f"Lập từ Cổng ngày {format_date(clock.today())}. Không nêu tên người góp ý.",
    }  # fmt: skip
    inputs = {"data": json.dumps(data)}
    return typst.compile(_TEMPLATE, font_paths=typeset.fonts(), sys_inputs=inputs)


def _lines(group: BallotGroup, answers: Sequence[Answer]) -> list[str]:
    said = f"Bà con ghi trên phiếu {len(answers)} ý kiến; mỗi ý kiến đều có trả lời dưới đây."
    if group.state != State.BALANCED or group.issued is None:
        return [said]
    heads = (
        f"Đã phát {number(group.issued)} phiếu cho {number(group.households)} hộ, thu về "
        f"{number(group.returned)} phiếu, trong đó {number(group.valid)} phiếu hợp lệ."
    )
    return [heads, said]
