"""What an account was reminded of: one digest a day."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.features.urging import pages, services
from portal.policy.roles import Role
from portal.web.access import signed_in
from portal.web.actor import actor

_OFFICIALS = (Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)


@blueprint.get("/loi-nhac")
@signed_in(*_OFFICIALS)
def notices() -> ResponseReturnValue:
    return render_template("features/urging/notices.html", page=pages.notices(actor()))


@blueprint.post("/loi-nhac/da-doc")
@signed_in(*_OFFICIALS)
def read_notices() -> ResponseReturnValue:
    services.mark_read(actor(), request.form.get("shown", 0, type=int))
    return redirect(url_for("office.notices"))
