"""Inspections of a campaign: the list, planning them, one of them, what follows from it."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.inspection_forms import (
    FollowUpForm,
    NoteForm,
    PlanForm,
    RecordForm,
    record_form,
)
from portal.core import clock
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.inspections import exports, following, minutes, pages, queries, services
from portal.features.inspections.checklist import VERDICT_LABELS
from portal.features.inspections.models import Inspection
from portal.features.inspections.pages import SHOW_LABELS, Wanted
from portal.features.inspections.workflow import INSPECTION
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.offers import buttons
from portal.web.printing import XLSX, sent
from portal.web.telling import warn

_USUAL_DAYS = timedelta(days=3)
"""How long a unit has to put something right, unless somebody says otherwise."""


@blueprint.get("/dot-khao-sat/<int:campaign_id>/kiem-tra")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def inspections(campaign: Campaign) -> ResponseReturnValue:
    return render_template(
        "features/inspections/list.html", page=pages.listing(actor(), campaign, _wanted()),
        work=work_pages.work(actor(), campaign), campaign=campaign, labels=SHOW_LABELS,
        above=actor().role in work_pages.ABOVE,
    )  # fmt: skip


@blueprint.get("/dot-khao-sat/<int:campaign_id>/kiem-tra/danh-sach.xlsx")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def inspection_sheet(campaign: Campaign) -> ResponseReturnValue:
    content = BytesIO()
    exports.write(content, pages.listing(actor(), campaign, _wanted()))
    content.seek(0)
    name = _("Kiểm tra %(name)s", name=campaign.name)
    return sent(content, XLSX, f"{name}.xlsx")


@blueprint.route("/dot-khao-sat/<int:campaign_id>/kiem-tra/len-lich", methods=["GET", "POST"])
@requires(Permission.INSPECTION_PLAN, load=campaigns.get_visible)
def plan_inspections(campaign: Campaign) -> ResponseReturnValue:
    form = PlanForm()
    if not form.is_submitted():
        first = request.args.get("ngay") == "dau"
        form.day.data = campaign.opens_on if first else max(clock.today(), campaign.opens_on)
        form.unit_ids.data = request.args.getlist("xa", type=int)
        return _plan_page(campaign, form)
    if form.validate():
        try:
            made = services.plan(actor(), campaign, form.entered())
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã lên lịch kiểm tra %(n)s xã.", n=made), "success")
            return redirect(url_for("office.inspections", campaign_id=campaign.id))
    return _plan_page(campaign, form), 422


def _plan_page(campaign: Campaign, form: PlanForm) -> str:
    return render_template(
        "features/inspections/plan.html", campaign=campaign, form=form,
        choices=pages.choices(actor(), campaign), visited=pages.visited(actor(), campaign),
        people=pages.people(actor(), campaign), work=work_pages.work(actor(), campaign),
    )  # fmt: skip


@blueprint.get("/kiem-tra/<int:inspection_id>")
@requires(Permission.INSPECTION_READ, load=queries.get_visible)
def inspection(inspection: Inspection) -> ResponseReturnValue:
    return _page(inspection)


@blueprint.route("/kiem-tra/<int:inspection_id>/ghi", methods=["GET", "POST"])
@requires(Permission.INSPECTION_RECORD, load=queries.get_visible)
def record_inspection(inspection: Inspection) -> ResponseReturnValue:
    form = record_form(inspection)
    if not form.is_submitted():
        return _record_page(inspection, form.show_stored(inspection))
    if form.validate():
        finish = request.form.get("command") == "finish"
        try:
            taken = form.taken()
            services.save(
                actor(), inspection, form.entered(), form.seen_version(), finish=finish,
                sure=bool(form.sure.data), photos=taken.photos, links=taken.links,
            )  # fmt: skip
        except Invalid as invalid:
            form.show(invalid)
        except Stale as stale:
            form.version.data = str(inspection.version)
            return _record_page(inspection, form, form.differences(stale)), 409
        else:
            flash(
                _("Đã ghi kết quả; đơn vị đọc được từ bây giờ.") if finish
                else _("Đã lưu tạm. Đơn vị chưa thấy gì."), "success",
            )  # fmt: skip
            return _back(inspection)
    return _record_page(inspection, form), 422


def _record_page(
    inspection: Inspection, form: RecordForm, theirs: list[tuple[str, str]] | None = None
) -> str:
    return render_template(
        "features/inspections/record.html", inspection=inspection, form=form, theirs=theirs
    )


@blueprint.post("/kiem-tra/<int:inspection_id>/y-kien")
@requires(Permission.INSPECTION_REPLY, load=queries.get_visible)
def reply_inspection(inspection: Inspection) -> ResponseReturnValue:
    return _noted(inspection, services.reply, _("Đã gửi ý kiến của đơn vị."))


@blueprint.post("/kiem-tra/<int:inspection_id>/bo-sung")
@requires(Permission.INSPECTION_MANAGE, load=queries.get_visible)
def amend_inspection(inspection: Inspection) -> ResponseReturnValue:
    return _noted(inspection, services.amend, _("Đã ghi phần bổ sung."))


def _noted(inspection: Inspection, add: Callable[..., None], said: str) -> ResponseReturnValue:
    form = NoteForm()
    if form.validate():
        try:
            add(actor(), inspection, form.text.data)
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(said, "success")
            return _back(inspection)
    return _page(inspection, note=form), 422


@blueprint.post("/kiem-tra/<int:inspection_id>/khac-phuc")
@requires(Permission.INSPECTION_MANAGE, load=queries.get_visible)
def follow_up_inspection(inspection: Inspection) -> ResponseReturnValue:
    form = FollowUpForm().offer(following.doers(inspection))
    if form.validate():
        try:
            following.order(actor(), inspection, form.entered())
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã giao; việc hiện trong Nhiệm vụ của đơn vị."), "success")
            return _back(inspection)
    return _page(inspection, follow_up=form), 422


@blueprint.post("/kiem-tra/<int:inspection_id>/bien-ban")
@requires(Permission.INSPECTION_MANAGE, load=queries.get_visible)
def draft_inspection_minutes(inspection: Inspection) -> ResponseReturnValue:
    if not allows(actor(), Permission.DOCUMENT_CREATE):
        raise Forbidden
    try:
        document = minutes.draft(actor(), inspection)
    except Refused as refused:
        warn(refused)
        return _back(inspection)
    return redirect(url_for("office.document", document_id=document.id))


def _page(
    inspection: Inspection, *, note: NoteForm | None = None, follow_up: FollowUpForm | None = None
) -> str:
    page = pages.detail(actor(), inspection)
    if follow_up is None:
        what = "" if page.follow_ups else following.suggested(inspection)
        due_on = clock.today() + _USUAL_DAYS
        follow_up = FollowUpForm(formdata=None, what=what, due_on=due_on)
        follow_up.offer(following.doers(inspection))
    return render_template(
        "features/inspections/inspection.html", page=page, inspection=inspection,
        note=note or NoteForm(formdata=None), follow_up=follow_up, labels=VERDICT_LABELS,
        offers=buttons(INSPECTION, inspection),
    )  # fmt: skip


def _back(inspection: Inspection) -> ResponseReturnValue:
    return redirect(url_for("office.inspection", inspection_id=inspection.id))


def _wanted() -> Wanted:
    return Wanted(request.args.get("muc", ""), request.args.get("huyen", type=int))
