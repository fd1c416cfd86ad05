"""Consultations (lấy ý kiến về dự thảo): the list, one case, setting it up, publishing, its end."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.consultation_forms import ConsultationForm
from portal.blueprints.office.consultation_tabs import tabs
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.ballots import queries as ballots
from portal.features.consolidation import telling
from portal.features.consultations import (
    agency_queries,
    comment_queries,
    drafting,
    from_plans,
    pages,
    prints,
    publishing,
    queries,
    services,
    warnings,
)
from portal.features.consultations.models import Consultation, State
from portal.features.consultations.workflow import CONSULTATION, all_over
from portal.features.documents.models import Document
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.forms import Difference
from portal.web.offers import buttons, forms
from portal.web.telling import done, warn


@blueprint.get("/lay-y-kien")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def consultations() -> ResponseReturnValue:
    may_create = allows(actor(), Permission.CONSULTATION_CREATE)
    return render_template(
        "features/consultations/list.html", rows=pages.listing(actor()), may_create=may_create,
        plans=from_plans.plans_for(actor().unit_id) if may_create else [],
        hidings=comment_queries.hidings_to_decide(actor()),
        asked=agency_queries.answerable(actor()),
    )  # fmt: skip


@blueprint.get("/lay-y-kien/<int:consultation_id>")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def consultation(one: Consultation) -> ResponseReturnValue:
    return render_template(
        "features/consultations/case.html", page=pages.detail(actor(), one), one=one,
        tabs=tabs(one), offers=buttons(CONSULTATION, one), by_form=forms(CONSULTATION, one),
        words=prints.words(one, base_url()), outcome=prints.outcome(base_url(), one.code),
        unsettled=_unsettled(one),
        named=telling.found(one) if _opens_answers(one) else [],
        may_record=one.unit_id == actor().unit_id and allows(actor(), Permission.POSTING_RECORD),
    )  # fmt: skip


def _opens_answers(one: Consultation) -> bool:
    waits = one.state == State.REPORTED and one.answers_public_on is None
    return waits and allows(actor(), Permission.CONSULTATION_PUBLISH, one)


@blueprint.route("/lay-y-kien/moi", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_CREATE)
def new_consultation() -> ResponseReturnValue:
    plan = _plan()
    form = _form()
    if not form.is_submitted():
        form.fill(from_plans.suggestion(actor(), plan))
        return _form_page(form, plan=plan)
    if form.validate():
        try:
            one = services.create(actor(), form.entered())
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã lưu bản nháp. Xem lại lưu ý rồi công bố."), "success")
            return redirect(url_for("office.consultation", consultation_id=one.id))
    return _form_page(form, plan=plan), 422


@blueprint.route("/lay-y-kien/<int:consultation_id>/sua", methods=["GET", "POST"])
@requires(Permission.CONSULTATION_EDIT, load=queries.get_visible)
def edit_consultation(one: Consultation) -> ResponseReturnValue:
    form = _form(one)
    if not form.is_submitted():
        return _form_page(form.fill(drafting.stored(one), one.version), one)
    try:
        settled = form.settles(
            lambda: services.edit(actor(), one, form.entered(), form.seen_version()), _("Đã lưu.")
        )
    except Stale as stale:
        form.version.data = str(one.version)
        return _form_page(form, one, theirs=form.differences(stale)), 409
    if settled:
        return redirect(url_for("office.consultation", consultation_id=one.id))
    return _form_page(form, one), 422


@blueprint.post("/lay-y-kien/<int:consultation_id>/bo")
@requires(Permission.CONSULTATION_EDIT, load=queries.get_visible)
def discard_consultation(one: Consultation) -> ResponseReturnValue:
    consultation_id = one.id
    if not done(lambda: services.discard(actor(), one), _("Đã bỏ bản nháp.")):
        return redirect(url_for("office.consultation", consultation_id=consultation_id))
    return redirect(url_for("office.consultations"))


@blueprint.post("/lay-y-kien/<int:consultation_id>/luu-y")
@requires(Permission.CONSULTATION_EDIT, load=queries.get_visible)
def keep_consultation_warnings(one: Consultation) -> ResponseReturnValue:
    reasons = {w.key: request.form.get(f"ly-do-{w.code}", "") for w in warnings.of(one)}
    try:
        left = services.keep_warnings(actor(), one, reasons)
    except (Invalid, Refused) as failure:
        warn(failure)
    else:
        flash(_("Đã lưu lý do; còn %(n)s lưu ý.", n=left) if left else _("Đã lưu lý do."),
              "success")  # fmt: skip
    return redirect(url_for("office.consultation", consultation_id=one.id))


@blueprint.post("/lay-y-kien/<int:consultation_id>/cong-bo")
@requires(Permission.CONSULTATION_PUBLISH, load=queries.get_visible)
def publish_consultation(one: Consultation) -> ResponseReturnValue:
    done(lambda: publishing.publish(actor(), one, prints.address(base_url(), one.code)),
         _("Đã công bố. Gửi lời mời và in áp phích được ngay."))  # fmt: skip
    return redirect(url_for("office.consultation", consultation_id=one.id))


def _unsettled(one: Consultation) -> list[str]:
    """Name the groups whose ballots hold up the report, once all the days are over."""
    counts = one.state == State.PUBLISHED and all_over(one) is None
    if not counts or not allows(actor(), Permission.BALLOT_READ, one):
        return []
    return [group.group for group in ballots.unsettled(one.id)]


def _plan() -> Document | None:
    wanted = request.args.get("ke-hoach", type=int)
    if wanted is None:
        return None
    plan = from_plans.plan_for(actor().unit_id, wanted)
    if plan is None:
        raise Missing
    return plan


def _form(one: Consultation | None = None) -> ConsultationForm:
    drafts, plans = from_plans.drafts_for(actor()), from_plans.plans_for(actor().unit_id)
    if one is not None:
        drafts = list({each.id: each for each in (*drafts, one.draft)}.values())
        plans += [one.plan] if one.plan else []
    return ConsultationForm().offer(drafts, plans)


def _form_page(
    form: ConsultationForm,
    one: Consultation | None = None,
    *,
    plan: Document | None = None,
    theirs: list[Difference] | None = None,
) -> str:
    return render_template(
        "features/consultations/form.html", form=form, one=one, plan=plan, theirs=theirs,
        runner=one.organisation.name if one else actor().organisation_name,
        warnings=_beside(one),
    )  # fmt: skip


def _beside(one: Consultation | None) -> dict[str, list[warnings.Warning]]:
    """Give the warnings of what is stored by the field beside which they stand."""
    found: dict[str, list[warnings.Warning]] = {}
    for warning in warnings.of(one) if one else ():
        found.setdefault(warning.beside, []).append(warning)
    return found
