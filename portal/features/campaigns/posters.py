"""A4 posters with the QR code of a unit, one page each, as one PDF."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import typst

from portal.core import qr, typeset
from portal.core.clock import format_date
from portal.features.campaigns.codes import grouped

_TEMPLATE: Final = typeset.TEMPLATES / "poster.typ"
_MANY: Final = 20


@dataclass(frozen=True)
class Poster:
    """What stands on one poster; every text is printed literally.

    Attributes:
        unit_name: The unit, in large letters: ``Phường Ngô Quyền``.
        unit_line: Where it lies: ``thành phố Bắc Giang, tỉnh Bắc Giang``.
        headline: The invitation in one sentence; a line end or a fixed space in it is kept.
        invitation: What it costs the reader: minutes, no name, no telephone number.
        url: The address in the code.
        typed_address: The same for typing, ending in the code (see `typed_address`).
        code: The code as stored.
        opens_on: First day.
        closes_on: Last day, included.
        form_title: The questionnaire.
        about: What it is about and how it is answered.
        asker: Who asks; it has a place of its own at the foot.
        sample: The data are invented; the poster says so.
    """

    unit_name: str
    unit_line: str
    headline: str
    invitation: str
    url: str
    typed_address: str
    code: str
    opens_on: date
    closes_on: date
    form_title: str
    about: str
    asker: str
    sample: bool


def typed_address(base_url: str, code: str) -> str:
    """Return the address for typing: no scheme, the code in groups: ``danchu.vn/k7rm-4wxq``."""
    host = base_url.partition("://")[2] or base_url
    return f"{host.rstrip('/')}/{grouped(code)}"


def posters_pdf(posters: Sequence[Poster]) -> bytes:
    """Return the posters as a PDF, a page and a bookmark each, with our own fonts only.

    Args:
        posters: In the order of the pages.

    Raises:
        ValueError: There is nothing to print.
    """
    if not posters:
        raise ValueError("no posters to print")
    data = json.dumps([_page(poster) for poster in posters])
    pdf = typst.compile(_TEMPLATE, font_paths=typeset.fonts(), sys_inputs={"posters": data})
    if len(posters) > _MANY:
        typeset.forget_layouts()
    return pdf


def _page(poster: Poster) -> dict[str, str | bool]:
    code = grouped(poster.code)
    opens = format_date(poster.opens_on)
    if poster.opens_on.year == poster.closes_on.year:
        opens = opens[:5]  # The year stands beside it, in the last day.
    return {
        "unit_name": _breakable(poster.unit_name),
        "unit_line": _breakable(poster.unit_line),
        "headline": _breakable(poster.headline),
        "invitation": _breakable(poster.invitation),
        "qr": qr.svg(poster.url),
        "address": poster.typed_address.removesuffix(code),
        "code": code,
        "opens": opens,
        "closes": format_date(poster.closes_on),
        "form_title": _breakable(poster.form_title),
        "about": _breakable(poster.about),
        "asker": _breakable(poster.asker),
        "sample": poster.sample,
    }


def _breakable(text: str) -> str:
    """Let what nobody would call a word be broken, so that it stays on the page."""
    return re.sub(r"\S{25,}", lambda word: re.sub(r"(.{12})", "\\1\u200b", word[0]), text)
