"""Drawing a citizen's pages; the empty form once, then only its names and its key put in."""

import gzip
import re
import secrets
from dataclasses import replace

from flask import Response, current_app, render_template, request
from markupsafe import escape
from werkzeug.datastructures import MultiDict

from portal.core.keep import Kept
from portal.features.campaigns.codes import grouped
from portal.features.nominations import public as nominations
from portal.features.questionnaires.pages import parts
from portal.features.questionnaires.wording import in_language
from portal.features.surveys import answers, form_keys, moved
from portal.features.surveys.answers import Reading
from portal.features.surveys.form_page import FormPage, Notice
from portal.features.surveys.moved import Move
from portal.features.surveys.places import Place, Standing
from portal.features.surveys.threshold import threshold
from portal.web import locale

Form = MultiDict[str, str]
_MARK = f"x{secrets.token_hex(8)}x"
_SPLIT = re.compile(f"{_MARK}(\\w+?){_MARK}")
_NAMES = ("code", "headline", "unit_name", "unit_running", "unit_line")
_OWN = ("key", "typed_code")
_Pieces = tuple[bytes | str, ...]
"""By turns a piece of the page, and the name of what comes after it."""


def fresh_form(place: Place, key: str) -> Response:
    """Give the empty form: the kept page of its campaign, with the unit and the key put in."""
    cached = (
        place.digest, place.campaign_id, place.campaign_version, locale.language(), place.channel,
        place.rounds,
    )  # fmt: skip
    pieces = _pages().get(cached, lambda: _drawn(place))
    assert pieces is not None
    values = {name: str(escape(getattr(place, name))).encode() for name in _NAMES}
    values |= {"key": key.encode(), "typed_code": grouped(place.code).encode()}
    return packed(
        b"".join(piece if isinstance(piece, bytes) else values[piece] for piece in pieces)
    )


def led_form(move: Move, key: str) -> str:
    """Give the empty form to somebody whom the code of a unit that has ended led here."""
    place = move.new
    spoken = in_language(place.definition, locale.language())
    page = FormPage(place, key, grouped(place.code), parts(spoken), Reading(), None, move)
    return render_template("citizen/form.html", page=page)


def kept_form(place: Place, form: Form, notice: Notice, reading: Reading | None = None) -> str:
    """Give the form back with everything that was chosen and typed, and what is to be said.

    Its key stays the same, so that sending it once more counts once; unless it was stale, or
    somebody else has to be meant.
    """
    key = form.get("khoa", "")
    if notice.needs_new_key:
        key = form_keys.new(place.code, another=notice == Notice.SECOND)
    spoken = in_language(place.definition, locale.language())
    # Read once more in the reader's language: problems may quote an answer.
    again = answers.read(spoken, form)
    shown = again if reading else replace(again, errors={})
    page = FormPage(place, key, grouped(place.code), parts(spoken), shown, notice)
    return render_template("citizen/form.html", page=page)


def unknown(code: str) -> str:
    """Give the page of a code that leads nowhere."""
    return render_template("citizen/unknown.html", typed=code)


def not_open(
    place: Place, standing: Standing | None = None, *, refused: bool = False,
    move: Move | None = None,
) -> str:  # fmt: skip
    """Give the page of a form that cannot be answered now.

    Args:
        place: where it asks.
        standing: how it stands, if that is known better than the place remembers.
        refused: a form was just sent.
        move: whose old code led here.
    """
    standing = standing or place.standing
    units_now = moved.names_now(place) if standing == Standing.REVOKED else []
    return render_template(
        "citizen/not_open.html", place=place, standing=standing, refused=refused, move=move,
        units_now=units_now,
        commended=standing == Standing.CLOSED and nominations.awards(place.campaign_id) is not None,
    )  # fmt: skip


def slip_over(place: Place | None = None, *, withdrawn: bool = False) -> str:
    """Give the page of a slip that has been used, withdrawn, or that leads nowhere (no place)."""
    return render_template("citizen/slip_over.html", place=place, withdrawn=withdrawn)


def already_sent(place: Place) -> str:
    """Give the page for a browser that has sent a form."""
    return render_template("citizen/sent.html", place=place)


def thanks(place: Place, folded: int, *, sure: bool) -> str:
    """Give the thanks; `sure` if this browser is marked as one that has sent."""
    least = threshold(place.definition)
    return render_template(
        "citizen/thanks.html", place=place, folded=folded, sure=sure, least=least
    )


def _pages() -> Kept[tuple[object, ...], _Pieces]:
    kept: Kept[tuple[object, ...], _Pieces] = current_app.extensions.setdefault(
        "citizen_forms", Kept(40, seconds=60)
    )
    return kept


def _drawn(place: Place) -> _Pieces:
    marks = {name: f"{_MARK}{name}{_MARK}" for name in (*_NAMES, *_OWN)}
    marked = replace(
        place,
        code=marks["code"],
        unit_name=marks["unit_name"],
        unit_running=marks["unit_running"],
        unit_line=marks["unit_line"],
    )
    spoken = in_language(place.definition, locale.language())
    page = FormPage(marked, marks["key"], marks["typed_code"], parts(spoken), Reading(), None)
    found = _SPLIT.split(render_template("citizen/form.html", page=page))
    return tuple(text if i % 2 else text.encode() for i, text in enumerate(found))


def packed(body: bytes) -> Response:
    """Give a page compressed, if the browser takes that."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return Response(body, mimetype="text/html")
    answer = Response(gzip.compress(body, 1, mtime=0), mimetype="text/html")
    answer.headers["Content-Encoding"] = "gzip"
    return answer
