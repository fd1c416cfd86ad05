"""A group head's link: choosing the day, naming who counts, entering the counts. No account.

Nothing here sets a cookie or touches Flask's session; whoever has the link is the head, until the
ward revokes it.
"""

from collections.abc import Mapping

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.citizen import blueprint
from portal.core import clock
from portal.core.errors import Invalid, NotStored, Refused, Stale
from portal.extensions import csrf
from portal.features.ballots import entering, figures, links, services, standing
from portal.features.ballots.figures import Figures, Reading
from portal.features.ballots.links import Head
from portal.features.ballots.models import BallotGroup, Enterer
from portal.features.ballots.services import TeamInput
from portal.web.access import public
from portal.web.addresses import from_here
from portal.web.forms import posted_version
from portal.web.telling import sentence, sentences

_TEAM = ("team", "witnesses", "place", "complaints")


@blueprint.get("/to/<string(length=32):token>")
@public
def group_head(token: str) -> ResponseReturnValue:
    group = links.find(token)
    return _page(token, group) if group else _gone()


@blueprint.get("/to/<string(length=32):token>/<any('ngay', 'to-kiem', 'so-phieu'):step>")
@public
def group_head_step(token: str, step: str) -> ResponseReturnValue:  # noqa: ARG001 - all lead back
    return redirect(url_for("citizen.group_head", token=token), 303)


@blueprint.post("/to/<string(length=32):token>/ngay")
@public
@csrf.exempt
def group_head_day(token: str) -> ResponseReturnValue:
    group = _sent(token)
    chosen = request.form.get("day", "")
    day = next(
        (one for one in standing.days(group.consultation) if one.isoformat() == chosen), None
    )
    if day is None:
        return _page(token, group, {"day": _("Mời chọn một ngày.")}), 422
    try:
        services.choose_day(Head.of(group), group, day)
    except (Refused, NotStored) as failure:
        return _failed(token, group, failure)
    return _done(token, "ngay")


@blueprint.post("/to/<string(length=32):token>/to-kiem")
@public
@csrf.exempt
def group_head_team(token: str) -> ResponseReturnValue:
    group = _sent(token)
    typed = {name: request.form.get(name, "") for name in _TEAM}
    try:
        services.keep_team(Head.of(group), group, TeamInput(**typed), posted_version())
    except Invalid as invalid:
        return _page(token, group, sentences(invalid), team=typed), 422
    except Stale as stale:
        return _page(token, group, team=typed, theirs=stale.theirs), 409
    except (Refused, NotStored) as failure:
        return _failed(token, group, failure, team=typed)
    return _done(token, "to-kiem")


@blueprint.post("/to/<string(length=32):token>/so-phieu")
@public
@csrf.exempt
def group_head_counts(token: str) -> ResponseReturnValue:
    group = _sent(token)
    reading = figures.read(request.form, group.numbers)
    if reading.figures is None:
        errors = {name: _(text) for name, text in reading.errors.items()}
        return _page(token, group, errors, reading), 422
    try:
        entering.enter(Head.of(group), group, Enterer.HEAD, reading.figures,
                       request.form.get("reason", ""))  # fmt: skip
    except Invalid as invalid:
        return _page(token, group, sentences(invalid), reading), 422
    except (Refused, NotStored) as failure:
        return _failed(token, group, failure, reading=reading)
    return _done(token, "so-phieu")


def _sent(token: str) -> BallotGroup:
    """Give the group whose head sent this form from the portal's own page."""
    if not from_here() or request.form.get("khoa") != token:
        abort(403)
    group = links.find(token)
    if group is None:
        abort(404)
    return group


def _done(token: str, step: str) -> ResponseReturnValue:
    return redirect(url_for("citizen.group_head", token=token, xong=step), 303)


def _gone() -> ResponseReturnValue:
    return render_template("citizen/group_head_gone.html"), 404


def _failed(
    token: str, group: BallotGroup, failure: Refused | NotStored, **kept: object
) -> ResponseReturnValue:
    """Show the page again with everything that was typed, and say why nothing was stored."""
    stored = isinstance(failure, Refused)
    said = sentence(failure) if stored else _("Máy chủ chưa lưu được. Xin bấm lại sau ít phút.")
    again = links.find(token) or group
    return _page(token, again, {"all": said}, **kept), 409 if stored else 503  # type: ignore[arg-type]


def _page(
    token: str, group: BallotGroup, errors: dict[str, str] | None = None,
    reading: Reading | None = None, team: dict[str, str] | None = None,
    theirs: Mapping[str, object] | None = None,
) -> str:  # fmt: skip
    entry = standing.entry(group, Enterer.HEAD)
    values = Figures.from_json(entry.figures).values if entry else {}
    typed = {name: str(values.get(name, "")) for name in figures.names(group.numbers)}
    return render_template(
        "citizen/group_head.html", token=token, group=group, unit=group.consultation.unit,
        entry=entry, errors=errors or {}, reading=reading or Reading(typed, None, {}),
        team=team or {name: getattr(group, name) for name in _TEAM},
        days=standing.days(group.consultation), weekday=clock.weekday_name,
        shut=standing.why_no_change(group), why_no_entry=standing.why_no_entry(
            group, clock.today()
        ),
        why_no_day=standing.why_no_day(group, clock.today()), theirs=theirs,
        needs_reason=entry and entering.needs_reason(group),
        reason=request.form.get("reason", ""), done=request.args.get("xong", ""),
    )  # fmt: skip
