"""Officials without a browser: whoever acts where no request is made."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.features.org_units import queries as org_units
from portal.policy.roles import Duty, Role
from tests.support.surveyed import Place

HOMES = {
    Role.PROVINCE: "Tỉnh",
    Role.DISTRICT: "Huyện A",
    Role.COMMUNE: "Xã 1",
    Role.YOUTH: "Xã 1",
    Role.ADMIN: "Tỉnh",
}
"""Where an account of each role sits in `PLACES`."""
PLACES = {"Huyện A": ["Xã 1", "Xã 2"], "Huyện B": ["Xã 3"]}


@dataclass(frozen=True)
class Official:
    """An actor of the rules and an author of the record."""

    role: Role
    duties: frozenset[Duty]
    unit_id: int
    organisation_id: int
    user_id: int = 1
    display_name: str = "Cán bộ"

    def reaches(self, unit_id: int) -> bool:
        """Say whether a unit is below the official's own."""
        return org_units.reaches(self.unit_id, unit_id)


def official(place: Place, role: Role, *duties: Duty, at: str = "") -> Official:
    """Make an official of a role where the role sits, or at another unit."""
    unit_id = place[at or HOMES[role]].id
    [seat] = org_units.organisations([unit_id])
    return Official(role, frozenset(duties), unit_id, seat.id)


def everybody(place: Place) -> Iterator[Official]:
    """Give an official of every role with no duty, and with each duty alone."""
    for role in Role:
        yield official(place, role)
        for duty in Duty:
            yield official(place, role, duty)
