"""Handing a seat over: somebody new sits down, or unfinished work goes to a colleague.

An account is a seat in an organisation, so what hangs on the organisation (tasks, papers that came
in) and what hangs on the account (drafts) stay where they are when the holder changes; what former
holders did stands under their names in the record and on every remark.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.database import session, write
from portal.core.errors import Invalid, Missing, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Doer
from portal.features.org_units.models import Organisation
from portal.features.users import passwords, queries
from portal.features.users.models import User
from portal.features.users.services import account_act, check_name, describe
from portal.features.users.tickets import end_other_sign_ins


@dataclass(frozen=True)
class Work:
    """Unfinished work of a feature that belongs to an account."""

    count: Callable[[int], Mapping[str, int]]
    """How much an account has, by what it is: drafts, comments."""
    move: Callable[[Session, int, int], Mapping[str, int]]
    """Takes it from one account to another, and says how much."""


_works: list[Work] = []


def follow(work: Work) -> None:
    """Have a feature's work move with the rest (the registry says so)."""
    if work not in _works:
        _works.append(work)


def work_of(user_id: int) -> Mapping[str, int]:
    """Count an account's unfinished work."""
    return sum((Counter(work.count(user_id)) for work in _works), Counter())


def colleagues(user: User) -> list[User]:
    """List the other open accounts of the same unit, those of the same organisation first."""
    query = queries.whole().join(User.organisation)
    query = query.where(
        Organisation.unit_id == user.unit_id, User.id != user.id, User.active,
        User.role == user.role,
    )  # fmt: skip
    found = session().scalars(query.order_by(User.sort_key, User.id))
    return sorted(found, key=lambda one: one.organisation_id != user.organisation_id)


def hand_over(doer: Doer, user_id: int, display_name: str, reason: str) -> tuple[User, str]:
    """Give a seat to somebody new: name and one-time password; every sign-in ends.

    Returns:
        The account, and the password to be handed over: it is not kept anywhere.

    Raises:
        Missing: no such account.
        Invalid: the name or the reason cannot be taken.
        Refused: the account is closed.
    """
    check_name(display_name)
    reason = _reason(reason, "reason")
    secret = passwords.one_time()
    session().rollback()  # No connection is held while the hash is computed.
    stored = passwords.hashed(secret)
    with write("accounts") as current:
        user = current.get(User, user_id)
        if user is None:
            raise Missing
        if not user.active:
            raise Refused(N_("Tài khoản này đã ngừng. Mở lại trước khi bàn giao."))
        before = user.display_name
        if clean(display_name) == before:
            raise Invalid({"display_name": N_("Đây là tên đang dùng. Ghi tên người nhận.")})
        describe(user, display_name, user.duties)
        user.password_hash, user.must_change_password = stored, True
        end_other_sign_ins(user_id)
        audit.record(doer, account_act("account:handed_over", user, reason, {
            "display_name": [before, user.display_name],
        }))  # fmt: skip
    return user, secret


def move_work(doer: Doer, from_id: int, to_id: int, reason: str) -> Mapping[str, int]:
    """Give an account's drafts and open remarks to a colleague's; finished work keeps its author.

    Raises:
        Missing: there is no such account, or no such colleague.
        Invalid: without a reason.
    """
    reason = _reason(reason, "why")
    with write("accounts") as current:
        giver = current.scalar(select(User).where(User.id == from_id))
        if giver is None:
            raise Missing
        taker = next((one for one in colleagues(giver) if one.id == to_id), None)
        if taker is None:
            raise Missing
        moved = {"drafts": 0, "comments": 0}
        for work in _works:
            moved |= work.move(current, from_id, to_id)
        for user in (giver, taker):
            changes = {"display_name": [giver.display_name, taker.display_name], **moved}
            audit.record(doer, account_act("account:work_moved", user, reason, changes))
        return moved


def _reason(text: str, field: str) -> str:
    text = clean(text, multiline=True)[:1000]
    if not text:
        raise Invalid({field: N_("Cần ghi lý do.")})
    return text
