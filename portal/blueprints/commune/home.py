"""The home page: what to do this week, the unit's answers by day, and how people are invited."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.commune import blueprint
from portal.features.surveys import pages
from portal.policy.roles import Role
from portal.web.access import signed_in
from portal.web.actor import actor


@blueprint.get("/xa")
@signed_in(Role.COMMUNE)
def home() -> ResponseReturnValue:
    page = pages.home(actor())
    panel = page.invitation(current_app.config["PORTAL"].base_url)
    return render_template("commune/home.html", page=page, panel=panel)
