"""What the pages about accounts show."""

from dataclasses import dataclass
from datetime import datetime

from portal.core.text import N_
from portal.features.audit import pages as audit_pages
from portal.features.audit import queries as audit
from portal.features.users import queries
from portal.features.users.models import User
from portal.policy.roles import Duty, Role

ROLE_LABELS: dict[Role, str] = {
    Role.PROVINCE: N_("Cấp tỉnh"),
    Role.DISTRICT: N_("Cấp huyện"),
    Role.COMMUNE: N_("Cấp xã"),
    Role.YOUTH: N_("Đoàn Thanh niên cơ sở"),
    Role.ADMIN: N_("Quản trị"),
}
DUTY_LABELS: dict[Duty, str] = {
    Duty.DRAFT: N_("Soạn thảo"),
    Duty.APPROVE: N_("Lãnh đạo duyệt"),
    Duty.CLERK: N_("Văn thư"),
    Duty.INSPECT: N_("Kiểm tra"),
}
DUTY_NOTES: dict[Duty, str] = {
    Duty.DRAFT: N_("lập và sửa kế hoạch, đợt khảo sát"),
    Duty.APPROVE: N_("duyệt, ký, cho mở đợt"),
    Duty.CLERK: N_("vào số, phát hành"),
    Duty.INSPECT: N_("chỉ xem"),
}


STATE_LABELS: dict[str, str] = {
    "active": N_("Đang hoạt động"),
    "new": N_("Chưa đăng nhập lần đầu"),
    "without": N_("Chưa in mật khẩu"),
    "closed": N_("Đã ngừng"),
}


@dataclass(frozen=True)
class AccountPage:
    """One account, and what happened to it."""

    account: User
    last_seen: datetime | None
    history: list[audit_pages.Line]


def account_page(account: User) -> AccountPage:
    """Gather the page of an account."""
    entries = audit.of_subject("account", account.id)
    return AccountPage(
        account, queries.last_seen(account.id), [audit_pages.line(entry) for entry in entries]
    )


def place(account: User) -> str:
    """Say where an account sits: the organisation, and its unit unless its name says it."""
    body = account.organisation
    if body.unit.name in body.name:
        return body.name
    return f"{body.name}, {body.unit.running_name}"


def duty_labels(account: User) -> list[str]:
    """Name an account's duties in the order of the work (msgids)."""
    return [label for duty, label in DUTY_LABELS.items() if duty in account.duties]


def state(account: User) -> str:
    """Give "active", "closed", "without" any password, or "new" with its one-time password."""
    if not account.active:
        return "closed"
    if account.password_hash == queries.NO_PASSWORD:
        return "without"
    return "new" if account.must_change_password else "active"
