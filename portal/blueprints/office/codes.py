"""QR codes of a campaign: the list, the one of a unit or a point, its picture, exchanging it.

A point's code has the address of its unit's, with `?diem=`.
"""

from collections.abc import Sequence

from flask import (
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core import qr
from portal.core.errors import Invalid, Missing
from portal.core.text import clean
from portal.features.campaigns import code_queries, exports, issuing, queries, share
from portal.features.campaigns.code_list import Show, Wanted, code_list
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.posters import FORM_NAMES, typed_address
from portal.features.campaigns.wording import headline_for
from portal.features.org_units import queries as org_units
from portal.features.org_units.models import Unit
from portal.features.surveys import moved, places, unused
from portal.features.surveys.moved import Move
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.printing import PNG, XLSX, sent


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr")
@requires(Permission.CODE_READ, load=queries.get_visible)
def codes(campaign: Campaign) -> ResponseReturnValue:
    found = code_list(actor(), campaign, _wanted(), unused.of(actor(), campaign))
    if found.total == 1 and found.groups:
        unit_id = found.groups[0].rows[0].code.unit_id
        return redirect(url_for("office.code", campaign_id=campaign.id, unit_id=unit_id))
    return render_template(
        "features/campaigns/codes.html", campaign=campaign, page=found, typed=_typed,
        days=unused.after_days(), may_issue=_may_handle(campaign),
    )  # fmt: skip


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr/danh-sach.xlsx")
@requires(Permission.CODE_READ, load=queries.get_visible)
def code_sheet(campaign: Campaign) -> ResponseReturnValue:
    every = code_queries.every(campaign.id, actor().unit_id)
    content = exports.code_list(every, base_url())
    return sent(content, XLSX, f"Mã QR {campaign.name}.xlsx")


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr/<int:unit_id>")
@requires(Permission.CODE_READ, load=queries.get_visible)
def code(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    if ended := code_queries.of_ended(campaign.id, unit_id, actor().unit_id):
        return render_template(
            "features/campaigns/code_ended.html", campaign=campaign, unit=ended[0].unit,
            codes=ended, moves=moves_from(ended),
        )  # fmt: skip
    return _code_page(visible_code(campaign, unit_id))


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr/<int:unit_id>/ma.png")
@requires(Permission.CODE_READ, load=queries.get_visible)
def code_picture(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    found = visible_code(campaign, unit_id)
    picture = qr.png(share.address(base_url(), found.code))
    if "tai" in request.args:
        name = f"Mã QR {found.place_name}.png"
        return sent(picture, PNG, name)
    return Response(picture, content_type="image/png")


@blueprint.post("/dot-khao-sat/<int:campaign_id>/ma-qr/<int:unit_id>/cap-lai")
@requires(Permission.CODE_MANAGE, load=queries.get_visible)
def reissue_code(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    found = visible_code(campaign, unit_id)
    reason = request.form.get("reason", "")
    try:
        issuing.reissue(actor(), found, reason)
    except Invalid as invalid:
        return _code_page(found, invalid.errors["reason"], reason), 422
    flash(_("Đã cấp mã mới. Tờ cũ không dùng được nữa, mời in lại."), "success")
    return redirect(url_of("office.code", found))


@blueprint.post("/dot-khao-sat/<int:campaign_id>/ma-qr/cap-cho-diem")
@requires(Permission.CODE_HANDLE, load=queries.get_visible)
def issue_codes(campaign: Campaign) -> ResponseReturnValue:
    wanted = request.form.get("don-vi", type=int)
    if wanted and org_units.get_visible(actor(), wanted) is None:
        raise Missing
    units = [code.unit_id for code in queries.codes(campaign.id, wanted or actor().unit_id)]
    made = issuing.issue_for_points(actor(), campaign, code_queries.points_at(units))
    if made:
        flash(_("Đã cấp mã riêng cho %(n)s điểm.", n=made), "success")
    else:
        flash(_("Mọi điểm đang có đều đã có mã riêng."), "info")
    if wanted:
        return redirect(url_for("office.code", campaign_id=campaign.id, unit_id=wanted))
    return redirect(url_for("office.codes", campaign_id=campaign.id))


@blueprint.route(
    "/dot-khao-sat/<int:campaign_id>/ma-qr/<int:unit_id>/quet-thu", methods=["GET", "POST"]
)
@requires(Permission.CODE_HANDLE, load=queries.get_visible)
def test_code(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    found, typed = visible_code(campaign, unit_id), request.form.get("typed", "")
    if request.method == "GET":
        return _test_page(found)
    try:
        issuing.tick(actor(), found, typed)
    except Invalid as invalid:
        return _test_page(found, invalid.errors["typed"], typed), 422
    flash(_("Đã ghi: mã của %(place)s quét được.", place=found.place_name), "success")
    return redirect(url_of("office.code", found))


def visible_code(campaign: Campaign, unit_id: int) -> QrCode:
    """Give the live code of a unit that the account reaches, or of its point `?diem=`, else 404."""
    point = request.args.get("diem", type=int)
    found = code_queries.live(campaign.id, unit_id, point, below=actor().unit_id)
    if found is None:
        raise Missing
    return found


def moves_from(ended: Sequence[QrCode]) -> list[tuple[Move, bool]]:
    """Say where the code of a unit that has ended leads, and whether the account reaches it."""
    place = places.find(next(code.code for code in ended if code.handed_on))
    return [
        (move, org_units.reaches(actor().unit_id, move.new.unit_id))
        for move in (moved.moves(place) if place else ())
    ]


def before(campaign: Campaign, unit: Unit) -> list[Unit]:
    """List the units that asked here in this campaign before they ended."""
    found = code_queries.one_a_unit(code_queries.handed_on(campaign.id, unit.id))
    return [code.unit for code in found if code.unit_id != unit.id]


def url_of(endpoint: str, code: QrCode, **values: object) -> str:
    """Give the address of a page about a code; for templates too."""
    return url_for(
        endpoint, campaign_id=code.campaign_id, unit_id=code.unit_id,
        diem=code.point_id, **values,  # type: ignore[arg-type]
    )  # fmt: skip


def _wanted() -> Wanted:
    show, words = request.args.get("xem", ""), clean(request.args.get("tim", ""))
    return Wanted(
        district=request.args.get("huyen", type=int),
        words=words,
        show=Show(show) if show in set(Show) else Show.ALL,
    )


def _typed(code: QrCode) -> str:
    return typed_address(base_url(), code.code)


def _code_page(found: QrCode, error: str = "", reason: str = "") -> str:
    campaign = found.campaign
    points = code_queries.of_points(campaign.id, units=[found.unit_id])
    return render_template(
        "features/campaigns/code.html",
        campaign=campaign,
        code=found,
        panel=share.invitation(found, base_url()),
        spans=code_queries.rounds_of(found),
        forms=FORM_NAMES,
        headline=headline_for(campaign, found.unit),
        withdrawn=code_queries.withdrawn(found),
        points=points,
        without=len(code_queries.points_at([found.unit_id])) - len(points),
        before=before(campaign, found.unit),
        unused=unused.of(actor(), campaign),
        days=unused.after_days(),
        may_handle=_may_handle(campaign),
        may_reissue=campaign.phase in issuing.LIVELY
        and allows(actor(), Permission.CODE_MANAGE, campaign),
        url_of=url_of,
        typed=_typed,
        error=error,
        reason=reason,
    )


def _may_handle(campaign: Campaign) -> bool:
    lively = campaign.phase in issuing.LIVELY
    return lively and allows(actor(), Permission.CODE_HANDLE, campaign)


def _test_page(found: QrCode, error: str = "", typed: str = "") -> str:
    return render_template(
        "features/campaigns/code_test.html", campaign=found.campaign, code=found, url_of=url_of,
        error=error, typed=typed,
    )  # fmt: skip
