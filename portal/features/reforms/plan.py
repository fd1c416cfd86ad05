"""What a table of old and new units brings about, for the preview and for carrying it out."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from portal.core.text import N_
from portal.features.campaigns import succession
from portal.features.campaigns.succession import Heirs, Loss
from portal.features.org_units import crosswalk
from portal.features.org_units.crosswalk import Crosswalk
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation, Unit
from portal.features.org_units.reading import Row
from portal.features.reforms import queries
from portal.features.reforms.queries import Holding


class Way(StrEnum):
    """What becomes of an organisation whose unit ends."""

    MOVE = "move"
    """It goes over as it is, with its accounts, papers and numbers."""
    INTO = "into"
    """It ends; accounts, open tasks and letters go to the one of its kind over there."""
    STAY = "stay"
    """It stays where it is, with nothing changed."""


WAY_LABELS: dict[Way, str] = {
    Way.MOVE: N_("Chuyển sang %(unit)s"),
    Way.INTO: N_("Nhập cùng loại ở %(unit)s"),
    Way.STAY: N_("Để lại đơn vị cũ"),
}


@dataclass(frozen=True)
class Choice:
    """One thing that can become of an organisation."""

    way: Way
    unit: Unit | None

    @property
    def value(self) -> str:
        """Give it as a form sends it: “into-17”."""
        return f"{self.way}-{self.unit.id}" if self.unit else str(self.way)

    @property
    def label(self) -> str:
        """Give its name (msgid)."""
        return WAY_LABELS[self.way]

    @property
    def values(self) -> dict[str, str]:
        """Give what the name tells of."""
        return {"unit": self.unit.running_name if self.unit else ""}


@dataclass(frozen=True)
class BodyPlan:
    """An organisation of a unit that ends, and what becomes of it."""

    body: Organisation
    choices: tuple[Choice, ...]
    chosen: Choice
    holding: Holding

    @property
    def closes_accounts(self) -> bool:
        """Say whether its accounts end: their role has no place at the other level."""
        to = self.chosen.unit
        return bool(to and self.chosen.way == Way.INTO and to.level != self.body.unit.level
                    and self.holding.accounts)  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """A unit that ends, with what it holds."""

    unit: Unit
    holding: Holding
    is_shared: bool
    """It is split: others take over from it too."""


@dataclass(frozen=True)
class Taking:
    """A unit that takes over, and from whom."""

    unit: Unit
    origins: tuple[Origin, ...]

    @property
    def holding(self) -> Holding:
        """Give what comes to it altogether."""
        return sum((origin.holding for origin in self.origins), Holding())


@dataclass(frozen=True)
class Reform:
    """The whole of it."""

    crosswalk: Crosswalk
    takings: tuple[Taking, ...]
    orphans: tuple[Origin, ...]
    """Units of which nobody takes over: those that end the day before, and any that ended earlier
    and still hold something."""
    alone: frozenset[int]
    """Units that are meant to end with nobody taking over."""
    bodies: tuple[BodyPlan, ...]
    losses: tuple[Loss, ...]
    """What old units had chosen in running campaigns and the new ones have to choose anew."""

    @property
    def day(self) -> date:
        """Give the first day of the new units."""
        return self.crosswalk.day

    @property
    def known(self) -> int:
        """Count the lines that were taken before."""
        return sum(pair.is_known for pair in self.crosswalk.pairs)

    @cached_property
    def unclaimed(self) -> list[Unit]:
        """List the units that hold what would be lost, and of which nobody said that it may be."""
        lost = (one.unit for one in self.orphans if one.holding.needs_heir)
        return [unit for unit in lost if unit.id not in self.alone]

    @cached_property
    def split(self) -> list[Unit]:
        """List the units from which several take over."""
        return [unit for unit, new in self.crosswalk.heirs.items() if len(new) > 1]

    @cached_property
    def ways(self) -> Counter[Way]:
        """Count the organisations by what becomes of them."""
        return Counter(one.chosen.way for one in self.bodies)

    @cached_property
    def fingerprint(self) -> str:
        """Give what changes as soon as somebody else has carried out part of it."""
        pairs = sorted((pair.old.id, pair.new.id, pair.is_known) for pair in self.crosswalk.pairs)
        ends = sorted(unit.id for unit in self.crosswalk.ending)
        bodies = sorted(one.body.id for one in self.bodies)
        told = repr((self.day, pairs, ends, bodies))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def of(
    rows: Iterable[Row],
    day: date,
    wanted: Mapping[int, str] | None = None,
    alone: Collection[int] = (),
) -> Reform:
    """Work out what a table brings about.

    Args:
        rows: old_code, new_code, new_full_name.
        day: the first day of the new units.
        wanted: what was chosen for organisations, by id (`Choice.value`); others do as proposed.
        alone: units that are meant to end with nobody taking over.
    """
    found = crosswalk.of(rows, day)
    heirs = found.heirs
    orphans = queries.ended_without_heir(found.last_day, {unit.id for unit in heirs})
    held = queries.of_units({unit.id for unit in (*heirs, *orphans)})
    origins = {unit: Origin(unit, held[unit.id], len(new) > 1) for unit, new in heirs.items()}
    takings = tuple(
        Taking(new, tuple(origins[one] for one in old if one in origins))
        for new, old in sorted(found.origins.items(), key=lambda pair: _in_order(pair[0]))
    )
    lost = tuple(
        Origin(unit, held[unit.id], is_shared=False)
        for unit in orphans
        if unit.valid_to == found.last_day or held[unit.id]
    )
    after = Heirs(day, {old.id: new for old, new in heirs.items()}, {})
    return Reform(
        found, takings, lost, frozenset(alone), tuple(_bodies(heirs, wanted or {})),
        succession.losses(after),
    )  # fmt: skip


def _bodies(heirs: Mapping[Unit, Sequence[Unit]], wanted: Mapping[int, str]) -> Iterator[BodyPlan]:
    coming = queries.bodies_at({unit.id for unit in heirs})
    held = queries.of_bodies({body.id for body in coming})
    there = queries.bodies_at({unit.id for new in heirs.values() for unit in new})
    crowd = Counter((body.unit_id, body.kind) for body in there)
    # Whoever comes from another level stands in nobody's way: it cannot move there as it is.
    crowd.update(
        (heirs[body.unit][0].id, body.kind)
        for body in coming
        if heirs[body.unit][0].level == body.unit.level
    )
    for body in coming:
        choices = tuple(_choices(body, heirs[body.unit]))
        alone = crowd[heirs[body.unit][0].id, body.kind] == 1
        kept = alone or body.kind == OrganisationKind.OTHER
        proposed = _proposed(choices, Way.MOVE if kept else Way.INTO)
        chosen = next((one for one in choices if one.value == wanted.get(body.id)), proposed)
        yield BodyPlan(body, choices, chosen, held[body.id])


def _choices(body: Organisation, heirs: Sequence[Unit]) -> Iterator[Choice]:
    for unit in heirs:
        if unit.level == body.unit.level:
            yield Choice(Way.MOVE, unit)
        yield Choice(Way.INTO, unit)
    yield Choice(Way.STAY, None)


def _proposed(choices: Sequence[Choice], way: Way) -> Choice:
    return next((one for one in choices if one.way == way), choices[0])


def _in_order(unit: Unit) -> tuple[bool, bool, str, int]:
    return unit.level != "province", unit.level != "district", unit.sort_key, unit.id
