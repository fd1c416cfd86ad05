"""The home page: what to do this week, the unit's answers by day, and how people are invited."""

from flask.typing import ResponseReturnValue

from portal.blueprints.commune import blueprint
from portal.policy.roles import Role
from portal.web import briefing
from portal.web.access import signed_in


@blueprint.get("/xa")
@signed_in(Role.COMMUNE)
def home() -> ResponseReturnValue:
    return briefing.home("commune/home.html")
