"""A checked table becomes accounts, together with the organisations they need, or nothing does."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import write
from portal.core.pasting import Table
from portal.core.text import fold, person_sort_key, sort_key
from portal.features.audit import queries as records
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.org_units import arrivals
from portal.features.org_units.models import Organisation, Unit
from portal.features.users import queries
from portal.features.users.importing.checking import Look, looked
from portal.features.users.importing.places import Body
from portal.features.users.importing.seats import NewBody, Seat
from portal.features.users.models import User

_LIST: Final = "account_list"


@dataclass(frozen=True)
class Taken:
    """What an import made."""

    accounts: int
    bodies: int


def take(doer: Doer, table: Table, key: str) -> Taken | Look:
    """Make the accounts of a table, and the organisations that were missing; all or nothing.

    Nobody can sign in to them before a one-time password has been printed.

    Args:
        doer: who does it.
        table: as checked; it is checked again.
        key: of the page; sent a second time it only tells again what was made.

    Returns:
        How many were made; or the table as it looks now, if something in it is (no longer) right.
    """
    with write("accounts", "org_units") as current:
        if done := _done(key):
            return done
        look = looked(table)
        if look.table.faults:
            return look
        bodies = _make_bodies(current, doer, look.bodies)
        users = [_user(seat, bodies) for seat in look.seats]
        current.add_all(users)
        current.flush()
        pairs = zip(users, look.seats, strict=True)
        audit.record_all(doer, [_act(user, seat) for user, seat in pairs])
        taken = Taken(len(users), len(bodies))
        audit.record(doer, Act("accounts:imported", _LIST, key, changes=asdict(taken)))
        return taken


def _done(key: str) -> Taken | None:
    for entry in records.of_subject(_LIST, key, limit=1):
        return Taken(**json.loads(entry.changes))
    return None


def _make_bodies(
    current: Session, doer: Doer, wanted: list[NewBody]
) -> Mapping[NewBody, Organisation]:
    query = select(Unit.id, Unit.folded).where(Unit.id.in_([one.place.id for one in wanted]))
    words = dict(current.execute(query.order_by(Unit.id)).all())
    made = {
        one: Organisation(
            unit_id=one.place.id, kind=one.kind, name=one.name, sort_key=sort_key(one.name),
            folded=fold(f"{one.name} {words[one.place.id]}"),
        )
        for one in wanted
    }  # fmt: skip
    current.add_all(made.values())
    current.flush()
    audit.record_all(doer, [
        Act("organisation:added", "organisation", body.id, subject_name=body.name,
            unit_id=body.unit_id, changes={"kind": [None, str(body.kind)]})
        for body in made.values()
    ])  # fmt: skip
    arrivals.announce(doer, {body.unit_id for body in made.values()})
    return made


def _user(seat: Seat, bodies: Mapping[NewBody, Organisation]) -> User:
    body = seat.body
    return User(
        username=seat.username, display_name=seat.display_name, role=str(seat.role),
        duty_names=frozenset(str(duty) for duty in seat.duties),
        organisation_id=body.id if isinstance(body, Body) else bodies[body].id,
        password_hash=queries.NO_PASSWORD, must_change_password=True, created_at=clock.now(),
        sort_key=person_sort_key(seat.display_name),
        folded=fold(f"{seat.display_name} {seat.username}"),
    )  # fmt: skip


def _act(user: User, seat: Seat) -> Act:
    duties = sorted(str(duty) for duty in seat.duties)
    return Act(
        "account:created", "account", user.id,
        subject_name=f"{user.display_name} ({user.username})", unit_id=seat.place.id,
        changes={"role": [None, user.role], "duties": [None, duties]},
    )  # fmt: skip
