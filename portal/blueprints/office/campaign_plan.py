"""Tying a draft campaign to the plan that orders it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from portal.blueprints.office import blueprint
from portal.core.errors import Refused
from portal.features.campaigns import queries, tying
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import State
from portal.features.campaigns.services import NO_DRAFT
from portal.features.documents.models import Document
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import PortalForm
from portal.web.telling import sentence


class PlanForm(PortalForm):
    """Which plan orders a campaign; "" for none."""

    plan = SelectField(_l("Kế hoạch"))

    def offer(self, plans: list[Document]) -> "PlanForm":
        """Say which plans can be chosen."""
        self.plans = {str(one.id): one for one in plans}
        named = ((key, _words(one)) for key, one in self.plans.items())
        self.plan.choices = [("", gettext("Không theo kế hoạch nào")), *named]
        return self


@blueprint.route("/dot-khao-sat/<int:campaign_id>/ke-hoach", methods=["GET", "POST"])
@requires(Permission.CAMPAIGN_EDIT, load=queries.get_visible)
def campaign_plan(campaign: Campaign) -> ResponseReturnValue:
    if campaign.state != State.DRAFT:
        raise Refused(NO_DRAFT)
    form = PlanForm().offer(queries.plans_of(campaign.unit_id))
    if not form.is_submitted():
        form.plan.data = request.args.get("van-ban") or str(campaign.plan_id or "")
        return _page(form, campaign)
    if form.validate():
        try:
            tying.tie(actor(), campaign, form.plans.get(form.plan.data))
        except Refused as refused:
            form.plan.errors = [sentence(refused)]
        else:
            flash(gettext("Đã lưu thay đổi."), "success")
            return redirect(url_for("office.campaign", campaign_id=campaign.id))
    return _page(form, campaign), 422


def _page(form: PlanForm, campaign: Campaign) -> str:
    return render_template("features/campaigns/plan.html", form=form, campaign=campaign)


def _words(plan: Document) -> str:
    return f"{plan.number_text or gettext('Kế hoạch chưa ban hành')}, {plan.name}"
