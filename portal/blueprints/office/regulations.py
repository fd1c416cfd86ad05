"""Drafts (dự thảo): the list, one draft with its versions and papers."""

from pathlib import Path

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.regulation_forms import NewDraftForm, PaperForm, TextForm, TitleForm
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.documents.files import recognise
from portal.features.regulations import (
    pages,
    papers,
    publishing,
    queries,
    services,
)
from portal.features.regulations.files import TAKEN
from portal.features.regulations.models import Draft
from portal.features.regulations.parsing import Reading
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.draft_files import give
from portal.web.telling import done, warn


@blueprint.get("/du-thao")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def regulations() -> ResponseReturnValue:
    return render_template(
        "features/regulations/list.html", rows=pages.listing(actor()),
        may_create=allows(actor(), Permission.DRAFT_CREATE),
    )  # fmt: skip


@blueprint.route("/du-thao/moi", methods=["GET", "POST"])
@requires(Permission.DRAFT_CREATE)
def new_regulation() -> ResponseReturnValue:
    form = NewDraftForm()
    if not form.is_submitted():
        return render_template("features/regulations/new.html", form=form)
    try:
        title = services.checked_title(form.title.data or "")
        reading, upload = form.read()
        version = services.create(actor(), title, reading, upload)
    except Invalid as invalid:
        form.show(invalid)
        return render_template("features/regulations/new.html", form=form), 422
    tell(reading)
    return redirect(
        url_for("office.correct_regulation", draft_id=version.draft_id, number=version.number)
    )


@blueprint.get("/du-thao/<int:draft_id>")
@requires(Permission.DRAFT_READ, load=queries.get_visible)
def regulation(draft: Draft) -> ResponseReturnValue:
    return _page(draft)


@blueprint.post("/du-thao/<int:draft_id>/ten")
@requires(Permission.DRAFT_EDIT, load=queries.get_visible)
def rename_regulation(draft: Draft) -> ResponseReturnValue:
    form = TitleForm()
    try:
        renamed = form.settles(
            lambda: services.rename(actor(), draft, form.title.data or "", form.seen_version()),
            _("Đã đổi tên."),
        )
    except Stale as stale:
        flash(_("Có người vừa đổi tên dự thảo này thành “%(name)s”.", name=stale.theirs["title"]),
              "warning")  # fmt: skip
        form.version.data = str(draft.version)
        return _page(draft, title=form), 409
    return _to(draft) if renamed else (_page(draft, title=form), 422)


@blueprint.post("/du-thao/<int:draft_id>/bo")
@requires(Permission.DRAFT_EDIT, load=queries.get_visible)
def discard_regulation(draft: Draft) -> ResponseReturnValue:
    if not done(lambda: publishing.discard_draft(actor(), draft), _("Đã bỏ dự thảo.")):
        return _to(draft)
    return redirect(url_for("office.regulations"))


@blueprint.route("/du-thao/<int:draft_id>/ban/moi", methods=["GET", "POST"])
@requires(Permission.DRAFT_EDIT, load=queries.get_visible)
def new_regulation_version(draft: Draft) -> ResponseReturnValue:
    form, latest = TextForm(), next(reversed(queries.versions(draft.id)), None)
    if not form.is_submitted():
        return _new_version(draft, form)
    copies = request.form.get("lenh") == "copy"
    try:
        reading, upload = (None, None) if copies else form.read()
        version = services.begin(actor(), draft, reading, upload)
    except Invalid as invalid:
        form.show(invalid)
        return _new_version(draft, form), 422
    except Refused as refused:
        warn(refused)
        return _new_version(draft, form), 409
    if reading is not None:
        tell(reading)
    matches = reading is not None and latest is not None
    endpoint = "office.match_regulation" if matches else "office.correct_regulation"
    return redirect(url_for(endpoint, draft_id=draft.id, number=version.number))


@blueprint.post("/du-thao/<int:draft_id>/tai-lieu")
@requires(Permission.DRAFT_EDIT, load=queries.get_visible)
def add_regulation_paper(draft: Draft) -> ResponseReturnValue:
    form = PaperForm()
    try:
        sent = form.sent
        name, data = (sent.filename or "", sent.read()) if sent else ("", b"")
        upload = recognise(name, data, TAKEN)
        papers.add(actor(), draft, form.name.data or "", upload)
    except Invalid as invalid:
        form.show(invalid)
        return _page(draft, paper=form), 422
    except Refused as refused:
        warn(refused)
        return _to(draft)
    flash(_("Đã thêm tài liệu."), "success")
    return _to(draft)


@blueprint.get("/du-thao/<int:draft_id>/tai-lieu/<int:paper_id>")
@requires(Permission.DRAFT_READ, load=queries.get_visible)
def regulation_paper(draft: Draft, paper_id: int) -> ResponseReturnValue:
    paper = queries.paper(draft.id, paper_id)
    if paper is None:
        raise Missing
    return give(paper.stored, f"{paper.name}{Path(paper.stored).suffix}")


@blueprint.post("/du-thao/<int:draft_id>/tai-lieu/<int:paper_id>/go")
@requires(Permission.DRAFT_EDIT, load=queries.get_visible)
def remove_regulation_paper(draft: Draft, paper_id: int) -> ResponseReturnValue:
    paper = queries.paper(draft.id, paper_id)
    if paper is None:
        raise Missing
    papers.remove(actor(), draft, paper)
    flash(_("Đã gỡ tài liệu."), "success")
    return _to(draft)


def tell(reading: Reading) -> None:
    """Say on the next page what was met while a text was read."""
    for notice in reading.notices:
        flash(_(notice.message, **notice.values), "info")


def _page(
    draft: Draft, *, title: TitleForm | None = None, paper: PaperForm | None = None
) -> str:  # fmt: skip
    page = pages.detail(actor(), draft)
    return render_template(
        "features/regulations/draft.html", page=page, draft=draft,
        title_form=title or TitleForm(formdata=None, title=draft.title, version=draft.version),
        paper_form=paper or PaperForm(formdata=None),
    )  # fmt: skip


def _new_version(draft: Draft, form: TextForm) -> str:
    return render_template(
        "features/regulations/new_version.html", draft=draft, form=form,
        latest=next(reversed(queries.versions(draft.id)), None), in_work=queries.in_work(draft.id),
    )  # fmt: skip


def _to(draft: Draft) -> ResponseReturnValue:
    return redirect(url_for("office.regulation", draft_id=draft.id))
