"""What becomes of a version: it is published and frozen, or thrown away."""

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.documents.recording import Author
from portal.features.regulations import queries
from portal.features.regulations.files import DRAFTS
from portal.features.regulations.models import Draft, DraftVersion, Provision, VersionState
from portal.features.regulations.rows import FROZEN, about, digest, may_edit, record
from portal.features.regulations.workflow import DRAFT_VERSION

LONGEST_NOTE = 2000


def publish(author: Author, version: DraftVersion, note: str = "") -> None:
    """Freeze a version: from now on people read this one, and nothing of it changes any more.

    Args:
        author: who may publish.
        version: one in work.
        note: what is different from the version before, in words.

    Raises:
        Invalid: under "note", it is too long.
        Forbidden: the author may not.
        Refused: it is published already, a number comes twice, or nobody matched it.
    """
    note = clean(note, multiline=True)
    if len(note) > LONGEST_NOTE:
        raise Invalid({"note": N_("Không quá 2.000 ký tự.")})
    with write(f"regulation:{version.draft_id}") as current:
        current.refresh(version)
        if version.state == VersionState.DRAFT:
            # Before it is frozen: the database lets nothing of a published one change.
            version.note, version.sha256 = note, digest(version)
            version.published_on, version.published_by = clock.today(), author.display_name
            current.flush()
        DRAFT_VERSION.fire(author, version.id, "publish")


def discard(author: Author, version: DraftVersion) -> None:
    """Throw a version away that was not published.

    Raises:
        Forbidden: the author may not.
        Refused: it is published.
    """
    may_edit(author, version)
    draft, stored = version.draft, version.stored
    with write(f"regulation:{draft.id}") as current:
        current.refresh(version)
        if version.state != VersionState.DRAFT:
            raise Refused(FROZEN)
        record(author, draft, "version_discarded", about(version))
        current.execute(delete(Provision).where(Provision.version_id == version.id))
        current.delete(version)
    DRAFTS.discard(stored)


def discard_draft(author: Author, draft: Draft) -> None:
    """Throw a draft away that has no version left.

    Raises:
        Forbidden: the author may not.
        Refused: it has versions or papers, or a consultation is about it.
    """
    may_edit(author, draft)
    if queries.versions(draft.id):
        raise Refused(IN_USE)
    try:
        with write(f"regulation:{draft.id}") as current:
            record(author, draft, "discarded")
            current.delete(draft)
            current.flush()
    except IntegrityError as used:
        raise Refused(IN_USE) from used


IN_USE = N_("Dự thảo này còn bản, còn tài liệu, hoặc đang có đợt lấy ý kiến.")
