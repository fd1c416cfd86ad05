"""A letter to a box: written, looked over, sent, and its receipt shown once.

Nothing here sets a cookie or touches Flask's session; a receipt is never in an address.
"""

import base64
from dataclasses import replace

from flask import Response, abort, current_app, make_response, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.blueprints.citizen import blueprint
from portal.blueprints.citizen.survey import from_here
from portal.core import photos, qr, receipts
from portal.core.errors import NotStored
from portal.core.photos import NotAPhoto
from portal.core.text import N_, clean
from portal.extensions import csrf
from portal.features.campaigns import codes
from portal.features.letters import drafts, form_keys, intake, reading, slips, warnings
from portal.features.letters.form_keys import FormKey
from portal.features.letters.intake import Kept, NotTaken, Stale, Wrong
from portal.features.letters.reading import OFFICIAL, Draft, Problem
from portal.features.letters.writing_page import Notice, WritingPage, page
from portal.features.mailbox import queries as mailboxes
from portal.features.mailbox import ratings
from portal.features.mailbox.queries import Place
from portal.features.mailbox.standing import Standing
from portal.features.sealing import queries as keys
from portal.web.access import public

TOO_MANY = N_("Mỗi thư kèm nhiều nhất %(most)s ảnh. Xin bỏ bớt rồi chọn lại.")
NOT_NOW = N_("Máy chủ đang giữ quá nhiều ảnh hoặc hết chỗ. Xin thử lại sau, hoặc gửi không ảnh.")


@blueprint.get("/h/<typed:code>")
@public
def letter(code: str) -> ResponseReturnValue:
    if (bare := codes.normalise(code)) and bare != code:
        return redirect(address_of("citizen.letter", code=bare), 301)
    place = _place(code)
    if not place.takes:
        return _closed(place)
    key = form_keys.new(place.code)
    return _form(page(place, key, Draft(), None))


@blueprint.get("/h/<typed:code>/<any('xem-lai', 'sua', 'gui', 'da-ghi', 'anh'):step>")
@public
def letter_step(code: str, step: str) -> ResponseReturnValue:  # noqa: ARG001 - all lead back
    return redirect(address_of("citizen.letter", code=_place(code).code), 303)


@blueprint.post("/h/<typed:code>/xem-lai")
@public
@csrf.exempt
def letter_preview(code: str) -> ResponseReturnValue:
    place = _sent_to(code)
    text, key = _key(place)
    if key is None:
        return _back(
            place, form_keys.new(place.code), None, reading.read(request.form), Notice.STALE
        )
    draft, wrong = _with_photos(key, _changed(reading.read(request.form)))
    above = keys.key_above(place.box.unit_id) is not None
    errors = reading.problems(place.box, draft, can_seal=above) | wrong
    if errors:
        return _back(place, text, key, draft, Notice.WRONG, errors)
    twin = not intake.is_known(key) and intake.same_text_today(place, draft)
    looked = page(place, text, draft, key, twin=twin)
    return render_template("citizen/letter_preview.html", page=looked, shown=_shown(looked))


@blueprint.post("/h/<typed:code>/sua")
@public
@csrf.exempt
def letter_again(code: str) -> ResponseReturnValue:
    place = _sent_to(code)
    text, key = _key(place)
    return _form(page(place, text, reading.read(request.form), key))


@blueprint.post("/h/<typed:code>/gui")
@public
@csrf.exempt
def send_letter(code: str) -> ResponseReturnValue:
    place = _sent_to(code)
    text, key = _key(place)
    draft = reading.read(request.form)
    try:
        outcome = intake.receive(place, request.form.get("khoa", ""), draft)
    except NotStored:
        place = _place(code)
        return _back(place, text, key, draft, Notice.NOT_STORED, status=503)
    place = _place(code)
    match outcome:
        case Kept(receipt, again):
            return _receipt(place, text, receipt, again=again)
        case NotTaken():
            return _closed(place, outcome.standing, refused=True)
        case Stale():
            return _back(place, form_keys.new(place.code), None, draft, Notice.STALE)
        case Wrong(errors):
            return _back(place, text, key, draft, Notice.WRONG, errors)


@blueprint.post("/h/<typed:code>/da-ghi")
@public
@csrf.exempt
def letter_noted(code: str) -> ResponseReturnValue:
    place = _sent_to(code)
    text, receipt = _receipt_of(place)
    typed = clean(request.form.get("nhom", ""))
    if not receipts.is_last_group(receipt, typed):
        return _receipt(place, text, receipt, typed=typed or "–"), 422
    looked = page(place, text, Draft(), None)
    return render_template("citizen/letter_noted.html", page=looked, rating=_rating(place))


@blueprint.post("/h/<typed:code>/anh")
@public
@csrf.exempt
def letter_picture(code: str) -> ResponseReturnValue:
    place = _sent_to(code)
    _, receipt = _receipt_of(place)
    drawn = slips.png(receipts.grouped(receipt), place.box.unit.full_name, _tracking())
    answer = Response(drawn, mimetype="image/png")
    answer.headers["Content-Disposition"] = 'attachment; filename="ma-theo-doi.png"'
    return answer


def _place(code: str) -> Place:
    place = mailboxes.by_code(code)
    if place is None or place.standing is Standing.NOT_THERE:
        abort(make_response(render_template("citizen/unknown.html", typed=code), 404))
    return place


def _sent_to(code: str) -> Place:
    if not from_here():
        abort(403)
    return _place(code)


def _key(place: Place) -> tuple[str, FormKey | None]:
    text = request.form.get("khoa", "")
    key = form_keys.read(place.code, text)
    return (text if key else form_keys.new(place.code)), key


def _receipt_of(place: Place) -> tuple[str, str]:
    """Give the form's key and the receipt of a letter that was taken in; 404 for any other."""
    text, key = _key(place)
    if key is None or not intake.is_known(key):
        abort(404)
    return text, intake.receipt_of(key)


def _changed(draft: Draft) -> Draft:
    """Follow the offers of the preview: cover a number, send it past those it is about."""
    if kind := request.form.get("che"):
        draft = replace(draft, text=warnings.cover(draft.text, [kind]))
    return replace(draft, about=OFFICIAL) if request.form.get("len") else draft


def _with_photos(key: FormKey, draft: Draft) -> tuple[Draft, dict[str, Problem]]:
    """Take in the photos that came along; those that were let go are dropped."""
    drafts.drop(key, set(range(drafts.MOST)) - set(draft.photos))
    sent = [one for one in request.files.getlist(reading.PHOTOS) if one.filename]
    free = [slot for slot in range(drafts.MOST) if slot not in draft.photos]
    if len(sent) > len(free):
        return draft, {reading.PHOTOS: Problem(TOO_MANY, {"most": drafts.MOST})}
    taken: list[int] = []
    wrong: dict[str, Problem] = {}
    for slot, one in zip(free, sent, strict=False):
        try:
            drafts.put(key, slot, photos.draw(one.stream.read(photos.LIMIT + 1)))
            taken.append(slot)
        except NotAPhoto as error:
            wrong[reading.PHOTOS] = Problem(str(error), {"name": _name(one)})
        except NotStored:
            wrong[reading.PHOTOS] = Problem(NOT_NOW)
    return replace(draft, photos=tuple(sorted({*draft.photos, *taken}))), wrong


def _name(sent: FileStorage) -> str:
    return clean(sent.filename or "")[-60:]


def _form(shown: WritingPage) -> str:
    return render_template("citizen/letter.html", page=shown, shown=_shown(shown))


def _back(
    place: Place, text: str, key: FormKey | None, draft: Draft, notice: Notice,
    errors: dict[str, Problem] | None = None, *, status: int = 422,
) -> ResponseReturnValue:  # fmt: skip
    # Nobody is asked to send again what will not be taken.
    if not place.takes:
        return _closed(place, refused=True)
    return _form(page(place, text, draft, key, errors, notice)), status


def _closed(
    place: Place, standing: Standing | None = None, *, refused: bool = False
) -> ResponseReturnValue:
    standing = standing or place.standing
    shown = render_template(
        "citizen/letter_closed.html", place=place, standing=standing, refused=refused
    )
    return shown, 409 if refused else 200


def _receipt(place: Place, text: str, receipt: str, *, again: bool = False, typed: str = "") -> str:
    address = _tracking()
    return render_template(
        "citizen/letter_receipt.html", place=place, key=text, again=again, typed=typed,
        groups=receipts.grouped(receipt).split("-"), code=qr.svg(address),
        shown_address=address.partition("://")[2],
    )  # fmt: skip


def _tracking() -> str:
    return str(current_app.config["PORTAL"].base_url).rstrip("/") + address_of("citizen.track")


def _rating(place: Place) -> str | None:
    return ratings.code_for(place)


def _shown(looked: WritingPage) -> list[tuple[int, str]]:
    """Give the small photos as the page itself carries them: no address leads to a draft."""
    return [
        (one.slot, "data:image/jpeg;base64," + base64.b64encode(one.small).decode())
        for one in looked.photos
    ]
