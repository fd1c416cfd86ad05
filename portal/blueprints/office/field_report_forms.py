"""The forms of daily reports: a day, and why a rate is out of the band."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, SelectMultipleField, StringField, TextAreaField

from portal.blueprints.office.campaign_fields import WholeNumberField
from portal.core.pasting import Remark
from portal.features.field_reports.pages import UnitPage
from portal.features.field_reports.plausibility import mark
from portal.features.field_reports.services import LENGTHS, MOST_EXPLAINED, Given
from portal.web.evidence import EvidenceFields
from portal.web.forms import Filled, PortalForm
from portal.web.locale import decimal, number

_NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}


class ReportForm(EvidenceFields, PortalForm):
    """What a unit reports of a day; a correction besides says why."""

    ngay = HiddenField()
    number = HiddenField(default="0")
    visits = WholeNumberField(_l("Lượt làm thủ tục"), [Filled()], render_kw=_NUMERIC)
    helped = WholeNumberField(_l("Người được hỗ trợ"), [Filled()], render_kw=_NUMERIC)
    link = StringField(
        _l("Đường dẫn bài đăng"),
        render_kw={"inputmode": "url", "autocomplete": "off", "maxlength": 1000,
                   "placeholder": "https://"},
    )  # fmt: skip
    photos = MultipleFileField(
        _l("Ảnh trong ngày"),
        description=_l("Tránh chụp rõ mặt người dân và giấy tờ."),
        render_kw={"accept": "image/jpeg,image/png,image/webp"},
    )
    remarks = TextAreaField(_l("Ghi chú"), render_kw={"maxlength": LENGTHS["remarks"]})
    staff = TextAreaField(
        _l("Cán bộ được phân công"),
        description=_l(
            "Mỗi người một dòng: họ tên, chức vụ, đơn vị. Lấy từ lịch phân công của ngày, "
            "hoặc từ báo cáo trước."
        ),
        render_kw={"maxlength": LENGTHS["staff"]},
    )
    reason = TextAreaField(
        _l("Lý do sửa"), description=_l("Số đã nộp vẫn giữ trong lịch sử."),
        render_kw={"maxlength": LENGTHS["reason"]},
    )  # fmt: skip

    sure = SelectMultipleField(validate_choice=False)
    """Figures that are confirmed; each tick stands below its field."""
    asked: frozenset[str] = frozenset()

    def ask(self, doubts: Mapping[str, Remark]) -> None:
        """Put a doubt beside its field, with a tick for whoever is sure."""
        self.asked = frozenset(doubts)
        for name, doubt in doubts.items():
            said = {key: _written(value) for key, value in doubt.values.items()}
            self[name].errors = [*self[name].errors, gettext(doubt.message, **said)]

    def tick(self, name: str) -> str | None:
        """Give what a tick below a field confirms, None where nothing is asked."""
        typed = self[name].data or ""
        if not typed.isdecimal():
            return None
        figure = mark(name, int(typed))
        return figure if name in self.asked or figure in (self.sure.data or ()) else None

    def suit(self, page: UnitPage) -> "ReportForm":
        """Ask only for what the campaign wants to know."""
        if not page.stands.counts_visits or not page.rules.reports:
            del self.visits
        if not page.rules.reports:
            del self.helped
        return self

    def fill(self, page: UnitPage) -> "ReportForm":
        """Show what was reported of the day, else whoever was assigned last."""
        self.renew(page)
        self.staff.data = page.staff
        if page.row and (entry := page.row.entry):
            self.visits.data = "" if entry.visits is None else str(entry.visits)
            self.helped.data = str(entry.helped)
            self.remarks.data, self.staff.data = entry.remarks, entry.staff
        return self.suit(page)

    def renew(self, page: UnitPage) -> None:
        """Take the number of the last entry: what is sent now corrects it knowingly."""
        self.ngay.data = page.day.isoformat() if page.day else ""
        self.number.data = str(page.seen)

    @property
    def corrects(self) -> bool:
        """Say whether a report of the day was there when the form was drawn."""
        return self.typed_number > 0

    @property
    def typed_number(self) -> int:
        """Give the number of the last entry that was shown."""
        return int(self.number.data) if (self.number.data or "").isdecimal() else 0

    @property
    def typed_day(self) -> date:
        """Give the day; one that is none of the unit's is refused by the service."""
        try:
            return date.fromisoformat(self.ngay.data or "")
        except ValueError:
            return date.max

    def given(self) -> Given:
        """Give what was typed; only after `validate()`."""
        visits, helped = self._fields.get("visits"), self._fields.get("helped")
        return Given(
            int(visits.data) if visits else None, int(helped.data) if helped else 0,
            self.staff.data or "", self.remarks.data or "",
            self.reason.data or "" if self.corrects else "",
        )  # fmt: skip


class ExplainForm(PortalForm):
    """Why the rate is out of the band."""

    text = TextAreaField(
        _l("Giải trình"), [Filled()],
        description=_l("Vì sao cao hoặc thấp, đã làm gì. Phiếu đã nhận vẫn được giữ nguyên."),
        render_kw={"maxlength": MOST_EXPLAINED},
    )  # fmt: skip


def _written(value: object) -> object:
    if isinstance(value, float):
        return decimal(value)
    return number(value) if isinstance(value, int) else value
