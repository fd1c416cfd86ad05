"""A pasted list of voters: what each cell means, whose group a row is, which household is there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Final

from portal.core.pasting import FILLED, Column, Remark, Row, Table, remark
from portal.core.text import N_, fold
from portal.features.ballots.models import BallotGroup, Voter
from portal.features.rosters import reading
from portal.features.rosters.reading import ORIGIN, TOO_LONG, Found, wrong

COLUMNS: Final = (
    Column("household", N_("Số hộ"), ("số nhà", "mã hộ", "hộ số", "số hộ khẩu", "hộ", "địa chỉ"),
           width="narrow"),
    Column("representative", N_("Cử tri đại diện hộ"),
           ("họ và tên", "họ tên", "đại diện hộ", "chủ hộ", "cử tri", "họ và tên cử tri",
            "họ và tên chủ hộ", "người đại diện"), width="wide", needed=True),
    Column("group", N_("Tổ dân phố"), ("tổ", "thôn", "tdp", "tổ, thôn", "thôn, tổ dân phố",
                                       "khu phố", "khu dân cư"), width="wide"),
    Column("note", N_("Ghi chú"), ("chú thích",)),
)  # fmt: skip
LONGEST: Final = {"household": 60, "note": 160}
_KIND: Final = re.compile(r"^(to dan pho|tdp|to|thon|ban|lang|xom|khu pho|khu|kp)?\s*(so\s+)?0*")


@dataclass(frozen=True)
class Entry:
    """A household as it would be stored."""

    group_id: int
    household: str
    representative: str
    note: str = ""

    @property
    def key(self) -> tuple[int, str]:
        """Give what no other household of the group has: its number, else who speaks for it."""
        return self.group_id, fold(self.household) or f"= {fold(self.representative)}"


@dataclass(frozen=True)
class Checked:
    """A table with what was found, and what would be stored of it."""

    table: Table
    entries: tuple[Entry, ...]
    """In the order of the rows, those already stored left out; empty while a cell is wrong."""
    kept: int
    """How many rows are there already."""


@dataclass
class _Known:
    """Which households are there: the rows above by their line, and those stored."""

    stored: dict[tuple[int, str], str] = field(default_factory=dict)
    lines: dict[tuple[int, str], int] = field(default_factory=dict)

    def fault(self, entry: Entry) -> Remark | None:
        """Say what is wrong beside the others: a household has one voter."""
        if line := self.lines.get(entry.key):
            return remark(SAME_LINE if entry.household else SAME_NAME, line=line)
        name = self.stored.get(entry.key)
        if name is not None and fold(name) != fold(entry.representative):
            return remark(OTHER_STORED, name=name)
        return None

    def take(self, entry: Entry, line: int) -> bool:
        """Take a row in; say whether it is new."""
        self.lines[entry.key] = line
        return entry.key not in self.stored


class Groups:
    """The groups of a consultation, known again however they are written: “TDP số 05”."""

    def __init__(self, groups: Sequence[BallotGroup]) -> None:
        """Know them by their folded names, and by what is left without “tổ dân phố số”."""
        self.names = {one.folded: one for one in groups}
        self.short: dict[str, list[BallotGroup]] = {}
        for one in groups:
            self.short.setdefault(_short(one.group), []).append(one)

    def read(self, typed: str) -> tuple[int, Found]:
        """Read a cell; 0 with a fault where no group is meant for certain."""
        group = self.names.get(fold(typed))
        alike = self.short.get(_short(typed), [])
        if group is None and len(alike) == 1:
            group = alike[0]
        if group is None:
            return 0, self._unknown(typed)
        same = fold(typed) == group.folded
        return group.id, Found(group.group, note=None if same else remark(ORIGIN, typed=typed))

    def _unknown(self, typed: str) -> Found:
        near = get_close_matches(fold(typed), self.names, n=1, cutoff=0.75)
        if near:
            return wrong(DID_YOU_MEAN, meant=self.names[near[0]].group)
        return wrong(NO_SUCH_GROUP)


def checked(
    groups: Sequence[BallotGroup], table: Table, stored: Sequence[Voter],
    own: BallotGroup | None = None,
) -> Checked:  # fmt: skip
    """Check a pasted list.

    Args:
        groups: those of the consultation.
        table: as it was pasted.
        stored: what stays beside it; none where it takes the place of everything.
        own: the group on whose page it was pasted: rows of others are refused.
    """
    known, there = Groups(groups), _Known({_key(one): one.representative for one in stored})
    faults: dict[int, dict[str, Remark]] = {}
    notes: dict[int, dict[str, Remark]] = {}
    entries, shown, above = [], [], ""
    for row in table.rows:
        cells, said = _filled(row, above, own)
        above = cells["group"]
        entry, wrong_cells, noted, right = _read(row, cells, known, own)
        if entry and (beside := there.fault(entry)):
            wrong_cells = {"household" if entry.household else "representative": beside}
        elif entry and there.take(entry, row.line):
            entries.append(entry)
        elif entry:
            noted["representative"] = remark(KEPT)
        faults[row.number], notes[row.number] = wrong_cells, noted | said
        shown.append(row.read_as(cells | ({} if wrong_cells else right)))
    found = replace(table, rows=tuple(shown)).found(
        {n: one for n, one in faults.items() if one}, notes
    )
    if found.faults:
        return Checked(found, (), 0)
    return Checked(found, tuple(entries), len(table.rows) - len(entries))


def repaired(
    group: BallotGroup, cells: Mapping[str, str], others: Sequence[Voter]
) -> tuple[Entry | None, dict[str, Remark]]:
    """Read one household that was typed in a form; give it, or what is wrong by field.

    Args:
        group: whose list.
        cells: household, representative, note.
        others: the households beside which it must stand.
    """
    row = Row(1, {**cells, "group": group.group}, sure=frozenset({"representative"}))
    entry, faults, _notes, _right = _read(row, row.cells, Groups([group]), group)
    there = _Known({_key(one): one.representative for one in others})
    if entry and entry.key in there.stored:
        name = "household" if entry.household else "representative"
        return None, {name: remark(THERE_ALREADY, name=there.stored[entry.key])}
    return entry, faults


def _read(
    row: Row, cells: Mapping[str, str], known: Groups, own: BallotGroup | None
) -> tuple[Entry | None, dict[str, Remark], dict[str, Remark], dict[str, str]]:
    group_id, where = known.read(cells["group"]) if cells["group"] else (0, wrong(NO_GROUP))
    if own and group_id and group_id != own.id:
        where = wrong(OTHER_GROUP, group=own.group)
    found = {
        "household": _text("household", cells["household"]),
        "representative": reading.person(
            cells["representative"], keep="representative" in row.sure
        ),
        "group": where,
        "note": _text("note", cells["note"]),
    }
    faults = {name: one.fault for name, one in found.items() if one.fault}
    notes = {name: one.note for name, one in found.items() if one.note}
    if faults:
        return None, faults, notes, {}
    right = {name: one.value for name, one in found.items()}
    entry = Entry(group_id, right["household"], right["representative"], right["note"])
    return entry, {}, notes, right


def _filled(
    row: Row, above: str, own: BallotGroup | None
) -> tuple[dict[str, str], dict[str, Remark]]:
    """Take an empty group from the page it is pasted on, or from the row above."""
    cells = dict(row.cells)
    if cells["group"] or not (own or above):
        return cells, {}
    cells["group"] = own.group if own else above
    return cells, {} if own else {"group": Remark(FILLED)}


def _text(name: str, typed: str) -> Found:
    most = LONGEST[name]
    return wrong(TOO_LONG, most=most) if len(typed) > most else Found(typed)


def _short(name: str) -> str:
    return _KIND.sub("", " ".join(re.findall(r"\w+", fold(name)))).strip() or fold(name)


def _key(voter: Voter) -> tuple[int, str]:
    return Entry(voter.group_id, voter.household, voter.representative).key


KEPT = N_("đã có, giữ nguyên")
SAME_LINE = N_("Trùng số hộ với dòng %(line)s: mỗi hộ một cử tri đại diện.")
SAME_NAME = N_("Trùng tên với dòng %(line)s. Mời ghi số hộ để phân biệt.")
OTHER_STORED = N_("Hộ này đã có trong danh sách, do %(name)s đại diện.")
THERE_ALREADY = N_("Đã có trong danh sách, do %(name)s đại diện.")
NO_GROUP = N_("Chưa ghi tổ dân phố.")
NO_SUCH_GROUP = N_("Đợt này không có tổ, thôn tên như vậy.")
DID_YOU_MEAN = N_("Không có tổ này; có phải %(meant)s?")
OTHER_GROUP = N_("Dòng này của tổ khác; trang này chỉ nhận %(group)s.")
