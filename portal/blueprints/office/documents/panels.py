"""The small forms on a document's page: what was signed, and which number it bears."""

from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.core import clock
from portal.web.forms import DateField, Filled, PortalForm


class SignForm(PortalForm):
    """The signed copy, or why there is none."""

    file = FileField(
        _l("Bản đã ký"),
        description=_l("Bản quét hoặc tệp PDF ký số, không quá 20 MB."),
        render_kw={"accept": ".pdf,.jpg,.jpeg,.png"},
    )
    reason = TextAreaField(
        _l("Lý do không có bản đính kèm"),
        description=_l("Ví dụ: bản giấy lưu tại văn thư."),
        render_kw={"maxlength": 1000},
    )

    @property
    def upload(self) -> tuple[str, bytes] | None:
        """Give the name and the bytes of what was sent, None if nothing was."""
        sent = self.file.data
        if not isinstance(sent, FileStorage) or not sent.filename:
            return None
        return sent.filename, sent.read()


class NumberForm(PortalForm):
    """The date a document bears and, if the clerk enters it, its number."""

    day = DateField(_l("Ngày văn bản"), [Filled()])
    number = StringField(
        _l("Số"),
        description=_l("Để trống để lấy số tiếp theo trong sổ; ghi số nếu sổ do văn thư tự nhập."),
        render_kw={"inputmode": "numeric", "maxlength": 6},
    )

    certain = BooleanField(_l("Vẫn lấy số với ngày này"))

    @classmethod
    def suggested(cls) -> "NumberForm":
        """Give the form with today's date."""
        form = cls(formdata=None)
        form.day.data = clock.today()
        return form

    def validate_number(self, field: StringField) -> None:
        """Refuse what is no number."""
        text = field.data or ""
        if text and not (text.isascii() and text.isdigit() and int(text)):
            raise ValidationError(gettext("Ghi số bằng chữ số, ví dụ 12."))

    @property
    def dated_on(self) -> date:
        """Give the date, once the form has been found valid."""
        assert self.day.data
        return self.day.data

    @property
    def wanted(self) -> int | None:
        """Give the number that was typed, None for the register's next."""
        return int(self.number.data) if self.number.data else None
