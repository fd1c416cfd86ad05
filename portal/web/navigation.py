"""The side navigation: by job, not by table; what an account cannot use it does not see."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from flask import Flask, request, url_for
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portal.core.text import N_
from portal.features.documents import inbox
from portal.features.documents import queries as documents
from portal.features.tasks import queries as tasks
from portal.policy.roles import Role
from portal.web.actor import Account, actor_or_none


@dataclass(frozen=True)
class Item:
    """One line of the navigation."""

    endpoint: str
    label: str
    icon: str
    roles: frozenset[Role]
    short: str = ""
    """One word for the phone's bottom bar, where the label is too long."""
    within: tuple[str, ...] = ()
    """Other endpoints on whose pages this line is the active one."""
    url: str = ""
    counted: Callable[[Account], int] | None = None
    """Counts what waits there for an account."""
    count: int | None = None
    active: bool = False


@dataclass(frozen=True)
class Group:
    """Lines under one word."""

    label: str | None
    items: tuple[Item, ...]


_OFFICIALS = frozenset({Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH})
_ABOVE = frozenset({Role.PROVINCE, Role.DISTRICT})
_ALL = frozenset(Role)
_ADMIN = frozenset({Role.ADMIN})

GROUPS: tuple[Group, ...] = (
    Group(
        None,
        (
            *(
                Item(f"{role}.home", N_("Việc cần làm"), "tasks", frozenset({role}),
                     short=N_("Cần làm"))
                for role in sorted(_OFFICIALS)
            ),
            Item("admin.home", N_("Tổng quan"), "tasks", _ADMIN),
            Item("office.documents", N_("Văn bản"), "document", _OFFICIALS,
                 within=("office.document", "office.draft", "office.new_document",
                         "office.preview", "office.paste_text", "office.look_at_text",
                         "office.take_text", "office.dry_run"), counted=documents.count_waiting),
            Item("office.campaigns", N_("Đợt khảo sát"), "ballot", _OFFICIALS, short=N_("Khảo sát"),
                 within=("office.campaign", "office.code", "office.test_code",
                         "office.prints", "office.kit", "office.job", "office.new_campaign",
                         "office.edit_campaign", "office.participation", "office.results",
                         "office.change_window", "office.campaign_plan", "office.slip",
                         "office.order_slips", "office.count_", "office.paper",
                         "office.open_papers", "office.enter_paper",
                         "office.campaign_parts", "office.campaign_part")),
            Item("office.tasks", N_("Nhiệm vụ"), "check", _OFFICIALS, within=("office.task",),
                 counted=tasks.count_due),
            Item("office.inbox", N_("Văn bản đến"), "letter", _OFFICIALS, short=N_("Đến"),
                 counted=inbox.count_waiting),
            Item("office.accounts_below", N_("Tài khoản cấp dưới"), "people", _ABOVE,
                 short=N_("Tài khoản")),
            Item("office.questionnaires", N_("Phiếu mẫu"), "list", _ALL - _ADMIN,
                 within=("office.questionnaire", "office.new_questionnaire",
                         "office.create_questionnaire", "office.edit_questionnaire",
                         "office.save_questionnaire", "office.translate_questionnaire",
                         "office.save_translation", "office.freeze_questionnaire",
                         "office.replace_questionnaire")),
            Item("office.registers", N_("Sổ văn bản"), "list", _OFFICIALS,
                 within=("office.register", "office.take_number", "office.reserve_number",
                         "office.use_number", "office.letterhead")),
            Item("office.units", N_("Đơn vị của tôi"), "grid", _OFFICIALS, short=N_("Đơn vị"),
                 within=("office.unit",)),
        ),
    ),
    Group(
        N_("Quản trị"),
        (
            Item("admin.units", N_("Đơn vị"), "grid", _ADMIN, within=("admin.unit", "office.unit")),
            Item("admin.accounts", N_("Tài khoản"), "people", _ADMIN, within=("admin.account",)),
            Item("admin.settings", N_("Thiết lập"), "settings", _ADMIN),
            Item("admin.audit", N_("Nhật ký"), "clock", _ADMIN),
        ),
    ),
    Group(
        N_("Cá nhân"),
        (Item("auth.sign_ins", N_("Lần đăng nhập"), "lock", _ALL, short=N_("Cá nhân"),
              within=("auth.change_password",)),),
    ),
)  # fmt: skip


def groups(account: Account) -> list[Group]:
    """Give the navigation of an account, the active line marked."""
    chosen = []
    for group in GROUPS:
        items = tuple(_shown(item, account) for item in group.items if account.role in item.roles)
        if items:
            label = gettext(group.label) if group.label else None
            chosen.append(Group(label, items))
    return chosen


def _shown(item: Item, account: Account) -> Item:
    endpoint = request.endpoint or ""
    active = endpoint == item.endpoint or endpoint.startswith(item.within or ("\0",))
    return replace(
        item, label=gettext(item.label), short=gettext(item.short or item.label),
        url=url_for(item.endpoint), active=active,
        count=item.counted(account) if item.counted else None,
    )  # fmt: skip


def register(app: Flask) -> None:
    """Give templates `nav` and `actor`."""

    @app.context_processor
    def _navigation() -> dict[str, object]:
        try:
            account = actor_or_none()
        except (OperationalError, PoolTimeout):
            account = None
        return {"actor": account, "nav": groups(account) if account else []}
