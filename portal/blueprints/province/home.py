"""The home page: what to do this week, and how the campaign under way stands."""

from flask.typing import ResponseReturnValue

from portal.blueprints.province import blueprint
from portal.policy.roles import Role
from portal.web import briefing
from portal.web.access import signed_in


@blueprint.get("/tinh")
@signed_in(Role.PROVINCE)
def home() -> ResponseReturnValue:
    return briefing.home("province/home.html")
