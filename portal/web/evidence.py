"""Fields for evidence in whatever form: photos and a link, read before anything is written."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import StringField

from portal.features.evidence import services
from portal.features.evidence.links import read_links
from portal.features.evidence.services import Photo


@dataclass(frozen=True)
class Taken:
    """What a form brought."""

    photos: tuple[Photo, ...] = ()
    links: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Say whether it brought anything."""
        return bool(self.photos or self.links)


class EvidenceFields:
    """Mixed into a form: `class ReportForm(EvidenceFields, PortalForm)`."""

    photos = MultipleFileField(
        _l("Ảnh"),
        description=_l("Nhiều nhất 6 ảnh mỗi lần. Tránh chụp rõ mặt người dân và giấy tờ; vị trí "
                       "và giờ chụp trong tệp được xóa."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )  # fmt: skip
    link = StringField(
        _l("Đường dẫn"),
        description=_l("Địa chỉ bài đăng, trang tin: https://…"),
        render_kw={"inputmode": "url", "autocomplete": "off", "maxlength": 1000},
    )

    def taken(self) -> Taken:
        """Draw the photos anew and read the links, after `validate()`, outside `write()`.

        Raises:
            Invalid: under "photos" or "link".
            NotStored: the disk is full.
        """
        links = read_links(self.link.data or "")
        return Taken(tuple(services.read_photos(self.photos.data or ())), links)
