"""What a row says an account does: its role and its duties."""

import re
from typing import Final

from portal.core.pasting import Row
from portal.core.text import N_, fold
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Level
from portal.features.users.importing.columns import DUTIES, ROLES, kind_of
from portal.features.users.importing.places import Body, Place, wrong
from portal.features.users.services import OPERATOR_ONLY, ROLE_LEVELS
from portal.policy.roles import Duty, Role

_USUAL: Final = {
    Level.PROVINCE: Role.PROVINCE, Level.DISTRICT: Role.DISTRICT, Level.COMMUNE: Role.COMMUNE,
}  # fmt: skip


_ALL: Final = frozenset({Duty.DRAFT, Duty.APPROVE, Duty.CLERK})
_DUTIES: Final = {
    OrganisationKind.PARTY: frozenset({Duty.APPROVE}),
    OrganisationKind.STEERING: frozenset({Duty.DRAFT, Duty.APPROVE}),
    OrganisationKind.COMMITTEE: _ALL,  # the office of the unit
    OrganisationKind.BUREAU: frozenset({Duty.CLERK}),
    OrganisationKind.OPERATOR: frozenset[Duty](),
}
"""Who approves and who numbers; everybody else drafts, the standing body of the steering first."""


def usual_duties(kind: OrganisationKind, level: str) -> frozenset[Duty]:
    """Give what the seat of a body usually does, to be changed by whoever knows better."""
    if kind == OrganisationKind.YOUTH and level == Level.COMMUNE:
        return _ALL  # its papers are its own: nobody else at the commune approves or numbers them
    return _DUTIES.get(kind, frozenset({Duty.DRAFT}))


def role_of(row: Row, place: Place, body: object = None) -> Role:
    """Read the role; left out it follows from the unit, and from the body for the youth union.

    Raises:
        WrongCellError: there is no such role, or not at this level; or the account would run the
            portal from a body (`Body`, `NewBody`) that does not do so already.
    """
    word = row.cells["role"]
    if not word:
        is_youth = kind_of(row.cells["body"] or row.cells["kind"]) == OrganisationKind.YOUTH
        return Role.YOUTH if is_youth and place.level == Level.COMMUNE else _USUAL[place.level]
    role = ROLES.get(fold(word))
    if role is None:
        raise wrong("role", N_("Không có vai trò này; xem tệp mẫu."))
    if place.level not in ROLE_LEVELS[role]:
        raise wrong("role", N_("Vai trò này không hợp với cấp của đơn vị."))
    runs = isinstance(body, Body) and body.kind == OrganisationKind.OPERATOR
    if role == Role.ADMIN and body is not None and not runs:
        raise wrong("role", OPERATOR_ONLY)
    return role


def duties_of(row: Row, _place: Place) -> frozenset[Duty]:
    """Read the duties, between commas.

    Raises:
        WrongCellError: one of them is unknown.
    """
    words = [part.strip() for part in re.split(r"[,;+/]", row.cells["duties"])]
    found = {word: DUTIES.get(fold(word)) for word in words if word}
    for word, duty in found.items():
        if duty is None:
            raise wrong("duties", N_("Không có phần việc “%(word)s”."), word=word)
    return frozenset(duty for duty in found.values() if duty)
