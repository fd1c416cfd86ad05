"""What the pages about units show."""

from dataclasses import dataclass

from portal.core import clock
from portal.core.text import N_
from portal.features.org_units import queries
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import BEGINNING, Level, Organisation, Unit

LEVEL_LABELS: dict[str, str] = {
    Level.PROVINCE: N_("Cấp tỉnh"),
    Level.DISTRICT: N_("Cấp huyện"),
    Level.COMMUNE: N_("Cấp xã"),
}


@dataclass(frozen=True)
class UnitPage:
    """One unit with what hangs on it."""

    unit: Unit
    above: list[Unit]
    """From the highest down."""
    below: list[Unit]
    successors: list[Unit]
    predecessors: list[Unit]
    organisations: list[Organisation]

    @property
    def has_ended(self) -> bool:
        """Say whether the unit exists no more."""
        return self.unit.valid_to is not None and self.unit.valid_to < clock.today()


def unit_page(unit: Unit) -> UnitPage:
    """Gather the page of a unit."""
    above: list[Unit] = []
    one = unit.parent
    while one is not None:
        above.insert(0, one)
        one = one.parent
    return UnitPage(
        unit=unit,
        above=above,
        below=queries.children(unit.id),
        successors=queries.successors(unit.id),
        predecessors=queries.predecessors(unit.id),
        organisations=queries.organisations([unit.id]),
    )


def level_label(unit: Unit) -> str:
    """Call a unit's level by its name (msgid)."""
    return LEVEL_LABELS[unit.level]


def kind_label(body: Organisation) -> str:
    """Call an organisation's kind by its name (msgid)."""
    known = body.kind in set(OrganisationKind)
    return KIND_LABELS[OrganisationKind(body.kind if known else OrganisationKind.OTHER)]


def span(unit: Unit) -> tuple[str, dict[str, str]]:
    """Say from when to when a unit exists, as a msgid with its values."""
    first = "" if unit.valid_from == BEGINNING else clock.format_date(unit.valid_from)
    last = clock.format_date(unit.valid_to) if unit.valid_to else ""
    if first and last:
        return N_("từ %(first)s đến hết %(last)s"), {"first": first, "last": last}
    if first:
        return N_("từ %(first)s"), {"first": first}
    if last:
        return N_("đến hết %(last)s"), {"last": last}
    return N_("đang hiệu lực"), {}


def is_present(unit: Unit) -> bool:
    """Say whether a unit exists today."""
    today = clock.today()
    return unit.valid_from <= today and (unit.valid_to is None or today <= unit.valid_to)
