"""Bringing comments together: the table by provision, merging, several at once, lost places."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.consultation_tabs import tabs
from portal.blueprints.office.opinion_forms import AnswerAlikeForm
from portal.core.errors import Forbidden, Invalid, Missing, Refused
from portal.core.text import clean
from portal.features.consolidation import (
    board,
    in_bulk,
    listing,
    merging,
    papers,
    queries,
    table_files,
    unplaced,
)
from portal.features.consolidation.explaining import CATEGORIES, DECISIONS
from portal.features.consolidation.listing import Filter
from portal.features.consolidation.models import Opinion, State
from portal.features.consultations.drafting import TRACK_LABELS
from portal.features.consultations.models import Consultation
from portal.features.consultations.queries import get_visible
from portal.features.consultations.workflow import CONSULTATION
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import local_path
from portal.web.offers import forms
from portal.web.telling import done, sentences, warn

_NAMES = {"article": "dieu", "state": "buoc", "decision": "xu-ly", "track": "nguon",
          "category": "loai", "search": "tim"}  # fmt: skip
_STEPS = (State.NEW, State.SUBMITTED, State.APPROVED)


def wanted() -> Filter:
    """Read what the address narrows the table to; what is no such thing narrows nothing."""
    given = {name: clean(request.args.get(word, ""))[:200] for name, word in _NAMES.items()}
    known: dict[str, set[str]] = {
        "state": {*_STEPS},
        "decision": {*DECISIONS, listing.OPEN},
        "category": set(CATEGORIES),
        "track": set(TRACK_LABELS),
    }
    return Filter(**{
        name: value if name not in known or value in known[name] else ""
        for name, value in given.items()
    })  # fmt: skip


def narrowing(chosen: Filter) -> dict[str, Any]:
    """Give a filter as the arguments of an address."""
    values = {word: getattr(chosen, name) for name, word in _NAMES.items()}
    return {word: value for word, value in values.items() if value}


@blueprint.get("/lay-y-kien/<int:consultation_id>/tong-hop")
@requires(Permission.CONSULTATION_READ, load=get_visible)
def consolidation(one: Consultation) -> ResponseReturnValue:
    return _page(one, AnswerAlikeForm(formdata=None))


@blueprint.post("/lay-y-kien/<int:consultation_id>/tong-hop/tra-loi")
@requires(Permission.OPINION_EDIT, load=get_visible)
def consolidation_alike(one: Consultation) -> ResponseReturnValue:
    form = AnswerAlikeForm().offer()
    ticked = [int(text) for text in request.form.getlist("y-kien") if text.isdecimal()]
    try:
        n, kept = in_bulk.answer_alike(actor(), one, ticked[: in_bulk.MOST], form.entered())
    except Invalid as invalid:
        flash(" ".join(sentences(invalid).values()), "warning")
        return _page(one, form, set(ticked)), 422
    except Refused as refused:
        warn(refused)
        return redirect(_back(one))
    flash(_("Đã ghi cùng một giải trình cho %(n)s ý kiến.", n=n), "success" if n else "warning")
    if kept:
        flash(_("%(n)s ý kiến đã có người viết giải trình, được giữ nguyên.", n=kept), "warning")
    return redirect(_back(one))


@blueprint.post("/lay-y-kien/<int:consultation_id>/tong-hop/gop")
@requires(Permission.OPINION_EDIT, load=get_visible)
def consolidation_merge(one: Consultation) -> ResponseReturnValue:
    opinion, into = _opinion(one, "y-kien"), _opinion(one, "vao")
    done(lambda: merging.merge(actor(), opinion, into),
         _("Đã gộp, giữ đủ các nguồn. Cần thì tách ra được."))  # fmt: skip
    return redirect(_back(one))


@blueprint.post("/lay-y-kien/<int:consultation_id>/tong-hop/de-rieng")
@requires(Permission.OPINION_EDIT, load=get_visible)
def consolidation_apart(one: Consultation) -> ResponseReturnValue:
    merging.keep_apart(actor(), _opinion(one, "y-kien"), _opinion(one, "vao"))
    flash(_("Đã để riêng; máy không đề nghị gộp hai ý kiến này nữa."), "success")
    return redirect(_back(one))


@blueprint.post("/lay-y-kien/<int:consultation_id>/tong-hop/trinh-het")
@requires(Permission.OPINION_EDIT, load=get_visible)
def consolidation_submit(one: Consultation) -> ResponseReturnValue:
    try:
        flash(_("Đã trình %(n)s giải trình.", n=in_bulk.submit_written(actor(), one)), "success")
    except Refused as refused:
        warn(refused)
    return redirect(_back(one))


@blueprint.post("/lay-y-kien/<int:consultation_id>/tong-hop/duyet-het")
@requires(Permission.CONSULTATION_PUBLISH, load=get_visible)
def consolidation_approve(one: Consultation) -> ResponseReturnValue:
    try:
        flash(_("Đã duyệt %(n)s giải trình.", n=in_bulk.approve_waiting(actor(), one)), "success")
    except Refused as refused:
        warn(refused)
    return redirect(_back(one))


@blueprint.get("/lay-y-kien/<int:consultation_id>/tong-hop/chua-co-cho")
@requires(Permission.CONSULTATION_READ, load=get_visible)
def consolidation_unplaced(one: Consultation) -> ResponseReturnValue:
    return _unplaced_page(one)


@blueprint.post("/lay-y-kien/<int:consultation_id>/tong-hop/chua-co-cho")
@requires(Permission.OPINION_EDIT, load=get_visible)
def consolidation_place(one: Consultation) -> ResponseReturnValue:
    key, to = request.form.get("cu", ""), request.form.get("moi", "")
    try:
        unplaced.place(actor(), one, key, to)
    except Invalid as invalid:
        flash(" ".join(sentences(invalid).values()), "warning")
        return _unplaced_page(one), 422
    except Forbidden:
        flash(_("Cơ quan soạn dự thảo mới xếp được chỗ cho ý kiến."), "warning")
        return _unplaced_page(one), 403
    flash(_("Đã xếp chỗ. Nguyên văn ý kiến vẫn giữ nơi người góp ý đã viết."), "success")
    return redirect(url_for("office.consolidation_unplaced", consultation_id=one.id))


@blueprint.post("/lay-y-kien/<int:consultation_id>/tong-hop/bang.<any(docx, pdf, xlsx):kind>")
@requires(Permission.CONSULTATION_READ, load=get_visible)
def consolidation_table(one: Consultation, kind: str) -> ResponseReturnValue:
    job = table_files.order(actor().user_id, one, kind)
    return redirect(url_for("office.job", job_id=job.id))


@blueprint.post("/lay-y-kien/<int:consultation_id>/tong-hop/bao-cao")
@requires(Permission.OPINION_REPORT, load=get_visible)
def consolidation_report(one: Consultation) -> ResponseReturnValue:
    done(lambda: papers.draft(actor(), one),
         _("Đã soạn báo cáo và tờ trình. Mời xem lại, trình duyệt, lấy số."))  # fmt: skip
    return redirect(url_for("office.consolidation", consultation_id=one.id))


def _page(one: Consultation, form: AnswerAlikeForm, ticked: set[int] | None = None) -> str:
    chosen, after = wanted(), listing.read_place(request.args.get("sau", ""))
    return render_template(
        "features/consolidation/board.html", one=one, tabs=tabs(one), wanted=chosen,
        page=board.board(one, chosen, after), keep=narrowing(chosen), whole=listing.WHOLE,
        form=form.offer(), ticked=ticked or set(), steps=_STEPS, decisions=DECISIONS,
        tracks=TRACK_LABELS, categories=CATEGORIES, open=listing.OPEN,
        may_edit=allows(actor(), Permission.OPINION_EDIT, one),
        to_approve=listing.to_approve(one.id, actor().user_id)
        if allows(actor(), Permission.CONSULTATION_PUBLISH, one) else 0,
        files=table_files.FORMS, papers=papers.of(one),
        letterless=papers.NO_LETTERHEAD if papers.lacks_letterhead(one) else "",
        report=forms(CONSULTATION, one).get("report"),
    )  # fmt: skip


def _unplaced_page(one: Consultation) -> str:
    return render_template(
        "features/consolidation/unplaced.html", one=one, tabs=tabs(one),
        page=unplaced.page(one), may_edit=allows(actor(), Permission.DRAFT_EDIT, one.draft),
    )  # fmt: skip


def _opinion(one: Consultation, name: str) -> Opinion:
    text = request.form.get(name, "")
    known = text.isdecimal() and len(text) < 20
    found = queries.get_visible(actor(), int(text)) if known else None
    if found is None or found.consultation_id != one.id:
        raise Missing
    return found


def _back(one: Consultation) -> str:
    plain = url_for("office.consolidation", consultation_id=one.id)
    return local_path(request.form.get("next")) or plain
