"""The home page: what to do this week, and how the campaign under way stands."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.province import blueprint
from portal.features.surveys import pages
from portal.policy.roles import Role
from portal.web.access import signed_in
from portal.web.actor import actor


@blueprint.get("/tinh")
@signed_in(Role.PROVINCE)
def home() -> ResponseReturnValue:
    return render_template("province/home.html", page=pages.home(actor()))
