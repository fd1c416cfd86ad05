"""A letter to a box: written, looked over, sent.

Nothing here sets a cookie or touches Flask's session; a receipt is never in an address.
"""

import base64
from dataclasses import replace

from flask import redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.blueprints.citizen import blueprint
from portal.blueprints.citizen.letter_receipts import key_of, place_of, sent_before, sent_to
from portal.core import photos
from portal.core.errors import NotStored
from portal.core.photos import NotAPhoto
from portal.core.text import N_, clean
from portal.extensions import csrf
from portal.features.campaigns import codes
from portal.features.letters import drafts, form_keys, intake, reading, warnings
from portal.features.letters.form_keys import FormKey
from portal.features.letters.intake import Another, Kept, Noted, NotTaken, Stale, Wrong
from portal.features.letters.reading import OFFICIAL, Draft, Problem
from portal.features.letters.writing_page import Notice, WritingPage, page
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
    place = place_of(code)
    if not place.takes:
        return _closed(place)
    key = form_keys.new(place.code)
    return _form(page(place, key, Draft(), None))


@blueprint.get("/h/<typed:code>/<any('xem-lai', 'sua', 'gui', 'da-ghi', 'anh'):step>")
@public
def letter_step(code: str, step: str) -> ResponseReturnValue:  # noqa: ARG001 - all lead back
    return redirect(address_of("citizen.letter", code=place_of(code).code), 303)


@blueprint.post("/h/<typed:code>/xem-lai")
@public
@csrf.exempt
def letter_preview(code: str) -> ResponseReturnValue:
    place = sent_to(code)
    text, key = key_of(place)
    if key is None:
        return _back(
            place, form_keys.new(place.code), None, reading.read(request.form), Notice.STALE
        )
    written = reading.read(request.form)
    before = intake.again(key, written)
    if isinstance(before, Kept | Noted):
        return sent_before(place, text, before)
    if before is not None:
        # What was sent from this form has its receipt; these words are a letter of their own.
        text, key = _new_key(place)
    draft, wrong = _with_photos(key, _changed(written))
    above = keys.key_above(place.box.unit_id) is not None
    errors = reading.problems(place.box, draft, can_seal=above) | wrong
    if errors:
        return _back(place, text, key, draft, Notice.WRONG, errors)
    twin = intake.same_text_today(place, draft)
    looked = page(place, text, draft, key, twin=twin, another=before is not None)
    return render_template("citizen/letter_preview.html", page=looked, shown=_shown(looked))


@blueprint.post("/h/<typed:code>/sua")
@public
@csrf.exempt
def letter_again(code: str) -> ResponseReturnValue:
    place = sent_to(code)
    text, key = key_of(place)
    return _form(page(place, text, reading.read(request.form), key))


@blueprint.post("/h/<typed:code>/gui")
@public
@csrf.exempt
def send_letter(code: str) -> ResponseReturnValue:
    place = sent_to(code)
    text, key = key_of(place)
    draft = reading.read(request.form)
    try:
        outcome = intake.receive(place, request.form.get("khoa", ""), draft)
    except NotStored:
        place = place_of(code)
        return _back(place, text, key, draft, Notice.NOT_STORED, status=503)
    place = place_of(code)
    match outcome:
        case Kept() | Noted():
            return sent_before(place, text, outcome)
        case Another():
            fresh, draft = form_keys.new(place.code), replace(draft, photos=())
            return _back(place, fresh, None, draft, Notice.ANOTHER, status=409)
        case NotTaken():
            return _closed(place, outcome.standing, refused=True)
        case Stale():
            return _back(place, form_keys.new(place.code), None, draft, Notice.STALE)
        case Wrong(errors):
            return _back(place, text, key, draft, Notice.WRONG, errors)


def _new_key(place: Place) -> tuple[str, FormKey]:
    text = form_keys.new(place.code)
    key = form_keys.read(place.code, text)
    assert key is not None
    return text, key


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


def _shown(looked: WritingPage) -> list[tuple[int, str]]:
    """Give the small photos as the page itself carries them: no address leads to a draft."""
    return [
        (one.slot, "data:image/jpeg;base64," + base64.b64encode(one.small).decode())
        for one in looked.photos
    ]
