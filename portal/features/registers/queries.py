"""Finding registers and numbers, always inside what the actor may see."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.core.database import session
from portal.core.pagination import Page, paginate
from portal.core.text import like_pattern, search_terms
from portal.features.org_units.models import Organisation
from portal.features.registers.models import EntryState, Register, RegisterEntry
from portal.policy.predicates import Actor
from portal.policy.roles import Role

SHARED = ""
"""The type of a register that numbers all types which have none of their own."""
_OFFICES = frozenset({Role.PROVINCE, Role.DISTRICT, Role.COMMUNE})


def visible_to(actor: Actor) -> Select[Register]:
    """Select the registers an actor may see: an office its unit's, the youth union its own."""
    query = select(Register).join(Register.organisation)
    query = query.options(contains_eager(Register.organisation))
    if actor.role in _OFFICES:
        return query.where(Organisation.unit_id == actor.unit_id)
    if actor.role == Role.YOUTH:
        return query.where(Register.organisation_id == actor.organisation_id)
    return query.where(Register.id.is_(None))


def get_entry(actor: Actor, entry_id: int) -> RegisterEntry | None:
    """Give a number of a register that the actor may see."""
    seen = visible_to(actor).with_only_columns(Register.id)
    query = select(RegisterEntry).where(
        RegisterEntry.id == entry_id, RegisterEntry.register_id.in_(seen)
    )
    return session().scalar(query.options(*_WITH_ORGAN))


def of_organ(organisation_id: int, period: str | None = None) -> list[Register]:
    """List the registers of an organ, those of one period if it is named, newest period first."""
    query = select(Register).where(Register.organisation_id == organisation_id)
    if period is not None:
        query = query.where(Register.period == period)
    query = query.options(joinedload(Register.organisation))
    return list(session().scalars(query.order_by(Register.period.desc(), Register.type_code)))


def find(organisation_id: int, type_code: str, period: str) -> Register | None:
    """Give the register in which a type is numbered: its own, else the one for all types."""
    query = select(Register).where(
        Register.organisation_id == organisation_id,
        Register.period == period,
        Register.type_code.in_([type_code, SHARED]),
    )
    return session().scalar(query.order_by(Register.type_code.desc()).limit(1))


def newest(organisation_id: int) -> Register | None:
    """Give the register that an organ opened last."""
    query = select(Register).where(Register.organisation_id == organisation_id)
    return session().scalar(query.order_by(Register.id.desc()).limit(1))


def kept(organisation_id: int, period: str) -> list[Register]:
    """List an organ's registers of a period; before its first number, those it will begin with.

    These are the registers and modes of the period before, from 1 again, and not yet stored.
    """
    opened, latest = of_organ(organisation_id, period), newest(organisation_id)
    if opened or latest is None:
        return opened
    return [
        Register(
            organisation_id=organisation_id, type_code=last.type_code, period=period,
            mode=last.mode, first_number=1,
        )
        for last in of_organ(organisation_id, latest.period)
    ]  # fmt: skip


def given_since(moment: datetime, paper: RegisterEntry, number: int | None) -> RegisterEntry | None:
    """Give the number that the same person took for the very same paper since a moment.

    Args:
        moment: from when on.
        paper: the paper, not stored.
        number: if the clerk named one, this one only.
    """
    query = select(RegisterEntry).where(
        RegisterEntry.entered_at >= moment,
        *(getattr(RegisterEntry, name) == getattr(paper, name) for name in _OF_A_PAPER),
    )
    if number is not None:
        query = query.where(RegisterEntry.number == number)
    return session().scalar(query.options(*_WITH_ORGAN).order_by(RegisterEntry.id).limit(1))


def entry(register_id: int, number: int) -> RegisterEntry | None:
    """Give what a number was given to."""
    query = select(RegisterEntry).where(
        RegisterEntry.register_id == register_id, RegisterEntry.number == number
    )
    return session().scalar(query.options(*_WITH_ORGAN))


def next_number(register: Register) -> int:
    """Give the number that comes next; only under the register's lock is it still so."""
    highest = select(func.max(RegisterEntry.number)).where(RegisterEntry.register_id == register.id)
    return max(register.first_number - 1, session().scalar(highest) or 0) + 1


def counts(organisation_id: int, period: str) -> dict[str, int]:
    """Count the numbers of each type that an organ took in one period."""
    query = (
        select(RegisterEntry.type_code, func.count())
        .join(RegisterEntry.register)
        .where(Register.organisation_id == organisation_id, Register.period == period)
        .group_by(RegisterEntry.type_code)
    )
    return dict(session().execute(query.order_by(RegisterEntry.type_code)).all())


def periods(organisation_id: int) -> list[str]:
    """List the periods in which an organ has registers, newest first."""
    query = select(Register.period).where(Register.organisation_id == organisation_id)
    return list(session().scalars(query.distinct().order_by(Register.period.desc())))


def is_begun(register: Register) -> bool:
    """Say whether a register holds a number."""
    held = select(RegisterEntry.id).where(RegisterEntry.register_id == register.id)
    return bool(session().scalar(select(held.exists())))


def dated_later(register: Register, day: date, before: int | None = None) -> RegisterEntry | None:
    """Give an earlier number that bears a later date; of several the one dated last.

    NĐ 30/2020 Art. 8: numbers follow the order in which papers are issued.

    Args:
        register: the register.
        day: the date in question.
        before: only numbers below this one; None for all that there are.
    """
    query = select(RegisterEntry).where(
        RegisterEntry.register_id == register.id,
        RegisterEntry.dated_on > day,
        RegisterEntry.state == EntryState.USED,
    )
    if before is not None:
        query = query.where(RegisterEntry.number < before)
    order = (RegisterEntry.dated_on.desc(), RegisterEntry.number.desc())
    return session().scalar(query.options(*_WITH_ORGAN).order_by(*order).limit(1))


@dataclass(frozen=True)
class Filter:
    """Which numbers are wanted."""

    organisation_id: int
    period: str
    type_code: str | None = None
    """None for every type."""
    search: str = ""
    """Words of number, summary, recipients and signer, in any order, without accents."""
    state: str = ""


def matching(wanted: Filter) -> Select[RegisterEntry]:
    """Select numbers, not yet in order."""
    query = (
        select(RegisterEntry)
        .join(RegisterEntry.register)
        .where(Register.organisation_id == wanted.organisation_id, Register.period == wanted.period)
        .options(contains_eager(RegisterEntry.register))
    )
    if wanted.type_code is not None:
        query = query.where(RegisterEntry.type_code == wanted.type_code)
    if wanted.state:
        query = query.where(RegisterEntry.state == wanted.state)
    for term in search_terms(wanted.search):
        query = query.where(RegisterEntry.folded.like(like_pattern(term), escape="\\"))
    return query


def listed(wanted: Filter, page: int) -> Page[RegisterEntry]:
    """List numbers a page at a time, newest first."""
    query = matching(wanted)
    if wanted.type_code is None:
        query = query.order_by(RegisterEntry.dated_on.desc())
    return paginate(query.order_by(RegisterEntry.number.desc(), RegisterEntry.id.desc()), page)


def whole(wanted: Filter) -> Iterator[RegisterEntry]:
    """Give numbers from the first to the last, without keeping them all in memory."""
    query = matching(wanted).order_by(Register.type_code, RegisterEntry.number, RegisterEntry.id)
    with closing(session().scalars(query.execution_options(yield_per=1000))) as entries:
        yield from entries


_OF_A_PAPER = (
    "register_id", "type_code", "symbol", "dated_on", "summary", "recipients", "signer",
    "signer_title", "pages", "document_id", "state", "reason", "entered_by",
)  # fmt: skip
_WITH_ORGAN = (joinedload(RegisterEntry.register).joinedload(Register.organisation),)
