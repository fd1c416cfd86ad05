"""Posters: one at once, many as a job."""

from io import BytesIO

from flask import redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.blueprints.office.codes import base_url, visible_code
from portal.core.errors import Missing
from portal.features.campaigns import jobs, queries, share
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.posters import posters_pdf
from portal.features.org_units import queries as org_units
from portal.features.settings import services as settings
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr/<int:unit_id>/ap-phich.pdf")
@requires(Permission.CODE_READ, load=queries.get_visible)
def poster(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    code = visible_code(campaign, unit_id)
    sample = settings.installation().sample
    content = posters_pdf([share.poster(campaign, code, base_url(), sample=sample)])
    name = f"Áp phích {code.unit.full_name}.pdf"
    return send_file(BytesIO(content), "application/pdf", as_attachment=True, download_name=name)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/ma-qr/ap-phich")
@requires(Permission.CODE_READ, load=queries.get_visible)
def print_posters(campaign: Campaign) -> ResponseReturnValue:
    return _ordered(campaign, jobs.BOOK)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/ma-qr/ap-phich-nen")
@requires(Permission.CODE_READ, load=queries.get_visible)
def pack_posters(campaign: Campaign) -> ResponseReturnValue:
    return _ordered(campaign, jobs.ARCHIVE)


def _ordered(campaign: Campaign, kind: str) -> ResponseReturnValue:
    wanted = request.form.get("huyen", type=int) or actor().unit_id
    below = org_units.get_visible(actor(), wanted)
    if below is None:
        raise Missing
    job = jobs.order(kind, actor().user_id, campaign, below, base_url())
    return redirect(url_for("office.job", job_id=job.id))
