"""Pages that lead to a form, or say how its writer is protected."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.core.text import clean
from portal.features.campaigns import codes
from portal.web.access import public


@blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    typed = clean(request.args.get("ma", ""))
    if code := codes.normalise(typed):
        return redirect(url_for("citizen.form", code=code), 303)
    return render_template("citizen/start.html", typed=typed), 422 if typed else 200


@blueprint.get("/bao-mat")
@public
def privacy() -> ResponseReturnValue:
    return render_template("citizen/privacy.html")
