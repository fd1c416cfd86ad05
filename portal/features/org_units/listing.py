"""What a list of units would add, change and end: worked out before anything is touched."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from sqlalchemy import select

from portal.core.database import session
from portal.core.text import N_
from portal.features.org_units import reading
from portal.features.org_units.models import Level, Unit
from portal.features.org_units.reading import BadCellError, Draft, Row, RowError

Key = tuple[str, date]
"""Code and first day: what names a unit."""
_ABOVE = {Level.DISTRICT: {Level.PROVINCE}, Level.COMMUNE: {Level.DISTRICT, Level.PROVINCE}}
_ORDER = list(Level)


class Fate(StrEnum):
    """What a line of the list does."""

    ADDED = "added"
    CHANGED = "changed"
    ENDED = "ended"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """One unit of the list beside what is known of it."""

    draft: Draft
    unit: Unit | None
    """None: a new one."""
    parent: Key | None
    fields: Mapping[str, tuple[object, object]]
    """What differs: before and after."""

    @property
    def fate(self) -> Fate:
        """Say what becomes of the unit."""
        if self.unit is None:
            return Fate.ADDED
        if self.fields.get("valid_to", (None, None))[1] is not None:
            return Fate.ENDED
        return Fate.CHANGED if self.fields else Fate.SAME


@dataclass(frozen=True)
class UnitList:
    """A whole list: what it does, or what is wrong with it."""

    changes: tuple[Change, ...]
    """From the top level down, so that parents come first."""
    errors: tuple[RowError, ...]

    def of(self, fate: Fate) -> list[Change]:
        """Give the lines that do one thing."""
        return [change for change in self.changes if change.fate == fate]

    @cached_property
    def counts(self) -> Counter[Fate]:
        """Count the lines by what they do."""
        return Counter(change.fate for change in self.changes)

    @property
    def fingerprint(self) -> str:
        """Give what changes as soon as somebody else has changed these units."""
        told = [(each.fate, each.draft.code, each.draft.valid_from, sorted(each.fields.items()))
                for each in self.changes]  # fmt: skip
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class _Known:
    """A unit as it will be, from the database or from the list."""

    level: Level
    valid_from: date
    valid_to: date | None
    unit: Unit | None
    line: int = 0

    def overlaps(self, draft: Draft) -> bool:
        last, other_last = draft.valid_to or date.max, self.valid_to or date.max
        return draft.valid_from <= other_last and self.valid_from <= last


def of(rows: Iterable[Row], *, ignore_end_dates: bool = False) -> UnitList:
    """Work out what a list does.

    A unit is known by its code and its first day. Parents are found in the list or the database,
    among units of the same time.

    Args:
        rows: code, name, full_name, level, parent_code, valid_from, valid_to, source, licence.
        ignore_end_dates: treat every unit as still existing (sample data of a former year).
    """
    drafts, errors = reading.read(rows, ignore_end_dates=ignore_end_dates)
    return _Reader(drafts).run(errors)


class _Reader:
    def __init__(self, drafts: list[Draft]) -> None:
        self.drafts = sorted(drafts, key=lambda one: (_ORDER.index(one.level), one.line))
        self.known: dict[str, dict[date, _Known]] = defaultdict(dict)
        for unit in session().scalars(select(Unit).order_by(Unit.id)):
            found = _Known(Level(unit.level), unit.valid_from, unit.valid_to, unit)
            self.known[unit.code][unit.valid_from] = found

    def run(self, errors: list[RowError]) -> UnitList:
        changes = []
        for draft in self._first_of_each(errors):
            try:
                changes.append(self._change(draft))
            except BadCellError as bad:
                errors.append(bad.at(draft.line))
        return UnitList(tuple(changes), tuple(sorted(errors, key=lambda error: error.line)))

    def _first_of_each(self, errors: list[RowError]) -> list[Draft]:
        """Take every line in before any is judged: the list may end what it also follows."""
        kept = []
        for draft in self.drafts:
            before = self.known[draft.code].get(draft.valid_from)
            if before is not None and before.line:
                twice = BadCellError(N_("mã %(code)s có hai lần trong tệp"), code=draft.code)
                errors.append(twice.at(draft.line))
                continue
            self.known[draft.code][draft.valid_from] = _Known(
                draft.level, draft.valid_from, draft.valid_to,
                before.unit if before else None, draft.line,
            )  # fmt: skip
            kept.append(draft)
        return kept

    def _change(self, draft: Draft) -> Change:
        for first, other in self.known[draft.code].items():
            if first != draft.valid_from and other.line < draft.line and other.overlaps(draft):
                raise BadCellError(
                    N_("mã %(code)s đã có, thời gian hiệu lực chồng lên nhau"), code=draft.code
                )
        parent = self._parent(draft) if draft.parent_code else None
        unit = self.known[draft.code][draft.valid_from].unit
        return Change(draft, unit, parent, _differences(unit, draft, parent) if unit else {})

    def _parent(self, draft: Draft) -> Key:
        # Overlapping is enough: a commune may be older than its town, and outlive its province.
        known = [one for one in self.known[draft.parent_code].values() if one.overlaps(draft)]
        if not known:
            raise BadCellError(
                N_("không có cấp trên mã %(code)s trong thời gian hiệu lực của đơn vị"),
                "parent_code", code=draft.parent_code,
            )  # fmt: skip
        parent = max(known, key=lambda one: one.valid_from)
        if parent.level not in _ABOVE[draft.level]:
            raise BadCellError(
                N_("cấp trên mã %(code)s sai cấp"), "parent_code", code=draft.parent_code
            )
        return draft.parent_code, parent.valid_from


def _differences(unit: Unit, draft: Draft, parent: Key | None) -> dict[str, tuple[object, object]]:
    above = (unit.parent.code, unit.parent.valid_from) if unit.parent else None
    pairs = {
        "name": (unit.name, draft.name),
        "full_name": (unit.full_name, draft.full_name),
        "level": (unit.level, draft.level.value),
        "parent": (above, parent),
        "valid_to": (unit.valid_to, draft.valid_to),
        "source": (unit.source, draft.source),
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
