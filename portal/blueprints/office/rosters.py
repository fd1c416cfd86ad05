"""Rosters: the list of all units, a unit's own, what was sent of it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.roster_desk import again, back, desk, roster_page
from portal.blueprints.office.roster_forms import SendForm
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.rosters import (
    calendars,
    duty_list,
    entries,
    exports,
    pages,
    queries,
    route_page,
    sending,
)
from portal.features.rosters.models import Roster
from portal.features.rosters.queries import Desk
from portal.features.rosters.sending import Sending
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.printing import PDF, XLSX, sent
from portal.web.telling import warn

ICS = "text/calendar"


@blueprint.get("/dot-khao-sat/<int:campaign_id>/danh-sach")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def rosters(campaign: Campaign) -> ResponseReturnValue:
    if actor().role in {Role.COMMUNE, Role.YOUTH}:
        url = url_for("office.roster", campaign_id=campaign.id, unit_id=actor().unit_id)
        return redirect(url)
    return render_template(
        "features/rosters/list.html", page=_list(campaign), states=pages.STATES,
        work=work_pages.work(actor(), campaign), comes_by=route_page.comes_by(actor(), campaign),
    )  # fmt: skip


@blueprint.get("/dot-khao-sat/<int:campaign_id>/danh-sach.xlsx")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def rosters_sheet(campaign: Campaign) -> ResponseReturnValue:
    return _file(exports.standing_sheet(_list(campaign)), XLSX,
                 f"Tình trạng danh sách {campaign.name}.xlsx")  # fmt: skip


@blueprint.get("/danh-sach/<int:roster_id>")
@requires(Permission.ROSTER_READ, load=queries.get_visible)
def roster_by_id(roster: Roster) -> ResponseReturnValue:
    return redirect(url_for(
        "office.roster", campaign_id=roster.campaign_id, unit_id=roster.unit_id
    ))  # fmt: skip


@blueprint.get("/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>")
@requires(Permission.ROSTER_READ, load=desk)
def roster(where: Desk, unit_id: int) -> ResponseReturnValue:  # noqa: ARG001 - the loader has it
    return roster_page(where, send=SendForm(formdata=None, version=_version(where)))


@blueprint.post("/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/gui")
@requires(Permission.ROSTER_EDIT, load=desk)
def roster_send(where: Desk, unit_id: int) -> ResponseReturnValue:  # noqa: ARG001
    form = SendForm()
    given = Sending(bool(form.told.data), form.seen_version(), form.reason.data or "")
    try:
        copy = sending.send(actor(), where, given)
    except Invalid as invalid:
        form.show(invalid)
        return roster_page(again(where), send=form), 422
    except Stale as stale:
        warn(stale)
        shown = again(where)
        form = SendForm(formdata=None, told=form.told.data, reason=form.reason.data,
                        version=_version(shown))  # fmt: skip
        return roster_page(shown, send=form), 409
    except Refused as refused:
        warn(refused)
    else:
        late = 0 if copy.number else copy.days_late
        name = _("Đã gửi bản bổ sung số %(n)s.", n=copy.number) if copy.number else (
            _("Đã gửi danh sách.")
        )  # fmt: skip
        flash(f"{name} {_('Muộn %(n)s ngày so với hạn.', n=late)}" if late else name, "success")
    return back(where)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/ban/<int:number>")
@requires(Permission.ROSTER_READ, load=desk)
def roster_copy(where: Desk, unit_id: int, number: int) -> ResponseReturnValue:  # noqa: ARG001
    page = pages.unit_page(actor(), where)
    copy = next((one for one in page.copies if one.submission.number == number), None)
    if copy is None:
        raise Missing
    rows = entries.thawed(copy.submission.content)
    return render_template(
        "features/rosters/copy.html", page=page, desk=where, copy=copy, rows=rows,
        work=work_pages.work(actor(), where.campaign),
    )  # fmt: skip


@blueprint.get("/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/lich-truc.pdf")
@requires(Permission.ROSTER_READ, load=desk)
def roster_pdf(where: Desk, unit_id: int) -> ResponseReturnValue:  # noqa: ARG001
    return _file(
        duty_list.pdf(where, queries.read_by(actor(), where)), PDF, f"{duty_list.name(where)}.pdf"
    )


@blueprint.get("/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/lich-truc.xlsx")
@requires(Permission.ROSTER_READ, load=desk)
def roster_xlsx(where: Desk, unit_id: int) -> ResponseReturnValue:  # noqa: ARG001
    return _file(
        exports.duty_sheet(where, queries.read_by(actor(), where)),
        XLSX,
        f"{duty_list.name(where)}.xlsx",
    )


@blueprint.get("/dot-khao-sat/<int:campaign_id>/danh-sach/<int:unit_id>/lich-truc.ics")
@requires(Permission.ROSTER_READ, load=desk)
def roster_ics(where: Desk, unit_id: int) -> ResponseReturnValue:  # noqa: ARG001
    row_id = request.args.get("nguoi", type=int)
    seen = queries.read_by(actor(), where)
    content = calendars.calendar(where, base_url(), row_id, seen)
    if content is None:
        raise Missing
    return _file(content, ICS, f"{duty_list.name(where)}.ics")


def _version(where: Desk) -> str:
    return str(where.roster.version if where.roster else 0)


def _list(campaign: Campaign) -> pages.ListPage:
    state = request.args.get("tinh-trang", "")
    district = request.args.get("huyen", type=int)
    return pages.list_page(actor(), campaign, state if state in pages.STATES else "", district)


def _file(content: bytes, kind: str, name: str) -> ResponseReturnValue:
    return sent(content, kind, name)
