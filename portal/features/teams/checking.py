"""A table of members, typed or pasted: what each cell says, what is wrong, what was put right."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from portal.core import people
from portal.core.pasting import FILLED, Column, Remark, Row, Table, remark
from portal.core.text import N_, fold, looks_legacy_encoded
from portal.features.teams.models import Member, Part, in_order
from portal.features.teams.services import MOST_MEMBERS, TOO_MANY

LONGEST: Final = 200
COLUMNS: Final = (
    Column("name", N_("Họ và tên"), ("họ tên", "tên", "họ, tên", "họ và tên thành viên"),
           needed=True),
    Column("position", N_("Chức vụ"), ("chức danh", "chức vụ, chức danh", "chức vụ công tác")),
    Column("body", N_("Đơn vị"), ("cơ quan", "đơn vị công tác", "cơ quan, đơn vị", "nơi công tác",
                                  "chức vụ, đơn vị công tác")),
    Column("part", N_("Nhiệm vụ trong tổ"), ("nhiệm vụ", "vai trò", "phân công", "chức danh tổ")),
    Column("phone", N_("Điện thoại"), ("số điện thoại", "sđt", "đt", "điện thoại di động"),
           width="narrow"),
)  # fmt: skip
PART_LABELS: Final[Mapping[Part, str]] = {
    Part.HEAD: N_("Tổ trưởng"),
    Part.DEPUTY: N_("Tổ phó"),
    Part.MEMBER: N_("Thành viên"),
    Part.DATA_ENTRY: N_("Nhập dữ liệu"),
}
_PARTS: Final = {
    "to truong": Part.HEAD, "truong": Part.HEAD, "tt": Part.HEAD, "truong to": Part.HEAD,
    "to pho": Part.DEPUTY, "pho": Part.DEPUTY, "to pho thuong truc": Part.DEPUTY,
    "thanh vien": Part.MEMBER, "to vien": Part.MEMBER, "uy vien": Part.MEMBER, "tv": Part.MEMBER,
    "nhap du lieu": Part.DATA_ENTRY, "can bo nhap du lieu": Part.DATA_ENTRY,
    "cong chuc nhap du lieu": Part.DATA_ENTRY, "thanh vien, nhap du lieu": Part.DATA_ENTRY,
    "thu ky": Part.DATA_ENTRY, "nhap lieu": Part.DATA_ENTRY,
}  # fmt: skip
NO_POST: Final = N_("Ghi chức vụ hoặc đơn vị.")
ODD_PART: Final = N_("Không có nhiệm vụ này. Ghi tổ trưởng, tổ phó, thành viên, nhập dữ liệu.")
SECOND_HEAD: Final = N_("Tổ trưởng đã là dòng %(n)s.")
TOO_LONG: Final = N_("Dài quá 200 ký tự.")
SAME: Final = N_("Trùng dòng %(n)s. Nếu là hai người, ghi số điện thoại của từng người.")
SAME_BUT_MARKS: Final = N_("Giống “%(name)s” ở dòng %(n)s, chỉ khác dấu. Nếu là hai người, ghi số "
                           "điện thoại của từng người.")  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """A table that was looked at."""

    table: Table
    """With what was put right, and with what was found, cell by cell."""
    members: tuple[Member, ...]
    """Those of the rows that are right, in the order of the team."""


def checked(table: Table, *, merged: bool = True) -> Checked:
    """Check a table of members.

    Args:
        table: by `COLUMNS`.
        merged: whether an empty unit is the rest of a cell that Excel had merged.
    """
    reader = _Reader(merged=merged)
    read = [reader.read(row) for row in table.rows]
    faults = {one.row.number: one.faults for one in read}
    notes = {one.row.number: one.notes for one in read}
    if len(read) > MOST_MEMBERS:
        last = read[MOST_MEMBERS]
        last.faults["name"] = remark(TOO_MANY, most=MOST_MEMBERS)
    right = replace(table, rows=tuple(one.row for one in read)).found(faults, notes)
    return Checked(right, in_order(one.member for one in read if not one.faults))


def rows_of(members: tuple[Member, ...]) -> list[dict[str, str]]:
    """Give members as cells by column, for a form."""
    return [
        {"name": one.name, "position": one.position, "body": one.body, "part": one.part,
         "phone": one.phone}
        for one in members
    ]  # fmt: skip


@dataclass
class _Read:
    """One row with what was put right, wrong, and noted."""

    row: Row
    faults: dict[str, Remark] = field(default_factory=dict)
    notes: dict[str, Remark] = field(default_factory=dict)

    @property
    def member(self) -> Member:
        """Give whom the row names, once nothing is wrong with it."""
        cells = self.row.cells
        return Member(cells["name"], cells["position"], cells["body"], part_of(cells["part"]) or "",
                      cells["phone"])  # fmt: skip


class _Reader:
    """Reads row after row; later ones are held against those above them."""

    def __init__(self, *, merged: bool) -> None:
        self.merged = merged
        self.body, self.head = "", 0
        self.seen: dict[str, list[Row]] = {}

    def read(self, row: Row) -> _Read:
        found = _Read(row)
        cells = dict(row.cells)
        self._name(cells, found, keep="name" in row.sure)
        self._post(cells, found)
        self._part(cells, found)
        self._phone(cells, found)
        found.row = row.read_as(cells)
        if "name" not in found.faults:
            self._twin(found)
        return found

    @staticmethod
    def _name(cells: dict[str, str], found: _Read, *, keep: bool) -> None:
        typed = cells["name"]
        try:
            cells["name"] = people.person_name(typed, keep=keep)
        except ValueError as error:
            found.faults["name"] = remark(str(error))
            return
        if people.is_doubtful(typed):
            said = N_("chữ hoa như đã gõ") if keep else N_("gốc %(typed)s")
            found.notes["name"] = Remark(said, {"typed": typed}, offers=True)
        elif cells["name"] != typed:
            found.notes["name"] = remark(N_("gốc %(typed)s"), typed=typed)
        elif looks_legacy_encoded(typed):
            found.notes["name"] = remark(N_("có vẻ gõ bằng phông chữ cũ, xin xem lại"))

    def _post(self, cells: dict[str, str], found: _Read) -> None:
        if self.merged and not cells["body"] and self.body:
            cells["body"] = self.body
            found.notes["body"] = remark(FILLED)
        self.body = cells["body"] or self.body
        if not cells["position"] and not cells["body"]:
            found.faults["position"] = remark(NO_POST)
        for name in ("position", "body"):
            if len(cells[name]) > LONGEST:
                found.faults[name] = remark(TOO_LONG)

    def _part(self, cells: dict[str, str], found: _Read) -> None:
        part = part_of(cells["part"])
        if part is None:
            found.faults["part"] = remark(ODD_PART)
            return
        if not cells["part"]:
            found.notes["part"] = remark(PART_LABELS[part])
        cells["part"] = PART_LABELS[part]
        if part == Part.HEAD and self.head:
            found.faults["part"] = remark(SECOND_HEAD, n=self.head)
        elif part == Part.HEAD:
            self.head = found.row.line

    @staticmethod
    def _phone(cells: dict[str, str], found: _Read) -> None:
        typed = cells["phone"]
        try:
            cells["phone"] = people.phone(typed)
        except ValueError as error:
            found.faults["phone"] = remark(str(error))
            return
        if cells["phone"] != typed:
            found.notes["phone"] = remark(N_("gốc %(typed)s"), typed=typed)

    def _twin(self, found: _Read) -> None:
        """Find the same person above, in whatever writing; two telephones are two people."""
        cells = found.row.cells
        above = self.seen.setdefault(people.same_person_key(cells["name"]), [])
        twin = next((one for one in above if not _are_two(one.cells, cells)), None)
        above.append(found.row)
        if twin is None:
            return
        same = twin.cells["name"].casefold() == cells["name"].casefold()
        found.faults["name"] = remark(
            SAME if same else SAME_BUT_MARKS, n=twin.line, name=twin.cells["name"]
        )


def part_of(typed: str) -> Part | None:
    """Read what somebody is within a team; a member where nothing is said, None for odd words."""
    if not typed:
        return Part.MEMBER
    return Part(typed) if typed in set(Part) else _PARTS.get(fold(typed))


def _are_two(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    return bool(one["phone"] and other["phone"] and one["phone"] != other["phone"])
