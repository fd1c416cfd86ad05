"""What became of a letter, or of comments on a draft: shown to whoever has the receipt alone.

The receipt is typed into a form, never into an address. A browser keeps an encrypted cookie for
fifteen minutes, which no script reads, or until “Đóng”.
"""

import base64
import re
import time
from datetime import timedelta

from flask import (
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.core import clock, receipts
from portal.core.errors import Crowded, Invalid, PortalError, Refused
from portal.core.text import clean
from portal.extensions import csrf
from portal.features.consultations import voice_following
from portal.features.letters import following, opening, sending
from portal.features.letters.following import Followed
from portal.features.letters.opening import Opened, Tries
from portal.settings import BACKUPS_KEPT
from portal.web import shut_cookies
from portal.web.access import public
from portal.web.addresses import from_here

OPENED, TRIED = "thu_mo", "thu_thu"
LIVES = timedelta(minutes=15)
FORGETS = timedelta(days=BACKUPS_KEPT + 1)
"""After which no copy has a word of a letter that was taken back, should it be near midnight."""
PATH = "/t"
_SIGNS = re.compile(r"[^\w\s\-\u2010-\u2015]")
"""What no receipt has: it is not shown again."""


@blueprint.get("/t")
@public
def track() -> ResponseReturnValue:
    if _opened() is not None:
        return redirect(url_for("citizen.tracked"), 303)
    return _form()


@blueprint.post("/t/mo")
@public
@csrf.exempt
def track_open() -> ResponseReturnValue:
    if not from_here():
        abort(403)
    typed, now = clean(request.form.get("ma", "")), int(time.time())
    tries = opening.tries(request.form.get("khoa"), request.cookies.get(TRIED))
    if wait := tries.wait(now):
        return _form(typed, tries=tries, wait=wait), 429
    if receipts.normalise(typed) is None:
        return _form(typed, tries=tries, problem="shape"), 422
    try:
        opened = opening.of_receipt(typed)
    except Crowded:
        return _form(typed, tries=tries, problem="crowded"), 503
    if opened is None:
        return _wrong(typed, tries.one_more(now), now)
    answer = make_response(redirect(url_for("citizen.tracked"), 303))
    _keep(answer, opened)
    answer.delete_cookie(TRIED, path=PATH)
    return answer


@blueprint.get("/t/mo")
@public
def track_again() -> ResponseReturnValue:
    return redirect(url_for("citizen.track"), 303)


@blueprint.get("/t/thu")
@public
def tracked() -> ResponseReturnValue:
    opened = _opened()
    if opened is None:
        return redirect(url_for("citizen.track"), 303)
    if shown := following.follow(opened):
        return _page(opened, shown)
    if voice := voice_following.follow(opened.receipt_hash):
        return _kept_open(
            render_template("citizen/track_voice.html", page=voice, token=opened.token), opened
        )
    return redirect(url_for("citizen.track"), 303)


@blueprint.post("/t/viet-them")
@public
@csrf.exempt
def track_write() -> ResponseReturnValue:
    opened, shown = _sent_by_owner()
    typed = clean(request.form.get("noi_dung", ""), multiline=True)
    act = sending.ask_again if shown.can_ask_again else sending.reply
    try:
        act(opened, typed)
    except (Invalid, Refused) as error:
        fresh = following.follow(opened)
        return (_page(opened, fresh or shown, typed, error), 422)
    return redirect(url_for("citizen.tracked") + "#chu-moi", 303)


@blueprint.get("/t/rut")
@public
def track_withdraw() -> ResponseReturnValue:
    opened = _opened()
    shown = following.follow(opened) if opened else None
    if opened is None or shown is None or not shown.can_withdraw:
        return redirect(url_for("citizen.track"), 303)
    return render_template(
        "citizen/track_withdraw.html", page=shown, token=opened.token, kept=BACKUPS_KEPT,
        forgotten=clock.today() + timedelta(days=BACKUPS_KEPT),
    )  # fmt: skip


@blueprint.post("/t/rut")
@public
@csrf.exempt
def track_withdrawn() -> ResponseReturnValue:
    opened, _ = _sent_by_owner()
    sending.withdraw(opened)
    return redirect(url_for("citizen.tracked"), 303)


@blueprint.get("/t/dong")
@public
def track_closed() -> ResponseReturnValue:
    return render_template("citizen/track_closed.html")


@blueprint.post("/t/dong")
@public
@csrf.exempt
def track_close() -> ResponseReturnValue:
    if not from_here():
        abort(403)
    answer = make_response(redirect(url_for("citizen.track_closed"), 303))
    shut_cookies.drop(answer, OPENED, path=PATH)
    return answer


@blueprint.get("/t/chung-minh")
@public
def track_proof() -> ResponseReturnValue:
    opened = _opened()
    shown = following.follow(opened) if opened else None
    if shown is None:
        return redirect(url_for("citizen.track"), 303)
    return render_template("citizen/track_proof.html", page=shown, proof=shown.proof)


def _opened() -> Opened | None:
    kept = shut_cookies.take(OPENED)
    return Opened.unpacked(kept[0]) if kept else None


def _keep(answer: Response, opened: Opened) -> None:
    shut_cookies.put(answer, OPENED, opened.packed, LIVES, path=PATH)


def _sent_by_owner() -> tuple[Opened, Followed]:
    """Give the letter whose own page sent this form; anything else is sent back to the start."""
    opened = _opened()
    if opened is None or not from_here() or not opened.is_token(request.form.get("khoa", "")):
        abort(make_response(redirect(url_for("citizen.track"), 303)))
    shown = following.follow(opened)
    if shown is None:
        abort(make_response(redirect(url_for("citizen.track"), 303)))
    return opened, shown


def _wrong(typed: str, tries: Tries, now: int) -> ResponseReturnValue:
    answer = make_response(_form(typed, tries=tries, problem="wrong", wait=tries.wait(now)), 422)
    answer.set_cookie(
        TRIED, tries.kept, max_age=opening.FORGOTTEN, path=PATH, httponly=True, samesite="Lax",
        secure=current_app.config["PORTAL"].secure,
    )  # fmt: skip
    return answer


def _form(typed: str = "", *, tries: Tries | None = None, problem: str = "", wait: int = 0) -> str:
    tries = tries or opening.tries(request.cookies.get(TRIED))
    return render_template(
        "citizen/track.html",
        typed=_SIGNS.sub("", typed),
        khoa=tries.kept,
        problem=problem,
        wait=wait,
    )


def _page(
    opened: Opened, shown: Followed, typed: str = "", problem: PortalError | None = None
) -> Response:
    error, values = _said(problem)
    gone = shown.withdrawn_on
    drawn = render_template(
        "citizen/track_letter.html", page=shown, forgotten=gone and gone + FORGETS,
        token=opened.token, typed=typed, error=error, values=values, levels=following.LEVELS,
        pictures=[[_address(one) for one in words.photos] for words in shown.words],
    )  # fmt: skip
    return _kept_open(drawn, opened)


def _kept_open(drawn: str, opened: Opened) -> Response:
    answer = make_response(drawn)
    _keep(answer, opened)
    return answer


def _said(problem: PortalError | None) -> tuple[str, dict[str, object]]:
    if isinstance(problem, Invalid):
        return next(iter(problem.errors.values())), dict(problem.values)
    return (problem.message, dict(problem.values)) if problem else ("", {})


def _address(photo: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(photo).decode()
