"""The home page: what to do this week, the unit's answers by day, and how people are invited."""

from flask.typing import ResponseReturnValue

from portal.blueprints.youth import blueprint
from portal.policy.roles import Role
from portal.web import briefing
from portal.web.access import signed_in


@blueprint.get("/doan")
@signed_in(Role.YOUTH)
def home() -> ResponseReturnValue:
    return briefing.home("youth/home.html")
