"""A group's counts: entered twice, laid side by side, settled; the minutes."""

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import ballot_desk, blueprint
from portal.blueprints.office.ballot_desk import address, back
from portal.blueprints.office.consultation_tabs import tabs
from portal.core.errors import Invalid, Refused
from portal.core.text import clean
from portal.features.ballots import entering, figures, minutes, minutes_word, standing
from portal.features.ballots.figures import Reading
from portal.features.ballots.models import BallotGroup, Enterer
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.printing import DOCX, PDF, sent
from portal.web.telling import sentences, warn


@blueprint.route(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/nhap", methods=["GET", "POST"]
)
@requires(Permission.BALLOT_EDIT, load=ballot_desk.group)
def ballot_entry(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    who = Enterer.HEAD if request.values.get("thay") else Enterer.WARD
    if refusal := entering.why_not(actor(), group, who):
        flash(_(refusal), "warning")
        return back(group)
    if request.method != "POST":
        return _entry(group, who, _stored(group, who))
    reading = figures.read(request.form, group.numbers)
    if reading.figures is None:
        return _entry(group, who, reading, _told(reading)), 422
    try:
        entering.enter(actor(), group, who, reading.figures, request.form.get("reason", ""))
    except Invalid as invalid:
        return _entry(group, who, reading, sentences(invalid)), 422
    except Refused as refused:
        warn(refused)
    else:
        flash(_("Đã nhập số phiếu của tổ."), "success")
    return back(group)


@blueprint.route(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/doi-chieu",
    methods=["GET", "POST"],
)
@requires(Permission.BALLOT_SETTLE, load=ballot_desk.group)
def ballot_settling(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    both = standing.pair(group)
    if both is None or standing.why_no_change(group):
        flash(_(standing.why_no_change(group) or entering.ONE_ENTRY), "warning")
        return back(group)
    if request.method != "POST":
        same = {name: str(value) for name, value in both[0].values.items()
                if both[1].values.get(name) == value}  # fmt: skip
        typed = {name: same.get(name, "") for name in figures.names(group.numbers)}
        return _settling(group, Reading(typed, None, {}))
    reading = figures.read(request.form, group.numbers)
    reason = clean(request.form.get("reason", ""), multiline=True)
    if reading.figures is None:
        return _settling(group, reading, _told(reading), reason), 422
    try:
        entering.settle(actor(), group, reading.figures, reason)
    except Invalid as invalid:
        return _settling(group, reading, sentences(invalid), reason), 422
    except Refused as refused:
        warn(refused)
    else:
        flash(_("Đã chốt số phiếu của tổ. Mời in biên bản để ký."), "success")
    return back(group)


@blueprint.get(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/bien-ban.<any(pdf, docx):kind>"
)
@requires(Permission.BALLOT_READ, load=ballot_desk.group)
def ballot_minutes(group: BallotGroup, group_id: int, kind: str) -> ResponseReturnValue:  # noqa: ARG001
    drawn = minutes.of(group)
    name = f"Biên bản kiểm phiếu {group.group}.{kind}"
    if kind == "docx":
        return sent(minutes_word.draw(drawn), DOCX, name)
    return sent(minutes.pdf(drawn), PDF, name)


def _stored(group: BallotGroup, who: Enterer) -> Reading:
    """Give what the same one entered before, to be put right; empty fields else."""
    entry = standing.entry(group, who)
    values = figures.Figures.from_json(entry.figures).values if entry else {}
    typed = {name: str(values.get(name, "")) for name in figures.names(group.numbers)}
    return Reading(typed, None, {})


def _told(reading: Reading) -> dict[str, str]:
    return {name: _(text) for name, text in reading.errors.items()}


def _entry(
    group: BallotGroup, who: Enterer, reading: Reading, errors: dict[str, str] | None = None
) -> str:
    return render_template(
        "features/ballots/entry.html", group=group, who=who, reading=reading,
        errors=errors or {}, address=address, tabs=tabs(group.consultation),
        needs_reason=entering.needs_reason(group), reason=request.form.get("reason", ""),
    )  # fmt: skip


def _settling(
    group: BallotGroup, reading: Reading, errors: dict[str, str] | None = None, reason: str = ""
) -> str:
    both = standing.pair(group)
    assert both is not None
    return render_template(
        "features/ballots/settle.html", group=group, reading=reading, errors=errors or {},
        head=both[0].values, ward=both[1].values, differing=figures.differing(*both),
        reason=reason, address=address, tabs=tabs(group.consultation),
    )  # fmt: skip
