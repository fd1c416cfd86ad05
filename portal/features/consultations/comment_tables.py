"""Tables of comments that agencies fill in (PGY-CQ): read from .docx, .xlsx or a paste, checked.

Every cell that is not understood is shown to whoever brings the table in; no row is left out by
itself unless it says nothing.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from docx.oxml.ns import qn

from portal.core import pasting, spreadsheet
from portal.core.errors import Invalid
from portal.core.pasting import FILLED, Column, Remark, Row, Table, remark
from portal.core.text import N_, clean, fold
from portal.features.consultations import comments
from portal.features.consultations.comments import Said
from portal.features.consultations.places import Finder, Placed, Unplaced
from portal.features.consultations.quotes import DIFFERS, Quotes
from portal.features.documents.importing.lines import Rows
from portal.features.documents.importing.lists import Lists, styles_of
from portal.features.documents.importing.opening import BROKEN, Package, refused
from portal.features.documents.importing.story import Story

COLUMNS: Final = (
    Column("place", N_("Điều, khoản, điểm"), (
        "điều/khoản/điểm", "điều khoản", "điều, khoản", "điều/khoản", "điều", "vị trí",
        "điều khoản điểm", "điều, khoản, điểm góp ý", "điều khoản góp ý", "mục, điều, khoản",
        "chương, điều, khoản", "nội dung/điều khoản", "chỗ góp ý", "điều khoản của dự thảo",
    ), width="narrow", needed=True),
    Column("draft", N_("Nội dung dự thảo"), (
        "dự thảo", "nội dung trong dự thảo", "nội dung của dự thảo", "nội dung tại dự thảo",
        "quy định tại dự thảo", "nội dung",
    ), width="wide", hides=True),
    Column("text", N_("Ý kiến góp ý"), (
        "ý kiến góp ý, đề nghị sửa", "ý kiến", "góp ý", "nội dung góp ý", "nội dung tham gia",
        "ý kiến tham gia", "nội dung ý kiến", "ý kiến đề nghị", "đề nghị sửa", "kiến nghị",
        "đề nghị sửa đổi", "đề nghị sửa đổi, bổ sung", "nội dung đề nghị sửa đổi, bổ sung",
        "nội dung góp ý, đề nghị sửa", "ý kiến góp ý, sửa đổi", "nội dung sửa đổi, bổ sung",
        "ý kiến tham gia góp ý", "nội dung đề nghị",
    ), width="wide", needed=True),
    Column("reason", N_("Lý do"), (
        "lý do, căn cứ", "căn cứ", "lý do đề nghị", "giải thích", "cơ sở", "lý do/căn cứ",
        "cơ sở, lý do", "lý do sửa đổi", "thuyết minh",
    ), width="wide", hides=True),
)  # fmt: skip
_AGREES: Final = frozenset({
    "nhat tri", "dong y", "thong nhat", "khong co y kien", "khong", "khong gop y", "nhat tri cao",
    "khong co y kien khac", "nhat tri voi du thao", "nhat tri nhu du thao", "co ban nhat tri",
    "nhat tri toan bo", "khong co y kien gop y", "thong nhat voi du thao", "dong y voi du thao",
})  # fmt: skip
WHOLE: Final = "Cả dự thảo"
REASON: Final = "Lý do"


@dataclass(frozen=True)
class Checked:
    """A table with what was found, and what it says once nothing is wrong."""

    table: Table
    said: tuple[Said, ...]
    agreeing: int
    """Rows that only say “nhất trí”: they agree, and are no comments."""
    known: int
    """Rows that are there already."""

    @property
    def agrees(self) -> bool:
        """Say whether the table as a whole says nothing but that."""
        return bool(self.agreeing) and not self.said and not self.known


def read_text(text: str, columns: Sequence[Column] = COLUMNS) -> Table:
    """Read what was pasted from Word or Excel.

    Raises:
        Invalid: there is no row, or a needed column has no head; under "text".
    """
    if "\t" not in text:
        return pasting.read_text(text, columns)
    rows, _texts = pasting.split(_joined(text))
    return pasting.of_rows(_without_numbers(rows), columns)


def read_file(content: bytes, columns: Sequence[Column] = COLUMNS) -> Table:
    """Read a .docx with a table, an .xlsx, or a .csv.

    Raises:
        Invalid: it cannot be read, or has no such table; under "file".
    """
    try:
        if content.startswith(b"PK") and b"xl/workbook" in content:
            sheets = list(spreadsheet.read_sheets(content).values())
            return _best(sheets, columns)
        if content.startswith(b"PK"):
            return _best(_word_tables(content), columns)
        if content[:4] in {b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rt"}:
            Package.opened(content)
        return read_text(pasting.decoded(content), columns)
    except Invalid as invalid:
        raise Invalid({"file": next(iter(invalid.errors.values()))}, **invalid.values) from invalid


def checked(table: Table, finder: Finder, there: Collection[Said] = ()) -> Checked:
    """Find what is wrong in a table, and what it says.

    Args:
        table: as it was read.
        finder: of the version that was asked about.
        there: what the agency has said already.
    """
    known = {(one.key, fold(one.text)) for one in there}
    rows: list[Row] = []
    faults: dict[int, dict[str, Remark]] = {}
    notes: dict[int, dict[str, Remark]] = {}
    said: dict[tuple[str, str], Said] = {}
    above: Placed | None = None
    quotes = Quotes(finder.provisions)
    agreeing = doubled = 0
    for row in table.rows:
        found = _Read.of(row, finder, quotes, above)
        above = found.placed  # none below a place that is not understood: nothing to lean on
        if found.is_empty:
            continue
        number = len(rows) + 1
        rows.append(replace(found.row, number=number))
        faults[number], notes[number] = found.faults, found.notes
        if found.agrees:
            agreeing += 1
        elif found.said and (found.said.key, fold(found.said.text)) in known:
            doubled += 1
            notes[number] = {**found.notes, "text": remark(ALREADY)}
        elif found.said:
            said.setdefault((found.said.key, fold(found.said.text)), found.said)
    table = Table(table.columns, tuple(rows), table.ignored)
    return Checked(table.found(faults, notes), tuple(said.values()), agreeing, doubled)


@dataclass(frozen=True)
class _Read:
    """One row as it is understood."""

    row: Row
    faults: dict[str, Remark]
    notes: dict[str, Remark]
    placed: Placed | None
    said: Said | None = None
    agrees: bool = False
    is_empty: bool = False
    """Whether it says nothing: a line of a form that was left blank."""

    @classmethod
    def of(cls, row: Row, finder: Finder, quotes: Quotes, above: Placed | None) -> "_Read":
        placed, faults, notes = _placed(row.said("place"), finder, above)
        text, reason, quoted = row.cells["text"], row.cells["reason"], row.cells["draft"]
        if not text and not reason and (quoted or not (row.said("place") and faults)):
            return cls(row, {}, {}, placed, is_empty=True)
        if placed is not None:
            row = row.read_as({**row.cells, "place": finder.place(placed.key) or WHOLE})
            if doubt := quotes.doubt(placed.key, quoted):
                notes["draft"] = Remark(DIFFERS, {"place": row.cells["place"]}, offers=True)
                faults |= {} if "draft" in row.sure else {"draft": doubt}
        whole = f"{text}\n{REASON}: {reason}" if reason else text
        if not text:
            faults["text"] = remark(NO_TEXT)
        elif len(whole) > comments.LONGEST:
            faults["text"] = remark(comments.TOO_LONG)
        if faults or placed is None:
            return cls(row, faults, notes, placed)
        if fold(text).strip(" .!,;") in _AGREES and not reason:
            return cls(row, {}, {**notes, "text": remark(AGREED)}, placed, agrees=True)
        return cls(row, {}, notes, placed, Said(placed.key, whole))


def _placed(
    typed: str, finder: Finder, above: Placed | None
) -> tuple[Placed | None, dict[str, Remark], dict[str, Remark]]:
    """Find where a cell points: what is wrong with it, or how it was understood."""
    if not typed:
        if above is None:
            return None, {"place": remark(NO_PLACE)}, {}
        return above, {}, {"place": remark(FILLED)}
    try:
        placed = finder.find(typed, above.key if above else "")
    except Unplaced as unplaced:
        return None, {"place": unplaced.why}, {}
    return placed, {}, {"place": remark(LEANT, typed=typed)} if placed.leant else {}


def _best(tables: Iterable[Sequence[Sequence[str]]], columns: Sequence[Column]) -> Table:
    """Read the table that says most; a file often has a letterhead set as one before it."""
    best: Table | None = None
    failure: Invalid | None = None
    tables = list(tables)
    for rows in [one for one in tables if _has_heads(one, columns)] or tables:
        try:
            found = pasting.of_rows(_without_numbers(rows), columns)
        except Invalid as invalid:
            failure = failure or invalid
            continue
        if best is None or len(found.rows) > len(best.rows):
            best = found
    if best is None:
        raise failure or Invalid({"text": NO_TABLE})
    return best


def _word_tables(content: bytes) -> list[Sequence[Sequence[str]]]:
    package = Package.opened(content)
    body = package.document().find(qn("w:body"))
    if body is None:
        raise refused(BROKEN)
    story = Story(Lists.of(package.part("numbering.xml")), styles_of(package.part("styles.xml")))
    try:
        found = [item.rows for item in story.blocks(body) if isinstance(item, Rows)]
    except RecursionError as error:  # nested deeper than any real text
        raise refused(BROKEN) from error
    if not found:
        raise refused(NO_TABLE)
    return list(found)


def _has_heads(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> bool:
    needed = {head for column in columns if column.needed for head in column.heads}
    return any(fold(cell.rstrip(" *:")) in needed for row in rows[:10] for cell in row)


def _without_numbers(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Take a column of running numbers away where no head says that it is one."""
    filled = [row for row in rows if any(clean(cell) for cell in row)]
    if _has_heads(rows, COLUMNS) or not filled or len(filled[0]) < len(COLUMNS):
        return rows
    firsts = [clean(row[0]).rstrip(".") for row in filled]
    running = [str(n) for n in range(1, len(firsts) + 1)]
    return [row[1:] for row in rows] if firsts == running else rows


def _joined(text: str) -> str:
    """Join the lines of cells that Word breaks over several when a table is copied from it."""
    lines = re.split(r"\r\n?|\n", text)
    tabs = next((line.count("\t") for line in lines if line.strip()), 0)
    if tabs < 2 or '"' in text or all(line.count("\t") == tabs for line in lines if line.strip()):
        return text
    joined, row = [], ""
    for line in lines:
        row = f"{row} {line}" if row else line
        if row.count("\t") >= tabs:
            joined.append(row)
            row = ""
    whole = joined + ([row] if row.strip() else [])
    return "\n".join(whole) if all(one.count("\t") == tabs for one in joined) else text


NO_PLACE = N_("Chưa ghi điều, khoản. Góp ý chung thì ghi “chung”.")
NO_TEXT = N_("Chưa ghi ý kiến. Dòng không có góp ý thì đánh dấu bỏ.")
LEANT = N_("hiểu theo dòng trên; gốc “%(typed)s”")
AGREED = N_("nhất trí, không tính là ý kiến")
ALREADY = N_("đã có, không nhập lại")
NO_TABLE = N_("Tệp không có bảng góp ý. Bảng cần cột “Điều, khoản, điểm” và “Ý kiến góp ý”.")
