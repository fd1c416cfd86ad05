"""Where an account lands after signing in."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.web.access import signed_in
from portal.web.actor import actor


@blueprint.get("/lam-viec")
@signed_in()
def home() -> ResponseReturnValue:
    return redirect(url_for(f"{actor().role}.home"))
