"""Photos for the sample: drawn, and they look it."""

from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from werkzeug.datastructures import FileStorage

from portal.features.evidence import services as evidence
from portal.features.evidence.services import Photo


def board(words: str) -> list[Photo]:
    """Give a board as evidence that is on the disk."""
    return evidence.read_photos([FileStorage(BytesIO(drawn(words)), filename="mau.jpg")])


def drawn(words: str) -> bytes:
    """Draw a board with a few sheets of paper on it."""
    sheet = Image.new("RGB", (1200, 900), "#c9b99a")
    pen = ImageDraw.Draw(sheet)
    for n in range(3):
        left = 90 + n * 360
        pen.rectangle((left, 140, left + 300, 620), fill="#fffdf7", outline="#857e6e", width=3)
        for row in range(11):
            right = left + 270 - (row * 37 + n * 53) % 90
            pen.line((left + 30, 200 + row * 36, right, 200 + row * 36), fill="#8a93a0", width=7)
    pen.rectangle((0, 760, 1200, 900), fill="#1d4b86")
    font = ImageFont.truetype(str(files("portal.fonts") / "BeVietnamPro-600.ttf"), 44)
    pen.text((40, 795), words, fill="#ffffff", font=font)
    stream = BytesIO()
    sheet.save(stream, "JPEG")
    return stream.getvalue()
