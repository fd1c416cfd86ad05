"""The head of a .docx: issuer and national title side by side, number and date, the name."""

from collections.abc import Iterator

from portal.features.documents.paper import Paper
from portal.features.documents.paper.lines import width_mm
from portal.features.documents.rendering.word_notes import Notes
from portal.features.documents.rendering.word_xml import (
    Look,
    Node,
    cell,
    paragraph,
    row,
    rule,
    run,
    table,
)

MIDDLE = Look("PhanDau")
_SHORT = 0.4
"""The line under the issuer and the summary: from a third to half of the text (NĐ 30)."""
_ADDRESS_MM, _LIST_MM, _DASH_MM = 25, 40, 3


def head(paper: Paper) -> Iterator[Node]:
    """Draw issuer, motto, number and date, in a table whose lines are not drawn.

    A paragraph of no height stands before it: LibreOffice pushes a table down by a line if it is
    the first thing of a document with footnotes.
    """
    left, right = paper.form.head_mm
    rows = [
        [_issuer(paper, left), _motto(paper, right)],
        *([[_draft(paper), []]] if paper.is_draft else []),
        [_number(paper), _date(paper)],
    ]
    drawn = [row([cell(left, one), cell(right, other)]) for one, other in rows]
    yield paragraph([], Look(exact=1))
    yield table([left, right], drawn, lines=False, padding=0)


def name(paper: Paper, notes: Notes) -> Iterator[Node]:
    """Draw type and summary with the line or the dashes below; nothing for a công văn."""
    if not paper.type_line:
        return
    sizes, room = paper.form.sizes, paper.form.text_mm
    yield paragraph([run(paper.type_line)], Look("Title", before=16))
    for place, line in enumerate(paper.summary_lines, 1):
        runs = [run(line)]
        if place == len(paper.summary_lines) and paper.summary_note:
            runs.append(notes.mark(paper.summary_note))
        yield paragraph(runs, Look("Subtitle"))
    if paper.form.summary_dashes:
        yield paragraph([run("-----", size=sizes["summary"])], Look("PhanDau", after=12))
        return
    widest = max((width_mm(line, sizes["summary"]) for line in paper.summary_lines), default=0)
    yield rule(widest * _SHORT, room, above=3)
    yield paragraph([], Look(exact=10))


def addressed(paper: Paper) -> Iterator[Node]:
    """Draw “Kính gửi”: one in the middle, several below each other."""
    first, *others = paper.addressees or ("",)
    if not first:
        return
    if not others:
        yield paragraph([run(first)], Look(align="center", before=14, after=12))
        return
    yield paragraph([run(first)], Look(left=_ADDRESS_MM, before=14))
    for place, line in enumerate(others, 1):
        after = 12 if place == len(others) else 0
        look = Look(left=_LIST_MM + _DASH_MM, hanging=_DASH_MM, after=after)
        yield paragraph([run(line)], look)


def _issuer(paper: Paper, room: float) -> list[Node]:
    size = paper.form.sizes["head"]
    drawn = [paragraph([run(line)], MIDDLE) for line in paper.parent_lines]
    drawn += [paragraph([run(line, bold=True)], MIDDLE) for line in paper.issuer_lines]
    if paper.form.star:
        drawn.append(paragraph([run("*")], MIDDLE))
    if paper.form.rule_under_issuer:
        widest = max((width_mm(line, size) for line in paper.issuer_lines), default=0)
        drawn.append(rule(widest * _SHORT, room, above=2))
    return drawn


def _motto(paper: Paper, room: float) -> list[Node]:
    size = paper.form.sizes["motto"]
    lines = paper.form.motto
    drawn = [paragraph([run(line, bold=True, size=size)], MIDDLE) for line in lines]
    return [*drawn, rule(width_mm(lines[-1], size), room, above=1)]


def _draft(paper: Paper) -> list[Node]:
    word = run("DỰ THẢO", bold=True, size=paper.form.sizes["number"])
    return [paragraph([word], Look("PhanDau", before=4))]


def _number(paper: Paper) -> list[Node]:
    form = paper.form
    number = run(paper.number_line, size=form.sizes["number"])
    subject = [
        paragraph([run(line, italic=form.subject_italic, size=form.sizes["subject"])], MIDDLE)
        for line in paper.subject_lines
    ]
    return [paragraph([number], Look("PhanDau", before=5)), *subject]


def _date(paper: Paper) -> list[Node]:
    words = run(paper.date_line, italic=True, size=paper.form.sizes["date"])
    return [paragraph([words], Look("PhanDau", before=5))]
