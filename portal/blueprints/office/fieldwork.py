"""What a campaign asks of each unit besides answers: changed by its owner, also while it runs."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from portal.blueprints.office import blueprint
from portal.blueprints.office.campaign_fields import WholeNumberField
from portal.core import clock
from portal.core.errors import Invalid, Refused, Stale
from portal.features.campaigns import fieldwork, queries
from portal.features.campaigns.fieldwork import CHANNELS, OBJECTS, Rules
from portal.features.campaigns.models import Campaign
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import DateField, Difference, PortalForm


class _Ticks(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class FieldworkForm(PortalForm):
    """The rules of a campaign's field work."""

    version = HiddenField()
    team_head = StringField(
        _l("Tổ trưởng tổ công tác"),
        description=_l(
            "Chức vụ theo kế hoạch, ví dụ: Phó bí thư thường trực đảng ủy. Trống là không lập tổ."
        ),
    )
    team_members = TextAreaField(_l("Thành viên tổ công tác"))
    roster_of = StringField(
        _l("Danh sách, lịch phân công gồm những ai"),
        description=_l("Ví dụ: cán bộ, hội viên Hội Nông dân. Trống là không cần danh sách."),
    )
    roster_due_on = DateField(_l("Hạn gửi danh sách"))
    inspectors_due_on = DateField(_l("Hạn gửi danh sách người đi kiểm tra"))
    objects = _Ticks(_l("Công khai những gì"), validate_choice=False)
    channels = _Ticks(_l("Công khai bằng hình thức nào"), validate_choice=False)
    reports = BooleanField(_l("Xã báo cáo số lượt, số phiếu mỗi ngày"))
    report_hour = WholeNumberField(_l("Báo cáo trước mấy giờ"))
    daily_post = BooleanField(_l("Xã gửi tin, ảnh mỗi ngày"))
    band_low = WholeNumberField(_l("Số phiếu ít nhất, phần trăm"))
    band_high = WholeNumberField(_l("Số phiếu nhiều nhất, phần trăm"))
    kickoff = BooleanField(_l("Phát động ra quân"))
    first_day = BooleanField(_l("Huyện kiểm tra ngay ngày đầu"))
    nominations_min = WholeNumberField(_l("Biểu dương ít nhất"))
    nominations_max = WholeNumberField(_l("Biểu dương nhiều nhất"))
    nominations_due_on = DateField(_l("Hạn đề nghị biểu dương"))

    def offer(self) -> "FieldworkForm":
        """Say what can be ticked."""
        self.objects.choices = [(key, gettext(label)) for key, label in OBJECTS.items()]
        self.channels.choices = [(key, gettext(label)) for key, label in CHANNELS.items()]
        return self

    def fill(self, rules: Rules, version: int) -> "FieldworkForm":
        """Show what is asked for now."""
        for name in _NAMES:
            value = getattr(rules, name)
            number = name in _NUMBERS
            self[name].data = ("" if value is None else str(value)) if number else value
        self.version.data = str(version)
        return self

    def entered(self) -> Rules:
        """Give what was typed; only after `validate()`."""
        values: dict[str, Any] = {name: self[name].data for name in _NAMES}
        for name, missing in _NUMBERS.items():
            values[name] = int(values[name]) if values[name] else missing
        for name in ("objects", "channels"):
            known = OBJECTS if name == "objects" else CHANNELS
            chosen = set(values[name] or ())
            values[name] = (*(key for key in known if key in chosen), *sorted(chosen - set(known)))
        return Rules(**values)

    def differences(self, stored: Rules) -> list[Difference]:
        """List the fields in which what is stored now is not what was typed."""
        typed = self.entered()
        return [
            Difference(str(self[name].label.text), _said(name, getattr(stored, name)),
                       _said(name, getattr(typed, name)))
            for name in _NAMES if getattr(stored, name) != getattr(typed, name)
        ]  # fmt: skip


_NUMBERS: dict[str, int | None] = {
    "report_hour": 17, "band_low": None, "band_high": None, "nominations_min": 0,
    "nominations_max": 0,
}  # fmt: skip
_NAMES = tuple(Rules.__dataclass_fields__)


@blueprint.route("/dot-khao-sat/<int:campaign_id>/trien-khai/sua", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT, load=queries.get_visible)
def edit_fieldwork(campaign: Campaign) -> ResponseReturnValue:
    if fieldwork.is_over(campaign):
        raise Refused(fieldwork.OVER)
    form = FieldworkForm().offer()
    if not form.is_submitted():
        form.fill(fieldwork.of(campaign), fieldwork.version_of(campaign))
        return _page(form, campaign)
    if form.validate():
        try:
            fieldwork.change(actor(), campaign, form.entered(), form.seen_version())
        except Invalid as invalid:
            form.show(invalid)
        except Stale as stale:
            form.version.data = str(fieldwork.version_of(campaign))
            return _page(form, campaign, form.differences(Rules.of(stale.theirs))), 409
        else:
            flash(gettext("Đã lưu yêu cầu triển khai."), "success")
            return redirect(url_for("office.fieldwork", campaign_id=campaign.id))
    return _page(form, campaign), 422


def _page(form: FieldworkForm, campaign: Campaign, theirs: list[Difference] | None = None) -> str:
    return render_template(
        "features/campaigns/fieldwork.html", form=form, campaign=campaign, theirs=theirs or [],
    )  # fmt: skip


def _said(name: str, value: Any) -> str:  # noqa: ANN401 - a field of the rules
    words: dict[str, Callable[[Any], str]] = {
        "objects": lambda keys: ", ".join(gettext(OBJECTS[key]) for key in keys if key in OBJECTS),
        "channels": lambda keys: ", ".join(gettext(CHANNELS[k]) for k in keys if k in CHANNELS),
    }
    if name in words:
        return words[name](value) or "–"
    if isinstance(value, bool):
        return str(gettext("có") if value else gettext("không"))
    if hasattr(value, "year"):
        return clock.format_date(value)
    return str(value) if value not in {None, ""} else "–"
