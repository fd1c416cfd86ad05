"""A table of duties pasted from Excel or Word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from portal.core import clock
from portal.core.pasting import split
from portal.core.text import N_, clean, fold
from portal.features.documents.body import Duty, Party

COLUMNS: Final = ("what", "lead", "joins", "due", "evidence")
COLUMN_LABELS: Final = {
    "what": N_("Nội dung"),
    "lead": N_("Chủ trì"),
    "joins": N_("Phối hợp"),
    "due": N_("Thời hạn"),
    "evidence": N_("Kết quả, minh chứng"),
}
_HEADS: Final = {
    "number": r"(so )?(stt|tt|so thu tu)",
    "joins": r".*(phoi hop|tham gia).*",
    "due": r".*(thoi gian|thoi han|tien do|han nop|hoan thanh)\b.*|(ngay|han)\b.*",
    "evidence": r".*(san pham|minh chung|ket qua|dau ra).*",
    "lead": r".*(chu tri|thuc hien|phu trach|trach nhiem|phan cong|dau moi|don vi|co quan).*",
    "what": r".*(noi dung|nhiem vu|cong viec|dau viec|viec).*",
}
"""How the columns are headed, folded; the first that fits counts."""
_DATE: Final = re.compile(r"(?<![\d/.-])\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?![\d/.-])")

NO_WORK: Final = N_("Chưa ghi việc phải làm.")
NO_LEAD: Final = N_("Chưa ghi đơn vị chủ trì.")
NO_SUCH_DAY: Final = N_("Trong lịch không có ngày này.")
SHORT_YEAR: Final = N_("Năm cần viết đủ bốn chữ số, ví dụ 05/06/2026.")


@dataclass(frozen=True)
class PastedDuty:
    """One row: what its cells said, and what is wrong with them."""

    line: int
    """Counted from 1, as in the pasted table."""
    cells: Mapping[str, str]
    """By the names of `COLUMNS`, all of them."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """msgids by the name of the cell."""
    text: str = ""
    """As it was typed, quotes and line ends within its cells included."""

    def duty(self) -> Duty:
        """Give it as a duty, mistakes and all."""
        cells = self.cells
        return Duty(
            what=cells["what"], lead=Party(name=cells["lead"]), joins=cells["joins"],
            due=cells["due"], evidence=cells["evidence"],
        )  # fmt: skip


@dataclass(frozen=True)
class PastedDuties:
    """The rows of a pasted table, good and bad."""

    rows: tuple[PastedDuty, ...]
    recognised: bool = False
    """Whether its first row named the columns of a table of duties."""
    ignored: tuple[str, ...] = ()
    """Heads of columns that have no place here."""
    heads: str = ""
    """The row of heads as it was typed; without one, a row that heads these columns."""

    def duties(self) -> tuple[Duty, ...]:
        """Give the duties of the rows without a mistake."""
        return tuple(row.duty() for row in self.rows if not row.errors)

    def all_duties(self) -> tuple[Duty, ...]:
        """Give the duties of every row that says what to do; nothing typed is lost."""
        return tuple(row.duty() for row in self.rows if row.cells["what"])

    def wrong(self) -> tuple[PastedDuty, ...]:
        """Give the rows with a mistake, by their lines in `to_mend`."""
        wrong = (row for row in self.rows if row.errors)
        return tuple(replace(row, line=line) for line, row in enumerate(wrong, 2))

    def to_mend(self) -> str:
        """Give the rows with a mistake as they were typed, below their heads.

        Without heads the first of them might be taken for heads when it comes back.
        """
        return "\n".join((self.heads, *(row.text for row in self.wrong())))


def duties(text: str) -> PastedDuties:
    """Read a table of duties.

    Args:
        text: rows as lines, cells between tabs, as Excel copies them (a cell with line ends in
            quotes). With a row of heads the columns may stand in any order; without one they
            are read as what, who leads, who joins, deadline, evidence, a running number apart.
    """
    rows, texts = split(text)
    return of_rows(rows, texts)


def of_rows(rows: Sequence[Sequence[str]], texts: Sequence[str] = ()) -> PastedDuties:
    """Read a table of duties whose cells are known.

    Args:
        rows: the cells.
        texts: each row as it was typed; left out where nothing was.
    """
    texts = [text.rstrip("\n") for text in texts] or ["\t".join(row) for row in rows]
    table = [[clean(cell) for cell in row] for row in rows]
    start = next((at for at, row in enumerate(table) if any(row)), 0)
    columns = _columns(table[start]) if table else {}
    recognised = _are_heads(table[start], columns) if table else False
    if not recognised:
        columns = _usual_columns(table)
    body = list(enumerate(table, 1))[start + 1 if recognised else start :]
    found = tuple(
        replace(_row(line, row, columns), text=texts[line - 1]) for line, row in body if any(row)
    )
    ignored = _ignored(table[start], columns) if recognised else ()
    heads = texts[start] if recognised else _usual_heads(columns)
    return PastedDuties(found, recognised, ignored, heads)


def _columns(heads: Sequence[str]) -> dict[str, int]:
    """Find the columns by their heads; long texts are no heads."""
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        folded = fold(head)
        for name, pattern in _HEADS.items():
            if len(folded) < 50 and name not in found and re.fullmatch(pattern, folded):
                found[name] = at
                break
    return found


def _are_heads(row: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Say whether a first row names the columns; a duty that speaks of a day does not.

    Most of what stands in a row of heads is known, and none of it has figures.
    """
    filled = [cell for cell in row if cell]
    figures = any(letter.isdigit() for cell in filled for letter in cell)
    return "what" in columns and len(filled) < 2 * len(columns) and not figures


def _usual_columns(table: Sequence[Sequence[str]]) -> dict[str, int]:
    firsts = [row[0] for row in table if any(row)]
    numbered = bool(firsts) and all(re.fullmatch(r"(\d{1,3}|[IVX]+)?\.?", one) for one in firsts)
    return {name: at + numbered for at, name in enumerate(COLUMNS)}


def _usual_heads(columns: Mapping[str, int]) -> str:
    number = ("STT",) if columns["what"] else ()
    return "\t".join((*number, *COLUMN_LABELS.values()))


def _ignored(heads: Sequence[str], columns: Mapping[str, int]) -> tuple[str, ...]:
    used = set(columns.values())
    return tuple(head for at, head in enumerate(heads) if head and at not in used)


def _row(line: int, row: Sequence[str], columns: Mapping[str, int]) -> PastedDuty:
    cells = {name: _cell(row, columns.get(name)) for name in COLUMNS}
    errors = {}
    if not cells["what"]:
        errors["what"] = NO_WORK
    if not cells["lead"]:
        errors["lead"] = NO_LEAD
    if wrong := wrong_day(cells["due"]):
        errors["due"] = wrong
    return PastedDuty(line, cells, errors)


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""


def wrong_day(text: str) -> str:
    """Say what is wrong with a day written in a text, such as 31/02/2026 or 9/11/26; "" if none.

    Args:
        text: a deadline in words; only whole dates in it are looked at.
    """
    for written in _DATE.findall(text):
        if not re.search(r"\d{4}$", written):
            return SHORT_YEAR
        try:
            clock.parse_date(written)
        except ValueError:
            return NO_SUCH_DAY
    return ""
