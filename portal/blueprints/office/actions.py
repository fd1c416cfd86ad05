"""The one address by which any workflow moves on."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core.errors import Refused
from portal.core.text import clean
from portal.features.consolidation.workflow import OPINION
from portal.features.letters.workflow import LETTER
from portal.features.registry import WORKFLOWS
from portal.web.access import signed_in
from portal.web.actor import actor
from portal.web.addresses import LARGEST_ID, local_path
from portal.web.telling import warn

PAGES = {
    "agency": ("office.agency_by_id", "submission_id"),
    "ballot_group": ("office.ballot_group_by_id", "group_id"),
    "campaign": ("office.campaign", "campaign_id"),
    "consultation": ("office.consultation", "consultation_id"),
    "comment": ("office.comment_page", "comment_id"),
    "comment_hiding": ("office.comment_hiding", "hiding_id"),
    "document": ("office.document", "document_id"),
    "draft_version": ("office.regulation_version_by_id", "version_id"),
    "explanation": ("office.field_report_explanation", "explanation_id"),
    "hiding": ("office.hiding", "hiding_id"),
    "letter": ("office.letter_page", "letter_id"),
    "mailbox": ("office.mailbox", "mailbox_id"),
    "tally": ("office.tally_by_id", "tally_id"),
    "team": ("office.team_by_id", "team_id"),
    "inspection": ("office.inspection", "inspection_id"),
    "task": ("office.task", "task_id"),
    "nomination": ("office.nomination_alone", "nomination_id"),
    "opinion": ("office.opinion", "opinion_id"),
    "register_entry": ("office.register_entry", "entry_id"),
    "slip_batch": ("office.slip_batch", "batch_id"),
    "paper_batch": ("office.paper_batch", "batch_id"),
    "roster": ("office.roster_by_id", "roster_id"),
    "roster_consignment": ("office.roster_consignment", "consignment_id"),
}
"""Where the thing of a workflow is shown: the endpoint and its argument."""


@blueprint.post("/xu-ly/<workflow>/<random:item_id>/<transition>")
@signed_in()
def act(workflow: str, item_id: int, transition: str) -> ResponseReturnValue:
    flow = WORKFLOWS.get(workflow)
    line = flow.transitions.get(transition) if flow else None
    if flow is None or line is None or line.by_form:
        abort(404)
    if item_id > LARGEST_ID and flow not in (LETTER, OPINION):
        abort(404)
    reason = clean(request.form.get("reason", ""), multiline=True)
    endpoint, argument = PAGES[workflow]
    values: dict[str, Any] = {argument: item_id}
    page = url_for(endpoint, **values)
    try:
        flow.fire(actor(), item_id, transition, reason)
    except Refused as refused:
        # Back to the thing itself, which shows how it stands; a button pressed twice has worked.
        item = flow.load(actor(), item_id)
        if item is None or item.state != line.target:
            warn(refused)
        return redirect(page)
    flash(_("%(done)s.", done=_(line.done)), "success")
    return redirect(local_path(request.form.get("next")) or page)
