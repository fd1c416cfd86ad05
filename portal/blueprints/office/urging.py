"""Who has not done what in a campaign, and reminding them."""

from io import BytesIO
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core.errors import Missing, Refused
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.urging import exports, pages, services
from portal.features.urging.models import Channel
from portal.features.urging.pages import Board, Wanted
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.printing import XLSX, sent
from portal.web.telling import warn


@blueprint.get("/dot-khao-sat/<int:campaign_id>/don-doc")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def urging(campaign: Campaign) -> ResponseReturnValue:
    if actor().role not in work_pages.ABOVE:
        return redirect(url_for("office.notices"))
    return render_template(
        "features/urging/board.html", page=_board(campaign), campaign=campaign,
        work=work_pages.work(actor(), campaign),
    )  # fmt: skip


@blueprint.get("/dot-khao-sat/<int:campaign_id>/don-doc/nhat-ky")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def urging_log(campaign: Campaign) -> ResponseReturnValue:
    number = request.args.get("trang", 1, type=int)
    return render_template(
        "features/urging/log.html", page=pages.log(actor(), campaign, number), campaign=campaign,
        work=work_pages.work(actor(), campaign),
    )  # fmt: skip


@blueprint.get("/dot-khao-sat/<int:campaign_id>/don-doc/danh-sach.xlsx")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def urging_sheet(campaign: Campaign) -> ResponseReturnValue:
    content = BytesIO()
    exports.write(content, _board(campaign))
    content.seek(0)
    name = _("Chưa làm %(name)s", name=campaign.name)
    return sent(content, XLSX, f"{name}.xlsx")


@blueprint.post("/dot-khao-sat/<int:campaign_id>/don-doc/nhac")
@requires(Permission.REMINDER_SEND, load=campaigns.get_visible)
def remind(campaign: Campaign) -> ResponseReturnValue:
    duty, channel = request.form.get("viec", ""), request.form.get("kenh", "")
    if channel not in set(Channel):
        raise Missing
    units = request.form.getlist("don-vi", type=int)
    try:
        urged = services.remind(actor(), campaign, duty, units, Channel(channel), base_url())
    except Refused as refused:
        warn(refused)
    else:
        said = _("Đã nhắc %(n)s đơn vị.", n=len(urged.sent))
        if urged.already:
            said += " " + _("%(n)s đơn vị đã được nhắc hôm nay nên không nhắc lại.",
                            n=len(urged.already))  # fmt: skip
        flash(said, "success")
    return redirect(url_for("office.urging", campaign_id=campaign.id, **_filter(duty)))


def _filter(duty: str) -> dict[str, Any]:
    kept = {name: request.form.get(name, "") for name in ("huyen", "den")}
    return {"viec": duty} | {name: value for name, value in kept.items() if value}


def _board(campaign: Campaign) -> Board:
    wanted = Wanted(
        request.args.get("viec", ""), request.args.get("huyen", type=int),
        request.args.get("den", 0, type=int),
    )  # fmt: skip
    return pages.of(actor(), campaign, wanted, base_url(), actor().organisation_name)
