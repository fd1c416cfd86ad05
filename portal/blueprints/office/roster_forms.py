"""The forms of rosters: one row, and sending."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from portal.blueprints.office.roster_desk import said
from portal.core.clock import format_date, weekday_name
from portal.core.pasting import Remark
from portal.features.rosters import checking
from portal.features.rosters.entries import HALVES, Entry
from portal.features.rosters.models import Kind, RosterRow
from portal.features.rosters.queries import Desk
from portal.web.forms import PortalForm


class RowForm(PortalForm):
    """One person at one place in one half-day."""

    person = StringField(_l("Họ và tên"))
    body = StringField(_l("Đơn vị"), description=_l("Ví dụ: Hội Nông dân, Tổ dân phố số 4."))
    position = StringField(_l("Chức vụ"))
    phone = StringField(_l("Điện thoại"), description=_l("Không hiện ở trang công khai."))
    day = SelectField(_l("Ngày"), validate_choice=False)
    half = SelectField(_l("Buổi"), validate_choice=False)
    place = StringField(_l("Địa điểm"), description=_l("Chọn điểm của xã hoặc gõ tên nơi khác."))
    version = HiddenField(default="0")

    def offer(self, desk: Desk) -> "RowForm":
        """Name the days and halves to choose from."""
        days = [(format_date(day), f"{format_date(day)}, {_(weekday_name(day))}")
                for day in desk.days]  # fmt: skip
        whole = [("", _("Cả đợt"))] if desk.kind == Kind.INSPECTORS else []
        self.day.choices = whole + days
        self.half.choices = [(_HALF_TYPED[half], _(label)) for half, label in HALVES.items()]
        return self

    @classmethod
    def of(cls, row: RosterRow) -> "RowForm":
        """Fill it with a row."""
        cells = checking.cells_of(Entry.of(row))
        cells["half"] = _HALF_TYPED[row.half]
        return cls(formdata=None, version=str(row.version), **cells)

    @property
    def cells(self) -> dict[str, str]:
        """Give what was typed, by column."""
        return {column.name: self[column.name].data or "" for column in checking.COLUMNS}

    def tell(self, faults: dict[str, Remark]) -> None:
        """Put what is wrong beside the fields."""
        for name, remark in faults.items():
            self[name].errors = [*self[name].errors, said(remark)]


_HALF_TYPED = {"morning": "sáng", "afternoon": "chiều", "day": "cả ngày"}


class SendForm(PortalForm):
    """Sending the roster upwards."""

    told = BooleanField(_l("Đã dặn người hỗ trợ: chỉ hướng dẫn kỹ thuật; người dân tự trả lời."))
    reason = TextAreaField(_l("Lý do bổ sung"))
    version = HiddenField(default="0")
