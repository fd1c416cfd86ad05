"""The same questionnaire over several campaigns, for one unit."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.blueprints.office.results import with_results
from portal.core.errors import Missing
from portal.features.campaigns.models import Campaign
from portal.features.surveys import comparing
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor


@blueprint.get("/dot-khao-sat/<int:campaign_id>/so-sanh")
@requires(Permission.RESULT_READ, load=with_results)
def comparison(campaign: Campaign) -> ResponseReturnValue:
    page = comparing.of(actor(), campaign, request.args.get("don-vi", type=int))
    if page is None:
        raise Missing
    return render_template("features/surveys/comparison.html", page=page, campaign=campaign)
