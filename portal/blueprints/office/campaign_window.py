"""Changing the days of an announced campaign: only by a document that amends its plan."""

from datetime import date
from typing import cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import ValidationError

from portal.blueprints.office import blueprint
from portal.core.errors import Invalid
from portal.features.campaigns import amending, plans, queries
from portal.features.campaigns.models import Campaign
from portal.features.documents.models import Document
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import DateField, Filled, PortalForm


class WindowForm(PortalForm):
    """The new days, and by which document."""

    document = SelectField(_l("Văn bản sửa đổi kế hoạch"), [Filled()], validate_choice=False)
    opens_on = DateField(_l("Ngày bắt đầu"), [Filled()])
    closes_on = DateField(_l("Đến hết ngày"), [Filled()])

    def offer(self, amendments: list[Document]) -> "WindowForm":
        """Say which documents may be cited."""
        self.amendments = {str(one.id): one for one in amendments}
        self.document.choices = [
            (key, f"{one.number_text}, {one.name}") for key, one in self.amendments.items()
        ]
        return self

    def validate_document(self, field: SelectField) -> None:
        """Take one of those offered."""
        if field.data not in self.amendments:
            raise ValidationError(gettext("Mời chọn một văn bản sửa đổi."))

    def suggest(self, campaign: Campaign, amendments: list[Document]) -> "WindowForm":
        """Fill in the days that the latest document says, else those of today."""
        stated = plans.window_of(amendments[0]) if amendments else None
        self.opens_on.data, self.closes_on.data = stated or (campaign.opens_on, campaign.closes_on)
        return self

    def days(self) -> tuple[date, date]:
        """Give what was typed; only after `validate()`."""
        return cast("date", self.opens_on.data), cast("date", self.closes_on.data)


@blueprint.route("/dot-khao-sat/<int:campaign_id>/doi-ngay", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_APPROVE, load=queries.get_visible)
def change_window(campaign: Campaign) -> ResponseReturnValue:
    amendments = queries.amendments(campaign)
    form = WindowForm().offer(amendments)
    if not form.is_submitted():
        return _page(form.suggest(campaign, amendments), campaign)
    if form.validate():
        cited = form.amendments[form.document.data]
        try:
            amending.change_window(actor(), campaign, *form.days(), cited)
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(gettext("Đã đổi ngày của đợt."), "success")
            return redirect(url_for("office.campaign", campaign_id=campaign.id))
    return _page(form, campaign), 422


def _page(form: WindowForm, campaign: Campaign) -> str:
    return render_template("features/campaigns/window.html", form=form, campaign=campaign)
