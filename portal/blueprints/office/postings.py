"""What a unit makes public without a campaign, and each posting by itself."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.posting_forms import (
    AdditionForm,
    OwnPostingForm,
    TakeDownForm,
    first,
)
from portal.core.errors import Forbidden, Invalid, Stale
from portal.features.campaigns import queries as campaigns
from portal.features.publicity import minutes, pages, queries, services
from portal.features.publicity.contents import CHANNELS, content, legal, proof_of
from portal.features.publicity.models import Posting
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires, signed_in
from portal.web.actor import actor


@blueprint.get("/cong-khai-cua-toi")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def postings() -> ResponseReturnValue:
    wanted = request.args.get("noi-dung", "")
    wanted = wanted if wanted in legal() else ""
    found = queries.listed(actor(), wanted, request.args.get("trang", 1, type=int))
    local = actor().role in pages.LOCAL
    asking = campaigns.listed(actor()) if local else ()
    return render_template(
        "features/publicity/own.html", page=found, own=pages.own(found.rows, asking),
        wanted=wanted, contents=legal(), local=local,
        may_record=allows(actor(), Permission.POSTING_RECORD),
    )  # fmt: skip


@blueprint.route("/cong-khai-cua-toi/ghi", methods=["GET", "POST"])
@requires(Permission.POSTING_RECORD)
def new_own_posting() -> ResponseReturnValue:
    begun = pages.begun(actor(), None)
    form = OwnPostingForm(**first(begun, (), "niem_yet"))
    form.offer_all(queries.documents_of(actor().unit_id), begun)
    status = 200
    if form.is_submitted():
        status = 422
        try:
            if form.validate():
                taken = form.taken()
                services.record(actor(), form.posting, None, taken.photos, taken.links)
                flash(_("Đã ghi."), "success")
                return redirect(url_for("office.postings"))
        except Invalid as invalid:
            form.show(invalid)
    return render_template("features/publicity/new_own.html", form=form, contents=legal()), status


@blueprint.get("/cong-khai-cua-toi/<int:posting_id>")
@requires(Permission.POSTING_READ, load=queries.get_visible)
def posting(posting: Posting) -> ResponseReturnValue:
    return _shown(posting)


@blueprint.post("/cong-khai-cua-toi/<int:posting_id>")
@requires(Permission.POSTING_EDIT, load=queries.get_visible)
def edit_posting(posting: Posting) -> ResponseReturnValue:
    form = AdditionForm()
    try:
        if form.validate():
            taken = form.taken()
            services.supplement(
                actor(), posting, form.addition, form.version.data or 0, taken.photos, taken.links
            )
            flash(_("Đã lưu."), "success")
            return redirect(url_for("office.posting", posting_id=posting.id))
    except Invalid as invalid:
        form.show(invalid)
    except Stale as stale:
        form.version.raw_data = None
        form.version.data = posting.version
        return _shown(posting, 409, form=form, theirs=stale.theirs)
    return _shown(posting, 422, form=form)


@blueprint.post("/cong-khai-cua-toi/<int:posting_id>/go")
@requires(Permission.POSTING_EDIT, load=queries.get_visible)
def take_down_posting(posting: Posting) -> ResponseReturnValue:
    form = TakeDownForm()
    try:
        if form.validate():
            services.take_down(
                actor(), posting, form.day.data, form.reason.data or "",
                mistaken=form.mistaken.data,
            )  # fmt: skip
            flash(_("Đã ghi."), "success")
            return redirect(url_for("office.posting", posting_id=posting.id))
    except Invalid as invalid:
        form.show(invalid)
    return _shown(posting, 422, down=form)


@blueprint.post("/cong-khai-cua-toi/<int:posting_id>/bien-ban")
@requires(Permission.POSTING_EDIT, load=queries.get_visible)
def draft_posting_minutes(posting: Posting) -> ResponseReturnValue:
    if not minutes.is_possible(actor(), posting):
        raise Forbidden
    down = request.form.get("loai") == "go"
    document = minutes.draft(actor(), posting, request.form.get("co-quan", type=int), down=down)
    flash(_("Đã soạn biên bản. Mời điền thành phần rồi in, ký."), "success")
    return redirect(url_for("office.document", document_id=document.id))


def _shown(
    posting: Posting, status: int = 200, *, form: AdditionForm | None = None,
    down: TakeDownForm | None = None, theirs: Mapping[str, object] | None = None,
) -> ResponseReturnValue:  # fmt: skip
    page = pages.posting_page(actor(), posting)
    return render_template(
        "features/publicity/posting.html", page=page, entry=page.entry, posting=posting,
        form=form or AdditionForm.of(posting), down=down or TakeDownForm(formdata=None),
        theirs=theirs, proof=proof_of(posting.channel), content_of=content, channels=CHANNELS,
        organs=minutes.organs(actor()) if page.may_draft else (),
    ), status  # fmt: skip
