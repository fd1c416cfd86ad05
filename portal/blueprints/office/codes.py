"""QR codes of a campaign: the list, one unit's, its picture, and exchanging it."""

from io import BytesIO

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core import qr
from portal.core.errors import Invalid, Missing
from portal.core.text import clean
from portal.features.campaigns import exports, queries, services, share
from portal.features.campaigns.code_list import code_list
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.phase import Phase
from portal.features.campaigns.posters import typed_address
from portal.features.campaigns.wording import headline_for
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr")
@requires(Permission.CODE_READ, load=queries.get_visible)
def codes(campaign: Campaign) -> ResponseReturnValue:
    district, words = request.args.get("huyen", type=int), clean(request.args.get("tim", ""))
    found = code_list(actor(), campaign, district, words)
    if found.total == 1:
        unit_id = found.groups[0].codes[0].unit_id if found.groups else None
        if unit_id:
            return redirect(url_for("office.code", campaign_id=campaign.id, unit_id=unit_id))
    return render_template(
        "features/campaigns/codes.html", campaign=campaign, page=found, typed=_typed
    )


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr/danh-sach.xlsx")
@requires(Permission.CODE_READ, load=queries.get_visible)
def code_sheet(campaign: Campaign) -> ResponseReturnValue:
    content = exports.code_list(queries.codes(campaign.id, actor().unit_id), base_url())
    return send_file(
        BytesIO(content), XLSX, as_attachment=True, download_name=f"Mã QR {campaign.name}.xlsx"
    )


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr/<int:unit_id>")
@requires(Permission.CODE_READ, load=queries.get_visible)
def code(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    return _code_page(campaign, visible_code(campaign, unit_id))


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr/<int:unit_id>/ma.png")
@requires(Permission.CODE_READ, load=queries.get_visible)
def code_picture(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    found = visible_code(campaign, unit_id)
    picture = qr.png(share.address(base_url(), found.code))
    response = Response(picture, content_type="image/png")
    if "tai" in request.args:
        name = f"Mã QR {found.unit.full_name}.png"
        return send_file(BytesIO(picture), "image/png", as_attachment=True, download_name=name)
    return response


@blueprint.post("/dot-khao-sat/<int:campaign_id>/ma-qr/<int:unit_id>/cap-lai")
@requires(Permission.CODE_MANAGE, load=queries.get_visible)
def reissue_code(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    found = visible_code(campaign, unit_id)
    reason = request.form.get("reason", "")
    try:
        services.reissue(actor(), found, reason)
    except Invalid as invalid:
        return _code_page(campaign, found, invalid.errors["reason"], reason), 422
    flash(_("Đã cấp mã mới. Áp phích cũ không dùng được nữa, mời in lại."), "success")
    return redirect(url_for("office.code", campaign_id=campaign.id, unit_id=unit_id))


def visible_code(campaign: Campaign, unit_id: int) -> QrCode:
    """Give the live code of a unit that the signed-in account reaches, else 404."""
    found = queries.live_code(campaign.id, unit_id, below=actor().unit_id)
    if found is None:
        raise Missing
    return found


def base_url() -> str:
    """Give the configured address of the portal; never taken from a request's Host."""
    return str(current_app.config["PORTAL"].base_url)


def _typed(code: QrCode) -> str:
    return typed_address(base_url(), code.code)


def _code_page(campaign: Campaign, found: QrCode, error: str = "", reason: str = "") -> str:
    running = campaign.phase in {Phase.DRAFT, Phase.READY, Phase.OPEN}
    return render_template(
        "features/campaigns/code.html",
        campaign=campaign,
        code=found,
        panel=share.panel(campaign, found.unit, found.code, base_url()),
        headline=headline_for(campaign, found.unit),
        withdrawn=queries.withdrawn_codes(campaign.id, found.unit_id),
        may_reissue=running and allows(actor(), Permission.CODE_MANAGE, campaign),
        error=error,
        reason=reason,
    )
