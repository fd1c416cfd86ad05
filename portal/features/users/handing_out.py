"""One-time passwords for many accounts: given in batches, printed on strips, kept nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from portal.core.database import session, write
from portal.core.errors import Refused
from portal.core.jobs import Job, enqueue
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.org_units.models import Organisation, Unit, UnitScope
from portal.features.users import passwords, queries
from portal.features.users.models import User
from portal.features.users.tickets import end_other_sign_ins

_PARENT = aliased(Unit)
PRINT = "users:print_passwords"
BATCH = 20
NONE_WAITING = N_("Không còn tài khoản nào chờ in mật khẩu ở đây.")


class Which(StrEnum):
    """Whose passwords are printed."""

    WITHOUT = "without"
    """Who has never been given one."""
    NEW = "new"
    """Who has not yet signed in for the first time, too: the paper may be lost."""


@dataclass(frozen=True)
class Waiting:
    """How many accounts of a unit wait."""

    unit: Unit
    without: int
    new: int
    """Those without a password among them."""


@dataclass(frozen=True)
class Strip:
    """What is printed for one account."""

    unit: str
    unit_line: str
    body: str
    display_name: str
    username: str
    password: str


def waiting() -> list[Waiting]:
    """List the units whose accounts have not yet signed in, by district and name."""
    query = (
        select(Organisation.unit_id, func.count(User.id))
        .join(User.organisation)
        .group_by(Organisation.unit_id)
        .order_by(Organisation.unit_id)
    )
    new = dict(session().execute(query.where(_among(Which.NEW))).all())
    without = dict(session().execute(query.where(_among(Which.WITHOUT))).all())
    units = session().scalars(select(Unit).where(Unit.id.in_(new)).order_by(Unit.id))
    lines = [Waiting(unit, without.get(unit.id, 0), new[unit.id]) for unit in units]
    return sorted(lines, key=lambda line: _order(line.unit))


def order(
    doer: Doer, which: Which, key: str, address: str, *, unit_id: int | None = None,
    below: bool = True,
) -> Job:  # fmt: skip
    """Ask for the passwords of many accounts, to be printed by a job.

    Args:
        doer: who may have the file; on record for every account.
        which: whose.
        key: of the page where it was asked for: pressed twice it is one job.
        address: of the page where one signs in; a job has no request to know it from.
        unit_id: only accounts of this unit.
        below: and of those below it.

    Raises:
        Refused: there is nobody to print for.
    """
    ids = list(session().scalars(_chosen(which, unit_id, below=below)))
    if not ids:
        raise Refused(NONE_WAITING)
    unit = session().get(Unit, unit_id) if unit_id else None
    data = {"account_ids": ids, "address": address, "place": unit.full_name if unit else ""}
    with write("jobs"):
        return enqueue(
            PRINT, f"{PRINT}:{doer.user_id}:{key}", data, owner_id=doer.user_id, total=len(ids)
        )


def give(doer: Doer, account_ids: Sequence[int]) -> list[Strip]:
    """Give accounts that have not yet signed in a one-time password each; an earlier one dies.

    Hashing is slow by intent: call it for a batch. Whoever has signed in since is left alone.
    """
    secrets = {account_id: passwords.one_time() for account_id in account_ids}
    session().rollback()  # No connection is held while hashes are computed.
    stored = {account_id: passwords.hashed(secret) for account_id, secret in secrets.items()}
    with write("accounts") as current:
        query = queries.whole().where(User.id.in_(account_ids), _is_waiting())
        users = sorted(
            current.scalars(query.order_by(User.id)), key=lambda user: account_ids.index(user.id)
        )
        for user in users:
            user.password_hash = stored[user.id]
            end_other_sign_ins(user.id)
        audit.record_all(doer, [_act(user) for user in users])
        return [_strip(user, secrets[user.id]) for user in users]


def _chosen(which: Which, unit_id: int | None, *, below: bool) -> Select[int]:
    query = (
        select(User.id)
        .join(User.organisation)
        .join(Organisation.unit)
        .outerjoin(_PARENT, _PARENT.id == Unit.parent_id)
        .where(_among(which))
        .order_by(_PARENT.sort_key, Unit.sort_key, Unit.id, Organisation.sort_key, User.sort_key,
                  User.id)
    )  # fmt: skip
    if unit_id is None:
        return query
    if not below:
        return query.where(Unit.id == unit_id)
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == unit_id)
    return query.where(Unit.id.in_(reached))


def _among(which: Which) -> ColumnElement[bool]:
    if which == Which.WITHOUT:
        return and_(_is_waiting(), User.password_hash == queries.NO_PASSWORD)
    return _is_waiting()


def _is_waiting() -> ColumnElement[bool]:
    return and_(User.active, User.must_change_password)


def _order(unit: Unit) -> tuple[str, str, int]:
    return unit.parent.sort_key if unit.parent else "", unit.sort_key, unit.id


def _strip(user: User, password: str) -> Strip:
    unit = user.organisation.unit
    return Strip(
        unit.full_name, unit.line_above, user.organisation.name, user.display_name,
        user.username, password,
    )  # fmt: skip


def _act(user: User) -> Act:
    return Act(
        "account:password_printed", "account", user.id,
        subject_name=f"{user.display_name} ({user.username})", unit_id=user.organisation.unit_id,
    )  # fmt: skip
