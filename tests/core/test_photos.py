import zlib
from io import BytesIO

import pytest
from PIL import Image

from portal.core import photos
from tests.support.pictures import picture, told


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_becomes_a_jpeg_in_two_sizes(kind):
    drawn = photos.draw(picture(kind, (2400, 1200)))
    large, small = opened(drawn.large), opened(drawn.small)
    assert (large.format, large.size, small.size) == ("JPEG", (1600, 800), (320, 160))
    assert (drawn.width, drawn.height) == (1600, 800)


def test_a_small_picture_is_not_blown_up():
    assert opened(photos.draw(picture(size=(100, 50))).large).size == (100, 50)


def test_nothing_tells_where_when_and_by_what_it_was_taken():
    sent = told()
    assert b"SECRETCAMERA" in sent
    drawn = photos.draw(sent)
    for data in (drawn.large, drawn.small):
        assert not opened(data).getexif()
        assert {"comment", "icc_profile", "exif"} & opened(data).info.keys() == set()
        assert b"SECRET" not in data


def test_a_turned_picture_stands_upright():
    large = opened(photos.draw(told()).large)
    assert large.size == (480, 640)
    assert large.getpixel((240, 20))[2] > 200  # What was left is above.


def test_what_is_clear_becomes_white():
    stream = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(stream, "PNG")
    assert opened(photos.draw(stream.getvalue()).large).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "I;16"])
def test_other_colours_are_drawn_too(mode):
    stream = BytesIO()
    Image.new(mode, (10, 10)).save(stream, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(photos.draw(stream.getvalue()).large).mode == "RGB"


def bomb(size) -> bytes:
    """Give a tiny PNG that says it is huge."""
    data = bytearray(picture("PNG", (1, 1)))
    data[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


REFUSED = {
    "a bomb": (bomb((30_000, 30_000)), photos.TOO_MANY_PIXELS),
    "somewhat too large": (bomb((6_000, 6_000)), photos.TOO_MANY_PIXELS),
    "HEIC": (b"\0\0\0\x18ftypheic" + bytes(99), photos.HEIC),
    "a page": (b"<html><script>alert(1)</script>", photos.UNREADABLE),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", photos.UNREADABLE),
    "GIF": (b"GIF89a" + bytes(60), photos.UNREADABLE),
    "cut off": (picture(size=(900, 900))[:400], photos.UNREADABLE),
    "empty": (b"", photos.UNREADABLE),
    "over 20 MB": (b"\xff\xd8\xff" + bytes(photos.LIMIT), photos.TOO_LARGE),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_in_words(name):
    data, why = REFUSED[name]
    with pytest.raises(photos.NotAPhoto) as refused:
        photos.draw(data)
    assert str(refused.value) == why


def test_a_page_behind_a_picture_does_not_come_along():
    drawn = photos.draw(picture() + b"<script>alert(1)</script>")
    assert b"script" not in drawn.large + drawn.small
