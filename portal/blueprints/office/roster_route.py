"""The way of rosters upwards: accepting, returning, sending the consolidated list on."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core.errors import Forbidden, Missing, Refused
from portal.core.text import clean
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.rosters import consolidation, exports, queries, route_page, sending
from portal.features.rosters.models import RosterConsignment
from portal.features.rosters.route_page import RoutePage
from portal.features.rosters.workflow import CONSIGNMENT
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.offers import buttons
from portal.web.printing import XLSX, sent
from portal.web.telling import warn


@blueprint.get("/dot-khao-sat/<int:campaign_id>/danh-sach/tong-hop")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def roster_route(campaign: Campaign) -> ResponseReturnValue:
    return render_template(
        "features/rosters/route.html", page=_page(campaign),
        work=work_pages.work(actor(), campaign),
    )  # fmt: skip


@blueprint.post("/dot-khao-sat/<int:campaign_id>/danh-sach/tong-hop/xet")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def roster_judge(campaign: Campaign) -> ResponseReturnValue:
    page = _page(campaign)
    name = "return" if request.form.get("command") == "return" else "accept"
    ids = request.form.getlist("roster", type=int)
    here = {line.roster.id for line in (*page.lines, *page.inspectors) if line.roster}
    if not set(ids) <= here:
        raise Missing
    reason = clean(request.form.get("reason", ""), multiline=True)
    if not ids:
        flash(_("Chưa chọn danh sách nào."), "warning")
        return _back(campaign, page)
    try:
        done = sending.judge(actor(), ids, name, reason, _seen())
    except Refused as refused:
        warn(refused)
        return _back(campaign, page)
    if done:
        flash(_("Đã trả lại %(n)s danh sách.", n=done) if name == "return" else
              _("Đã nhận %(n)s danh sách.", n=done), "success")  # fmt: skip
    if left := len(set(ids)) - done:
        flash(_("%(n)s danh sách vừa được người khác xử lý. Mời xem lại.", n=left), "warning")
    return _back(campaign, page)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/danh-sach/tong-hop/gui")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def roster_send_on(campaign: Campaign) -> ResponseReturnValue:
    page = _page(campaign)
    if not page.may_send:
        raise Forbidden
    try:
        made = consolidation.send(actor(), page.station)
    except Refused as refused:
        warn(refused)
    else:
        told = _("Đã gửi danh sách tổng hợp: %(units)s xã, %(people)s người.",
                 units=made.units, people=made.people)  # fmt: skip
        late = _("Muộn %(n)s ngày so với hạn.", n=made.days_late) if made.days_late else ""
        flash(f"{told} {late}".strip(), "success")
    return _back(campaign, page)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/danh-sach/tong-hop.xlsx")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def roster_route_sheet(campaign: Campaign) -> ResponseReturnValue:
    page = _page(campaign)
    return _sheet(
        exports.consolidated_sheet(page.station.listed),
        f"Danh sách tổng hợp {campaign.name}, {page.stop.name}",
    )


@blueprint.get("/danh-sach-tong-hop/<int:consignment_id>")
@requires(Permission.ROSTER_READ, load=queries.get_consignment)
def roster_consignment(one: RosterConsignment) -> ResponseReturnValue:
    return render_template(
        "features/rosters/consignment.html", one=one, units=consolidation.thawed(one.content),
        offers=buttons(CONSIGNMENT, one), work=work_pages.work(actor(), one.campaign),
    )  # fmt: skip


@blueprint.get("/danh-sach-tong-hop/<int:consignment_id>.xlsx")
@requires(Permission.ROSTER_READ, load=queries.get_consignment)
def roster_consignment_sheet(one: RosterConsignment) -> ResponseReturnValue:
    return _sheet(
        exports.consolidated_sheet(consolidation.thawed(one.content)),
        f"Danh sách tổng hợp {one.name}, bản {one.number}",
    )


def _seen() -> dict[int, int]:
    """Give the version of each roster that the page showed."""
    pairs = (each.partition(":") for each in request.form.getlist("seen"))
    return {int(key): int(n) for key, _colon, n in pairs if key.isdecimal() and n.isdecimal()}


def _page(campaign: Campaign) -> RoutePage:
    page = route_page.route_page(actor(), campaign, request.values.get("chang", type=int))
    if page is None:
        raise Missing
    return page


def _back(campaign: Campaign, page: RoutePage) -> ResponseReturnValue:
    return redirect(url_for("office.roster_route", campaign_id=campaign.id, chang=page.stop.step))


def _sheet(content: bytes, name: str) -> ResponseReturnValue:
    return sent(content, XLSX, f"{name}.xlsx")
