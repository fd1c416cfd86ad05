"""The home page: what to do this week, and how the campaign under way stands."""

from flask.typing import ResponseReturnValue

from portal.blueprints.district import blueprint
from portal.policy.roles import Role
from portal.web import briefing
from portal.web.access import signed_in


@blueprint.get("/huyen")
@signed_in(Role.DISTRICT)
def home() -> ResponseReturnValue:
    return briefing.home("district/home.html")
