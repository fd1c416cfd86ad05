"""The home page: what to do this week, and how the campaign under way stands."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.district import blueprint
from portal.features.surveys import pages
from portal.policy.roles import Role
from portal.web.access import signed_in
from portal.web.actor import actor


@blueprint.get("/huyen")
@signed_in(Role.DISTRICT)
def home() -> ResponseReturnValue:
    return render_template("district/home.html", page=pages.home(actor()))
