"""Changing the days of an announced campaign: only by an issued document."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from portal.blueprints.office import blueprint
from portal.blueprints.office.campaign_fields import RoundsField
from portal.core.errors import Invalid, Refused
from portal.features.campaigns import amending, queries
from portal.features.campaigns.amending import KIND_LABELS, Change, Kind
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.plan_days import days_of
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import DateField, Filled, PortalForm


class WindowForm(PortalForm):
    """What is done to the days, by which document and why."""

    document = SelectField(
        _l("Theo văn bản"),
        [Filled()],
        description=_l(
            "Mục ghi thời gian có vai trò “Đợt khảo sát lấy ngày từ mục này” thì Cổng so ngày với "
            "văn bản; không có thì mời tự đối chiếu."
        ),
        validate_choice=False,
    )
    kind = RadioField(_l("Đổi thế nào"), default=Kind.EXTEND)
    paused_on = DateField(_l("Tạm dừng từ ngày"), description=_l("Ngày đầu không nhận phiếu."))
    resumes_on = DateField(
        _l("Mở lại từ ngày"),
        description=_l("Chưa chắc thì ghi ngày dự kiến; đổi được bằng văn bản sau."),
    )
    closes_on = DateField(
        _l("Ngày cuối mới"),
        description=_l("Nhận phiếu đến hết ngày này. Tạm dừng mà giữ ngày cuối thì để trống."),
    )
    rounds = RoundsField(_l("Các ngày của đợt"))
    reason = TextAreaField(
        _l("Lý do"),
        [Filled()],
        description=_l("Một, hai câu; người dân đọc được khi mở mã lúc đợt tạm dừng hoặc đã đóng."),
        render_kw={"maxlength": amending.MAX_REASON},
    )

    def offer(self, campaign: Campaign) -> "WindowForm":
        """Say which documents may be cited, and for what."""
        self.campaign = campaign
        self.papers = {str(one.id): one for one in queries.citable(campaign)}
        self.document.choices = [
            (key, f"{one.number_text}, {one.name}") for key, one in self.papers.items()
        ]
        kinds = [kind for kind in Kind if kind != Kind.PAUSE or not campaign.one_round]
        self.kind.choices = [(str(kind), gettext(KIND_LABELS[kind])) for kind in kinds]
        return self

    def validate_document(self, field: SelectField) -> None:
        """Take one of those offered."""
        if field.data not in self.papers:
            raise ValidationError(gettext("Mời chọn một văn bản trong danh sách."))

    def validate(self, extra_validators: Mapping[str, Sequence[object]] | None = None) -> bool:
        """Check every field; the days are judged though another field is wrong."""
        valid: bool = super().validate(extra_validators)
        if not valid and self.kind.data in set(Kind):
            read = {name: one for name, one in self._wrong_days().items() if not self[name].errors}
            self.show(Invalid(read))
        return valid

    def _wrong_days(self) -> dict[str, str]:
        return amending.errors_of(Kind(self.kind.data), self.campaign, self._days())

    def suggest(self) -> "WindowForm":
        """Fill in the days that the latest amendment of the plan says, else those of today."""
        latest = next(iter(self.papers.values()), None)
        governed = queries.governing_plan(self.campaign) is not None
        stated = days_of(latest) if latest and governed else None
        self.rounds.fill(stated.rounds if stated else self.campaign.all_rounds)
        if stated:
            self.kind.data = str(Kind.MOVE)
        return self

    def show(self, invalid: Invalid) -> None:
        """Put errors beside their fields; those of single rounds at their rows."""
        own = {name: one for name, one in invalid.errors.items() if name in self}
        moved = self.kind.data == Kind.MOVE
        at_rows = {"opens_on": 1, "closes_on": 1} if moved else {}
        beside = {name: one for name, one in own.items() if name not in at_rows}
        super().show(Invalid(beside, **invalid.values))
        for name, message in invalid.errors.items():
            if moved and (name in at_rows or name.startswith("rounds-")):
                self.rounds.blame(at_rows.get(name) or int(name.rpartition("-")[2]), message)

    def change(self) -> Change:
        """Give what was entered; only after `validate()`.

        Raises:
            Invalid: days are missing or cannot be; by field.
        """
        kind, days = Kind(self.kind.data), self._days()
        if errors := self._wrong_days():
            raise Invalid(errors)
        if kind == Kind.MOVE and not self.rounds.data:
            raise Invalid({"rounds": gettext("Mời ghi ít nhất một dòng ngày.")})
        rounds = amending.new_rounds(kind, self.campaign, *days)
        cited = self.papers[self.document.data]
        return Change(
            kind, cited, self.reason.data, self.rounds.data if kind == Kind.MOVE else rounds
        )

    def _days(self) -> amending.Days:
        return self.closes_on.data, self.paused_on.data, self.resumes_on.data


@blueprint.route("/dot-khao-sat/<int:campaign_id>/doi-ngay", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_APPROVE, load=queries.get_visible)
def change_window(campaign: Campaign) -> ResponseReturnValue:
    if campaign.phase not in amending.RUNNING:
        raise Refused(amending.NOT_RUNNING)
    form = WindowForm().offer(campaign)
    if not form.is_submitted():
        return _page(form.suggest(), campaign)
    if form.rounds.rearrange():
        return _page(form, campaign)
    if form.validate():
        try:
            amending.change_days(actor(), campaign, form.change())
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(gettext("Đã đổi ngày của đợt."), "success")
            return redirect(url_for("office.campaign", campaign_id=campaign.id))
    return _page(form, campaign), 422


def _page(form: WindowForm, campaign: Campaign) -> str:
    plan = queries.governing_plan(campaign)
    return render_template(
        "features/campaigns/window.html", form=form, campaign=campaign, plan=plan
    )
