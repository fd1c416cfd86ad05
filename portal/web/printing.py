"""Files as they are given out: a document as everybody prints it, every file's name and kind."""

import re
from io import BytesIO
from textwrap import shorten
from typing import IO

from flask import Response, send_file

from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.codes import grouped
from portal.features.campaigns.models import QrCode
from portal.features.campaigns.share import address
from portal.features.documents.formats import type_of
from portal.features.documents.models import Document
from portal.features.documents.paper import Paper
from portal.features.documents.paper.compose import UnitLine, compose
from portal.web.addresses import base_url

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
PNG = "image/png"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 120
"""So many signs of a file's name go with every system; it ends with a whole word."""


def paper_of(document: Document, *, public: bool = False) -> Paper:
    """Set a document, with the communes of its campaign where an appendix lists them.

    Args:
        document: at whatever stage.
        public: for everybody: officials' group links and telephone numbers are masked.
    """
    return compose(document, units=units_of(document), public=public)


def units_of(document: Document) -> tuple[UnitLine, ...]:
    """Give the communes in which the campaign of a plan asks, with their codes if they have any."""
    return tuple(
        _line(code)
        for campaign in campaigns.of_plan(document.id)
        for code in campaigns.codes(campaign.id)
    )


def file_name(document: Document, suffix: str) -> str:
    """Give the name under which a document is saved: type, number and summary."""
    number = document.number_text.removeprefix("Số").removeprefix(":").strip()
    return safe_name(" ".join([type_of(document.type_code).name, number, document.name]) + suffix)


def safe_name(name: str) -> str:
    """Give a file's name, which ends with its kind (".pdf"), as every system takes it."""
    stem, dot, suffix = name.replace("/", "-").rpartition(".")
    plain = re.sub(r'[\\:*?"<>|\s]+', " ", stem)
    short = shorten(plain, LONGEST_NAME, placeholder="", break_on_hyphens=False)
    return short.strip(" .,;-–") + dot + suffix


def sent(content: bytes | IO[bytes], kind: str, name: str) -> Response:
    """Answer with a file to be saved.

    Args:
        content: all of it; a stream is read from where it stands.
        kind: its media type.
        name: with its ending; made safe here.
    """
    stream = BytesIO(content) if isinstance(content, bytes) else content
    return send_file(stream, kind, as_attachment=True, download_name=safe_name(name))


def _line(code: QrCode) -> UnitLine:
    return UnitLine(
        name=code.unit.full_name,
        district=code.unit.parent.full_name if code.unit.parent else "",
        code=grouped(code.code),
        address=address(base_url(), code.code),
    )
