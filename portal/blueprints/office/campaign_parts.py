"""Which unit asks when, and who helps there: chosen by each commune, seen by those above."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField

from portal.blueprints.office import blueprint
from portal.blueprints.office.campaign_fields import WholeNumberField
from portal.core.errors import Invalid, Missing
from portal.features.campaigns import parts, queries
from portal.features.campaigns import rounds as windows
from portal.features.campaigns.drafting import LENGTHS
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.workflow import rounds_left
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import PortalForm


class PartForm(PortalForm):
    """The round of one unit, who helps people there, and how many are to be asked."""

    round_number = RadioField(_l("Hỏi vào lần nào"), validate_choice=False)
    supporter = StringField(_l("Ai hỗ trợ người dân ở đây"), render_kw={
        "maxlength": LENGTHS["supporter"], "list": "helpers", "autocomplete": "off",
    })  # fmt: skip

    headcount = WholeNumberField(_l("Số cán bộ, công chức được hỏi ý kiến"), render_kw={
        "inputmode": "numeric", "maxlength": 5, "class": "input-short", "autocomplete": "off",
    })  # fmt: skip

    def offer(self, campaign: Campaign, part: CampaignUnit) -> "PartForm":
        """Say which rounds are left; where none can be chosen the question is not asked."""
        self.kept = part.round_number
        if not parts.counts_heads(campaign):
            del self.headcount
        if not campaign.one_round or parts.is_fixed(campaign, part):
            del self.round_number
            return self
        self.round_number.choices = [
            (str(number), windows.said([campaign.all_rounds[number - 1]]))
            for number in rounds_left(campaign)
        ]
        self.round_number.choices.append(("", gettext("Chưa chọn, nhận phiếu mọi lần")))
        return self

    def show_stored(self, part: CampaignUnit) -> "PartForm":
        """Fill in what the unit has chosen."""
        self.supporter.data = part.supporter
        if "headcount" in self:
            self.headcount.data = str(part.headcount or "")
        if "round_number" in self:
            self.round_number.data = str(part.round_number or "")
        return self

    def number(self) -> int | None:
        """Give the round that was chosen; 0, which there is not, for anything odd."""
        if "round_number" not in self:
            return self.kept
        typed = self.round_number.data or ""
        return (int(typed) if typed.isascii() and typed.isdigit() else 0) if typed else None

    def heads(self) -> int | None:
        """Give how many people are to be asked, None where that is not said or not asked."""
        typed = (self.headcount.data or "").strip() if "headcount" in self else ""
        return int(typed) if typed else None


@blueprint.get("/dot-khao-sat/<int:campaign_id>/cac-xa")
@requires(Permission.CAMPAIGN_READ, load=queries.get_visible)
def campaign_parts(campaign: Campaign) -> ResponseReturnValue:
    only_missing = request.args.get("muc") == "chua-chon"
    page = parts.listing(actor(), campaign, only_missing=only_missing)
    return render_template("features/campaigns/parts.html", campaign=campaign, page=page)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/cac-xa/<int:unit_id>")
@requires(Permission.CAMPAIGN_ARRANGE, load=queries.get_visible)
def campaign_part(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    part = _part(campaign, unit_id)
    return _page(PartForm().offer(campaign, part).show_stored(part), campaign, part)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/cac-xa/<int:unit_id>")
@requires(Permission.CAMPAIGN_ARRANGE, load=queries.get_visible)
def arrange_part(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    part = _part(campaign, unit_id)
    form = PartForm().offer(campaign, part)
    if form.validate():
        try:
            parts.arrange(actor(), campaign, part, form.number(), form.supporter.data, form.heads())
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(gettext("Đã lưu thay đổi."), "success")
            own = part.unit_id == actor().unit_id
            endpoint = "office.campaign" if own else "office.campaign_parts"
            return redirect(url_for(endpoint, campaign_id=campaign.id))
    return _page(form, campaign, part), 422


def _part(campaign: Campaign, unit_id: int) -> CampaignUnit:
    found = parts.of_unit(campaign, unit_id, actor().unit_id)
    if found is None:
        raise Missing
    return found


def _page(form: PartForm, campaign: Campaign, part: CampaignUnit) -> str:
    return render_template(
        "features/campaigns/part.html", form=form, campaign=campaign, part=part,
        helpers=parts.helpers_at(part.unit_id), fixed=parts.is_fixed(campaign, part),
    )  # fmt: skip
