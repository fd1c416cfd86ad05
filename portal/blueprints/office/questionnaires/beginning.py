"""Making a questionnaire: from nothing, from one there is, or from a file."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from portal.blueprints.office import blueprint
from portal.blueprints.office.questionnaires import papers
from portal.blueprints.office.questionnaires.beginning_form import BeginForm
from portal.core.errors import Invalid
from portal.features.questionnaires import drafts, files, queries
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.models import Questionnaire, QuestionnaireVersion
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor


@blueprint.get("/phieu-mau/moi")
@requires(Permission.QUESTIONNAIRE_CREATE)
def new_questionnaire() -> ResponseReturnValue:
    versions = queries.latest()
    form = BeginForm().offer(versions)
    wanted = request.args.get("tu", type=int)
    if (chosen := next((one for one in versions if one.id == wanted), None)) is not None:
        form.suggest(chosen)
    return _page(form)


@blueprint.post("/phieu-mau/moi")
@requires(Permission.QUESTIONNAIRE_CREATE)
def create_questionnaire() -> ResponseReturnValue:
    form = BeginForm().offer(queries.latest())
    if not form.validate():
        return _page(form), 422
    try:
        content = _content(form)
        code, title = form.code.data or "", form.title.data or ""
        if content is not None and form.upload is not None:
            code, title = code or content.code, title or content.title
        draft = drafts.create(actor(), code, title, content)
    except Invalid as invalid:
        return _page(form, form.place(invalid)), 422
    flash(_("Đã lập phiếu. Viết đến đâu Cổng lưu đến đó."), "success")
    focus = "whole" if content is None else ""
    address = url_for("office.edit_questionnaire", questionnaire_id=draft.questionnaire_id)
    return redirect(f"{address}?mo={focus}" if focus else address)


@blueprint.post("/phieu-mau/<int:version_id>/ban-cua-don-vi")
@requires(Permission.QUESTIONNAIRE_CREATE, load=lambda _reader, version_id: queries.get(version_id))
def adapt_questionnaire(version: QuestionnaireVersion) -> ResponseReturnValue:
    try:
        own = drafts.adapt(actor(), version.questionnaire)
    except Invalid as invalid:
        form = BeginForm(None).offer(queries.latest())
        form.suggest(version, again=True)
        return _page(form, form.place(invalid)), 422
    if own.archived_on is not None:
        return redirect(url_for("office.questionnaire", version_id=own.versions[-1].id))
    return redirect(url_for("office.edit_questionnaire", questionnaire_id=own.id))


@blueprint.get("/phieu-mau/mau-trong.xlsx")
@requires(Permission.QUESTIONNAIRE_CREATE)
def questionnaire_sheet() -> ResponseReturnValue:
    return papers.sheet(Definition("", "", "", "", ()), "phieu-khao-sat-mau-trong.xlsx")


@blueprint.post("/phieu-mau/soan/<int:questionnaire_id>/bat-dau")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def begin_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    drafts.open_draft(actor(), form)
    return redirect(url_for("office.edit_questionnaire", questionnaire_id=form.id))


def read_file(sent: FileStorage) -> Definition:
    """Read a questionnaire out of what was sent.

    Raises:
        Invalid: by place.
    """
    return files.read(sent.read())


def _content(form: BeginForm) -> Definition | None:
    """Give what the draft begins with: a file before a chosen form, None for an empty page."""
    if form.upload is not None:
        return read_file(form.upload)
    chosen = queries.get(int(form.source.data)) if form.source.data else None
    return chosen.definition if chosen is not None else None


def _page(form: BeginForm, places: list[tuple[str, str]] | None = None) -> str:
    return render_template("features/questionnaires/new.html", form=form, places=places or [])
