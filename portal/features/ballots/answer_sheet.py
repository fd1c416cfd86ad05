"""What became of what a group said, as an A4 sheet to be put up at its house of culture.

Its numbers are those of the whole ward; a group's own stay inside (ADR 0018).
"""

import json
from collections.abc import Sequence
from typing import Final

import typst

from portal.core import clock, typeset
from portal.core.clock import format_date
from portal.features.ballots import pages
from portal.features.ballots.answers import Answer
from portal.features.ballots.minutes import number
from portal.features.ballots.models import BallotGroup

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
        "lines": _lines(group),
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


def _lines(group: BallotGroup) -> list[str]:
    sums, ward = pages.sums(group.consultation), group.consultation.unit.running_name
    said = (
        "Ý kiến nào bà con ghi trên phiếu cũng có trả lời dưới đây. Số phiếu nói như vậy là của "
        f"toàn {ward}, không riêng tổ, thôn nào."
    )
    if not sums.groups:
        return [said]
    heads = (
        f"Toàn {ward} đã phát {number(sums.issued)} phiếu cho {number(sums.households)} hộ, thu về "
        f"{number(sums.returned)} phiếu, trong đó {number(sums.valid)} phiếu hợp lệ."
    )
    return [heads, said]
