"""The home page: what to do this week, the unit's answers by day, and how people are invited."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.youth import blueprint
from portal.features.surveys import pages
from portal.policy.roles import Role
from portal.web.access import signed_in
from portal.web.actor import actor


@blueprint.get("/doan")
@signed_in(Role.YOUTH)
def home() -> ResponseReturnValue:
    page = pages.home(actor())
    panel = page.invitation(current_app.config["PORTAL"].base_url)
    return render_template("youth/home.html", page=page, panel=panel)
