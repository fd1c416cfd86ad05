"""The account behind a request, as the policy sees it."""

from dataclasses import dataclass, field

from flask import g
from flask_login import UserMixin, current_user

from portal.features.org_units import queries as org_units
from portal.features.users.models import SignIn
from portal.policy.roles import Duty, Role


@dataclass
class Account(UserMixin):
    """An account signed in with a ticket. Loaded once a request."""

    user_id: int
    display_name: str
    username: str
    role: Role
    duties: frozenset[Duty]
    unit_id: int
    unit_name: str
    unit_level: str
    organisation_id: int
    organisation_name: str
    must_change_password: bool
    sign_in_id: int
    token: str = field(repr=False)
    _reached: dict[int, bool] = field(default_factory=dict, repr=False)

    def get_id(self) -> str:
        """Give Flask-Login what it keeps in the cookie: the ticket, not the account."""
        return self.token

    def reaches(self, unit_id: int) -> bool:
        """Say whether a unit is the actor's own, below it, or a predecessor of these."""
        if unit_id not in self._reached:
            self._reached[unit_id] = org_units.reaches(self.unit_id, unit_id)
        return self._reached[unit_id]

    @classmethod
    def of(cls, sign_in: SignIn, token: str) -> "Account":
        """Give the account of a valid ticket."""
        user = sign_in.user
        organisation = user.organisation
        return cls(
            user_id=user.id,
            display_name=user.display_name,
            username=user.username,
            role=user.role_kind,
            duties=user.duties,
            unit_id=organisation.unit_id,
            unit_name=organisation.unit.full_name,
            unit_level=organisation.unit.level,
            organisation_id=organisation.id,
            organisation_name=organisation.name,
            must_change_password=user.must_change_password,
            sign_in_id=sign_in.id,
            token=token,
        )


def actor() -> Account:
    """Give the signed-in account; only for endpoints that require one."""
    account = current_user._get_current_object()
    if not isinstance(account, Account):
        raise TypeError("no account: the endpoint is not protected")
    return account


def actor_or_none() -> Account | None:
    """Give the signed-in account if there is one, without asking the database on public pages."""
    if g.get("database_away") or not g.get("signed_in_page", False):
        return None
    account = current_user._get_current_object()
    return account if isinstance(account, Account) else None
