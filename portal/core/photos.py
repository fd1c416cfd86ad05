"""Photos as they are kept: decoded and drawn anew, so that nothing of the sent file remains.

What a telephone writes beside the picture (place, time, serial number, comments, a preview of what
was cut off) is not copied. Sizes are read before anything is unpacked (SECURITY T15).
"""

import threading
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from portal.core.text import N_

LIMIT: Final = 20 * 1024 * 1024
LARGE, SMALL = 1600, 320
"""The longest side in pixels of what is kept, and of what stands in lists."""
_PIXELS: Final = {"JPEG": 100_000_000, "PNG": 30_000_000, "WEBP": 30_000_000}
"""A JPEG is unpacked at a fraction of its size, the others whole."""
_QUALITY: Final = {LARGE: 82, SMALL: 74}
_HEIC: Final = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypheim")
_one_at_a_time = threading.Lock()


class NotAPhoto(ValueError):
    """What was sent cannot be taken; the message says why, with the file's name as %(name)s."""


@dataclass(frozen=True)
class Drawn:
    """A photo drawn anew, as JPEG in two sizes."""

    large: bytes
    small: bytes
    width: int
    height: int
    """Of the large one."""


def draw(data: bytes) -> Drawn:
    """Draw a photo anew: upright, at most 1600 pixels, and a small one of at most 320.

    Args:
        data: a JPEG, PNG or WebP file; of one that moves the first picture is taken.

    Raises:
        NotAPhoto: it is none of these, broken, too large a file or too large a picture.
    """
    if len(data) > LIMIT:
        raise NotAPhoto(TOO_LARGE)
    if data[4:12] in _HEIC:
        raise NotAPhoto(HEIC)
    # One at a time: a few unpacked pictures at once would fill a small machine.
    with _one_at_a_time:
        large = _upright(data)
        small = large.copy()
        small.thumbnail((SMALL, SMALL))
        return Drawn(_jpeg(large, LARGE), _jpeg(small, SMALL), *large.size)


def _upright(data: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(data), formats=tuple(_PIXELS)) as sent:
            if sent.width * sent.height > _PIXELS[sent.format or ""]:
                raise NotAPhoto(TOO_MANY_PIXELS)
            sent.draft("RGB", (LARGE, LARGE))
            sent.load()
            sent.thumbnail((LARGE, LARGE))
            turned = ImageOps.exif_transpose(sent)
            return _plain(turned)
    except NotAPhoto:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise NotAPhoto(TOO_MANY_PIXELS) from error
    except Exception as error:
        # A decoder fails in whatever way the bytes make it; nothing has been kept yet.
        raise NotAPhoto(UNREADABLE) from error


def _plain(picture: Image.Image) -> Image.Image:
    """Lay the picture on a white sheet of its own, which carries nothing else."""
    sheet = Image.new("RGB", picture.size, "white")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        sheet.paste(picture, mask=picture.getchannel("A"))
    else:
        sheet.paste(picture.convert("RGB"))
    return sheet


def _jpeg(picture: Image.Image, size: int) -> bytes:
    stream = BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY[size], progressive=size == LARGE)
    return stream.getvalue()


TOO_LARGE = N_("%(name)s: ảnh lớn quá 20 MB.")
TOO_MANY_PIXELS = N_("%(name)s: ảnh có quá nhiều điểm ảnh. Mời gửi ảnh chụp thường.")
HEIC = N_("%(name)s: ảnh HEIC của iPhone chưa đọc được. Mời vào Cài đặt, Camera, Định dạng, chọn "
          "Tương thích nhất rồi chụp lại; hoặc gửi ảnh chụp màn hình.")  # fmt: skip
UNREADABLE = N_("%(name)s: không phải ảnh JPEG, PNG hoặc WebP đọc được.")
