"""Sections as blocks on paper: labels, headings of their own or run in, duties, the end mark."""

import re
from collections.abc import Iterator
from dataclasses import replace

from portal.features.documents.body import Body, Duty, Level, SectionRole
from portal.features.documents.formats import DocumentType, Format
from portal.features.documents.paper import Block, Grid, Paragraph, Run
from portal.features.documents.paper.inline import lines, runs
from portal.features.documents.text.outline import Numbered, numbered
from portal.features.documents.text.wording import upper_first

STYLES = {
    Level.PLAIN: "body",
    Level.PART: "part",
    Level.POINT: "point",
    Level.SUBPOINT: "subpoint",
    Level.LETTER: "letter",
    Level.DASH: "dash",
    Level.PLUS: "plus",
}
_DUTY_HEAD = ("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn", "Minh chứng")
_DUTY_WIDTHS = (0.06, 0.27, 0.18, 0.15, 0.19, 0.15)
_ENDED = re.compile(r"(?:\s*\./\.|\s*[.;,])?\s*$")


def bases(body: Body, form: Format) -> Iterator[Paragraph]:
    """Set “Căn cứ …”: one a line, with the format's signs at the ends."""
    given = [basis for text in body.bases for basis in lines(text)]
    dash = "- " if form.bases_style == "upright-dash" else ""
    for place, basis in enumerate(given, 1):
        end = form.basis_ends[place == len(given)]
        text = f"{dash}{basis.lstrip('- ').rstrip(' .;,')}{end}"
        yield Paragraph(runs(text, italic=form.bases_style == "italic"), "basis")


def sections(body: Body, form: Format, kind: DocumentType) -> Iterator[Block]:
    """Set all sections; the table of duties stands after the one that has this role, or last."""
    grid = duties(body.duties)
    for one in numbered(body.sections, form, kind):
        yield from _section(one, form, kind)
        if grid and one.section.role == SectionRole.DUTIES:
            yield grid
            grid = None
    if grid:
        yield grid


def duties(rows: tuple[Duty, ...]) -> Grid | None:
    """Set the table of duties without the columns in which nothing is said; None if it is empty."""
    texts = ((d.what, d.lead.name, d.joins, d.due, d.evidence) for d in rows)
    cells = [tuple(map(upper_first, row)) for row in texts if any(row)]
    if not cells:
        return None
    used = [0, 1, *(n for n in range(2, 6) if any(row[n - 1] for row in cells))]
    room = sum(_DUTY_WIDTHS[n] for n in used)
    return Grid(
        head=tuple(_DUTY_HEAD[n] for n in used),
        rows=tuple(
            tuple((str(place), *row)[n] for n in used) for place, row in enumerate(cells, 1)
        ),
        widths=tuple(_DUTY_WIDTHS[n] / room for n in used),
        centred=frozenset({0}),
    )


def ended(blocks: list[Block], mark: str) -> list[Block]:
    """Put the end mark behind the last word; after a table it has no place."""
    if not blocks or not isinstance(blocks[-1], Paragraph) or not blocks[-1].runs:
        return blocks
    last = blocks[-1]
    *before, run = last.runs
    closed = replace(run, text=_ENDED.sub("", run.text) + mark)
    return [*blocks[:-1], replace(last, runs=(*before, closed), keep_with_next=False)]


def _section(one: Numbered, form: Format, kind: DocumentType) -> Iterator[Paragraph]:
    section = one.section
    heading, text = " ".join(section.heading.split()), lines(section.text)
    style = STYLES[section.level]
    if section.level == Level.PART and kind.has_articles(form):
        yield from _article(one.label, heading, text)
    elif section.level == Level.PART:
        shown = heading.upper() if form.part_capitals else heading
        yield from _own_line(f"{one.label} {shown}", text, style)
    elif section.level == Level.POINT and heading and form.point_headings == "bold-line":
        yield from _own_line(f"{one.label} {heading.rstrip(' :')}", text, style)
    else:
        italic = section.level == Level.POINT and bool(heading)
        yield from _run_in(one.label, heading, text, style, italic=italic)


def _own_line(title: str, text: list[str], style: str) -> Iterator[Paragraph]:
    """Set a bold heading on a line of its own, what it says below."""
    yield Paragraph(runs(title.strip(), bold=True), style, keep_with_next=True)
    yield from (Paragraph(runs(line)) for line in text)


def _article(label: str, heading: str, text: list[str]) -> Iterator[Paragraph]:
    """Set “Điều 1. Heading”, or with no heading the text behind the bold label."""
    first = text[:1] if not heading else []
    title = runs(f"{label} {heading}".strip() + (" " if first else ""), bold=True)
    rest = tuple(run for line in first for run in runs(line))
    yield Paragraph((*title, *rest), "article", keep_with_next=bool(heading))
    yield from (Paragraph(runs(line)) for line in text[len(first) :])


def _run_in(
    label: str, heading: str, text: list[str], style: str, *, italic: bool
) -> Iterator[Paragraph]:
    """Set the heading in front of the text, as “1. Nội dung: …” (plans 000–003)."""
    lead = heading if heading.endswith((".", ":", "?")) or not text else f"{heading}:"
    if heading:
        title = runs(f"{label} {lead}".strip(), italic=italic)
        first: tuple[Run, ...] = runs(f" {text[0]}") if text else ()
    else:
        title, first = (), runs(" ".join(part for part in (label, *text[:1]) if part))
    if title or first:
        yield Paragraph((*title, *first), style, keep_with_next=bool(heading) and not text)
    yield from (Paragraph(runs(line)) for line in text[1:])
