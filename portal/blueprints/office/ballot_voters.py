"""The list of voters of a group: pasted, corrected, ticked; every file of names on record."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import ballot_desk, blueprint
from portal.blueprints.office.ballot_desk import address, back
from portal.blueprints.office.ballot_forms import VoterForm
from portal.blueprints.office.consultation_tabs import tabs
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.ballots import checking, exports, papers, queries, standing, voters
from portal.features.ballots.models import BallotGroup
from portal.features.consultations import queries as consultations
from portal.features.consultations.models import Consultation
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web import pasting
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.printing import PDF, XLSX, sent
from portal.web.telling import done, warn

_LIST = "office.ballot_voters"


@blueprint.route("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/dan", methods=["GET", "POST"])
@requires(Permission.VOTER_EDIT, load=consultations.get_visible)
def ballot_paste(consultation: Consultation) -> ResponseReturnValue:
    return _paste(consultation, None)


@blueprint.route(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/danh-sach/dan",
    methods=["GET", "POST"],
)
@requires(Permission.VOTER_EDIT, load=ballot_desk.group)
def ballot_voters_paste(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    return _paste(group.consultation, group)


@blueprint.get("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/danh-sach")
@requires(Permission.VOTER_READ, load=ballot_desk.group)
def ballot_voters(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    return render_template(
        "features/ballots/voters.html", group=group, voters=queries.voters([group.id]),
        track=standing.window(group.consultation), address=address,
        tabs=tabs(group.consultation), kept_until=voters.kept_until(group.consultation),
        shut=standing.why_no_change(group),
        may_edit=allows(actor(), Permission.VOTER_EDIT, group),
    )  # fmt: skip


@blueprint.post("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/danh-sach/tai")
@requires(Permission.VOTER_READ, load=ballot_desk.group)
def ballot_voters_file(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    kind = request.form.get("tep", "")
    rows = queries.voters([group.id])
    name = f"Danh sách cử tri {group.group}"
    if kind == "xlsx":
        content, media, name = exports.voter_sheet(group, rows), XLSX, f"{name}.xlsx"
    elif kind in {papers.POSTED, papers.SIGNED}:
        content, media, name = papers.voter_list(group, rows, kind), PDF, f"{name}.pdf"
    else:
        raise Missing
    voters.note_download(actor(), group, kind)
    return sent(content, media, name)


@blueprint.post("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/danh-sach/da-co")
@requires(Permission.VOTER_EDIT, load=ballot_desk.group)
def ballot_voters_tick(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    ticked, shown = _ids(request.form.getlist("ho")), _ids(request.form.get("truoc", "").split())
    try:
        n = voters.tick(actor(), group, ticked, shown)
    except Refused as refused:
        warn(refused)
    else:
        flash(_("Đã lưu: %(n)s hộ đã có ý kiến.", n=n), "success")
    return back(group, _LIST)


@blueprint.route(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/danh-sach/them",
    methods=["GET", "POST"],
)
@requires(Permission.VOTER_EDIT, load=ballot_desk.group)
def ballot_voter_add(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    form = VoterForm()
    if form.is_submitted() and form.validate():
        try:
            voters.add(actor(), group, form.cells)
        except voters.Wrong as wrong:
            form.tell(wrong.faults)
        except Refused as refused:
            warn(refused)
            return back(group, _LIST)
        else:
            flash(_("Đã thêm một hộ."), "success")
            return back(group, _LIST)
    return _row(group, form, None), 422 if form.is_submitted() else 200


@blueprint.route(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/danh-sach/sua/<int:voter_id>",
    methods=["GET", "POST"],
)
@requires(Permission.VOTER_EDIT, load=ballot_desk.group)
def ballot_voter_edit(group: BallotGroup, group_id: int, voter_id: int) -> ResponseReturnValue:  # noqa: ARG001
    voter = queries.voter(group, voter_id)
    if voter is None:
        raise Missing
    form = VoterForm.of(voter)
    if form.is_submitted() and form.validate():
        try:
            voters.change(actor(), group, voter, form.cells, form.version.data or "")
        except Stale as stale:
            form.renew(voter.line)
            return _row(group, form, voter_id, form.also(stale)), 409
        except voters.Wrong as wrong:
            form.tell(wrong.faults)
        except Refused as refused:
            warn(refused)
            return back(group, _LIST)
        else:
            flash(_("Đã lưu."), "success")
            return back(group, _LIST)
    return _row(group, form, voter_id), 422 if form.is_submitted() else 200


@blueprint.post(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/danh-sach/bo/<int:voter_id>"
)
@requires(Permission.VOTER_EDIT, load=ballot_desk.group)
def ballot_voter_remove(group: BallotGroup, group_id: int, voter_id: int) -> ResponseReturnValue:  # noqa: ARG001
    done(lambda: voters.remove(actor(), group, voter_id), _("Đã bỏ một hộ khỏi danh sách."))
    return back(group, _LIST)


def _ids(typed: list[str]) -> set[int]:
    return {int(one) for one in typed if one.isascii() and one.isdigit()}


def _paste(consultation: Consultation, own: BallotGroup | None) -> ResponseReturnValue:
    sent_table = pasting.received(checking.COLUMNS)
    replaces = sent_table.others.get("replaces") == "1"
    groups = queries.listed(consultation.id)
    stored = queries.voters([own.id] if own else [one.id for one in groups])
    shown = {
        "consultation": consultation, "group": own, "tabs": tabs(consultation), "url": request.path,
        "address": address, "replaces": replaces, "stored": len(stored), "sent": sent_table,
        "names": [one.group for one in ([own] if own else groups)],
    }  # fmt: skip
    if sent_table.table is None:
        page = render_template("features/ballots/paste.html", columns=checking.COLUMNS, **shown)
        return page, sent_table.status
    found = voters.check(groups, sent_table.table, own=own, replaces=replaces)
    if sent_table.takes(found.table):
        try:
            new, kept = voters.take(actor(), consultation, sent_table.table, own=own,
                                    replaces=replaces)  # fmt: skip
        except (Invalid, Refused) as failure:
            warn(failure)
        else:
            flash(_("Đã lưu %(new)s hộ mới, giữ nguyên %(kept)s hộ.", new=new, kept=kept),
                  "success")  # fmt: skip
            if own:
                return back(own, _LIST)
            return redirect(url_for("office.ballots", consultation_id=consultation.id))
    if sent_table.saves:
        return pasting.again(sent_table)
    page = render_template("features/ballots/check.html", found=found, **shown)
    return page, 422 if found.table.faults else 200


def _row(
    group: BallotGroup, form: VoterForm, voter_id: int | None, theirs: dict[str, str] | None = None
) -> str:
    return render_template(
        "features/ballots/voter.html", group=group, form=form, voter_id=voter_id, theirs=theirs,
        address=address, tabs=tabs(group.consultation),
    )  # fmt: skip
