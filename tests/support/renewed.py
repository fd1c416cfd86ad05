"""A draft that gets papers, and a new version while people are asked about it."""

from portal.features.consultations import versions
from portal.features.documents.files import Upload
from portal.features.regulations import papers, rows, services
from portal.features.regulations.models import Draft, DraftPaper, DraftVersion
from portal.web.actor import Account

NOTE = "Thêm thời hạn niêm yết ở Điều 2"
PREAMBLE = "Căn cứ Luật Thực hiện dân chủ ở cơ sở;"
PDF = b"%PDF-1.7 to trinh"


def paper(author: Account, draft: Draft, name: str = "Tờ trình") -> DraftPaper:
    """Hang a paper on a draft."""
    return papers.add(author, draft, name, Upload("to-trinh.pdf", PDF, ".pdf"))


def begun(author: Account, draft: Draft) -> DraftVersion:
    """Begin a new version with other bases."""
    version = services.begin(author, draft, None)
    services.save(author, version, rows.parts_of(version), PREAMBLE, version.version)
    return version


def renewed(author: Account, draft: Draft) -> DraftVersion:
    """Publish it."""
    version = begun(author, draft)
    versions.publish(author, version, NOTE)
    return version
