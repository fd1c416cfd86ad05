"""Giving numbers out: one after another, each once, none lost.

A number is the highest of its register plus one, read and stored under one lock in one short
transaction. There is no counter beside the entries that could run ahead of them, so a process
that dies in between leaves neither a gap nor a number given twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.registers import queries
from portal.features.registers.models import EntryState, Mode, Register, RegisterEntry
from portal.features.registers.workflow import ENTRY
from portal.policy.predicates import Actor

HIGHEST = 999_999
LENGTHS = {
    "summary": 500, "recipients": 2_000, "signer": 50, "signer_title": 100, "reason": 1_000,
}  # fmt: skip
"""Characters of a form's fields; summary, signer and title as in NĐ 30/2020 Annex VI."""
PAGES = 999


class Clerk(Actor, Protocol):
    """Whoever takes numbers."""

    @property
    def display_name(self) -> str:
        """The account's name, for the register and the record."""


@dataclass(frozen=True)
class Wanted:
    """The paper for which a number is wanted."""

    organisation_id: int
    type_code: str
    period: str
    """See `period_of`."""
    symbol: str
    """What is printed after the number: "-KH/BCĐ", "/KH-UBND"."""
    day: date
    """The date the paper bears."""
    summary: str
    recipients: str = ""
    signer: str = ""
    pages: int | None = None
    document_id: int | None = None
    number: int | None = None
    """A reserved number, or the one given by the office's own system; None for the next."""
    signer_title: str = ""
    since: datetime | None = None
    """When the form was shown; the same paper numbered since then is this form, sent twice."""

    def cleaned(self) -> "Wanted":
        """Give it as it is stored: no space in the symbol, single spaces elsewhere."""
        return replace(
            self,
            symbol=re.sub(r"\s", "", clean(self.symbol)),
            summary=clean(self.summary),
            recipients=clean(self.recipients),
            signer=clean(self.signer),
            signer_title=clean(self.signer_title),
        )


def period_of(numbering: str, term: str, day: date) -> str:
    """Give the period within which a paper of a day is numbered.

    A state organ counts from 01 of each year by the calendar of Việt Nam (NĐ 30/2020 Art. 8), a
    Party committee through its term (HD 36-HD/VPTW, HD 05-HD/VPTW).

    Args:
        numbering: "year" or "term", as the format says.
        term: the committee's term: "2020-2025".
        day: the paper's date.

    Raises:
        Refused: it is numbered by term, and no term is set.
    """
    if numbering == "year":
        return f"{day.year}"
    if not term:
        raise Refused(N_("Thể thức của cơ quan chưa ghi nhiệm kỳ nên chưa lấy số được."))
    return term


def take(actor: Clerk, wanted: Wanted) -> RegisterEntry:
    """Give a paper its number; a register that does not exist yet is opened.

    Raises:
        Invalid: the number or the date cannot be taken; nothing was given out.
        Forbidden: the number is reserved, and the actor may not use it.
    """
    wanted = wanted.cleaned()
    if not wanted.summary:
        raise Invalid({"summary": NO_SUMMARY})
    with write(_lock(wanted.organisation_id, wanted.period)) as current:
        register = _register(current, wanted)
        held = queries.entry(register.id, wanted.number) if wanted.number else None
        if held is not None and held.state == EntryState.RESERVED:
            _check_day(wanted)
            return _use(actor, held, wanted)
        return _give(actor, current, register, wanted)


def doubt(wanted: Wanted) -> RegisterEntry | None:
    """Give the earlier number with a later date, if a paper's date would stand before it."""
    register = queries.find(wanted.organisation_id, wanted.type_code, wanted.period)
    return queries.dated_later(register, wanted.day, wanted.number) if register else None


def reserve(actor: Clerk, wanted: Wanted, reason: str) -> RegisterEntry:
    """Keep a number for a paper that will come; the summary may still be missing.

    Raises:
        Invalid: there is no reason, or the number or the date cannot be taken.
    """
    reason = clean(reason, multiline=True)
    if not reason:
        raise Invalid({"reason": NO_REASON})
    wanted = wanted.cleaned()
    with write(_lock(wanted.organisation_id, wanted.period)) as current:
        return _give(actor, current, _register(current, wanted), wanted, reason)


def cancel(actor: Clerk, entry: RegisterEntry, reason: str) -> RegisterEntry:
    """Cancel a number; it stays in the register with the reason, and is not given again.

    Raises:
        Refused: it is cancelled already, there is no reason, or its document still stands.
        Forbidden: the actor may not.
    """
    return ENTRY.fire(actor, entry.id, "cancel", reason)


def configure(
    actor: Clerk, organisation_id: int, type_code: str, period: str, mode: Mode, first_number: int
) -> Register:
    """Open a register, or set up one that holds no number yet.

    Args:
        actor: the organ's clerk.
        organisation_id: the organ.
        type_code: the type that it numbers; `queries.SHARED` for all that have none of their own.
        period: the year or the term.
        mode: who gives the numbers out.
        first_number: where they begin: after what the paper book holds already.

    Raises:
        Invalid: the first number is none.
        Refused: numbers have been given out already.
    """
    if not 0 < first_number <= HIGHEST:
        raise Invalid({"first_number": N_("Ghi một số từ 1 đến 999999.")})
    with write(_lock(organisation_id, period)) as current:
        _carry_over(current, organisation_id, period)
        register = queries.find(organisation_id, type_code, period)
        if register is not None and queries.is_begun(register):
            raise Refused(N_("Sổ đã có số nên không đổi được cách cấp số và số bắt đầu nữa."))
        if register is None or register.type_code != type_code:
            register = _open(current, organisation_id, type_code, period, mode)
        before = [register.mode, register.first_number]
        register.mode, register.first_number = mode, first_number
        current.flush()
        changes = {"mode": [before[0], mode], "first_number": [before[1], first_number]}
        audit.record(actor, _act("register:set_up", register, changes))
    return register


def _lock(organisation_id: int, period: str) -> str:
    return f"register:{organisation_id}:{period}"


def _register(current: Session, wanted: Wanted) -> Register:
    """Find the register of a paper, or open it, with all that the organ had a period before."""
    organ, period = wanted.organisation_id, wanted.period
    _carry_over(current, organ, period)
    found = queries.find(organ, wanted.type_code, period)
    if found is None:
        newest = queries.newest(organ)
        mode = Mode(newest.mode) if newest else Mode.PORTAL
        found = _open(current, organ, wanted.type_code, period, mode)
    return found


def _carry_over(current: Session, organisation_id: int, period: str) -> None:
    """Open in a new year or term what was kept in the last one, from 1 again."""
    current.add_all(queries.kept(organisation_id, period))
    current.flush()


def _open(
    current: Session, organisation_id: int, type_code: str, period: str, mode: Mode
) -> Register:
    opened = Register(
        organisation_id=organisation_id, type_code=type_code, period=period, mode=mode,
        first_number=1,
    )  # fmt: skip
    current.add(opened)
    current.flush()
    return opened


def _give(
    actor: Clerk, current: Session, register: Register, wanted: Wanted, reason: str = ""
) -> RegisterEntry:
    """Give out a number under the register's lock; with a reason it is only reserved."""
    _check_day(wanted)
    state = EntryState.RESERVED if reason else EntryState.USED
    entry = RegisterEntry(register_id=register.id, state=state, reason=reason)
    _fill(actor, entry, wanted)
    if wanted.since and (sent := queries.given_since(wanted.since, entry, wanted.number)):
        return sent
    entry.number = _number(register, wanted.number)
    entry.folded = _folded(entry)
    current.add(entry)
    current.flush()
    act = "register_entry:reserved" if reason else "register_entry:taken"
    audit.record(actor, _act(act, entry, {}, reason))
    return entry


def _use(actor: Clerk, entry: RegisterEntry, wanted: Wanted) -> RegisterEntry:
    _fill(actor, entry, wanted)
    entry.folded = _folded(entry)
    session().flush()
    return ENTRY.fire(actor, entry.id, "use")


def _number(register: Register, given: int | None) -> int:
    """Give the number of a new entry: counted by the portal, or typed by the clerk.

    Raises:
        Invalid: the register's mode asks for the other way, or the number is taken.
    """
    if register.mode == Mode.PORTAL:
        if given is not None:
            raise Invalid({"number": N_("Sổ này do Cổng cấp số: để trống ô này, hoặc ghi một số "
                                        "đang giữ chỗ.")})  # fmt: skip
        return queries.next_number(register)
    if given is None:
        raise Invalid({"number": N_("Sổ này do văn thư ghi số: ghi số đã lấy ở hệ thống của "
                                    "cơ quan.")})  # fmt: skip
    if not 0 < given <= HIGHEST:
        raise Invalid({"number": N_("Ghi một số từ 1 đến 999999.")})
    if queries.entry(register.id, given) is not None:
        raise Invalid({"number": N_("Số này đã có trong sổ.")})
    return given


def _check_day(wanted: Wanted) -> None:
    years = [int(year) for year in re.findall("[0-9]{4}", wanted.period)]
    if not years[0] <= wanted.day.year <= years[-1]:
        in_term = len(years) > 1
        raise Invalid({"day": NOT_IN_TERM if in_term else N_("Ngày này không thuộc năm của sổ.")})


def _fill(actor: Clerk, entry: RegisterEntry, wanted: Wanted) -> None:
    entry.symbol, entry.dated_on = wanted.symbol, wanted.day
    entry.summary, entry.recipients = wanted.summary, wanted.recipients
    entry.signer, entry.signer_title = wanted.signer, wanted.signer_title
    entry.type_code, entry.pages = wanted.type_code, wanted.pages
    entry.document_id = wanted.document_id
    entry.entered_by, entry.entered_at = actor.display_name, clock.now()


def _folded(entry: RegisterEntry) -> str:
    return fold(" ".join((entry.number_text, entry.summary, entry.recipients, entry.signer)))


def _act(
    action: str, subject: Register | RegisterEntry, changes: Mapping[str, object], reason: str = ""
) -> Act:
    kind = action.partition(":")[0]
    name = subject.name if isinstance(subject, RegisterEntry) else subject.period
    return Act(
        action, kind, subject.id, subject_name=name, unit_id=subject.unit_id, reason=reason,
        changes=changes,
    )  # fmt: skip


NO_SUMMARY = N_("Cần ghi trích yếu.")
NO_REASON = N_("Cần ghi lý do giữ số.")
NOT_IN_TERM = N_("Ngày này không thuộc nhiệm kỳ của sổ.")
