"""The one address by which any workflow moves on."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core.text import clean
from portal.features.registry import WORKFLOWS
from portal.web.access import signed_in
from portal.web.actor import actor
from portal.web.addresses import local_path

PAGES = {"campaign": ("office.campaign", "campaign_id")}
"""Where the thing of a workflow is shown: the endpoint and its argument."""


@blueprint.post("/xu-ly/<workflow>/<int:item_id>/<transition>")
@signed_in()
def act(workflow: str, item_id: int, transition: str) -> ResponseReturnValue:
    flow = WORKFLOWS.get(workflow)
    if flow is None:
        abort(404)
    reason = clean(request.form.get("reason", ""), multiline=True)
    item = flow.fire(actor(), item_id, transition, reason)
    flash(_("%(done)s.", done=_(flow.transitions[transition].done)), "success")
    endpoint, argument = PAGES[workflow]
    page = url_for(endpoint, **{argument: item.id})
    return redirect(local_path(request.form.get("next")) or page)
