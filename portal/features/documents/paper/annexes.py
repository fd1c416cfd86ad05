"""Appendices as blocks: text, a table pasted from Excel, the units of a campaign, their codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.features.documents.body import Appendix, AppendixKind
from portal.features.documents.formats import Format
from portal.features.documents.paper import Annex, Block, CodeTable, Grid, Paragraph
from portal.features.documents.paper.inline import lines, runs
from portal.features.documents.text.outline import roman

_LEAST_SHARE = 0.085
"""Of the width: “STT” stays on one line."""
_LONGEST = 60


@dataclass(frozen=True)
class UnitLine:
    """A unit as an appendix lists it."""

    name: str
    district: str
    code: str
    """As it is printed, in groups: “k7rm-4wxq”; "" while it has none."""
    address: str
    """What its QR code leads to; "" while it has none."""


def annexes(
    given: Sequence[Appendix], form: Format, reference: str, units: Sequence[UnitLine]
) -> tuple[Annex, ...]:
    """Set all appendices, titles in capitals; a single one has no number (NĐ 30 Annex I, III).

    Args:
        given: as drafted.
        form: has the pattern of the label.
        reference: “(Kèm theo …)”.
        units: for the lists that the portal makes.
    """
    return tuple(
        Annex(
            label=form.appendix_label.format(roman=roman(n) if len(given) > 1 else "").strip(),
            title=one.title.strip().upper(),
            reference=reference,
            blocks=_blocks(one, units),
        )
        for n, one in enumerate(given, 1)
    )


def grid(text: str) -> Grid | None:
    """Read rows from lines and cells between tabs, the first row the head; None if it is empty."""
    rows = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines()]
    rows = [row for row in rows if any(row)]
    if not rows:
        return None
    count = max(len(row) for row in rows)
    head, *below = [tuple(row + [""] * (count - len(row))) for row in rows]
    columns = list(zip(head, *below, strict=True))
    return Grid(
        head=head,
        rows=tuple(below),
        widths=_widths(columns),
        centred=frozenset(n for n, column in enumerate(columns) if _is_short(column[1:])),
    )


def _blocks(one: Appendix, units: Sequence[UnitLine]) -> tuple[Block, ...]:
    match one.kind:
        case AppendixKind.TABLE:
            made = grid(one.text)
            return (made,) if made else ()
        case AppendixKind.UNITS:
            return (*_paragraphs(one.text), *_unit_list(units))
        case AppendixKind.QR_CODES:
            return (*_paragraphs(one.text), *_code_list(units))
    return tuple(_paragraphs(one.text))


def _paragraphs(text: str) -> Iterable[Paragraph]:
    return [Paragraph(runs(line)) for line in lines(text)]


def _unit_list(units: Sequence[UnitLine]) -> list[Block]:
    if not units:
        return []
    rows = [(str(n), unit.name, unit.district) for n, unit in enumerate(units, 1)]
    if any(unit.district for unit in units):
        return [Grid(("TT", "Đơn vị", "Huyện, thị xã, thành phố"), tuple(rows),
                     (0.1, 0.5, 0.4), frozenset({0}))]  # fmt: skip
    bare = tuple(row[:2] for row in rows)
    return [Grid(("TT", "Đơn vị"), bare, (0.1, 0.9), frozenset({0}))]


def _code_list(units: Sequence[UnitLine]) -> list[Block]:
    """Give the codes; before there are any, the units that will have one."""
    if not units or not all(unit.address for unit in units):
        return _unit_list(units)
    items = ((_caption(n, unit), unit.address) for n, unit in enumerate(units, 1))
    return [CodeTable(tuple(items))]


def _caption(number: int, unit: UnitLine) -> str:
    return "\n".join(line for line in (f"{number}. {unit.name}", unit.district, unit.code) if line)


def _widths(columns: list[tuple[str, ...]]) -> tuple[float, ...]:
    """Share the width by what the cells hold; the root keeps a long column from taking all."""
    needs = [max(min(max(map(len, column)), _LONGEST), 2) ** 0.7 for column in columns]
    shares = [max(need / sum(needs), _LEAST_SHARE) for need in needs]
    return tuple(share / sum(shares) for share in shares)


def _is_short(cells: Sequence[str]) -> bool:
    """Say whether a column holds only numbers, dates and marks, which stand in the middle."""
    return bool(cells) and all(
        len(cell) <= 10 and not any(sign.isalpha() for sign in cell) for cell in cells
    )
