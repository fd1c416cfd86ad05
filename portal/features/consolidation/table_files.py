"""The table as a file, made outside the request: .docx, .pdf or .xlsx."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from io import BytesIO
from typing import Final

import typst

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Missing
from portal.core.exports import new_export
from portal.core.jobs import Job, Kind, Running, enqueue
from portal.core.typeset import TEMPLATES, fonts
from portal.core.workbook import Column, Sheet, Value, workbook
from portal.features.consolidation import table, table_word
from portal.features.consolidation.table import HEADS, SUM_HEADS, Table
from portal.features.consultations import queries
from portal.features.consultations.models import Consultation

NAME: Final = "opinion_table"
_WIDTHS: Final = (6, 22, 60, 34, 20, 60)
Progress = Callable[[int], None]


def order(owner_id: int, consultation: Consultation, form: str) -> Job:
    """Ask for the table; asked again while nothing is older than the minute, it is the same job.

    Args:
        owner_id: the account that may have the file.
        consultation: as it stands when the job runs.
        form: a key of `FORMS`.

    Raises:
        Missing: there is no such form.
    """
    if form not in FORMS:
        raise Missing
    data: dict[str, object] = {"consultation_id": consultation.id, "form": form}
    run_key = f"{NAME}:{owner_id}:{consultation.id}:{form}:{clock.now():%Y%m%d%H%M}"
    with write("jobs"):
        return enqueue(NAME, run_key, data, owner_id=owner_id, total=table.of(consultation).total)


def pdf(whole: Table, progress: Progress = lambda _done: None) -> bytes:
    """Give the table as .pdf."""
    rows = []
    for line in whole.lines():
        rows.append(asdict(line))
        if line.number % 500 == 0:
            progress(line.number)
    head = whole.head
    data = {
        "unit": head.unit, "host": head.host, "title": head.title, "about": head.about,
        "day": head.place_and_day, "heads": HEADS, "rows": rows, "silent": whole.silent,
        "sum": whole.said_last, "attached": head.attached, "sums": [SUM_HEADS, *whole.sums],
        "signed": asdict(whole.signed) if whole.signed else None,
    }  # fmt: skip
    return typst.compile(
        TEMPLATES / "opinion_table.typ", font_paths=fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, timestamp=0,
    )  # fmt: skip


def xlsx(whole: Table, progress: Progress = lambda _done: None) -> bytes:
    """Give the table as .xlsx: one row an opinion, the Điều in a column of its own."""
    content, article = BytesIO(), ""
    columns = [Column(head, width) for head, width in zip(_XLSX_HEADS, _WIDTHS, strict=True)]
    with workbook(content) as book:
        sheet = Sheet(book, "Tổng hợp ý kiến", columns, above=_above(whole))
        for line in whole.lines():
            if not line.number:
                article = line.place
                continue
            place = f"{line.place}, {article}" if line.place else article
            sheet.add((line.number, place, line.text, line.sources, line.decision,
                       line.explanation))  # fmt: skip
            if line.number % 500 == 0:
                progress(line.number)
        sheet.close()
        for row in _below(whole):
            sheet.add(row)
    return content.getvalue()


def _above(whole: Table) -> list[str]:
    head = whole.head
    lines = (f"{head.unit} – {head.host}", head.title.upper(), head.about, head.attached)
    return [line for line in lines if line]


def _below(whole: Table) -> Iterator[Sequence[Value]]:
    """Give the rows under the table: what has no comment, the sums, who signs."""
    yield (None,) * 6
    if whole.silent:
        yield None, None, whole.silent, None, None, None
    for label, comments, opinions in (SUM_HEADS, *whole.sums):
        yield None, None, label, comments, opinions, None
    if whole.signed:
        yield (None,) * 6
        for line in (*whole.signed.lines, "", whole.signed.signer):
            yield None, None, None, None, None, line


_XLSX_HEADS = (*HEADS[:4], "Xử lý", HEADS[4])
FORMS: Final[dict[str, Callable[[Table, Progress], bytes]]] = {
    "docx": table_word.draw, "pdf": pdf, "xlsx": xlsx,
}  # fmt: skip


def _make(running: Running) -> str:
    consultation = queries.get(int(str(running.data["consultation_id"])))
    form = str(running.data["form"])
    if consultation is None:
        raise Missing
    whole = table.of(consultation)
    content = FORMS[form](whole, lambda done: running.progress(done, whole.total))
    name = f"Bảng tổng hợp, tiếp thu, giải trình, {consultation.draft.title}.{form}"
    with new_export(name.replace("/", "-")) as (export, stream):
        stream.write(content)
    return export.to_result()


TABLE = Kind(NAME, _make)
