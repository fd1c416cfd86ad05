"""A code in print: poster, desk card, table tent and stickers, one page each."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from typing import Final

import typst
from PIL import Image

from portal.core import qr, typeset
from portal.core.text import N_
from portal.features.campaigns import rounds
from portal.features.campaigns.codes import grouped
from portal.features.documents.deadlines import Span

_MANY: Final = 20
POSTER_DOTS: Final = 110.0
CARD_DOTS: Final = 72.0
CARD_COLOURS: Final = 48


class Form(StrEnum):
    """In what form a code is printed."""

    POSTER = "ap-phich"
    CARD = "the-ban"
    TENT = "bien-gap"
    STICKERS = "tem"


FORM_NAMES: dict[Form, str] = {
    Form.POSTER: N_("Áp phích A4"),
    Form.CARD: N_("Thẻ để bàn"),
    Form.TENT: N_("Biển gập để bàn"),
    Form.STICKERS: N_("Tem dán"),
}
_TEMPLATES: Final = {
    Form.POSTER: "poster.typ",
    Form.CARD: "desk_card.typ",
    Form.TENT: "table_tent.typ",
    Form.STICKERS: "stickers.typ",
}


@dataclass(frozen=True)
class Poster:
    """What stands on one print, whatever its form; every text is printed literally.

    Attributes:
        unit_name: The unit, in large letters: ``Phường Ngô Quyền``.
        unit_line: Where it lies: ``thành phố Bắc Giang, tỉnh Bắc Giang``.
        headline: The invitation in one sentence; a line end or a fixed space in it is kept.
        invitation: What it costs the reader: minutes, no name, no telephone number.
        url: The address in the code.
        typed_address: The same for typing, ending in the code (see `typed_address`).
        code: The code as stored.
        rounds: The windows in which the code takes answers.
        form_title: The questionnaire.
        about: What it is about and how it is answered.
        asker: Who asks; it has a place of its own at the foot.
        sample: The data are invented; the print says so.
        point: The point of the unit where it hangs: ``Nhà văn hóa tổ 3``; empty for the unit.
        last_step: What is done in the end, on two lines.
    """

    unit_name: str
    unit_line: str
    headline: str
    invitation: str
    url: str
    typed_address: str
    code: str
    rounds: tuple[Span, ...]
    form_title: str
    about: str
    asker: str
    sample: bool
    point: str = ""
    last_step: tuple[str, str] = ("Trả lời rồi bấm", "Gửi phiếu")


def typed_address(base_url: str, code: str) -> str:
    """Return the address for typing: no scheme, the code in groups: ``danchu.vn/k7rm-4wxq``."""
    host = base_url.partition("://")[2] or base_url
    return f"{host.rstrip('/')}/{grouped(code)}"


def drawn(form: Form, prints: Sequence[Poster]) -> bytes:
    """Return the prints of one form as a PDF, a page and a bookmark each, with our own fonts only.

    Args:
        form: Which of the forms.
        prints: In the order of the pages.

    Raises:
        ValueError: There is nothing to print.
    """
    if not prints:
        raise ValueError("nothing to print")
    pdf = typst.compile(
        typeset.TEMPLATES / _TEMPLATES[form],
        font_paths=typeset.fonts(),
        sys_inputs={"prints": json.dumps([_page(each) for each in prints])},
    )
    if len(prints) > _MANY:
        typeset.forget_layouts()
    return pdf


def picture(poster: Poster) -> bytes:
    """Return the A4 poster as a PNG that groups in Zalo show whole."""
    return _png("poster.typ", poster, POSTER_DOTS)


def link_card(poster: Poster) -> bytes:
    """Return the picture of 1200 × 630 dots that stands beside a link that is passed on."""
    drawn = Image.open(BytesIO(_png("link_card.typ", poster, CARD_DOTS)))
    small = BytesIO()
    # Flat colours: a quarter of the bytes, and nothing that an eye would miss.
    drawn.convert("RGB").quantize(CARD_COLOURS, dither=Image.Dither.NONE).save(
        small, "PNG", optimize=True
    )
    return small.getvalue()


def _png(template: str, poster: Poster, dots_an_inch: float) -> bytes:
    return typst.compile(
        typeset.TEMPLATES / template,
        font_paths=typeset.fonts(),
        sys_inputs={"prints": json.dumps([_page(poster)])},
        format="png",
        ppi=dots_an_inch,
    )


def _page(poster: Poster) -> dict[str, str | bool | tuple[str, str] | list[tuple[str, str]]]:
    code = grouped(poster.code)
    return {
        "unit_name": _breakable(poster.unit_name),
        "unit_line": _breakable(poster.unit_line),
        "point": _breakable(poster.point),
        "headline": _breakable(poster.headline),
        "invitation": _breakable(poster.invitation),
        "qr": qr.svg(poster.url),
        "address": poster.typed_address.removesuffix(code),
        "code": code,
        "days": rounds.brief(poster.rounds),
        "rounds": rounds.led(poster.rounds),
        "form_title": _breakable(poster.form_title),
        "about": _breakable(poster.about),
        "asker": _breakable(poster.asker),
        "sample": poster.sample,
        "last_step": poster.last_step,
    }


def _breakable(text: str) -> str:
    """Let what nobody would call a word be broken, so that it stays on the page."""
    return re.sub(r"\S{25,}", lambda word: re.sub(r"(.{12})", "\\1\u200b", word[0]), text)
