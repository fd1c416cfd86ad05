"""What the page of one document shows: where it stands, who did what, what belongs to it."""

import json
from dataclasses import dataclass
from datetime import datetime

from portal.core.text import N_
from portal.features.audit import queries as audit
from portal.features.audit.models import AuditEntry
from portal.features.documents import queries
from portal.features.documents.formats import DocumentType, Format, format_of, type_of
from portal.features.documents.models import (
    Delivery,
    Document,
    DocumentComment,
    DocumentFile,
    Relation,
    State,
)
from portal.features.documents.signing import SIGNABLE
from portal.features.documents.workflow import DOCUMENT
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.roles import Role
from portal.policy.table import allows

RELATION_LABELS = {
    Relation.REPLACES: N_("Thay thế"),
    Relation.AMENDS: N_("Sửa đổi, bổ sung"),
    Relation.CORRECTS: N_("Đính chính"),
}
REFERRED_LABELS = {
    Relation.REPLACES: N_("Được thay thế bởi"),
    Relation.AMENDS: N_("Được sửa đổi, bổ sung bởi"),
    Relation.CORRECTS: N_("Được đính chính bởi"),
}
STANDING = {
    State.DRAFT: N_("Đang soạn. Soạn xong thì trình lãnh đạo duyệt."),
    State.SUBMITTED: N_("Đã trình, chờ lãnh đạo duyệt."),
    State.RETURNED: N_("Lãnh đạo trả lại để sửa."),
    State.APPROVED: N_("Đã duyệt. In ra ký, rồi đính kèm bản đã ký."),
    State.SIGNED: N_("Đã ký, chờ văn thư lấy số."),
    State.NUMBERED: N_("Đã có số, chờ ban hành."),
    State.ISSUED: N_("Đã ban hành, không sửa được nữa."),
    State.REPLACED: N_("Đã có văn bản khác thay thế."),
    State.WITHDRAWN: N_("Đã thu hồi."),
    State.CANCELLED: N_("Đã hủy."),
}


@dataclass(frozen=True)
class Event:
    """A line of the timeline."""

    what: str
    """msgid"""
    state: str
    at: datetime | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Reference:
    """Another document that this one refers to, or that refers to it."""

    label: str
    document: Document
    is_link: bool
    """Whether the reader may open it."""


@dataclass(frozen=True)
class DocumentPage:
    """The page of one document."""

    document: Document
    kind: DocumentType
    form: Format
    standing: str
    is_inside: bool
    """Whether the reader works where it is made: others see the paper, not how it came about."""
    timeline: tuple[Event, ...]
    comments: tuple[DocumentComment, ...]
    nodes: tuple[tuple[str, str], ...]
    """Sections to remark on: id and heading."""
    files: tuple[DocumentFile, ...]
    deliveries: tuple[Delivery, ...]
    references: tuple[Reference, ...]
    may: frozenset[Permission]

    @property
    def read_count(self) -> int:
        """Give how many of those who got it have opened it."""
        return sum(one.read_at is not None for one in self.deliveries)

    @property
    def may_write(self) -> bool:
        """Say whether the reader may go on writing."""
        return self.document.is_open and Permission.DOCUMENT_EDIT in self.may

    @property
    def awaits_sign(self) -> bool:
        """Say whether the reader may say that it was signed."""
        return self.document.state == State.APPROVED and Permission.DOCUMENT_SIGN in self.may

    @property
    def may_exchange_files(self) -> bool:
        """Say whether the reader may attach the stamped copy, or take a wrong one off."""
        later = self.document.state in SIGNABLE - {State.APPROVED}
        return later and Permission.DOCUMENT_SIGN in self.may

    @property
    def awaits_number(self) -> bool:
        """Say whether the reader may give it its number."""
        return self.document.state == State.SIGNED and Permission.DOCUMENT_ISSUE in self.may

    @property
    def may_follow(self) -> bool:
        """Say whether the reader may draft one that amends, replaces or corrects it."""
        return self.document.state == State.ISSUED and Permission.DOCUMENT_EDIT in self.may

    @property
    def may_send_on(self) -> bool:
        """Say whether the reader may send it to those who joined the portal later."""
        return self.document.state == State.ISSUED and Permission.DOCUMENT_ISSUE in self.may

    @property
    def may_publish(self) -> bool:
        """Say whether the reader may open or close the public copy."""
        over = self.document.state in {State.CANCELLED, State.WITHDRAWN}
        return not over and Permission.DOCUMENT_SIGN in self.may

    @property
    def may_compare(self) -> bool:
        """Say whether the reader may look at earlier texts."""
        return Permission.DOCUMENT_DISCUSS in self.may

    @property
    def may_discuss(self) -> bool:
        """Say whether the reader may remark on it."""
        over = self.document.is_announced or self.document.state == State.CANCELLED
        return not over and Permission.DOCUMENT_DISCUSS in self.may


def of(actor: Actor, document: Document) -> DocumentPage:
    """Give what one actor may see of a document."""
    may = frozenset(one for one in _ASKED if allows(actor, one, document))
    # A ward's youth union sits in the ward and is no part of its office.
    office = document.unit_id == actor.unit_id and actor.role != Role.YOUTH
    inside = Permission.DOCUMENT_DISCUSS in may or office
    return DocumentPage(
        document=document,
        kind=type_of(document.type_code),
        form=format_of(document.format_code),
        standing=STANDING[State(document.state)],
        is_inside=inside,
        timeline=tuple(_timeline(document)) if inside else (),
        comments=tuple(queries.comments(document.id)) if inside else (),
        nodes=tuple((one.id, one.heading or one.text[:60]) for one in document.body.sections),
        files=tuple(queries.files_for(actor, document)),
        deliveries=tuple(queries.deliveries_of(document.id)) if inside else (),
        references=tuple(_references(actor, document)),
        may=may,
    )


def last_reason(document: Document) -> str:
    """Give why a document was last returned; "" if it never was."""
    entries = audit.of_subject("document", document.id, limit=50)
    return next((one.reason for one in entries if one.action == "document:return"), "")


def _timeline(document: Document) -> list[Event]:
    entries = audit.of_subject("document", document.id, limit=200)
    said = [_event(entry) for entry in reversed(entries) if _verb(entry) in _KNOWN]
    ahead = [Event(label, "todo") for state, label in _AHEAD if state in _after(document)]
    return said + ahead


def _verb(entry: AuditEntry) -> str:
    return entry.action.removeprefix("document:")


def _event(entry: AuditEntry) -> Event:
    verb = _verb(entry)
    line = DOCUMENT.transitions.get(verb)
    what = line.done if line else _VERBS[verb]
    if verb == "published" and not json.loads(entry.changes)["is_public"][1]:
        what = N_("Thôi công khai")
    state = "bad" if verb in {"return", "withdraw", "cancel", "void"} else "done"
    return Event(what, state, entry.at, entry.actor_name, entry.reason)


def _after(document: Document) -> frozenset[State]:
    states = [State.DRAFT, *(state for state, _label in _AHEAD)]
    state = State.DRAFT if document.is_open else State(document.state)
    return frozenset(states[states.index(state) + 1 :]) if state in states else frozenset()


def _references(actor: Actor, document: Document) -> list[Reference]:
    found = []
    if document.refers_to is not None:
        found.append((RELATION_LABELS[Relation(document.relation)], document.refers_to))
    found += [
        (REFERRED_LABELS[Relation(one.relation)], one) for one in queries.referring_to(document.id)
    ]
    return [
        Reference(label, one, allows(actor, Permission.DOCUMENT_READ, one)) for label, one in found
    ]


_ASKED = (
    Permission.DOCUMENT_EDIT, Permission.DOCUMENT_DISCUSS, Permission.DOCUMENT_SIGN,
    Permission.DOCUMENT_ISSUE,
)  # fmt: skip
_AHEAD = (
    (State.SUBMITTED, N_("Trình duyệt")),
    (State.APPROVED, N_("Lãnh đạo duyệt")),
    (State.SIGNED, N_("Ký")),
    (State.NUMBERED, N_("Lấy số")),
    (State.ISSUED, N_("Ban hành")),
)
_VERBS = {
    "created": N_("Tạo bản thảo"),
    "edited": N_("Sửa bản thảo"),
    "discussed": N_("Góp ý"),
    "remark_resolved": N_("Xử lý xong một góp ý"),
    "warning_waived": N_("Giữ một lưu ý"),
    "file_attached": N_("Đính kèm bản đã ký"),
    "file_detached": N_("Gỡ tệp đính kèm"),
    "published": N_("Công khai văn bản"),
}
_KNOWN = frozenset(_VERBS) | frozenset(DOCUMENT.transitions)
