"""Papers that go with a draft: the draft decision, the tờ trình, an explanation."""

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents.files import Upload
from portal.features.documents.recording import Author
from portal.features.regulations import queries
from portal.features.regulations.files import DRAFTS
from portal.features.regulations.models import Draft, DraftPaper
from portal.policy.permissions import Permission
from portal.policy.table import allows

MOST = 20
LONGEST_NAME = 200


def add(author: Author, draft: Draft, name: str, upload: Upload) -> DraftPaper:
    """Hang a paper on a draft.

    Args:
        author: of the body that drafts.
        draft: the draft.
        name: what it is; "" takes the file's own name.
        upload: the file.

    Raises:
        Invalid: under "name", it is too long.
        Forbidden: the author may not.
        Refused: there are too many.
        NotStored: the file cannot be kept.
    """
    _may(author, draft)
    name = clean(name) or upload.name.rpartition(".")[0]
    if len(name) > LONGEST_NAME:
        raise Invalid({"name": N_("Tên không quá 200 ký tự.")})
    stored = DRAFTS.store(upload.data, upload.suffix)
    with write(f"regulation:{draft.id}") as current, DRAFTS.kept(stored):
        if len(queries.papers(draft.id)) >= MOST:
            raise Refused(TOO_MANY)
        paper = DraftPaper(
            draft_id=draft.id, name=name, stored=stored, size=len(upload.data),
            sha256=upload.sha256, added_on=clock.today(), added_by=author.display_name,
        )  # fmt: skip
        current.add(paper)
        current.flush()
        _record(author, draft, "paper_added", paper)
    return paper


def remove(author: Author, draft: Draft, paper: DraftPaper) -> None:
    """Take a paper off a draft; the row stays, the file is kept for the record.

    Raises:
        Forbidden: the author may not.
    """
    _may(author, draft)
    with write(f"regulation:{draft.id}") as current:
        current.refresh(paper)
        if paper.removed_on is None:
            paper.removed_on = clock.today()
            _record(author, draft, "paper_removed", paper)


def _may(author: Author, draft: Draft) -> None:
    if not allows(author, Permission.DRAFT_EDIT, draft):
        raise Forbidden


def _record(author: Author, draft: Draft, verb: str, paper: DraftPaper) -> None:
    audit.record(author, Act(
        f"draft:{verb}", "draft", draft.id, subject_name=draft.name, unit_id=draft.unit_id,
        changes={"file": ["", paper.name]},
    ))  # fmt: skip


TOO_MANY = N_("Mỗi dự thảo nhiều nhất 20 tài liệu kèm theo.")
