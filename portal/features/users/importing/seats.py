"""What a list of accounts is to make."""

from dataclasses import dataclass

from portal.features.org_units.kinds import OrganisationKind
from portal.features.users.importing.places import Body, Place
from portal.policy.roles import Duty, Role


@dataclass(frozen=True)
class NewBody:
    """An organisation that the import will make."""

    place: Place
    kind: OrganisationKind
    name: str


@dataclass(frozen=True)
class Seat:
    """An account that the import will make."""

    row: int
    place: Place
    body: Body | NewBody
    display_name: str
    username: str
    role: Role
    duties: frozenset[Duty]

    @property
    def is_idle(self) -> bool:
        """Say whether the account may only look at things; the operator needs no duty."""
        return not self.duties and self.role != Role.ADMIN
