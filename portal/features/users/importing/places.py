"""Finding the unit and the body that a row means, among all that exist, in a few queries."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.core.pasting import Remark, remark
from portal.core.text import N_, fold
from portal.features.org_units.existing import exists
from portal.features.org_units.models import Level, Organisation, Unit, running_name

_SHORT: Final = (
    (re.compile(r"\b(tp|t\.p)\b\.? ?"), "thanh pho "),
    (re.compile(r"\b(tt|t\.t)\b\.? ?"), "thi tran "),
    (re.compile(r"\bp\. ?"), "phuong "),
    (re.compile(r"\bx\. ?"), "xa "),
    (re.compile(r"\bh\. ?"), "huyen "),
    (re.compile(r"\bubnd\b"), "uy ban nhan dan"),
    (re.compile(r"\bmttq\b"), "mat tran to quoc"),
)
_SHOWN: Final = 4


@dataclass(frozen=True)
class Place:
    """A unit, as far as an import needs it."""

    id: int
    code: str
    name: str
    full_name: str
    level: Level
    folded: str

    @property
    def running_name(self) -> str:
        """Give the name within a sentence."""
        return running_name(self.full_name)


@dataclass(frozen=True)
class Body:
    """An organisation, as far as an import needs it."""

    id: int
    unit_id: int
    kind: str
    name: str
    folded: str
    """Of its own name, abbreviations written out."""


class WrongCellError(Exception):
    """A cell cannot be understood; says which and why."""

    def __init__(self, column: str, said: Remark) -> None:
        super().__init__(said.message)
        self.column, self.said = column, said


def wrong(column: str, message: str, **values: object) -> WrongCellError:
    """Give the error of a cell."""
    return WrongCellError(column, remark(message, **values))


def plain(text: str) -> str:
    """Fold a name and write its abbreviations out."""
    folded = fold(text)
    for short, full in _SHORT:
        folded = short.sub(full, folded)
    return " ".join(folded.split())


@dataclass
class Places:
    """The units that exist today, by code and by name."""

    by_code: dict[str, Place] = field(default_factory=dict)
    by_name: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    ended: set[str] = field(default_factory=set)
    """Codes and folded names of units that exist no longer."""

    @classmethod
    def load(cls) -> "Places":
        """Read them all: one query."""
        places, today = cls(), clock.today()
        columns = (
            Unit.id, Unit.code, Unit.name, Unit.full_name, Unit.level, Unit.folded,
            Unit.valid_from, Unit.valid_to,
        )  # fmt: skip
        query = select(*columns).order_by(Unit.valid_from, Unit.id)
        for row in session().execute(query):
            unit_id, code, name, full_name, level, folded, first, last = row
            place = Place(unit_id, code, name, full_name, Level(level), folded)
            if first <= today and (last is None or last >= today):
                places._add(place)
            elif last is not None and last < today:
                places.ended |= {place.code, plain(place.full_name)}
        return places

    def _add(self, place: Place) -> None:
        self.by_code[place.code] = place
        # Excel takes the zeros before a number away.
        self.by_code.setdefault(place.code.lstrip("0"), place)
        for name in {plain(place.full_name), plain(place.name)}:
            self.by_name[name].append(place)

    def find(self, code: str, name: str) -> Place:
        """Find a unit by its code, else by its name, which may go on with what it lies in.

        Raises:
            WrongCellError: there is none, or more than one, or code and name do not agree.
        """
        if not code and name.isdecimal():
            code, name = name, ""
        if not code:
            return self._named(name)
        place = self.by_code.get(code)
        if place is None:
            said = N_("Mã này đã hết hiệu lực.") if code in self.ended else N_("Không có mã này.")
            raise wrong("code", said)
        if name and place not in self._all_named(name):
            raise wrong("unit", N_("Mã %(code)s là %(name)s."), code=code, name=place.full_name)
        return place

    def _named(self, name: str) -> Place:
        if not name:
            raise wrong("unit", N_("Chưa ghi đơn vị, hoặc mã của đơn vị."))
        found = self._all_named(name)
        if not found:
            is_past = plain(name.partition(",")[0]) in self.ended
            raise wrong("unit", N_("Đơn vị này đã hết hiệu lực.") if is_past else
                        N_("Không có đơn vị tên như vậy."))  # fmt: skip
        if len(found) > 1:
            codes = ", ".join(f"{one.code} ({one.full_name})" for one in found[:_SHOWN])
            raise wrong(
                "unit", N_("Có %(n)s đơn vị tên như vậy, xin ghi mã: %(codes)s."),
                n=len(found), codes=codes,
            )  # fmt: skip
        return found[0]

    def _all_named(self, name: str) -> list[Place]:
        first, *above = (plain(part) for part in name.split(","))
        return [one for one in self.by_name.get(first, ()) if all(p in one.folded for p in above)]


@dataclass
class Bodies:
    """The organisations of some units."""

    of_unit: Mapping[int, list[Body]]

    @classmethod
    def load(cls, unit_ids: Iterable[int]) -> "Bodies":
        """Read those that exist today: one query."""
        found: dict[int, list[Body]] = defaultdict(list)
        columns = (Organisation.id, Organisation.unit_id, Organisation.kind, Organisation.name)
        query = select(*columns).where(Organisation.unit_id.in_(sorted(unit_ids)))
        query = query.where(exists(Organisation)).order_by(Organisation.sort_key, Organisation.id)
        for body_id, unit_id, kind, name in session().execute(query):
            found[unit_id].append(Body(body_id, unit_id, kind, name, plain(name)))
        return cls(found)

    def named(self, place: Place, name: str) -> Body | None:
        """Find a body of a unit by its name, with or without the unit's own."""
        bare, tail = plain(name), plain(place.full_name)
        names = {bare, f"{bare} {tail}", bare.removesuffix(tail).strip()}
        return next((one for one in self.of_unit.get(place.id, ()) if one.folded in names), None)

    def of_kind(self, place: Place, kind: str) -> list[Body]:
        """List the bodies of a kind at a unit."""
        return [one for one in self.of_unit.get(place.id, ()) if one.kind == kind]
