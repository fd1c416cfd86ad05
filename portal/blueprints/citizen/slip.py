"""The form behind a slip for one answer: the same form, sent once."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import addresses, blueprint, brakes
from portal.blueprints.citizen import rendering as render
from portal.blueprints.citizen.brakes import SENT
from portal.blueprints.citizen.survey import status, take
from portal.extensions import csrf
from portal.features.surveys import form_keys, participation, slips
from portal.features.surveys.places import Standing
from portal.features.surveys.slips import Found
from portal.web.access import public
from portal.web.addresses import from_here


@blueprint.get("/p/<typed:code>")
@public
def slip(code: str) -> ResponseReturnValue:
    if (bare := slips.normalise(code)) and bare != code:
        return redirect(url_for("citizen.slip", code=bare), 301)
    found = _find(code)
    if found is None:
        return render.slip_over(), 404
    if found.used:
        if brakes.mark() == SENT:
            return redirect(addresses.of(found.place, "done"), 303)
        return render.slip_over(found.place)
    if found.withdrawn:
        return render.slip_over(found.place, withdrawn=True), 410
    if found.place.standing != Standing.OPEN:
        return render.not_open(found.place), status(found.place.standing)
    return render.fresh_form(found.place, form_keys.new(code, another=True))


@blueprint.post("/p/<typed:code>/gui")
@public
@csrf.exempt
def send_slip(code: str) -> ResponseReturnValue:
    if not from_here():
        abort(403)
    found = _find(code)
    return take(found.place) if found else (render.slip_over(), 404)


@blueprint.get("/p/<typed:code>/xong")
@public
def slip_done(code: str) -> ResponseReturnValue:
    found = _find(code)
    if found is None:
        return render.slip_over(), 404
    if not found.used:
        return redirect(addresses.of(found.place), 303)
    folded = participation.folded(found.place.campaign_id, found.place.unit_id)
    return render.thanks(found.place, folded, sure=brakes.mark() == SENT)


def _find(code: str) -> Found | None:
    bare = slips.normalise(code)
    return slips.find(bare) if bare else None
