"""Boxes (hòm thư góp ý điện tử): the list, one box, setting one up and changing it."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.mailbox_forms import BoxForm, stored_input
from portal.core import clock
from portal.core.errors import Invalid, Missing, Stale
from portal.features.documents.models import Document
from portal.features.letters.kinds import CATEGORY_LABELS, WRITTEN
from portal.features.mailbox import from_plans, pages, prints, queries, ratings, services
from portal.features.mailbox.models import Mailbox
from portal.features.mailbox.workflow import MAILBOX
from portal.features.tallies import overview
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.forms import Difference
from portal.web.offers import buttons
from portal.web.telling import done


@dataclass(frozen=True)
class Link:
    """A page to which one goes on."""

    label: str
    url: str
    main: bool = False


@blueprint.get("/hom-thu")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def mailboxes() -> ResponseReturnValue:
    may_create = allows(actor(), Permission.MAILBOX_CREATE)
    return render_template(
        "features/mailbox/list.html", rows=pages.listing(actor()), may_create=may_create,
        plans=from_plans.plans_for(actor().unit_id) if may_create else [],
    )  # fmt: skip


@blueprint.get("/hom-thu/<int:mailbox_id>")
@requires(Permission.MAILBOX_READ, load=queries.get_visible)
def mailbox(box: Mailbox) -> ResponseReturnValue:
    return render_template(
        "features/mailbox/box.html", page=pages.detail(actor(), box), box=box,
        offers=buttons(MAILBOX, box), words=prints.words(box, base_url()),
        numbers=overview.of(box), links=_links(box),
        reads=[_(CATEGORY_LABELS[one]) for one in WRITTEN if one in box.runner_reads],
    )  # fmt: skip


@blueprint.route("/hom-thu/moi", methods=["GET", "POST"])
@requires(Permission.MAILBOX_CREATE)
def new_mailbox() -> ResponseReturnValue:
    plan = _plan()
    form = BoxForm().offer(actor().unit_id, actor().organisation_id)
    if not form.is_submitted():
        form.fill(from_plans.suggestion(actor().unit_id, actor().organisation_id, plan))
        return _form_page(form, plan=plan)
    if form.validate():
        try:
            box = services.create(actor(), form.entered(), plan)
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã lưu bản nháp. Chọn nơi đặt, rồi mở hòm thư."), "success")
            return redirect(url_for("office.mailbox_points", mailbox_id=box.id))
    return _form_page(form, plan=plan), 422


@blueprint.route("/hom-thu/<int:mailbox_id>/sua", methods=["GET", "POST"])
@requires(Permission.MAILBOX_EDIT, load=queries.get_visible)
def edit_mailbox(box: Mailbox) -> ResponseReturnValue:
    form = BoxForm().offer(box.unit_id, box.organisation_id, box.reader)
    if not form.is_submitted():
        return _form_page(form.fill(stored_input(box), box.version), box)
    try:
        settled = form.settles(
            lambda: services.edit(actor(), box, form.entered(), form.seen_version()), _("Đã lưu.")
        )
    except Stale as stale:
        form.version.data = str(box.version)
        return _form_page(form, box, theirs=form.differences(stale, box)), 409
    if settled:
        return redirect(url_for("office.mailbox", mailbox_id=box.id))
    return _form_page(form, box), 422


@blueprint.post("/hom-thu/<int:mailbox_id>/bo")
@requires(Permission.MAILBOX_EDIT, load=queries.get_visible)
def discard_mailbox(box: Mailbox) -> ResponseReturnValue:
    mailbox_id = box.id
    if not done(lambda: services.discard(actor(), box), _("Đã bỏ bản nháp.")):
        return redirect(url_for("office.mailbox", mailbox_id=mailbox_id))
    return redirect(url_for("office.mailboxes"))


@blueprint.post("/hom-thu/<int:mailbox_id>/danh-gia")
@requires(Permission.MAILBOX_OPEN, load=queries.get_visible)
def hang_mailbox_ratings(box: Mailbox) -> ResponseReturnValue:
    done(lambda: ratings.hang(actor(), box),
         _("Đã treo phiếu đánh giá kèm hòm thư; mỗi điểm có mã riêng."))  # fmt: skip
    return redirect(url_for("office.mailbox", mailbox_id=box.id))


def _links(box: Mailbox) -> list[Link]:
    """Give the pages to which one goes on from a box."""
    year, runs = clock.today().year, box.organisation_id == actor().organisation_id
    found = [
        Link(_("Thư"), url_for("office.letters", hop=box.id), main=not runs),
        Link(_("Tổng hợp tuần"), url_for("office.tallies", mailbox_id=box.id), main=runs),
        Link(_("Cả năm"), url_for("office.mailbox_year", mailbox_id=box.id, year=year)),
    ]
    if box.is_announced:
        found.append(Link(_("Trang công khai"), url_for("citizen.mailbox_page", code=box.code)))
    return found


def _plan() -> Document | None:
    wanted = request.args.get("ke-hoach", type=int)
    if wanted is None:
        return None
    plan = from_plans.plan_for(actor().unit_id, wanted)
    if plan is None:
        raise Missing
    return plan


def _form_page(
    form: BoxForm,
    box: Mailbox | None = None,
    *,
    plan: Document | None = None,
    theirs: list[Difference] | None = None,
) -> str:
    plan = box.plan if box else plan
    return render_template(
        "features/mailbox/form.html", form=form, box=box, plan=plan, theirs=theirs,
        runner=box.organisation.name if box else actor().organisation_name,
        rounds=pages.rounds(box) if box else (),
    )  # fmt: skip
