"""How campaigns are carried out in the field: all of them, and one with what it asks of each."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.features.campaigns import queries
from portal.features.campaigns.models import Campaign
from portal.features.work import pages
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web import job_links
from portal.web.access import requires, signed_in
from portal.web.actor import actor


@blueprint.get("/trien-khai")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def carrying_out() -> ResponseReturnValue:
    return render_template("features/work/list.html", rows=pages.carried_out(actor()))


@blueprint.get("/dot-khao-sat/<int:campaign_id>/trien-khai")
@requires(Permission.CAMPAIGN_READ, load=queries.get_visible)
def fieldwork(campaign: Campaign) -> ResponseReturnValue:
    page = pages.overview(actor(), campaign)
    known = {campaign.plan_id: campaign.id} if campaign.plan_id else {}
    return render_template(
        "features/work/overview.html",
        page=page,
        links=job_links.of([duty.shown for duty in page.own], known),
        may_edit=allows(actor(), Permission.CAMPAIGN_EDIT, campaign),
    )
