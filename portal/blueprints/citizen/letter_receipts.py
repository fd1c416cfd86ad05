"""The receipt of a letter that was taken in: shown until it is written down, kept as a picture."""

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import addresses, blueprint
from portal.core import qr, receipts
from portal.core.text import clean
from portal.extensions import csrf
from portal.features.letters import form_keys, intake, resent, slips
from portal.features.letters.form_keys import FormKey
from portal.features.letters.intake import Kept, Noted
from portal.features.letters.reading import Draft
from portal.features.letters.writing_page import page
from portal.features.mailbox import queries as mailboxes
from portal.features.mailbox import ratings
from portal.features.mailbox.queries import Place
from portal.features.mailbox.standing import Standing
from portal.web.access import public
from portal.web.addresses import from_here


@blueprint.post("/h/<typed:code>/da-ghi")
@public
@csrf.exempt
def letter_noted(code: str) -> ResponseReturnValue:
    place = sent_to(code)
    text, key, noted = _of_sent(place)
    receipt, typed = intake.receipt_of(key), clean(request.form.get("nhom", ""))
    if not noted and not receipts.is_last_group(receipt, typed):
        return _receipt(place, text, receipt, typed=typed or "–"), 422
    if not noted:
        resent.note(key)
        place = place_of(code)
    return _noted(place, text, again=noted)


@blueprint.post("/h/<typed:code>/anh")
@public
@csrf.exempt
def letter_picture(code: str) -> ResponseReturnValue:
    place = sent_to(code)
    text, key, noted = _of_sent(place)
    if noted:
        return _noted(place, text, again=True)
    receipt = intake.receipt_of(key)
    drawn = slips.png(receipts.grouped(receipt), place.box.unit.full_name, addresses.tracking())
    answer = Response(drawn, mimetype="image/png")
    answer.headers["Content-Disposition"] = 'attachment; filename="ma-theo-doi.png"'
    return answer


def place_of(code: str) -> Place:
    """Give where a code leads; a page that says so kindly if it leads nowhere, or nowhere yet."""
    place = mailboxes.by_code(code)
    if place is None:
        abort(make_response(render_template("citizen/unknown.html", typed=code, box=True), 404))
    if place.standing is Standing.NOT_THERE:
        shown = render_template("citizen/letter_closed.html", place=place, standing="not_there")
        abort(make_response(shown, 404))
    return place


def sent_to(code: str) -> Place:
    """Give the same for what is sent; another site's page sends nothing."""
    if not from_here():
        abort(403)
    return place_of(code)


def key_of(place: Place) -> tuple[str, FormKey | None]:
    """Give the form's number as text, a new one if it is none of ours, and what it is."""
    text = request.form.get("khoa", "")
    key = form_keys.read(place.code, text)
    return (text if key else form_keys.new(place.code)), key


def _of_sent(place: Place) -> tuple[str, FormKey, bool]:
    """Give the form's key of a letter that was taken in, and whether its receipt is noted."""
    text, key = key_of(place)
    sent = resent.of_form(key) if key else None
    if key is None or sent is None:
        abort(404)
    return text, key, sent.noted


def sent_before(place: Place, text: str, outcome: Kept | Noted) -> ResponseReturnValue:
    """Show the receipt, now or again; of one that is written down only that it is."""
    if isinstance(outcome, Kept):
        return _receipt(place, text, outcome.receipt, again=outcome.again)
    return _noted(place, text, again=True)


def _noted(place: Place, text: str, *, again: bool = False) -> str:
    looked = page(place, text, Draft(), None)
    return render_template(
        "citizen/letter_noted.html", page=looked, rating=ratings.code_for(place), again=again
    )


def _receipt(place: Place, text: str, receipt: str, *, again: bool = False, typed: str = "") -> str:
    address = addresses.tracking()
    return render_template(
        "citizen/letter_receipt.html", place=place, key=text, again=again, typed=typed,
        groups=receipts.grouped(receipt).split("-"), code=qr.svg(address),
        shown_address=address.partition("://")[2],
    )  # fmt: skip
