"""A document as everybody prints it: with the communes of its campaign, under its own name."""

import re
from textwrap import shorten

from flask import current_app

from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.codes import grouped
from portal.features.campaigns.models import QrCode
from portal.features.campaigns.share import address
from portal.features.documents.formats import type_of
from portal.features.documents.models import Document
from portal.features.documents.paper import Paper
from portal.features.documents.paper.compose import UnitLine, compose

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
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
    words = " ".join([type_of(document.type_code).name, number, document.name]).replace("/", "-")
    plain = re.sub(r'[\\:*?"<>|\s]+', " ", words)
    stem = shorten(plain, LONGEST_NAME, placeholder="", break_on_hyphens=False)
    return stem.strip(" .,;-–") + suffix


def _line(code: QrCode) -> UnitLine:
    return UnitLine(
        name=code.unit.full_name,
        district=code.unit.parent.full_name if code.unit.parent else "",
        code=grouped(code.code),
        address=address(current_app.config["PORTAL"].base_url, code.code),
    )
