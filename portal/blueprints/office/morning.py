"""The page of the meeting at seven, to be read aloud and printed."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.features.briefing import morning as pages
from portal.policy.roles import Role
from portal.web.access import signed_in
from portal.web.actor import actor


@blueprint.get("/giao-ban")
@signed_in(Role.PROVINCE, Role.DISTRICT)
def morning() -> ResponseReturnValue:
    return render_template("features/briefing/morning.html", page=pages.morning(actor()))
