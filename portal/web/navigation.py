"""The side navigation: by job, not by table; what an account cannot use it does not see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from flask import Flask, g, request, url_for
from flask_babel import gettext
from sqlalchemy import ColumnElement
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portal.core.counting import counted
from portal.core.text import N_
from portal.features.consolidation import queries as opinions
from portal.features.documents import inbox
from portal.features.documents import queries as documents
from portal.features.letters import queries as letters
from portal.features.tasks import queries as tasks
from portal.features.urging import queries as urging
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
    counted: str = ""
    """What waits there: a key of `WAITING`."""
    count: int | None = None
    active: bool = False


@dataclass(frozen=True)
class Group:
    """Lines under one word."""

    label: str | None
    items: tuple[Item, ...]


DOCUMENTS, INBOX, UNREAD = "documents", "inbox", "unread"
TASKS, NOTICES, LETTERS, OPINIONS = "tasks", "notices", "letters", "opinions"
WAITING: Mapping[str, Callable[[Account], ColumnElement[int]]] = {
    DOCUMENTS: documents.waiting,
    INBOX: inbox.waiting,
    UNREAD: partial(inbox.waiting, unread=True),
    TASKS: tasks.waiting,
    NOTICES: urging.unread,
    LETTERS: letters.waiting,
    OPINIONS: opinions.waiting_for,
}
"""What waits for an account, each as a part of one query."""

_OFFICIALS = frozenset({Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH})
_ABOVE = frozenset({Role.PROVINCE, Role.DISTRICT})
_COMMUNE = frozenset({Role.COMMUNE})
_YOUTH = frozenset({Role.YOUTH})
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
                         "office.take_text", "office.dry_run"), counted=DOCUMENTS),
            Item("office.mailboxes", N_("Hòm thư góp ý"), "comment", _YOUTH, short=N_("Hòm thư"),
                 within=("office.mailbox", "office.new_mailbox", "office.tall")),
            Item("office.campaigns", N_("Đợt khảo sát"), "ballot", _OFFICIALS, short=N_("Khảo sát"),
                 within=("office.campaign", "office.code", "office.test_code",
                         "office.prints", "office.kit", "office.job", "office.new_campaign",
                         "office.edit_campaign", "office.participation", "office.results",
                         "office.change_window", "office.campaign_plan", "office.slip",
                         "office.order_slips", "office.count_", "office.paper",
                         "office.open_papers", "office.enter_paper",
                         "office.campaign_parts", "office.campaign_part")),
            Item("office.mailboxes", N_("Hòm thư góp ý"), "comment", _OFFICIALS - _YOUTH,
                 short=N_("Hòm thư"),
                 within=("office.mailbox", "office.new_mailbox", "office.tall")),
            Item("office.consultations", N_("Lấy ý kiến"), "comment", _OFFICIALS,
                 within=("office.consultation", "office.new_consultation",
                         "office.edit_consultation", "office.prolong_consultation",
                         "office.decide_consultation", "office.supervise_consultation",
                         "office.comment", "office.agenc", "office.ballot",
                         "office.consolidation", "office.opinion"), counted=OPINIONS),
            Item("office.regulations", N_("Dự thảo"), "document", _COMMUNE,
                 within=("office.regulation", "office.new_regulation",
                         "office.correct_regulation", "office.match_regulation",
                         "office.compare_regulation")),
            Item("office.letters", N_("Thư góp ý"), "letter", _OFFICIALS, short=N_("Thư"),
                 within=("office.letter_", "office.publish_letter"), counted=LETTERS),
            Item("office.carrying_out", N_("Triển khai"), "calendar", _OFFICIALS,
                 within=("office.fieldwork", "office.edit_fieldwork", "office.team",
                         "office.roster", "office.publicity", "office.field_report",
                         "office.inspection", "office.plan_inspections",
                         "office.record_inspection", "office.urging", "office.nomination",
                         "office.new_nomination", "office.edit_nomination",
                         "office.deployment")),
            Item("office.tasks", N_("Nhiệm vụ"), "check", _OFFICIALS, within=("office.task",),
                 counted=TASKS),
            Item("office.postings", N_("Công khai"), "megaphone", _OFFICIALS,
                 within=("office.posting",)),
            Item("office.notices", N_("Lời nhắc"), "bell", _OFFICIALS, counted=NOTICES),
            Item("office.inbox", N_("Văn bản đến"), "letter", _OFFICIALS, short=N_("Đến"),
                 counted=INBOX),
            Item("office.accounts_below", N_("Tài khoản cấp dưới"), "people", _ABOVE,
                 short=N_("Tài khoản")),
            Item("office.seal_keys", N_("Khóa mở thư"), "key", _ABOVE,
                 within=("office.seal_key", "office.unlock")),
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


def waiting(account: Account) -> dict[str, int]:
    """Count what waits for the account of this request, once a request."""
    if "waiting" not in g:
        g.waiting = counted({name: count(account) for name, count in WAITING.items()})
    return dict(g.waiting)


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
        count=waiting(account)[item.counted] if item.counted else None,
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
