"""The form of a letterhead."""

from collections.abc import Mapping
from dataclasses import fields

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField

from portal.features.documents.letterheads import LENGTHS, REGIMES, LetterheadInput
from portal.features.documents.models import Letterhead
from portal.web.forms import Difference, Filled, PortalForm


def _long(name: str) -> dict[str, int]:
    return {"maxlength": LENGTHS[name]}


class LetterheadForm(PortalForm):
    """How the papers of an organ begin and end."""

    version = HiddenField(default="0")
    regime = RadioField(_l("Thể thức"), default="state", validate_choice=False)
    parent_name = StringField(
        _l("Cơ quan cấp trên"),
        description=_l("In ở dòng đầu, không đậm. Ủy ban nhân dân để trống."),
        render_kw=_long("parent_name"),
    )
    issuer_name = StringField(
        _l("Cơ quan ban hành"),
        [Filled()],
        description=_l("Viết như in trên văn bản, chữ in hoa."),
        render_kw=_long("issuer_name"),
    )
    symbol = StringField(
        _l("Ký hiệu cơ quan"),
        [Filled()],
        description=_l("Phần sau tên loại trong số, ký hiệu: UBND, BCĐ, ĐU. Không có dấu cách."),
        render_kw=_long("symbol"),
    )
    place = StringField(
        _l("Địa danh"),
        [Filled()],
        description=_l("Tên riêng, đứng trước ngày tháng: Bắc Kạn; nơi tên bằng số ghi đủ: "
                       "Phường 10."),
        render_kw=_long("place"),
    )  # fmt: skip
    term = StringField(
        _l("Nhiệm kỳ"),
        description=_l("Cơ quan của Đảng đánh số theo nhiệm kỳ, ví dụ 2025-2030."),
        render_kw=_long("term"),
    )
    authority = StringField(
        _l("Thẩm quyền ký"),
        description=_l("Dòng trên chức vụ: TM. ỦY BAN NHÂN DÂN, T/M ĐẢNG ỦY. Không có thì để "
                       "trống."),
        render_kw=_long("authority"),
    )  # fmt: skip
    titles = TextAreaField(
        _l("Chức vụ người ký"),
        description=_l("Mỗi dòng một chức vụ: KT. CHỦ TỊCH, dòng dưới PHÓ CHỦ TỊCH."),
        render_kw=_long("titles"),
    )
    signer = StringField(
        _l("Họ tên người ký"),
        description=_l("Không ghi học hàm, học vị trước tên."),
        render_kw=_long("signer"),
    )

    def offer(self) -> "LetterheadForm":
        """Say what can be chosen."""
        self.regime.choices = [(code, gettext(name)) for code, name in REGIMES.items()]
        return self

    def show_stored(self, letterhead: Letterhead) -> None:
        """Fill in what is stored."""
        for part in fields(LetterheadInput):
            self[part.name].data = getattr(letterhead, part.name)
        self.version.data = str(letterhead.version)

    def entered(self) -> LetterheadInput:
        """Give what was typed."""
        return LetterheadInput(**{f.name: self[f.name].data or "" for f in fields(LetterheadInput)})

    def differences(self, theirs: Mapping[str, object]) -> list[Difference]:
        """Put what somebody else has stored beside what was typed here."""
        return [
            Difference(
                str(self[name].label.text), self._said(name, stored),
                self._said(name, self[name].data),
            )
            for name, stored in theirs.items()
        ]  # fmt: skip

    def _said(self, name: str, value: object) -> str:
        return gettext(REGIMES[str(value)]) if name == "regime" and value in REGIMES else str(value)
