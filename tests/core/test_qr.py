"""The codes that people scan are decoded again with another library."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image

from portal.core import qr

URL = "https://danchu.bacgiang.gov.vn/k7rm4wxq"


def decode(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def painted(svg: str, scale: int = 4) -> Image.Image:
    """Draw the runs of the one path; each reads ``Mx yhNv1h-Nz``."""
    root = ElementTree.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[2])
    picture = Image.new("L", (side, side), 255)
    for run in root[0].attrib["d"].split("z")[:-1]:
        corner, _, width = run.partition("h")
        x, y = map(int, corner.removeprefix("M").split())
        picture.paste(0, (x, y, x + int(width.split("v")[0]), y + 1))
    return picture.resize((side * scale, side * scale), Image.Resampling.NEAREST)


@pytest.mark.parametrize(
    "url", [URL, "http://127.0.0.1:8000/k7rm4wxq", "https://a.vn/" + "x" * 300]
)
def test_the_picture_for_zalo_is_large_and_decodes(url: str) -> None:
    picture = Image.open(BytesIO(qr.png(url)))
    assert min(picture.size) >= 1024
    assert decode(picture) == [url]


def test_the_picture_for_zalo_survives_shrinking_and_compression() -> None:
    small = Image.open(BytesIO(qr.png(URL))).convert("L").resize((240, 240))
    sent = BytesIO()
    small.save(sent, "JPEG", quality=40)
    assert decode(Image.open(sent)) == [URL]


def test_a_picture_can_be_made_at_any_scale() -> None:
    side = len(qr.matrix(URL)) + 8
    assert Image.open(BytesIO(qr.png(URL, 3))).size == (side * 3, side * 3)


def test_the_drawing_is_one_path_that_decodes() -> None:
    svg = qr.svg(URL)
    assert svg.count("<path") == 1
    assert "style" not in svg
    assert decode(painted(svg)) == [URL]


def test_four_modules_around_the_code_stay_white() -> None:
    picture = painted(qr.svg(URL), 1)
    side = picture.width
    assert picture.point(lambda value: 255 - value).getbbox() == (4, 4, side - 4, side - 4)


def test_a_third_of_the_damage_a_code_can_take_is_no_trouble() -> None:
    picture = painted(qr.svg(URL), 8)
    picture.paste(255, (150, 150, 190, 190))
    found = zxingcpp.read_barcodes(picture)[0]
    assert (found.text, found.ec_level) == (URL, "Q")
