"""Households of a consultation: which groups take part, their papers, the ward's table."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import ballot_desk, blueprint
from portal.blueprints.office.ballot_desk import address, back
from portal.blueprints.office.ballot_forms import GroupForm, TeamForm, number
from portal.blueprints.office.consultation_tabs import tabs
from portal.core import clock
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.core.text import clean
from portal.features.ballots import (
    answer_sheet,
    answers,
    entering,
    exports,
    groups,
    links,
    pages,
    papers,
    queries,
    services,
    standing,
)
from portal.features.ballots.models import BallotGroup, Enterer
from portal.features.ballots.workflow import BALLOT_GROUP
from portal.features.consultations import prints
from portal.features.consultations import queries as consultations
from portal.features.consultations.models import Consultation
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.offers import buttons
from portal.web.printing import PDF, XLSX, sent
from portal.web.telling import done, sentences, warn


@blueprint.get("/lay-y-kien/<int:consultation_id>/ho-gia-dinh")
@requires(Permission.BALLOT_READ, load=consultations.get_visible)
def ballots(consultation: Consultation) -> ResponseReturnValue:
    return render_template(
        "features/ballots/list.html", page=pages.overview(consultation),
        consultation=consultation, tabs=tabs(consultation),
        may_edit=allows(actor(), Permission.BALLOT_EDIT, consultation),
    )  # fmt: skip


@blueprint.get("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/bang.xlsx")
@requires(Permission.BALLOT_READ, load=consultations.get_visible)
def ballot_table(consultation: Consultation) -> ResponseReturnValue:
    content = exports.ward_table(pages.overview(consultation))
    return sent(content, XLSX, f"Phiếu hộ gia đình {consultation.name}.xlsx")


@blueprint.get("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/phieu.pdf")
@requires(Permission.BALLOT_READ, load=consultations.get_visible)
def ballot_papers(consultation: Consultation) -> ResponseReturnValue:
    groups = queries.listed(consultation.id)
    if not groups:
        raise Missing
    return sent(papers.ballots(consultation, groups), PDF, "Phiếu lấy ý kiến các tổ.pdf")


@blueprint.route("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/them", methods=["GET", "POST"])
@requires(Permission.BALLOT_EDIT, load=consultations.get_visible)
def ballot_add(consultation: Consultation) -> ResponseReturnValue:
    if request.method != "POST":
        return _choosing(consultation)
    typed = {name: clean(value) for name, value in request.form.items()}
    try:
        added = _added(consultation, typed)
    except Invalid as invalid:
        return _choosing(consultation, typed, sentences(invalid)), 422
    except Refused as refused:
        warn(refused)
    else:
        if not added:
            flash(_("Chưa chọn tổ nào."), "warning")
            return _choosing(consultation, typed), 422
        flash(_("Đã thêm %(n)s tổ.", n=added), "success")
    return redirect(url_for("office.ballots", consultation_id=consultation.id))


@blueprint.get("/lay-y-kien/to/<int:group_id>")
@requires(Permission.BALLOT_READ, load=queries.get_visible)
def ballot_group_by_id(group: BallotGroup) -> ResponseReturnValue:
    return back(group)


@blueprint.get("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>")
@requires(Permission.BALLOT_READ, load=ballot_desk.group)
def ballot_group(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    return _page(group)


@blueprint.route(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/sua", methods=["GET", "POST"]
)
@requires(Permission.BALLOT_EDIT, load=ballot_desk.group)
def ballot_edit(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    form = GroupForm.of(group)
    if not form.is_submitted():
        return _edit(group, form)
    try:
        settled = form.settles(
            lambda: services.change(actor(), group, form.given(), form.seen_version()),
            _("Đã lưu."),
        )
    except Stale as stale:
        form.renew(group.version)
        return _edit(group, form, form.also(stale)), 409
    return back(group) if settled else (_edit(group, form), 422)


@blueprint.route(
    "/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/kiem-phieu",
    methods=["GET", "POST"],
)
@requires(Permission.BALLOT_EDIT, load=ballot_desk.group)
def ballot_team(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    form = TeamForm.of(group)
    if not form.is_submitted():
        return _team(group, form)
    try:
        settled = form.settles(
            lambda: services.keep_team(actor(), group, form.given(), form.seen_version()),
            _("Đã lưu tổ kiểm phiếu."),
        )
    except Stale as stale:
        form.renew(group.version)
        return _team(group, form, form.also(stale)), 409
    return back(group) if settled else (_team(group, form), 422)


@blueprint.post("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/bo")
@requires(Permission.BALLOT_EDIT, load=ballot_desk.group)
def ballot_remove(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    consultation_id = group.consultation_id
    if not done(lambda: groups.remove(actor(), group), _("Đã bỏ tổ khỏi đợt.")):
        return back(group)
    return redirect(url_for("office.ballots", consultation_id=consultation_id))


@blueprint.post("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/duong-dan")
@requires(Permission.BALLOT_EDIT, load=ballot_desk.group)
def ballot_link(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    try:
        token = links.issue(actor(), group)
    except Refused as refused:
        warn(refused)
        return back(group)
    link = f"{base_url()}/{links.PATH}/{token}"
    return _page(group, link=link, invitation=links.words(group, link))


@blueprint.get("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/duong-dan")
@requires(Permission.BALLOT_READ, load=ballot_desk.group)
def ballot_link_again(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    """Lead whoever reloads or comes back to the page of a link: the link is told once."""
    return back(group)


@blueprint.post("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/thu-hoi")
@requires(Permission.BALLOT_EDIT, load=ballot_desk.group)
def ballot_unlink(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    links.revoke(actor(), group)
    flash(_("Đã thu hồi đường dẫn của tổ trưởng."), "success")
    return back(group)


@blueprint.get("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/phieu.pdf")
@requires(Permission.BALLOT_READ, load=ballot_desk.group)
def ballot_paper(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    content = papers.ballots(group.consultation, [group])
    return sent(content, PDF, f"Phiếu lấy ý kiến {group.group}.pdf")


@blueprint.get("/lay-y-kien/<int:consultation_id>/ho-gia-dinh/<int:group_id>/tra-loi.pdf")
@requires(Permission.BALLOT_READ, load=ballot_desk.group)
def ballot_answers(group: BallotGroup, group_id: int) -> ResponseReturnValue:  # noqa: ARG001
    found = answers.of(group)
    if not found:
        raise Missing
    case = group.consultation
    public = case.answers_public_on is not None
    # It is read off the sheet and typed: without the scheme.
    place = prints.outcome(base_url(), case.code).partition("://")[2] if public else ""
    content = answer_sheet.pdf(group, found, place)
    return sent(content, PDF, f"Trả lời ý kiến {group.group}.pdf")


def _added(consultation: Consultation, typed: dict[str, str]) -> int:
    """Take in what was chosen of the ward's list, and one group that is not on it."""
    wanted = {
        int(name.partition("-")[2]): number(value) or 0
        for name, value in typed.items()
        if name.startswith("households-") and name[11:].isdecimal() and value
    }
    added = groups.choose(actor(), consultation, wanted) if wanted else 0
    if typed.get("group"):
        groups.add(actor(), consultation, typed["group"], number(typed.get("households")) or 0)
        added += 1
    return added


def _choosing(
    consultation: Consultation, typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> str:  # fmt: skip
    return render_template(
        "features/ballots/add.html", consultation=consultation, tabs=tabs(consultation),
        points=queries.points_left(consultation), typed=typed, errors=errors or {},
    )  # fmt: skip


def _edit(group: BallotGroup, form: GroupForm, theirs: dict[str, str] | None = None) -> str:
    asks_why = not group.entries and standing.is_day_fixed(group, clock.today())
    return render_template(
        "features/ballots/edit.html", group=group, form=form, theirs=theirs, address=address,
        tabs=tabs(group.consultation), asks_why=asks_why,
    )  # fmt: skip


def _team(group: BallotGroup, form: TeamForm, theirs: dict[str, str] | None = None) -> str:
    return render_template(
        "features/ballots/team.html", group=group, form=form, theirs=theirs, address=address,
        tabs=tabs(group.consultation),
    )  # fmt: skip


def _page(group: BallotGroup, **more: object) -> str:
    page = pages.group_page(group)
    may = {name: allows(actor(), one, group) for name, one in (
        ("edit", Permission.BALLOT_EDIT), ("voters", Permission.VOTER_READ),
        ("remarks", Permission.COMMENT_ENTER), ("settle", Permission.BALLOT_SETTLE),
    )}  # fmt: skip
    for name, who in (("enter", Enterer.WARD), ("stand_in", Enterer.HEAD)):
        may[name] = may["edit"] and not entering.why_not(actor(), group, who)
    return render_template(
        "features/ballots/group.html", page=page, group=group, may=may, address=address,
        tabs=tabs(group.consultation), offers=buttons(BALLOT_GROUP, group),
        answered=bool(answers.of(group)),
        **{"link": "", "invitation": "", **more},
    )  # fmt: skip
