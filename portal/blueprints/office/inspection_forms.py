"""The forms of inspections: planning them, writing down what was found, what follows."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from portal.core import clock
from portal.core.errors import Invalid, Stale
from portal.features.inspections.checklist import VERDICT_LABELS, points
from portal.features.inspections.following import FollowUp
from portal.features.inspections.models import Inspection, Point, Verdict
from portal.features.inspections.services import LENGTHS, Findings, Visits
from portal.features.org_units.models import Organisation
from portal.web.evidence import EvidenceFields
from portal.web.forms import DateField, Filled, PortalForm


def _long(name: str) -> dict[str, object]:
    return {"maxlength": LENGTHS[name], "autocomplete": "off"}


class PlanForm(PortalForm):
    """Visits to several communes on one day."""

    day = DateField(_l("Ngày kiểm tra"), [Filled()])
    inspectors = StringField(
        _l("Người đi kiểm tra"),
        [Filled()],
        render_kw=_long("inspectors") | {"list": "people"},
        description=_l("Họ tên, chức vụ; nhiều người thì cách nhau bằng dấu chấm phẩy."),
    )
    place = StringField(_l("Nơi kiểm tra"), render_kw=_long("place"))
    unit_ids = SelectMultipleField(_l("Xã được kiểm tra"), coerce=int, validate_choice=False)

    def entered(self) -> Visits:
        """Give what was typed; only after `validate()`."""
        return Visits(
            frozenset(self.unit_ids.data or ()), cast("date", self.day.data),
            self.inspectors.data or "", self.place.data or "",
        )  # fmt: skip


class RecordForm(EvidenceFields, PortalForm):
    """What was found; the fields of the points are added by `record_form`."""

    done_on = DateField(_l("Ngày đã kiểm tra"), [Filled()])
    inspectors = StringField(_l("Người đi kiểm tra"), [Filled()], render_kw=_long("inspectors"))
    place = StringField(_l("Nơi kiểm tra"), render_kw=_long("place"))
    findings = TextAreaField(
        _l("Nhận xét chung"),
        render_kw=_long("findings"),
        description=_l("Nói việc, không nêu tên người dân."),
    )
    version = HiddenField()
    sure = BooleanField(_l("Vẫn hoàn thành, không xem các mục ấy"))

    points: tuple[Point, ...] = ()

    def show_stored(self, inspection: Inspection) -> "RecordForm":
        """Fill in what was written down before."""
        self.done_on.data = inspection.done_on or min(inspection.planned_on, clock.today())
        self.inspectors.data, self.place.data = inspection.inspectors, inspection.place
        self.findings.data, self.version.data = inspection.findings, str(inspection.version)
        for one in self.points:
            self[f"v-{one.key}"].data, self[f"r-{one.key}"].data = one.verdict, one.remark
        return self

    def rows(self) -> list[tuple[Any, Any]]:
        """Give the fields of each point: what was found, and the remark."""
        return [(self[f"v-{one.key}"], self[f"r-{one.key}"]) for one in self.points]

    def show(self, invalid: Invalid) -> None:
        """Put the domain's errors beside their fields, those of a point at its remark."""
        known = {one.key for one in self.points}
        super().show(Invalid({
            f"r-{name}" if name in known else name: message
            for name, message in invalid.errors.items()
        }, **invalid.values))  # fmt: skip

    def entered(self) -> Findings:
        """Give what was typed; only after `validate()`."""
        return Findings(
            cast("date", self.done_on.data), self.inspectors.data or "", self.place.data or "",
            tuple(
                Point(
                    one.key, one.text, self._verdict(one.key), self[f"r-{one.key}"].data or "",
                )
                for one in self.points
            ),
            self.findings.data or "",
        )  # fmt: skip

    def _verdict(self, key: str) -> str:
        typed = self[f"v-{key}"].data
        return typed if typed in set(Verdict) else Verdict.SKIPPED

    def differences(self, stale: Stale) -> list[tuple[str, str]]:
        """Give what somebody else wrote down meanwhile, where it differs from what was typed."""
        found = []
        for name, value in stale.theirs.items():
            if name == "recorded_by":
                continue
            verdict, _, remark = str(value).partition("|")
            if name in {one.key for one in self.points}:
                field, said = self[f"v-{name}"], gettext(VERDICT_LABELS[Verdict(verdict)])
                mine = (self._verdict(name), self[f"r-{name}"].data or "")
                if mine != (verdict, remark):
                    found.append((str(field.label.text), ": ".join(filter(None, (said, remark)))))
            elif (self[name].data or "") != value:
                found.append((str(self[name].label.text), str(value)))
        return found


def record_form(inspection: Inspection) -> RecordForm:
    """Make the form of an inspection: three answers and a remark for every point."""
    asked = points(inspection)
    fields: dict[str, object] = {"points": asked}
    for number, one in enumerate(asked, 1):
        fields[f"v-{one.key}"] = RadioField(
            one.text, default=str(Verdict.SKIPPED), validate_choice=False
        )
        fields[f"r-{one.key}"] = StringField(
            gettext("Ghi chú mục %(n)s", n=number), render_kw=_long("remark")
        )
    made: RecordForm = type("RecordForm", (RecordForm,), fields)()
    for one in asked:
        made[f"v-{one.key}"].choices = [
            (str(key), gettext(label)) for key, label in VERDICT_LABELS.items()
        ]
    return made


class FollowUpForm(PortalForm):
    """What is to be put right, by whom, by when."""

    what = TextAreaField(_l("Việc phải khắc phục"), [Filled()], render_kw={"maxlength": 500})
    organisation_id = SelectField(_l("Ai làm"), coerce=int, validate_choice=False)
    due_on = DateField(_l("Xong chậm nhất ngày"), [Filled()])

    def offer(self, doers: Sequence[Organisation]) -> "FollowUpForm":
        """Say who can be told to."""
        self.organisation_id.choices = [(one.id, one.name) for one in doers]
        return self

    def entered(self) -> FollowUp:
        """Give what was typed; only after `validate()`."""
        return FollowUp(
            self.what.data or "", self.organisation_id.data or 0, cast("date", self.due_on.data)
        )


class NoteForm(PortalForm):
    """A word after the visit."""

    text = TextAreaField(_l("Nội dung"), [Filled()], render_kw={"maxlength": LENGTHS["text"]})
