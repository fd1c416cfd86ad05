"""Where photos lie: in a folder of their own beside the database, inside that of the uploads.

So a backup takes them along. They are complete on the disk before any row names them.
"""

from portal.core.files import Folder

SUFFIX = ".jpg"
MEDIA_TYPE = "image/jpeg"
PHOTOS = Folder("evidence", (SUFFIX,))


def content_of(name: str) -> bytes | None:
    """Give the bytes of a file, None if the disk has lost it."""
    try:
        return PHOTOS.path_of(name).read_bytes()
    except FileNotFoundError:
        return None
