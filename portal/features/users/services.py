"""Accounts: made, changed, closed, never deleted. Every change by an official is audited."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.core.text import N_, clean, fold, person_sort_key
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Level, Organisation
from portal.features.users import passwords, queries, slowing
from portal.features.users.models import User
from portal.features.users.tickets import (
    Ended,
    SignedIn,
    Wait,
    Wrong,
    end_other_sign_ins,
    end_sign_in,
    end_ticket,
    find_sign_in,
    forget_expired,
    live_sign_ins,
    sign_in,
)
from portal.policy.roles import Duty, Role

__all__ = [
    "AccountEdit", "Ended", "NewAccount", "SignedIn", "Wait", "Wrong", "change_password",
    "create_account", "deactivate", "edit_account", "end_other_sign_ins", "end_sign_in",
    "end_ticket", "find_sign_in", "forget_expired", "live_sign_ins", "reactivate", "reset_password",
    "sign_in",
]  # fmt: skip

ROLE_LEVELS: dict[Role, frozenset[Level]] = {
    Role.PROVINCE: frozenset({Level.PROVINCE}),
    Role.DISTRICT: frozenset({Level.DISTRICT}),
    Role.COMMUNE: frozenset({Level.COMMUNE}),
    Role.YOUTH: frozenset({Level.COMMUNE}),
    Role.ADMIN: frozenset(Level),
}
"""At which units a role sits."""
LONGEST_USERNAME, LONGEST_NAME = 40, 120
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
SHOWN_ALREADY = N_(
    "Chưa cấp thêm mật khẩu nào: tài khoản vừa thay đổi, hoặc trang này đã được gửi một lần. "
    "Mật khẩu chỉ hiện một lần; nếu chưa kịp in, bấm cấp lại lần nữa."
)
OPERATOR_ONLY = N_("Vai trò Quản trị chỉ dành cho bộ phận vận hành Cổng.")
USERNAME_RULE = N_("Dùng 3 đến 40 chữ thường không dấu, số, dấu chấm, gạch.")
_LOCK = "accounts"


@dataclass(frozen=True)
class NewAccount:
    """What an account begins with."""

    username: str
    display_name: str
    role: Role
    organisation_id: int
    duties: frozenset[Duty] = frozenset()


@dataclass(frozen=True)
class AccountEdit:
    """What of an account may be changed later."""

    display_name: str
    duties: frozenset[Duty]


def create_account(
    doer: Doer, wanted: NewAccount, *, password: str | None = None
) -> tuple[User, str]:
    """Make an account.

    Args:
        doer: who does it.
        wanted: what it begins with.
        password: a chosen one, which then need not be changed; a one-time one if not given.

    Returns:
        The account, and its password to be handed over: it is not kept anywhere.

    Raises:
        Invalid: a field cannot be taken, or the role does not fit the organisation's unit.
    """
    secret = password or passwords.one_time()
    stored = passwords.hashed(secret)
    with write(_LOCK) as current:
        _check_new(current, wanted)
        user = User(
            username=wanted.username, role=wanted.role, organisation_id=wanted.organisation_id,
            password_hash=stored, must_change_password=password is None, created_at=clock.now(),
        )  # fmt: skip
        describe(user, wanted.display_name, wanted.duties)
        current.add(user)
        current.flush()
        changes = {"role": [None, user.role], "duties": [None, _duties(user)]}
        audit.record(doer, account_act("account:created", user, changes=changes))
    return user, secret


def edit_account(doer: Doer, user_id: int, edit: AccountEdit, version: int) -> User:
    """Change name and duties.

    Args:
        doer: who does it.
        user_id: the account.
        edit: what it shall be.
        version: of the account as the doer saw it.

    Raises:
        Missing: no such account.
        Invalid: the name cannot be taken.
        Stale: somebody else saved first.
    """
    check_name(edit.display_name)
    with write(_LOCK) as current:
        user = _get(current, user_id)
        if user.version != version:
            raise Stale(
                N_("Có người vừa sửa tài khoản này trước."),
                {"display_name": user.display_name, "duties": user.duties, "version": user.version},
            )
        name, duties = user.display_name, _duties(user)
        describe(user, edit.display_name, edit.duties)
        changes: dict[str, object] = {}
        if name != user.display_name:
            changes["display_name"] = [name, user.display_name]
        if duties != _duties(user):
            changes["duties"] = [duties, _duties(user)]
        if changes:
            audit.record(doer, account_act("account:changed", user, changes=changes))
    return user


def reset_password(doer: Doer, user_id: int, *, version: int | None = None) -> tuple[User, str]:
    """Give an account a new one-time password; whoever is signed in to it is signed out.

    Args:
        doer: who does it.
        user_id: the account.
        version: of the account as the doer saw it; a page sent again has an old one.

    Raises:
        Missing: no such account.
        Stale: a password was given, or the account changed, since.
    """
    secret = passwords.one_time()
    stored = passwords.hashed(secret)
    with write(_LOCK) as current:
        user = _get(current, user_id)
        if version not in {None, user.version}:
            raise Stale(SHOWN_ALREADY, {})
        user.password_hash, user.must_change_password = stored, True
        end_other_sign_ins(user_id)
        audit.record(doer, account_act("account:password_reset", user))
    return user, secret


def deactivate(doer: Doer, user_id: int, reason: str) -> User:
    """Close an account and end its sign-ins; what it did stays on the record.

    Raises:
        Invalid: without a reason.
        Refused: one's own account, or closed already.
    """
    reason = clean(reason, multiline=True)[:1000]
    if not reason:
        raise Invalid({"reason": N_("Cần ghi lý do ngừng tài khoản.")})
    if doer.user_id == user_id:
        raise Refused(
            N_("Không tự ngừng được tài khoản đang dùng. Xin nhờ một quản trị viên khác.")
        )
    with write(_LOCK) as current:
        user = _get(current, user_id)
        if not user.active:
            raise Refused(N_("Tài khoản này đã ngừng từ trước."))
        user.active = False
        end_other_sign_ins(user_id)
        audit.record(doer, account_act("account:deactivated", user, reason))
    return user


def reactivate(doer: Doer, user_id: int) -> User:
    """Open a closed account again, with the password it had.

    Raises:
        Refused: it is open.
    """
    with write(_LOCK) as current:
        user = _get(current, user_id)
        if user.active:
            raise Refused(N_("Tài khoản này đang hoạt động."))
        user.active = True
        audit.record(doer, account_act("account:reactivated", user))
    return user


def change_password(
    user_id: int, current_password: str | None, new_password: str, *, keep_sign_in: int
) -> None:
    """Take a new password of one's own; all other sign-ins end.

    Args:
        user_id: whose.
        current_password: None where the one-time password was just used to sign in.
        new_password: judged before it is taken.
        keep_sign_in: the sign-in that asks.

    Raises:
        Invalid: the present password is wrong, or the new one weak or the same.
    """
    user = queries.get(user_id)
    if user is None:
        raise Missing
    stored, first_time = user.password_hash, user.must_change_password
    about = (user.username, user.display_name, user.organisation.name, user.organisation.folded)
    session().rollback()  # No connection is held while hashes are computed.
    if not first_time:
        _check_present(user_id, current_password or "", stored)
    if weak := passwords.weakness(new_password, about):
        raise Invalid({"new": weak})
    if passwords.matches(new_password, stored):
        raise Invalid({"new": N_("Mật khẩu mới trùng mật khẩu đang dùng.")})
    new_stored = passwords.hashed(new_password)
    with write(_LOCK) as current:
        user = _get(current, user_id)
        if user.password_hash != stored:
            raise Refused(N_("Mật khẩu vừa được đổi ở nơi khác. Xin đăng nhập lại."))
        user.password_hash, user.must_change_password = new_stored, False
        end_other_sign_ins(user_id, keep_sign_in)
        audit.record(
            _Self(user_id, user.display_name), account_act("account:password_changed", user)
        )


@dataclass(frozen=True)
class _Self:
    user_id: int
    display_name: str


def _check_present(user_id: int, password: str, stored: str) -> None:
    if slowing.take(slowing.key("change", str(user_id))):
        raise Invalid({"current": N_("Thử sai nhiều lần. Xin đợi nửa phút rồi thử lại.")})
    if not passwords.matches(password, stored):
        raise Invalid({"current": N_("Mật khẩu đang dùng chưa đúng.")})


def _check_new(current: Session, wanted: NewAccount) -> None:
    if not USERNAME.fullmatch(wanted.username):
        raise Invalid({"username": USERNAME_RULE})
    check_name(wanted.display_name)
    if current.scalar(select(User.id).where(User.username == wanted.username)) is not None:
        raise Invalid({"username": N_("Tên đăng nhập này đã có người dùng.")})
    body = current.get(Organisation, wanted.organisation_id)
    if body is None:
        raise Invalid({"organisation_id": N_("Chưa chọn tổ chức.")})
    if Level(body.unit.level) not in ROLE_LEVELS[wanted.role]:
        raise Invalid({"role": N_("Vai trò này không hợp với cấp của đơn vị.")})
    if wanted.role == Role.ADMIN and body.kind != OrganisationKind.OPERATOR:
        raise Invalid({"role": OPERATOR_ONLY})


def check_name(name: str) -> None:
    """Raise `Invalid` unless a name can be shown for an account."""
    if not 1 <= len(clean(name)) <= LONGEST_NAME:
        raise Invalid({"display_name": N_("Tên hiển thị cần từ 1 đến 120 ký tự.")})


def describe(user: User, display_name: str, duties: frozenset[Duty]) -> None:
    """Write name and duties into an account, and what it is found and sorted by."""
    user.display_name = clean(display_name)
    user.duty_names = frozenset(str(duty) for duty in duties)
    user.sort_key = person_sort_key(user.display_name)
    user.folded = fold(f"{user.display_name} {user.username}")


def _get(current: Session, user_id: int) -> User:
    user = current.get(User, user_id)
    if user is None:
        raise Missing
    return user


def _duties(user: User) -> list[str]:
    return sorted(user.duty_names)


def account_act(
    action: str, user: User, reason: str = "", changes: Mapping[str, object] | None = None
) -> Act:
    """Give an act about an account, for the record."""
    return Act(
        action, "account", user.id, subject_name=f"{user.display_name} ({user.username})",
        unit_id=user.organisation.unit_id, reason=reason, changes=changes or {},
    )  # fmt: skip
