"""Pictures to send: small ones of every kind, and ones that tell where they were taken."""

from io import BytesIO

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from werkzeug.datastructures import FileStorage

ORIENTATION_LEFT = 6
"""The camera was held upright: the viewer turns the picture a quarter to the right."""


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), colour: str = "red") -> bytes:
    """Give a picture of one colour."""
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, kind)
    return stream.getvalue()


def told(size: tuple[int, int] = (640, 480)) -> bytes:
    """Give a JPEG that says where, when and by what it was taken; its left half is blue."""
    sheet = Image.new("RGB", size, "red")
    sheet.paste("blue", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[Base.Orientation] = ORIENTATION_LEFT
    exif[Base.Make] = "SECRETCAMERA"
    exif[Base.DateTime] = "2024:05:06 07:08:09"
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (21.0, 16.0, 0.0)})
    stream = BytesIO()
    sheet.save(stream, "JPEG", exif=exif, comment=b"SECRETCOMMENT", icc_profile=b"SECRETPROFILE")
    return stream.getvalue()


def upload(data: bytes | None = None, name: str = "anh.jpg") -> FileStorage:
    """Give a picture as a form sends it."""
    return FileStorage(BytesIO(picture() if data is None else data), filename=name)
