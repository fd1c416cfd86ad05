"""The signed copy: attached as a file, or a reason why there is none."""

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.documents import files, queries
from portal.features.documents.models import Document, DocumentFile, State
from portal.features.documents.recording import Author, record
from portal.features.documents.workflow import DOCUMENT
from portal.policy.predicates import Actor
from portal.workflow.engine import MAX_REASON

SIGNABLE = frozenset({State.APPROVED, State.SIGNED, State.NUMBERED})
"""From the approval until it is issued: the stamped copy is often scanned with its number."""
MOST_FILES = 50


def attach_signed(author: Author, document: Document, name: str, data: bytes) -> DocumentFile:
    """Attach a signed copy: a scan, or a digitally signed PDF.

    Args:
        author: who attaches it.
        document: approved and not yet issued.
        name: as it was uploaded.
        data: its bytes.

    Raises:
        Invalid: it is no PDF, JPEG or PNG, or too large; under "file".
        Refused: the document is not approved, or issued.
        NotStored: the disk or the database could not take it; nothing was attached.
    """
    upload = files.recognise(name, data)
    stored = files.UPLOADS.store(data, upload.suffix)
    with write() as current, files.UPLOADS.kept(stored):
        current.refresh(document, with_for_update={"of": Document})
        _check_signable(document)
        if len(queries.files_of(document.id)) >= MOST_FILES:
            raise Invalid({"file": N_("Văn bản đã có 50 tệp.")})
        file = DocumentFile(
            document_id=document.id, kind="signed", name=upload.name, stored=stored,
            media_type=upload.media_type, size=len(data), sha256=upload.sha256,
            digitally_signed=upload.is_signed, added_by=author.display_name,
            added_at=clock.now(),
        )  # fmt: skip
        current.add(file)
        current.flush()
        changes = {"file": ["", upload.name], "sha256": ["", upload.sha256]}
        record(author, "file_attached", document, changes)
    return file


def detach(author: Author, document: Document, file: DocumentFile, reason: str) -> None:
    """Take a wrong file off before the document is issued; the record keeps its digest.

    Raises:
        Refused: the document is issued, it was called signed for this file alone, or no reason.
    """
    reason = clean(reason)
    if not reason or len(reason) > MAX_REASON:
        raise Refused(N_("Cần ghi lý do gỡ tệp, không quá 1.000 ký tự."))
    path = files.path_of(file)
    with write() as current:
        current.refresh(document, with_for_update={"of": Document})
        _check_signable(document)
        changes = {"file": [file.name, ""], "sha256": [file.sha256, ""]}
        current.delete(file)
        current.flush()
        bare = not document.signed_reason and not queries.has_signed_file(document.id)
        if document.state != State.APPROVED and bare:
            raise Refused(N_("Mời đính kèm bản đã ký khác trước khi gỡ tệp này."))
        record(author, "file_detached", document, changes, reason)
    path.unlink(missing_ok=True)


def sign(author: Author, document: Document, reason: str = "") -> Document:
    """Say that an approved document has been signed.

    Args:
        author: who says it.
        document: approved.
        reason: why no signed copy is attached; not needed if one is.

    Raises:
        Refused: neither is there, or the document is not approved.
        Forbidden: the author may not.
    """
    reason = clean(reason, multiline=True)
    with write() as current:
        current.refresh(document, with_for_update={"of": Document})
        if document.state == State.APPROVED:
            document.signed_reason = reason[:MAX_REASON]
        return DOCUMENT.fire(author, document.id, "sign", reason)


def unsign(document: Document, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Forget the signature of a document that goes back: another text will be signed.

    The effect "unsign" of returning it. Its signed copies stay as attachments.
    """
    document.signed_reason = ""
    for file in queries.files_of(document.id):
        file.kind = "attachment"


def _check_signable(document: Document) -> None:
    if document.state not in SIGNABLE:
        raise Refused(N_("Bản đã ký đính kèm được từ khi duyệt đến khi ban hành."))
