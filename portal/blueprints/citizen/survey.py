"""The form behind a code, its sending, and the thanks.

Nothing here touches Flask's session, and nothing about the visitor is written anywhere.
"""

from flask import abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from portal.blueprints.citizen import addresses, blueprint, brakes, moved
from portal.blueprints.citizen import rendering as render
from portal.blueprints.citizen.brakes import ANOTHER, SENT
from portal.core.errors import NotStored
from portal.extensions import csrf
from portal.features.campaigns import codes
from portal.features.consultations import voice_places
from portal.features.mailbox import queries as mailboxes
from portal.features.surveys import form_keys, intake, participation, places
from portal.features.surveys.channels import Channel
from portal.features.surveys.form_page import Notice
from portal.features.surveys.intake import Counted, NotOpen, Outcome, SecondForm, StaleForm, Wrong
from portal.features.surveys.moved import Move
from portal.features.surveys.places import Place, Standing
from portal.web.access import public
from portal.web.addresses import from_here


@blueprint.get("/<typed:code>")
@public
def form(code: str) -> ResponseReturnValue:
    if (bare := codes.normalise(code)) and bare != code:
        return redirect(url_for("citizen.form", code=bare, khac=request.args.get("khac")), 301)
    place = places.find(code) if bare else None
    if place is None:
        return _box(code) or _draft(code) or (render.unknown(code), 404)
    if place.standing != Standing.OPEN:
        return moved.on(place) or _not_open(place)
    if request.args.get("khac"):
        return _marked(redirect(url_for("citizen.form", code=code), 303), place, ANOTHER)
    mark = brakes.mark()
    if mark == SENT:
        return render.already_sent(place)
    key = form_keys.new(code, another=mark == ANOTHER)
    move = _move(place)
    return render.led_form(move, key) if move else render.fresh_form(place, key)


def _box(code: str) -> ResponseReturnValue | None:
    """Lead whoever typed the code of a suggestion box without what stands before it."""
    found = mailboxes.by_code(code)
    if found is None or not found.box.is_announced:
        return None
    return redirect(url_for("citizen.letter", code=found.code), 303)


def _draft(code: str) -> ResponseReturnValue | None:
    """Lead whoever typed the code of a draft that is open for comments in the same way."""
    found = voice_places.find(code)
    return redirect(url_for("citizen.draft", code=found.code), 303) if found else None


@blueprint.post("/<typed:code>/gui")
@public
@csrf.exempt
def send(code: str) -> ResponseReturnValue:
    if not from_here():
        abort(403)
    place = places.find(codes.normalise(code) or "")
    if place is None:
        return render.unknown(code), 404
    return take(place)


def take(place: Place) -> ResponseReturnValue:
    """Take in the form that has just been posted for a place."""
    paced = brakes.paced()
    if paced is None:
        return render.kept_form(place, request.form, Notice.TOO_FAST), 429
    has_sent = brakes.mark() == SENT
    key = request.form.get("khoa", "")
    try:
        outcome = intake.receive(place, key, request.form, has_sent=has_sent)
    except NotStored:
        return render.kept_form(place, request.form, Notice.NOT_STORED), 503
    answer = make_response(_answer(place, outcome))
    brakes.put_pace(answer, paced)
    return answer


@blueprint.get("/<typed:code>/xong")
@public
def done(code: str) -> ResponseReturnValue:
    place = places.find(codes.normalise(code) or "")
    if place is None:
        return render.unknown(code), 404
    if not place.was_open:
        return render.not_open(place), status(place.standing)
    folded = participation.folded(place.campaign_id, place.unit_id)
    return render.thanks(place, folded, sure=brakes.mark() == SENT)


def _not_open(place: Place) -> ResponseReturnValue:
    return render.not_open(place, move=_move(place)), status(place.standing)


def _move(place: Place) -> Move | None:
    return moved.origin(place) if request.args.get("tu") else None


def _answer(place: Place, outcome: Outcome) -> ResponseReturnValue:
    match outcome:
        case Counted():
            return _counted(place, again=outcome.again)
        case NotOpen(Standing.REVOKED) if place.channel == Channel.SLIP:
            return render.slip_over(place, withdrawn=True), 410
        case NotOpen(standing):
            told = render.not_open(place, standing, refused=True)
            return moved.sent(place, standing) or (told, 409)
        case Wrong(reading):
            return render.kept_form(place, request.form, Notice.WRONG, reading), 422
        case SecondForm():
            return render.kept_form(place, request.form, Notice.SECOND), 409
        case StaleForm():
            return render.kept_form(place, request.form, Notice.STALE), 422


def _counted(place: Place, *, again: bool) -> Response:
    if again and place.channel == Channel.SLIP and brakes.mark() != SENT:
        # Somebody has sent this slip, perhaps another person: the slip's own page says both.
        return redirect(addresses.of(place), 303)
    return _marked(redirect(addresses.of(place, "done"), 303), place, SENT)


def status(standing: Standing) -> int:
    """Give the status of a page that says why a form cannot be answered now."""
    return 410 if standing in {Standing.REVOKED, Standing.CANCELLED} else 200


def _marked(answer: Response, place: Place, mark: str) -> Response:
    brakes.put_mark(answer, mark, path=addresses.of(place), until=place.closes_on)
    return answer
