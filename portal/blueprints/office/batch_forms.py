"""The forms of slips and of paper: ordering, opening, counting."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.validators import Length

from portal.blueprints.office.campaign_fields import WholeNumberField
from portal.core import clock
from portal.core.errors import Stale
from portal.features.org_units.models import Point, Unit
from portal.features.surveys.batch_acts import MOST_NOTE, PaperCount, SlipCount
from portal.features.surveys.models import PaperBatch, SlipBatch
from portal.web.forms import DateField, Filled, PortalForm

_TOO_LONG = _l("Ghi chú dài quá 1.000 ký tự.")


class OrderForm(PortalForm):
    """Slips for a unit."""

    unit = SelectField(_l("Nơi phát"), [Filled()], validate_choice=False)
    size = WholeNumberField(_l("Số tờ"), [Filled()])

    def offer(self, units: Sequence[Unit]) -> "OrderForm":
        """Say for which units slips may be ordered."""
        names = [(str(unit.id), f"{unit.full_name}, {unit.line_above}") for unit in units]
        self.unit.choices = [("", gettext("Chọn một nơi")), *names] if len(names) > 1 else names
        return self

    @property
    def unit_id(self) -> int:
        """Give the chosen unit, 0 for none of those."""
        return number(self.unit.data)


class OpenForm(PortalForm):
    """A batch of paper."""

    day = DateField(_l("Ngày phát phiếu"), [Filled()])
    issued = WholeNumberField(_l("Số tờ phát ra"), [Filled()])
    point = SelectField(_l("Điểm phát"), validate_choice=False)

    def offer(self, points: Sequence[Point]) -> "OpenForm":
        """Say at which points paper may be given out."""
        self.points = {str(point.id): point for point in points}
        everywhere = [("", gettext("Chung cho cả đơn vị"))]
        self.point.choices = everywhere + [(key, one.name) for key, one in self.points.items()]
        if not self.is_submitted():
            self.day.data = clock.today()
        return self

    @property
    def typed_day(self) -> date:
        """Give the day; only after `validate()`."""
        return cast("date", self.day.data)


class _CountForm(PortalForm):
    note = TextAreaField(_l("Ghi chú"), [Length(max=MOST_NOTE, message=_TOO_LONG)])
    version = HiddenField()

    def also(self, stale: Stale) -> dict[str, object]:
        """Give what somebody else wrote down meanwhile, by the field's words."""
        return {str(self[name].label.text): value for name, value in stale.theirs.items()}

    def renew(self, batch: SlipBatch | PaperBatch) -> None:
        """Take the version of those numbers, so that saving again overrules them knowingly."""
        self.version.data = str(batch.version)


class SlipCountForm(_CountForm):
    """What is left of a batch of slips."""

    unused = WholeNumberField(_l("Còn lại, chưa dùng"), [Filled()])
    spoiled = WholeNumberField(_l("Hỏng, không dùng được"), [Filled()])

    @classmethod
    def of(cls, batch: SlipBatch) -> "SlipCountForm":
        """Fill it in with what stands; empty before the first count."""
        form = cls()
        if not form.is_submitted():
            form.version.data = str(batch.version)
            if batch.counted_by_id is not None:
                form.unused.data, form.spoiled.data = str(batch.unused), str(batch.spoiled)
                form.note.data = batch.note
        return form

    def given(self) -> SlipCount:
        """Give what was typed; only after `validate()`."""
        return SlipCount(number(self.unused.data), number(self.spoiled.data), self.note.data or "")


class PaperCountForm(_CountForm):
    """What came back of a batch of paper."""

    returned = WholeNumberField(_l("Số tờ thu về"), [Filled()])
    blank = WholeNumberField(_l("Phiếu trắng"), [Filled()])
    invalid = WholeNumberField(_l("Không hợp lệ"), [Filled()])

    @classmethod
    def of(cls, batch: PaperBatch) -> "PaperCountForm":
        """Fill it in with what stands; empty before the first count."""
        form = cls()
        if not form.is_submitted():
            form.version.data = str(batch.version)
            if batch.counted_by_id is not None:
                form.returned.data, form.note.data = str(batch.returned), batch.note
                form.blank.data, form.invalid.data = str(batch.blank), str(batch.invalid)
        return form

    def given(self) -> PaperCount:
        """Give what was typed; only after `validate()`."""
        return PaperCount(
            number(self.returned.data), number(self.blank.data), number(self.invalid.data),
            self.note.data or "",
        )  # fmt: skip


def number(text: str | None) -> int:
    """Give the number that was typed, 0 for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() else 0
