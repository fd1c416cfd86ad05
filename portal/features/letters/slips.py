"""The receipt as a picture to keep on a telephone: the code, where to type it, nothing else."""

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from portal.core import qr
from portal.core.text import N_

_SIZE: Final = (720, 900)
_INK, _QUIET, _SUNK = "#1E2329", "#4A515C", "#F3EEE3"
_MODULE: Final = 7
TITLE, WHERE, LOST = (
    N_("Mã theo dõi thư"),
    N_("Tra cứu tại"),
    N_("Mất mã thì không ai tìm lại được."),
)


def png(
    grouped: str, unit: str, address: str, words: tuple[str, str, str] = (TITLE, WHERE, LOST)
) -> bytes:
    """Draw a receipt.

    Args:
        grouped: in groups of four, as `receipts.grouped` gives it.
        unit: whose box it is.
        address: of the page where it is typed; the code of the picture leads there and no further.
        words: the three lines, translated.
    """
    sheet = Image.new("RGB", _SIZE, "white")
    pen = ImageDraw.Draw(sheet)
    pen.text((48, 44), unit, fill=_INK, font=_font(600, 30))
    pen.text((48, 88), words[0], fill=_QUIET, font=_font(400, 26))
    for at, group in enumerate(grouped.split("-")):
        left, top = 48 + at % 2 * 320, 150 + at // 2 * 130
        pen.rounded_rectangle((left, top, left + 304, top + 112), 8, fill=_SUNK)
        spaced = " ".join(group)
        pen.text((left + 152, top + 54), spaced, fill=_INK, font=_font(600, 54), anchor="mm")
    rows = qr.matrix(address)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                left, top = 48 + x * _MODULE, 450 + y * _MODULE
                pen.rectangle((left, top, left + _MODULE - 1, top + _MODULE - 1), fill=_INK)
    below = 450 + len(rows) * _MODULE + 32
    pen.text((48, below), words[1], fill=_QUIET, font=_font(400, 26))
    pen.text((48, below + 38), address.partition("://")[2], fill=_INK, font=_font(600, 30))
    pen.text((48, below + 92), words[2], fill=_QUIET, font=_font(400, 24))
    stream = BytesIO()
    sheet.convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(stream, "PNG")
    return stream.getvalue()


@lru_cache
def _font(weight: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(files("portal.fonts") / f"BeVietnamPro-{weight}.ttf"), size)
