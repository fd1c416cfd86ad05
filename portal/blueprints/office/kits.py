"""The Zalo kit: what to send to whom, and the log of what was sent."""

from datetime import date
from typing import cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from portal.blueprints.office import blueprint
from portal.blueprints.office.codes import before, moves_from, url_of
from portal.core import clock
from portal.core.errors import Invalid, Missing
from portal.features.campaigns import code_queries, exports, kit, queries, sharing, sharing_queries
from portal.features.campaigns.kit import Kit
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.sharing import Sent
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.forms import DateField, Filled, PortalForm
from portal.web.printing import XLSX, sent


class DeliveryForm(PortalForm):
    """To whom, when, and a word about it."""

    point_id = SelectField(_l("Đã gửi cho"), validate_choice=False, default="")
    sent_on = DateField(_l("Ngày gửi"), [Filled()])
    note = StringField(_l("Ghi chú"), description=_l("Ví dụ: nhóm nào, ai nhận. Có thể để trống."))

    def offer(self, shown: Kit) -> "DeliveryForm":
        """Name those who can be reached."""
        teams = [(str(each.team.id), each.team.name) for each in shown.teams if each.team]
        self.point_id.choices = [("", _("Các nhóm Zalo của xã")), *teams]
        return self

    def entered(self) -> Sent:
        """Give what was typed; only after `validate()`."""
        team = self.point_id.data or ""
        return Sent(
            int(team) if team.isdigit() else None,
            cast("date", self.sent_on.data),
            self.note.data or "",
        )


@blueprint.get("/dot-khao-sat/<int:campaign_id>/zalo")
@requires(Permission.CODE_READ, load=queries.get_visible)
def kits(campaign: Campaign) -> ResponseReturnValue:
    found = kit.kits(actor(), campaign)
    if len(found) == 1:
        unit_id = found[0].unit.id
        return redirect(url_for("office.kit_of_unit", campaign_id=campaign.id, unit_id=unit_id))
    return render_template(
        "features/campaigns/kits.html", campaign=campaign, kits=found,
        groups=kit.by_district(found), ended=kit.ended(actor(), campaign),
    )  # fmt: skip


@blueprint.get("/dot-khao-sat/<int:campaign_id>/zalo/danh-sach.xlsx")
@requires(Permission.CODE_READ, load=queries.get_visible)
def kit_sheet(campaign: Campaign) -> ResponseReturnValue:
    kits = (*kit.kits(actor(), campaign), *kit.ended(actor(), campaign))
    rounds = [each for one in kits for each in one.rounds]
    content = exports.deliveries(rounds, base_url())
    return sent(content, XLSX, f"Gửi Zalo {campaign.name}.xlsx")


@blueprint.get("/dot-khao-sat/<int:campaign_id>/zalo/<int:unit_id>")
@requires(Permission.CODE_READ, load=queries.get_visible)
def kit_of_unit(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    if codes := code_queries.of_ended(campaign.id, unit_id, actor().unit_id):
        return render_template(
            "features/campaigns/kit_ended.html", campaign=campaign,
            kit=kit.of_ended(campaign, codes), moves=moves_from(codes),
        )  # fmt: skip
    return _page(campaign, _kit(campaign, unit_id))


@blueprint.post("/dot-khao-sat/<int:campaign_id>/zalo/<int:unit_id>/da-gui")
@requires(Permission.CODE_HANDLE, load=queries.get_visible)
def note_delivery(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    shown = _kit(campaign, unit_id)
    form = DeliveryForm().offer(shown)
    if form.validate():
        try:
            sharing.add(actor(), campaign, shown.unit, form.entered())
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã ghi vào nhật ký gửi."), "success")
            return _back(campaign, unit_id)
    return _page(campaign, shown, form), 422


@blueprint.post("/dot-khao-sat/<int:campaign_id>/zalo/<int:unit_id>/go/<int:note_id>")
@requires(Permission.CODE_HANDLE, load=queries.get_visible)
def remove_delivery(campaign: Campaign, unit_id: int, note_id: int) -> ResponseReturnValue:
    shown = _kit(campaign, unit_id)
    note = sharing_queries.note(campaign.id, unit_id, note_id)
    if note is None:
        raise Missing
    sharing.remove(actor(), campaign, note, shown.unit)
    flash(_("Đã gỡ dòng ghi nhầm."), "success")
    return _back(campaign, unit_id)


def _back(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    return redirect(url_for("office.kit_of_unit", campaign_id=campaign.id, unit_id=unit_id))


def _kit(campaign: Campaign, unit_id: int) -> Kit:
    found = code_queries.live(campaign.id, unit_id, below=actor().unit_id)
    if found is None:
        raise Missing
    return kit.kit(campaign, found)


def _page(campaign: Campaign, shown: Kit, form: DeliveryForm | None = None) -> str:
    if form is None:
        form = DeliveryForm(formdata=None, sent_on=clock.today()).offer(shown)
        form.point_id.data = next(
            (str(each.team.id) for each in shown.missing if each.team), form.point_id.data
        )
    return render_template(
        "features/campaigns/kit.html",
        campaign=campaign,
        kit=shown,
        form=form,
        before=before(campaign, shown.unit),
        base_url=base_url(),
        url_of=url_of,
        may_note=allows(actor(), Permission.CODE_HANDLE, campaign),
    )
