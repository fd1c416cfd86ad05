"""Files of drafts, in a folder of their own beside the database: known by their bytes."""

from typing import Final

from sqlalchemy import select

from portal.core.database import session
from portal.core.files import Folder
from portal.core.text import N_
from portal.features.documents.files import SCANS, WORD, Taken
from portal.features.regulations.models import DraftPaper, DraftVersion

TAKEN: Final = Taken(
    (*SCANS, WORD), N_("Mời chọn tệp."), N_("Chỉ nhận tệp Word (.docx), PDF, JPEG hoặc PNG."),
    "du-thao",
)  # fmt: skip
DRAFTS: Final = Folder("drafts", TAKEN.suffixes)


def names() -> set[str]:
    """Give the names of all files that a version or a paper names."""
    read_from = session().scalars(select(DraftVersion.stored).order_by(DraftVersion.id))
    papers = session().scalars(select(DraftPaper.stored).order_by(DraftPaper.id))
    return {name for name in (*read_from, *papers) if name}
