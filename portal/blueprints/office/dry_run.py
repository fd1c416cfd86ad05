"""What issuing a document would do, looked at before it is issued."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.core.errors import Forbidden
from portal.features.campaigns import queries as campaigns
from portal.features.documents.models import Document
from portal.features.documents.pages import dry_run as dry_runs
from portal.features.documents.queries import get_visible
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import Account

_WORKERS = (
    Permission.DOCUMENT_EDIT,
    Permission.DOCUMENT_APPROVE,
    Permission.DOCUMENT_ISSUE,
)


def _in_the_works(reader: Account, document_id: int) -> Document | None:
    """Find a document; only those who write, approve or issue it have a use for a trial."""
    document = get_visible(reader, document_id)
    if document and not any(allows(reader, one, document) for one in _WORKERS):
        raise Forbidden
    return document


@blueprint.get("/van-ban/<int:document_id>/chay-thu")
@requires(Permission.DOCUMENT_READ, load=_in_the_works)
def dry_run(document: Document) -> ResponseReturnValue:
    if document.is_announced:  # what it did stands on its page
        return redirect(url_for("office.document", document_id=document.id))
    return render_template(
        "features/documents/dry_run.html",
        document=document,
        run=dry_runs.of(document),
        campaigns=[
            (one, len(campaigns.unit_ids(one.id))) for one in campaigns.of_plan(document.id)
        ],
    )
