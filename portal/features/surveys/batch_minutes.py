"""The minutes of a batch as a PDF to be signed by who counted and who confirmed."""

import json
from collections.abc import Sequence
from typing import Any, Final

import typst

from portal.core import clock, typeset
from portal.features.surveys.batch_pages import PaperLine, SlipLine

_TEMPLATE: Final = typeset.TEMPLATES / "minutes.typ"
_HIDDEN: Final = "không in"
Row = tuple[str, int | None, bool]
"""What is counted, how many (None: it would tell who has taken part), whether it is a sum."""


def of_slips(line: SlipLine) -> bytes:
    """Return the minutes of a batch of slips."""
    batch = line.batch
    rows: list[Row] = [
        ("Số tờ đã in", batch.size, True),
        ("Đã dùng, theo Cổng", line.used.n if batch.used is not None else None, False),
        ("Còn lại, chưa dùng", batch.unused, False),
        ("Hỏng, không dùng được", batch.spoiled, False),
        ("Chưa rõ ở đâu", line.missing, False),
    ]
    facts = [("Ngày in", clock.format_date(batch.printed_on)), ("Người in", batch.printed_by)]
    fits = "Đã dùng, còn lại và hỏng cộng lại đúng bằng số tờ đã in." if line.fits else (
        "Số tờ cộng lại chưa bằng số tờ đã in; lý do ghi ở trên."
    )  # fmt: skip
    return _drawn(batch, "Biên bản kiểm đếm phiếu dùng một lần", facts, rows, fits)


def of_papers(line: PaperLine) -> bytes:
    """Return the minutes of a batch of paper."""
    batch = line.batch
    rows: list[Row] = [
        ("Số tờ phát ra", batch.issued, True),
        ("Số tờ thu về", batch.returned, True),
        ("Trong đó: hợp lệ, đã nhập vào Cổng", line.entered, False),
        ("Phiếu trắng", batch.blank, False),
        ("Phiếu không hợp lệ", batch.invalid, False),
        ("Chưa thu về", batch.issued - batch.returned, False),
    ]
    facts = [("Ngày phát phiếu", clock.format_date(batch.day)), ("Người mở lô", batch.opened_by)]
    if batch.point is not None:
        facts.append(("Điểm phát", batch.point.name))
    fits = "Đã nhập, phiếu trắng và phiếu không hợp lệ cộng lại đúng bằng số tờ thu về."
    return _drawn(batch, "Biên bản kiểm đếm phiếu giấy hỗ trợ", facts, rows, fits)


def _drawn(
    batch: Any,  # noqa: ANN401 - either kind: what both have
    title: str,
    facts: Sequence[tuple[str, str]],
    rows: Sequence[Row],
    verdict: str,
) -> bytes:
    campaign, unit = batch.campaign, batch.unit
    data = {
        "title": title,
        "about": f"{campaign.name}, lô {batch.id}",
        "unit": unit.full_name,
        "facts": [
            ("Đợt khảo sát", campaign.name),
            ("Phiếu khảo sát", campaign.questionnaire_version.definition.title),
            ("Nơi phát", ", ".join(filter(None, (unit.full_name, unit.line_above)))),
            *facts,
        ],
        "rows": [(what, _HIDDEN if n is None else _number(n), bold) for what, n, bold in rows],
        "note": batch.note,
        "verdict": verdict,
        "signers": [
            ("Người kiểm đếm", batch.counted_by),
            ("Người xác nhận", batch.confirmed_by or "(chờ xác nhận)"),
        ],
        "foot": f"Lập từ Cổng ngày {clock.format_date(clock.today())}. Biên bản chỉ ghi số tờ; "
        "không phiếu nào gắn với người trả lời.",
    }
    inputs = {"minutes": json.dumps(data)}
    return typst.compile(_TEMPLATE, font_paths=typeset.fonts(), sys_inputs=inputs)


def _number(n: int) -> str:
    return f"{n:,}".replace(",", ".")
