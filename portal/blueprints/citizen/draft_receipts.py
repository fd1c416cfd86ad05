"""The receipt of comments that were taken in: shown until it is written down, kept as a picture."""

from datetime import timedelta

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.citizen import addresses, blueprint
from portal.core import clock, qr, receipts
from portal.core.text import clean
from portal.extensions import csrf
from portal.features.consultations import voice_intake, voice_places, voice_resent
from portal.features.consultations.voice_places import Place
from portal.features.letters import slips
from portal.features.letters.form_keys import FormKey
from portal.features.letters.intake import Kept, Noted
from portal.web.access import public
from portal.web.addresses import from_here


@blueprint.post("/g/<typed:code>/da-ghi")
@public
@csrf.exempt
def draft_noted(code: str) -> ResponseReturnValue:
    place = sent_to(code)
    key, noted = _of_sent(place)
    receipt, typed = voice_intake.receipt_of(key), clean(request.form.get("nhom", ""))
    if not noted and not receipts.is_last_group(receipt, typed):
        return _receipt(place, receipt, typed=typed or "–"), 422
    if not noted:
        voice_resent.note(key)
    return _noted(place_of(code), again=noted)


@blueprint.post("/g/<typed:code>/anh")
@public
@csrf.exempt
def draft_picture(code: str) -> ResponseReturnValue:
    place = sent_to(code)
    key, noted = _of_sent(place)
    if noted:
        return _noted(place, again=True)
    words = (_("Mã theo dõi ý kiến"), _("Tra cứu tại"), _("Mất mã thì không ai tìm lại được."))
    grouped = receipts.grouped(voice_intake.receipt_of(key))
    drawn = slips.png(grouped, place.consultation.unit.full_name, addresses.tracking(), words)
    answer = Response(drawn, mimetype="image/png")
    answer.headers["Content-Disposition"] = 'attachment; filename="ma-theo-doi.png"'
    return answer


def place_of(code: str) -> Place:
    """Give where a code leads; a page that says so kindly if it leads nowhere."""
    place = voice_places.find(code)
    if place is None:
        abort(make_response(render_template("citizen/unknown.html", typed=code), 404))
    return place


def sent_to(code: str) -> Place:
    """Give the same for what is sent; another site's page sends nothing."""
    if not from_here():
        abort(403)
    return place_of(code)


def key_text() -> str:
    """Give the form's number as it was posted."""
    return request.form.get("khoa", "")


def sent_before(place: Place, outcome: Kept | Noted) -> ResponseReturnValue:
    """Show the receipt, now or again; of one that is written down only that it is."""
    if isinstance(outcome, Kept):
        return _receipt(place, outcome.receipt, again=outcome.again)
    return _noted(place, again=True)


def _of_sent(place: Place) -> tuple[FormKey, bool]:
    """Give the number of a form that was taken in, and whether its receipt is noted."""
    key = voice_intake.read_key(place, key_text())
    sent = voice_resent.of_form(key) if key else None
    if key is None or sent is None:
        abort(404)
    return key, sent.noted


def _noted(place: Place, *, again: bool) -> str:
    arrives_on = clock.today() + timedelta(days=1)
    return render_template(
        "citizen/draft_noted.html", place=place, arrives_on=arrives_on, again=again
    )


def _receipt(place: Place, receipt: str, *, again: bool = False, typed: str = "") -> str:
    address = addresses.tracking()
    return render_template(
        "citizen/draft_receipt.html", place=place, key=key_text(), again=again, typed=typed,
        groups=receipts.grouped(receipt).split("-"), code=qr.svg(address),
        shown_address=address.partition("://")[2],
        voices=voice_intake.count(place.consultation.id),
    )  # fmt: skip
