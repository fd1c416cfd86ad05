"""A draft before everybody: its contents, one Điều at a time, comments looked over and sent.

Nothing here touches Flask's session, and a receipt is never in an address. A browser that has sent
keeps the same mark and pace as with a survey, and no more.
"""

from flask import Response, current_app, make_response, redirect, render_template, request
from flask import url_for as address_of
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint, brakes
from portal.blueprints.citizen.brakes import SENT
from portal.blueprints.citizen.draft_receipts import key_text, place_of, sent_before, sent_to
from portal.blueprints.citizen.rendering import packed
from portal.core.errors import Missing, NotStored
from portal.core.keep import Kept as Keeping
from portal.extensions import csrf
from portal.features.campaigns import codes
from portal.features.consultations import (
    others,
    voice_intake,
    voice_pages,
    voice_places,
    voice_reading,
)
from portal.features.consultations.voice_intake import NotTaken, Outcome, Second
from portal.features.consultations.voice_pages import ContentsPage, Notice, Outline, PartPage
from portal.features.consultations.voice_places import Place
from portal.features.consultations.voice_reading import WHOLE, Sending
from portal.features.letters import warnings
from portal.features.letters.intake import Another, Kept, Noted, Stale, Wrong
from portal.features.letters.reading import Problem
from portal.features.regulations import moves, reading
from portal.features.regulations import queries as drafts
from portal.web import draft_files
from portal.web.access import public

_VERSIONS, _SECONDS = 20, 600


@blueprint.get("/g/<typed:code>")
@public
def draft(code: str) -> ResponseReturnValue:
    if (bare := codes.normalise(code)) and bare != code:
        return redirect(address_of("citizen.draft", code=bare), 301)
    place, outline = _read(code)
    key = voice_intake.new_key(place) if place.takes else ""
    page = ContentsPage(place, outline, key, voice_intake.count(place.consultation.id))
    counted = others.counts(place.consultation)
    return _drawn(
        "citizen/draft.html", page=page, others=counted.get("", 0),
        files=draft_files.files(place.consultation),
    )  # fmt: skip


@blueprint.get("/g/<typed:code>/dieu/<string(maxlength=8):part>")
@public
def draft_part(code: str, part: str) -> ResponseReturnValue:
    place, outline = _read(code)
    stands = outline.part(part) or outline.part(_moved(place, part))
    if stands != part:
        anchor = f"k-{part}" if outline.entry(part) else None
        return redirect(_address(place, stands, anchor), 302)
    found = outline.entry(part)
    assert found is not None
    key = voice_intake.new_key(place) if place.takes else ""
    page = PartPage(place, outline, key, found, others.counts(place.consultation))
    return _drawn("citizen/draft_part.html", page=page)


@blueprint.get("/g/<typed:code>/dieu/<string(maxlength=8):part>/y-kien")
@public
def draft_others(code: str, part: str) -> ResponseReturnValue:
    place, outline = _read(code)
    found = outline.entry(part)
    if not place.consultation.shows_comments or not (found or part == WHOLE):
        raise Missing
    keys = [one.key for one in PartPage(place, outline, "", found).lines] if found else [""]
    shown = others.page(place.consultation, keys, request.args.get("trang", 1, type=int))
    return _drawn(
        "citizen/draft_others.html", place=place, part=found, name=part, shown=shown,
        outline=outline,
    )  # fmt: skip


@blueprint.get("/g/<typed:code>/<any('xem-lai', 'gui', 'da-ghi', 'anh'):step>")
@public
def draft_step(code: str, step: str) -> ResponseReturnValue:  # noqa: ARG001 - all lead back
    return redirect(address_of("citizen.draft", code=place_of(code).code), 303)


@blueprint.post("/g/<typed:code>/xem-lai")
@public
@csrf.exempt
def draft_review(code: str) -> ResponseReturnValue:
    place = sent_to(code)
    if not place.takes:
        return _closed(place)
    sending = _sending(place)
    key, text = voice_intake.read_key(place, key_text()), key_text()
    if key is None:
        return _back(place, voice_intake.new_key(place), sending, Notice.STALE)
    before = voice_intake.again(key, sending)
    if isinstance(before, Kept | Noted):
        return sent_before(place, before)
    has_sent = brakes.mark() == SENT
    if has_sent or before is not None:
        # What was sent from this form has its receipt; this is a sending of its own.
        text = voice_intake.new_key(place, more=has_sent)
    if errors := voice_reading.problems(sending):
        return _back(place, text, sending, Notice.WRONG, errors)
    return _review(place, text, sending, Notice.SECOND if has_sent else None)


@blueprint.post("/g/<typed:code>/gui")
@public
@csrf.exempt
def send_draft(code: str) -> ResponseReturnValue:
    place = sent_to(code)
    sending = _sending(place)
    paced = brakes.paced()
    if paced is None:
        return _back(place, key_text(), sending, Notice.TOO_FAST, status=429)
    has_sent = brakes.mark() == SENT
    try:
        outcome = voice_intake.receive(place, key_text(), sending, has_sent=has_sent)
    except NotStored:
        return _back(place_of(code), key_text(), sending, Notice.NOT_STORED, status=503)
    place = place_of(code)
    answer = make_response(_answer(place, outcome, sending))
    brakes.put_pace(answer, paced)
    closes_on = place.where.closes_on
    if isinstance(outcome, Kept | Noted) and closes_on:
        path = address_of("citizen.draft", code=place.code)
        brakes.put_mark(answer, SENT, path=path, until=closes_on)
    return answer


def _answer(place: Place, outcome: Outcome, sending: Sending) -> ResponseReturnValue:
    match outcome:
        case Kept() | Noted():
            return sent_before(place, outcome)
        case Another():
            key = voice_intake.new_key(place, more=True)
            return _back(place, key, sending, Notice.ANOTHER, status=409)
        case Second():
            key = voice_intake.new_key(place, more=True)
            return _back(place, key, sending, Notice.SECOND, status=409)
        case NotTaken():
            return _closed(place)
        case Stale():
            return _back(place, voice_intake.new_key(place), sending, Notice.STALE)
        case Wrong(errors):
            return _back(place, key_text(), sending, Notice.WRONG, errors)


def _read(code: str) -> tuple[Place, Outline]:
    """Give a consultation with the version that people read; published ones never change."""
    place = place_of(code)
    version = drafts.published(place.consultation.draft_id)
    if version is None:
        raise Missing
    kept: Keeping[int, Outline] = current_app.extensions.setdefault(
        "drafts_read", Keeping(_VERSIONS, seconds=_SECONDS)
    )
    outline = kept.get(version.id, lambda: Outline(
        version.number, version.published_on, version.preamble, tuple(reading.outline(version)),
        version.note if version.number > 1 else "",
    ))  # fmt: skip
    assert outline is not None
    return place, outline


def _moved(place: Place, key: str) -> str:
    return moves.resolve(place.consultation.draft_id, [key])[key]


def _address(place: Place, part: str, anchor: str | None) -> str:
    if not part:
        return address_of("citizen.draft", code=place.code)
    return address_of("citizen.draft_part", code=place.code, part=part, _anchor=anchor)


def _sending(place: Place) -> Sending:
    """Read what was sent; a number or an address is covered if its writer has chosen so."""
    sending = voice_reading.read(request.form, voice_places.provisions(place.consultation.draft_id))
    kind = request.form.get("che")
    if not kind:
        return sending
    covered = ((key, warnings.cover(text, [kind])) for key, text in sending.comments)
    return Sending(tuple(covered), sending.agrees)


def _review(
    place: Place, key: str, sending: Sending, notice: Notice | None = None,
    errors: dict[str, Problem] | None = None,
) -> str:  # fmt: skip
    known = voice_places.provisions(place.consultation.draft_id)
    page = voice_pages.review(place, key, sending, known, errors, notice)
    return render_template("citizen/draft_review.html", page=page)


def _back(
    place: Place, key: str, sending: Sending, notice: Notice,
    errors: dict[str, Problem] | None = None, *, status: int = 422,
) -> ResponseReturnValue:  # fmt: skip
    # Nobody is asked to send again what will not be taken.
    return (_review(place, key, sending, notice, errors), status) if place.takes else _closed(place)


def _closed(place: Place) -> ResponseReturnValue:
    return render_template("citizen/draft_closed.html", place=place), 409


def _drawn(template: str, **values: object) -> Response:
    return packed(render_template(template, **values).encode())
