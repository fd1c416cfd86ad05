"""Old codes whose unit is part of another one now: where they lead, and how that is said."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import rendering as render
from portal.features.campaigns import codes
from portal.features.surveys import moved, places
from portal.features.surveys.form_page import Notice
from portal.features.surveys.moved import Move
from portal.features.surveys.places import Place, Standing


def on(place: Place) -> ResponseReturnValue | None:
    """Lead on from an old code: straight to the new form, or to a choice; None if it is none."""
    found = moved.moves(place)
    if len(found) == 1:
        return redirect(url_for("citizen.form", code=found[0].new.code, tu=place.code), 303)
    return _choice(place, found) if found else None


def sent(place: Place, standing: Standing) -> ResponseReturnValue | None:
    """Give back what was just sent to an old code, on the new form; nothing of it is lost."""
    found = moved.moves(place, standing)
    if len(found) == 1 and found[0].new.standing == Standing.OPEN:
        return render.kept_form(found[0].new, request.form, Notice.MOVED), 409
    return (_choice(place, found, refused=True), 409) if found else None


def origin(place: Place) -> Move | None:
    """Say whose old code led to this form, as the address says and the portal knows."""
    old = codes.normalise(request.args.get("tu", ""))
    before = places.find(old) if old else None
    found = moved.moves(before) if before else []
    return next((move for move in found if move.new.code == place.code), None)


def _choice(place: Place, found: list[Move], *, refused: bool = False) -> str:
    since = min(move.since for move in found)
    return render_template(
        "citizen/moved.html", place=place, moves=found, since=since, refused=refused
    )
