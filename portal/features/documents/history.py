"""What is kept of a document beside its text: versions, remarks, files, numbers, waivers."""

from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import defer

from portal.core.database import session
from portal.features.documents.models import (
    DocumentComment,
    DocumentFile,
    DocumentVersion,
    Waiver,
)
from portal.features.registers.models import EntryState, RegisterEntry


def versions(document_id: int) -> list[DocumentVersion]:
    """List the versions of a document, newest first, without their texts."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    query = query.options(defer(DocumentVersion.content))
    return list(session().scalars(query.order_by(DocumentVersion.number.desc())))


def version(document_id: int, number: int) -> DocumentVersion | None:
    """Give one version with its text."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    return session().scalar(query.where(DocumentVersion.number == number))


def decided_at(document_id: int, note: str) -> datetime | None:
    """Give when a decision was last taken, by what the history says of it; None if it never was."""
    query = select(func.max(DocumentVersion.saved_at)).where(
        DocumentVersion.document_id == document_id, DocumentVersion.note == note
    )
    return session().scalar(query)


def latest_version(document_id: int) -> DocumentVersion | None:
    """Give the newest version."""
    query = select(DocumentVersion).where(DocumentVersion.document_id == document_id)
    return session().scalar(query.order_by(DocumentVersion.number.desc()).limit(1))


def comments(document_id: int) -> list[DocumentComment]:
    """List the remarks on a document, oldest first."""
    query = select(DocumentComment).where(DocumentComment.document_id == document_id)
    return list(session().scalars(query.order_by(DocumentComment.made_at, DocumentComment.id)))


def comment(document_id: int, comment_id: int) -> DocumentComment | None:
    """Give one remark on a document."""
    found = session().get(DocumentComment, comment_id)
    return found if found and found.document_id == document_id else None


def files_of(document_id: int) -> list[DocumentFile]:
    """List the files of a document in the order in which they came."""
    query = select(DocumentFile).where(DocumentFile.document_id == document_id)
    return list(session().scalars(query.order_by(DocumentFile.id)))


def has_signed_file(document_id: int) -> bool:
    """Say whether a signed copy is attached."""
    mine = DocumentFile.document_id == document_id
    signed = exists(select(DocumentFile.id).where(mine, DocumentFile.kind == "signed"))
    return bool(session().scalar(select(signed)))


def numbers_of(document_id: int) -> list[RegisterEntry]:
    """List the numbers in use that a document holds: one, once it is numbered."""
    query = select(RegisterEntry).where(
        RegisterEntry.document_id == document_id, RegisterEntry.state == EntryState.USED
    )
    return list(session().scalars(query.order_by(RegisterEntry.id)))


def waivers(document_id: int) -> dict[str, Waiver]:
    """Give the warnings that somebody decided to live with, by their keys."""
    query = select(Waiver).where(Waiver.document_id == document_id).order_by(Waiver.warning)
    return {waiver.warning: waiver for waiver in session().scalars(query)}
