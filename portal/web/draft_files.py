"""What goes with a draft as files: its papers, and the version that people read as .docx."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import current_app, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.errors import Missing
from portal.core.keep import Kept
from portal.features.consultations.models import Consultation
from portal.features.documents.files import media_type
from portal.features.regulations import exports, queries
from portal.features.regulations.files import DRAFTS
from portal.features.regulations.models import DraftPaper, DraftVersion
from portal.web.printing import DOCX, safe_name, sent

_VERSIONS, _SECONDS = 20, 86_400


@dataclass(frozen=True)
class Files:
    """What can be saved of a draft that people are asked about."""

    version: DraftVersion | None
    size: int
    """Of the version as .docx, in bytes."""
    papers: Sequence[DraftPaper]


def files(consultation: Consultation) -> Files:
    """Give what goes with the draft of an announced consultation; nothing of another one."""
    if not consultation.was_announced:
        return Files(None, 0, ())
    version = queries.published(consultation.draft_id)
    size = len(_written(version)) if version else 0
    return Files(version, size, queries.papers(consultation.draft_id))


def paper(consultation: Consultation, paper_id: int) -> ResponseReturnValue:
    """Send a paper of the draft.

    Raises:
        Missing: it is another draft's, was removed, or nobody was told of the consultation.
    """
    found = queries.paper(consultation.draft_id, paper_id)
    if found is None or not consultation.was_announced:
        raise Missing
    return give(found.stored, f"{found.name}{Path(found.stored).suffix}")


def text(consultation: Consultation) -> ResponseReturnValue:
    """Send the version that people read.

    Raises:
        Missing: there is none, or nobody was told of the consultation.
    """
    version = queries.published(consultation.draft_id)
    if version is None or not consultation.was_announced:
        raise Missing
    name = _("%(title)s, bản %(n)s", title=version.draft.title[:90], n=version.number)
    return sent(_written(version), DOCX, f"{name}.docx")


def give(stored: str, name: str) -> ResponseReturnValue:
    """Send a stored file of a draft.

    Raises:
        Missing: the disk has lost it, or there is none.
    """
    path = DRAFTS.path_of(stored)
    if not stored or not path.is_file():
        raise Missing
    kind = media_type(path.suffix)
    return send_file(path, kind, as_attachment=True, download_name=safe_name(name))


def _written(version: DraftVersion) -> bytes:
    """Give a published version as .docx: it never changes, so it is written once."""
    kept: Kept[int, bytes] = current_app.extensions.setdefault(
        "drafts_written", Kept(_VERSIONS, seconds=_SECONDS)
    )
    content = kept.get(version.id, lambda: exports.write(version))
    assert content is not None
    return content
