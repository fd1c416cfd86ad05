"""Pages that lead to a form, or say how its writer is protected."""

import re

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.core.text import clean
from portal.features.campaigns import codes
from portal.features.mailbox import queries as mailboxes
from portal.features.surveys import slips
from portal.settings import BACKUPS_KEPT
from portal.web.access import public


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    typed = clean(request.args.get("ma", ""))
    if slip := slips.normalise(_last_part(typed)):
        return redirect(url_for("citizen.slip", code=slip), 303)
    if code := codes.normalise(_last_part(typed)):
        page = "citizen.letter" if mailboxes.is_code_taken(code) else "citizen.form"
        return redirect(url_for(page, code=code), 303)
    return render_template("citizen/start.html", typed=typed), 422 if typed else 200


def _last_part(typed: str) -> str:
    """Give the code of a pasted address; anything else as it is."""
    return re.split(r"[?#]", typed)[0].rstrip("/").rpartition("/")[2]


@blueprint.get("/bao-mat")
@public
def privacy() -> ResponseReturnValue:
    return render_template("citizen/privacy.html", kept=BACKUPS_KEPT)
