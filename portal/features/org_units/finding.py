"""Which unit a row of a pasted table means: by its code, or by its name."""

from collections import defaultdict
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.core.pasting import Column, Remark, Row, remark
from portal.core.text import N_, fold
from portal.features.org_units.existing import exists
from portal.features.org_units.models import Unit, UnitScope

COLUMNS: Final = (
    Column("code", N_("Mã đơn vị"), ("mã", "mã xã", "mã huyện", "mã số"), width="narrow"),
    Column("unit", N_("Đơn vị"), ("tên đơn vị", "xã", "tên xã", "xã phường", "xã, phường",
                                  "xã, phường, thị trấn", "phường"), width="wide"),
    Column("above", N_("Thuộc"), ("huyện", "tên huyện", "thuộc huyện", "cấp trên")),
)  # fmt: skip
CHANGED: Final = N_("Danh sách vừa đổi trong lúc đồng chí xem. Mời kiểm tra lại.")
_KINDS: Final = ("xa ", "phuong ", "thi tran ", "huyen ", "thi xa ", "thanh pho ", "tinh ")
"""What stands before a name and is often left out."""


class Below:
    """The units that exist today at one and below it, asked for once."""

    def __init__(self, above_id: int, level: str = "") -> None:
        """Ask for them; only for those of one level if it is given."""
        below = select(UnitScope.unit_id).where(UnitScope.above_id == above_id)
        query = select(Unit).where(Unit.id.in_(below), exists(Unit))
        query = query.where(Unit.level == level) if level else query
        names = joinedload(Unit.parent).joinedload(Unit.parent)
        self.units = list(session().scalars(query.options(names).order_by(Unit.id)))
        self.by_code = {unit.code.casefold(): unit for unit in self.units}
        self.by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            for name in {fold(unit.full_name), fold(unit.name)}:
                self.by_name[name].append(unit)

    def find(self, row: Row) -> tuple[Unit | None, dict[str, Remark], dict[str, Remark]]:
        """Give the unit that a row means, or what is wrong; and how it was understood."""
        code, name, above = (row.cells[column.name] for column in COLUMNS)
        name = f"{name}, {above}" if name and above and "," not in name else name
        if code:
            return self._by_code(code, name)
        if not name:
            return None, {"code": remark(N_("Chưa ghi mã hoặc tên đơn vị."))}, {}
        found = self._named(name)
        if len(found) == 1:
            return found[0], {}, {"unit": _meant(found[0], name)}
        if found:
            message = N_("Có %(n)s đơn vị tên như vậy; ghi thêm mã hoặc huyện.")
            return None, {"unit": remark(message, n=len(found))}, {}
        return None, {"unit": remark(N_("Không có đơn vị “%(name)s” ở đây."), name=name)}, {}

    def _by_code(
        self, code: str, name: str
    ) -> tuple[Unit | None, dict[str, Remark], dict[str, Remark]]:
        # Excel takes 07207 for a number and drops its first sign.
        unit = self.by_code.get(code.casefold()) or self.by_code.get(code.zfill(5))
        if unit is None:
            return None, {"code": remark(N_("Không có đơn vị mã %(code)s ở đây."), code=code)}, {}
        if name and unit not in self._named(name):
            other = remark(N_("Mã %(code)s là %(name)s."), code=unit.code, name=unit.full_name)
            return None, {"unit": other}, {}
        return unit, {}, {} if name else {"code": remark("%(name)s", name=unit.full_name)}

    def _named(self, text: str) -> list[Unit]:
        """Give the units of a name; “xã Quý Sơn, huyện Lục Ngạn” is that of the district."""
        name, _, above = (part.strip() for part in text.partition(","))
        found = self.by_name.get(fold(name)) or self.by_name.get(_bare(name), [])
        wanted = _bare(above)
        return [one for one in found if wanted in fold(one.line_above)]


def _meant(unit: Unit, name: str) -> Remark:
    if fold(name.partition(",")[0].strip()) == fold(unit.full_name):
        return remark(N_("mã %(code)s"), code=unit.code)
    return remark(N_("là %(name)s, mã %(code)s"), name=unit.full_name, code=unit.code)


def _bare(text: str) -> str:
    folded = fold(text)
    kind = next((kind for kind in _KINDS if folded.startswith(kind)), "")
    return folded.removeprefix(kind)
