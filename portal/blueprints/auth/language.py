"""Choosing the language of the screen."""

from datetime import timedelta

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue

from portal.blueprints.auth import blueprint
from portal.extensions import csrf
from portal.web.access import public
from portal.web.addresses import local_path
from portal.web.locale import COOKIE, LANGUAGES


@blueprint.post("/ngon-ngu")
@csrf.exempt  # Citizens' pages have no session, and another's page can change but the words.
@public
def language() -> ResponseReturnValue:
    response = redirect(local_path(request.form.get("ve")) or "/")
    chosen = request.form.get("ngon_ngu", "")
    if chosen in LANGUAGES:
        response.set_cookie(
            COOKIE, chosen, max_age=timedelta(days=365), httponly=True, samesite="Lax",
            secure=current_app.config["PORTAL"].secure,
        )  # fmt: skip
    return response
