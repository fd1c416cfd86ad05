"""Remarks on a draft, and warnings that somebody decided to live with."""

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.documents.models import (
    Document,
    DocumentComment,
    State,
    Waiver,
)
from portal.features.documents.recording import Author, record

MAX_REMARK = 2000
MAX_REASON = 500
MAX_KEY = 200


def discuss(author: Author, document: Document, text: str, node_id: str = "") -> DocumentComment:
    """Remark on a section, or on the whole.

    Args:
        author: who says it.
        document: about what, while it is in the works.
        text: what is said.
        node_id: the section; "" for the whole, also if there is no such section any more.

    Raises:
        Invalid: nothing is said, or too much.
        Refused: the document is issued or cancelled.
    """
    text = clean(text, multiline=True)
    if not text or len(text) > MAX_REMARK:
        raise Invalid({"text": SAY_SOMETHING if not text else N_("Góp ý dài quá 2.000 ký tự.")})
    with write() as current:
        current.refresh(document, with_for_update={"of": Document})
        _check_in_the_works(document)
        known = any(section.id == node_id for section in document.body.sections)
        remark = DocumentComment(
            document_id=document.id, node_id=node_id if known else "", author_id=author.user_id,
            author_name=author.display_name, text=text, made_at=clock.now(),
        )  # fmt: skip
        current.add(remark)
        current.flush()
        record(author, "discussed", document)
    return remark


def resolve(author: Author, document: Document, remark: DocumentComment) -> None:
    """Say that a remark has been dealt with; a second time changes nothing."""
    with write() as current:
        current.refresh(remark, with_for_update=True)
        if remark.resolved_at is None:
            remark.resolved_at = clock.now()
            record(author, "remark_resolved", document)


def waive(
    author: Author, document: Document, key: str, reason: str, *, message: str = ""
) -> Waiver:
    """Keep a warning's subject as it is, and say why; a second time replaces the reason.

    Args:
        author: who decides it.
        document: the document.
        key: the warning's key.
        reason: why it stays as it is.
        message: what the warning said, in Vietnamese.

    Raises:
        Invalid: there is no reason, or too long a one.
        Refused: the document is issued or cancelled.
    """
    key, reason = clean(key)[:MAX_KEY], clean(reason)
    if not reason or len(reason) > MAX_REASON:
        raise Invalid({"reason": NO_REASON if not reason else N_("Lý do dài quá 500 ký tự.")})
    with write() as current:
        current.refresh(document, with_for_update={"of": Document})
        _check_in_the_works(document)
        waiver = current.merge(
            Waiver(
                document_id=document.id, warning=key, message=message, reason=reason,
                kept_by=author.display_name, kept_at=clock.now(),
            )
        )  # fmt: skip
        record(author, "warning_waived", document, {"warning": ["", message or key]}, reason)
    return waiver


def _check_in_the_works(document: Document) -> None:
    if document.is_announced or document.state == State.CANCELLED:
        raise Refused(OVER)


SAY_SOMETHING = N_("Mời ghi góp ý.")
NO_REASON = N_("Cần ghi lý do giữ nguyên.")
OVER = N_("Văn bản đã ban hành hoặc đã hủy nên không góp ý, sửa được nữa.")
