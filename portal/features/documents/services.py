"""Making and changing documents; what happens to them later lies in the modules beside this one."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_, fold
from portal.features.documents import queries, versions
from portal.features.documents.body import Body
from portal.features.documents.discussion import discuss, resolve, waive
from portal.features.documents.formats import format_for, type_of, types
from portal.features.documents.models import Document, Letterhead, Relation, State
from portal.features.documents.numbering import number
from portal.features.documents.paper.inline import without_notes
from portal.features.documents.recording import Author, record
from portal.features.documents.signing import attach_signed, detach, sign
from portal.features.documents.text.cleaning import checked
from portal.features.documents.workflow import DOCUMENT
from portal.policy.permissions import Permission
from portal.policy.table import allows

__all__ = [
    "Author", "NewDocument", "attach_signed", "create", "detach", "discuss", "issue", "listen",
    "number", "resolve", "save", "set_public", "sign", "waive",
]  # fmt: skip


@dataclass(frozen=True)
class NewDocument:
    """What a document begins with."""

    organisation_id: int
    """The organ that issues it."""
    type_code: str
    body: Body
    template_code: str = ""
    relation: str = ""
    """How it refers to an earlier one; "" if it does not."""
    refers_to_id: int | None = None


def create(author: Author, new: NewDocument) -> Document:
    """Begin a draft.

    Raises:
        Invalid: the organ has no letterhead or is not the author's, the type does not exist in its
            format, the earlier document cannot be referred to, or the text is too large.
    """
    body = checked(new.body)
    with write() as current:
        letterhead = current.get(Letterhead, new.organisation_id)
        if letterhead is None or not _issues(author, new.organisation_id):
            raise Invalid({"organisation_id": NO_ISSUER})
        if errors := _errors(current, author, new, letterhead):
            raise Invalid(errors)
        document = Document(
            unit_id=author.unit_id, organisation_id=new.organisation_id, author_id=author.user_id,
            type_code=new.type_code, template_code=new.template_code, relation=new.relation,
            format_code=format_for(letterhead.regime, clock.today()).code,
            refers_to_id=new.refers_to_id, state=State.DRAFT,
        )  # fmt: skip
        _write(document, body)
        current.add(document)
        current.flush()
        versions.write_down(author, document)
        record(author, "created", document, {"type": ["", type_of(new.type_code).name]})
    return document


def save(
    author: Author, document: Document, body: Body, version: int, *, is_public: bool | None = None
) -> Document:
    """Store the text of a draft.

    The record has a line per stretch of writing, not one per save: drafts save themselves.

    Args:
        author: who writes.
        document: the draft.
        body: all of it as it should be.
        version: the version that the author was shown.
        is_public: whether its copy will be public; None leaves that as it is.

    Raises:
        Invalid: the text is too large.
        Refused: it is no draft any more.
        Stale: somebody else saved another text first; `theirs["content"]` holds it.
    """
    body = checked(body)
    content = body.to_json()
    with write() as current:
        current.refresh(document, with_for_update={"of": Document})
        if not document.is_open:
            raise Refused(NO_DRAFT)
        if is_public is not None:
            _set_public(author, document, is_public)
        if content == document.content:
            return document
        if document.version != version:
            raise Stale(SAVED_BY_ANOTHER, {"content": document.content})
        _write(document, body)
        current.flush()
        if versions.write_down(author, document):
            record(author, "edited", document)
        for listener in _listeners:
            listener(author, document)
    return document


_listeners: list[Callable[[Author, Document], None]] = []


def listen(listener: Callable[[Author, Document], None]) -> None:
    """Tell `listener` of every save that changed a text, within it; once however often said."""
    if listener not in _listeners:
        _listeners.append(listener)


def set_public(author: Author, document: Document, is_public: bool) -> None:
    """Say whether everybody may read the public copy; also after it was issued."""
    with write() as current:
        current.refresh(document, with_for_update={"of": Document})
        _set_public(author, document, is_public)


def issue(author: Author, document: Document) -> Document:
    """Issue a numbered document (see the workflow for what follows).

    Raises:
        Refused: it is not numbered, or what it refers to is no longer in force.
    """
    return DOCUMENT.fire(author, document.id, "issue")


def _set_public(author: Author, document: Document, is_public: bool) -> None:
    if document.is_public != is_public:
        record(author, "published", document, {"is_public": [document.is_public, is_public]})
        document.is_public = is_public


def _write(document: Document, body: Body) -> None:
    kind = type_of(document.type_code).name
    document.content, document.saved_at = body.to_json(), clock.now()
    document.name = without_notes(body.summary)[0] or kind
    document.folded = fold(f"{document.name} {kind} {body.head.issuer_name}")


def _issues(author: Author, organisation_id: int) -> bool:
    return any(organ.id == organisation_id for organ in queries.issuers(author))


def _errors(
    current: Session, author: Author, new: NewDocument, letterhead: Letterhead
) -> dict[str, str]:
    errors = {}
    kind = next((kind for kind in types() if kind.code == new.type_code), None)
    if kind is None or letterhead.regime not in kind.regimes:
        errors["type_code"] = N_("Cơ quan này không ban hành loại văn bản này.")
    if new.relation not in {"", *Relation} or bool(new.relation) != bool(new.refers_to_id):
        errors["relation"] = N_("Mời chọn cả cách liên quan và văn bản liên quan.")
    elif new.refers_to_id and not _may_refer(current, author, new.refers_to_id):
        errors["refers_to_id"] = N_("Chỉ thay thế, sửa đổi, đính chính được văn bản đã ban hành "
                                    "của đơn vị mình.")  # fmt: skip
    return errors


def _may_refer(current: Session, author: Author, document_id: int) -> bool:
    earlier = current.get(Document, document_id)
    in_force = earlier is not None and earlier.state == State.ISSUED
    return in_force and allows(author, Permission.DOCUMENT_EDIT, earlier)


NO_ISSUER = N_("Mời chọn cơ quan ban hành đã có thể thức.")
NO_DRAFT = N_("Văn bản không còn là bản thảo nên không sửa được.")
SAVED_BY_ANOTHER = N_("Có người vừa lưu văn bản này trước đồng chí.")
