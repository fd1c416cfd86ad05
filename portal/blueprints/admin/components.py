"""Every component on one page, for whoever builds the portal."""

from flask import abort, current_app, render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.admin import blueprint
from portal.policy.roles import Role
from portal.web.access import signed_in


@blueprint.get("/thanh-phan")
@signed_in(Role.ADMIN)
def components() -> ResponseReturnValue:
    settings = current_app.config["PORTAL"]
    if not (settings.sample or settings.testing or current_app.debug):
        abort(404)
    return render_template("admin/components.html")
