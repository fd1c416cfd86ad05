"""What anybody may open without an account: the form behind a code, and how its writer is kept."""

from flask import Blueprint, redirect, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.routing import BaseConverter

from portal.web import locale


class TypedCode(BaseConverter):
    """A code as people type it; what cannot be one gets its own page, not a bare 404."""

    regex = "[0-9A-Za-z][0-9A-Za-z \\-\u2010-\u2015]{3,23}"


blueprint = Blueprint("citizen", __name__)


@blueprint.record_once
def _know_codes(state: BlueprintSetupState) -> None:
    state.app.url_map.converters["typed"] = TypedCode


@blueprint.before_request
def _switch_language() -> ResponseReturnValue | None:
    chosen = request.args.get("ngon-ngu") if request.query_string else None
    if chosen not in locale.LANGUAGES or request.method != "GET":
        return None
    answer = redirect(request.path)
    answer.set_cookie(locale.COOKIE, chosen, max_age=365 * 86400, samesite="Lax")
    return answer


from portal.blueprints.citizen import (  # noqa: E402 - they add their routes
    agencies,  # noqa: F401
    awards,  # noqa: F401
    cards,  # noqa: F401
    draft_files,  # noqa: F401
    draft_outcome,  # noqa: F401
    draft_receipts,  # noqa: F401
    drafts,  # noqa: F401
    group_head,  # noqa: F401
    letters,  # noqa: F401
    mailbox,  # noqa: F401
    pages,  # noqa: F401
    publicity,  # noqa: F401
    rosters,  # noqa: F401
    slip,  # noqa: F401
    survey,  # noqa: F401
    tracking,  # noqa: F401
    unit_publicity,  # noqa: F401
)
