"""QR codes of the short addresses: level Q, so that a torn or stained poster is still read."""

from functools import lru_cache
from io import BytesIO
from typing import Final

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_Q

QUIET: Final = 4  # modules of white the standard asks for on every side (ISO/IEC 18004)
_INK: Final = "#1E2329"
_LEAST_PIXELS: Final = 1024  # Zalo shrinks pictures; from this size the code survives it


def matrix(url: str) -> list[list[bool]]:
    """Return the modules of the code, row by row, True for dark, without the quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(url)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


@lru_cache(maxsize=1024)
def svg(url: str) -> str:
    """Return the code as an SVG picture of one path, its quiet zone of four modules included.

    It is hidden from screen readers: the address itself stands beside it wherever it is shown.
    Kept, since drawing one takes 5 ms and the preview of a draft asks for all 209 at every pause.
    """
    return drawn(url)


def drawn(url: str) -> str:
    """Return the same picture and keep nothing: an address that opens something by itself."""
    rows = matrix(url)
    side = len(rows) + 2 * QUIET
    path = "".join(_runs(row, y + QUIET) for y, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        f' shape-rendering="crispEdges" aria-hidden="true" focusable="false">'
        f'<path fill="{_INK}" d="{path}"/></svg>'
    )


def _runs(row: list[bool], y: int) -> str:
    """Return the path of one row: a rectangle for every run of dark modules."""
    path, start = [], None
    for x, dark in enumerate([*row, False], QUIET):
        if dark and start is None:
            start = x
        elif not dark and start is not None:
            path.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
            start = None
    return "".join(path)


def png(url: str, scale: int | None = None) -> bytes:
    """Return the code as a black and white PNG with its quiet zone, for sending by Zalo.

    Args:
        url: The address.
        scale: Pixels per module; None takes the smallest that gives 1024 pixels or more.
    """
    rows = matrix(url)
    side = len(rows) + 2 * QUIET
    scale = scale or -(-_LEAST_PIXELS // side)
    picture = Image.new("1", (side, side), 1)
    for y, row in enumerate(rows, QUIET):
        for x, dark in enumerate(row, QUIET):
            picture.putpixel((x, y), not dark)
    out = BytesIO()
    picture.resize((side * scale, side * scale)).save(out, "PNG", optimize=True)
    return out.getvalue()
