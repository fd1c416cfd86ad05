"""Working teams of a campaign: those of the units below, and the one of a unit."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core.errors import Forbidden, Missing, Refused, Stale
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.teams import checking, decision, exports, pages, queries, services
from portal.features.teams.models import Team
from portal.features.teams.pages import STANDING_LABELS, Standing, Wanted
from portal.features.teams.workflow import TEAM, not_over
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.locale import translate
from portal.web.offers import buttons
from portal.web.printing import XLSX, sent


@blueprint.get("/dot-khao-sat/<int:campaign_id>/to-cong-tac")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def teams(campaign: Campaign) -> ResponseReturnValue:
    if actor().role in {Role.COMMUNE, Role.YOUTH} and queries.at(
        actor(), campaign, actor().unit_id
    ):
        return _page(campaign, seen(campaign, actor().unit_id))
    return render_template(
        "features/teams/list.html", page=pages.listing(actor(), campaign, _wanted()),
        campaign=campaign, work=work_pages.work(actor(), campaign), labels=STANDING_LABELS,
    )  # fmt: skip


@blueprint.get("/dot-khao-sat/<int:campaign_id>/to-cong-tac/danh-sach.xlsx")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def teams_sheet(campaign: Campaign) -> ResponseReturnValue:
    listing = pages.listing(actor(), campaign, _wanted())
    standings = {key: translate(label) for key, label in STANDING_LABELS.items()}
    parts = {key: translate(label) for key, label in checking.PART_LABELS.items()}
    content = exports.workbook_of(listing.rows, standings, parts)
    name = f"Tổ công tác {campaign.name}.xlsx"
    return sent(content, XLSX, name)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/to-cong-tac/nhan")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def accept_teams(campaign: Campaign) -> ResponseReturnValue:
    chosen = request.form.getlist("to", type=int)
    here = {team.id for team in queries.listed(actor(), campaign.id)}
    if not here.issuperset(chosen):
        raise Missing
    done = services.accept_many(actor(), chosen)
    if chosen:
        flash(_("Đã nhận %(n)s tổ công tác.", n=done), "success")
    else:
        flash(_("Mời đánh dấu ít nhất một tổ rồi bấm nhận."), "warning")
    return redirect(url_for("office.teams", campaign_id=campaign.id, **_filters()))


@blueprint.get("/dot-khao-sat/<int:campaign_id>/to-cong-tac/<int:unit_id>")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def team(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    return _page(campaign, seen(campaign, unit_id))


@blueprint.get("/to-cong-tac/<int:team_id>")
@requires(Permission.TEAM_READ, load=queries.get_visible)
def team_by_id(team: Team) -> ResponseReturnValue:
    return back(team)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/to-cong-tac/<int:unit_id>/ban-<int:number>")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def team_version(campaign: Campaign, unit_id: int, number: int) -> ResponseReturnValue:
    shown = seen(campaign, unit_id)
    sent = queries.version(shown, number) if shown.version else None
    if sent is None:
        raise Missing
    return render_template(
        "features/teams/version.html", campaign=campaign, team=shown, sent=sent,
        parts=checking.PART_LABELS,
    )  # fmt: skip


@blueprint.post("/dot-khao-sat/<int:campaign_id>/to-cong-tac/<int:unit_id>/quyet-dinh")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def draft_team_decision(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    shown = editable(campaign, unit_id)
    if not shown.version:
        raise Missing
    if not allows(actor(), Permission.DOCUMENT_CREATE):
        raise Forbidden
    organs = decision.organs(actor())
    if not organs:
        raise Refused(decision.NO_ORGAN)
    organ = request.form.get("co-quan", organs[0].id, type=int)
    document = decision.draft(actor(), shown, organ)
    flash(_("Đã soạn quyết định từ danh sách tổ. Mời đọc lại, sửa rồi trình ký."), "success")
    return redirect(url_for("office.document", document_id=document.id))


@blueprint.post("/dot-khao-sat/<int:campaign_id>/to-cong-tac/<int:unit_id>/quyet-dinh/cap-nhat")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def renew_team_decision(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    shown = editable(campaign, unit_id)
    if not allows(actor(), Permission.DOCUMENT_CREATE):
        raise Forbidden
    try:
        decision.renew(actor(), shown)
    except Stale:
        flash(_("Có người vừa sửa quyết định. Mời bấm lại."), "warning")
    else:
        flash(_("Đã đưa danh sách mới vào bản thảo quyết định."), "success")
    return back(shown)


def seen(campaign: Campaign, unit_id: int) -> Team:
    """Give the team of a unit that the account reaches, stored or not; else 404."""
    found = queries.at(actor(), campaign, unit_id)
    if found is None:
        raise Missing
    return found


def editable(campaign: Campaign, unit_id: int) -> Team:
    """Give the same if the account may write it, else 403; after the campaign nobody may (409)."""
    found = seen(campaign, unit_id)
    if not allows(actor(), Permission.TEAM_EDIT, found):
        raise Forbidden
    if refusal := not_over(found):
        raise Refused(refusal)
    return found


def back(team: Team) -> ResponseReturnValue:
    """Go to the page of a team."""
    return redirect(url_for("office.team", campaign_id=team.campaign_id, unit_id=team.unit_id))


def _page(campaign: Campaign, team: Team) -> str:
    offers = buttons(TEAM, team) if team.version else []
    return render_template(
        "features/teams/team.html",
        page=pages.page(actor(), campaign, team),
        campaign=campaign,
        work=work_pages.work(actor(), campaign),
        parts=checking.PART_LABELS,
        offers=[one for one in offers if not (one.refusal and not_over(team))],
    )


def _wanted() -> Wanted:
    standing = request.args.get("tinh-trang", "")
    known = {*map(str, Standing), pages.LATE}
    return Wanted(request.args.get("huyen", type=int), standing if standing in known else "")


def _filters() -> dict[str, Any]:
    wanted = _wanted()
    return {"huyen": wanted.district or None, "tinh-trang": wanted.standing or None}
