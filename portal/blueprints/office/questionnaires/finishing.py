"""Ending the writing of a questionnaire: frozen, replaced, thrown away, laid aside."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.questionnaires.beginning import read_file
from portal.blueprints.office.questionnaires.beginning_form import FileForm
from portal.blueprints.office.questionnaires.editing import draft_of
from portal.core.errors import Invalid, Refused, Stale
from portal.features.questionnaires import drafts, queries
from portal.features.questionnaires.comparing import changes
from portal.features.questionnaires.editor import Editor
from portal.features.questionnaires.models import Questionnaire, QuestionnaireDraft
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import posted_version
from portal.web.telling import sentence, sentences


@blueprint.get("/phieu-mau/soan/<int:questionnaire_id>/chot")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def freeze_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    return _freeze_page(draft_of(form))


@blueprint.post("/phieu-mau/soan/<int:questionnaire_id>/chot")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def freeze_questionnaire_now(form: Questionnaire) -> ResponseReturnValue:
    draft, official = draft_of(form), "chinh-thuc" in request.form
    try:
        version = drafts.freeze(actor(), draft, posted_version(), official=official)
    except Stale:
        said = _("Có người vừa lưu phiếu này. Mời đọc lại bản mới trước khi chốt.")
        return _freeze_page(draft_of(form), said), 409
    except Refused as refused:
        return _freeze_page(draft_of(form), sentence(refused)), 409
    except Invalid as invalid:
        return _freeze_page(draft_of(form), " ".join(sentences(invalid).values())), 422
    flash(_("Đã chốt bản %(n)s. Từ nay mở đợt khảo sát được bằng phiếu này.", n=version.number),
          "success")  # fmt: skip
    return redirect(url_for("office.questionnaire", version_id=version.id))


@blueprint.route("/phieu-mau/soan/<int:questionnaire_id>/nhap", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def replace_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    draft, sent = draft_of(form), FileForm()
    if not sent.is_submitted():
        return _replace_page(draft, sent)
    if sent.upload is None:
        sent.file.errors = [_("Mời chọn một tệp.")]
        return _replace_page(draft, sent), 422
    try:
        content = read_file(sent.upload)
        drafts.save(actor(), draft, content, posted_version())
    except Stale:
        sent.file.errors = [_("Có người vừa lưu phiếu này. Mời xem bản mới rồi chọn lại tệp.")]
        return _replace_page(draft_of(form), sent), 409
    except Invalid as invalid:
        return _replace_page(draft, sent, sent.place(invalid)), 422
    flash(_("Đã thay lời phiếu bằng tệp. Mã phiếu giữ nguyên."), "success")
    return redirect(url_for("office.edit_questionnaire", questionnaire_id=form.id))


@blueprint.post("/phieu-mau/soan/<int:questionnaire_id>/bo")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def discard_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    drafts.discard(actor(), draft_of(form))
    flash(_("Đã bỏ bản nháp."), "success")
    return redirect(url_for("office.questionnaires"))


@blueprint.post("/phieu-mau/soan/<int:questionnaire_id>/cat")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def archive_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    drafts.archive(actor(), form)
    flash(_("Đã cất phiếu vào kho. Những đợt đã hỏi bằng phiếu này vẫn còn nguyên."), "success")
    return redirect(url_for("office.questionnaires"))


@blueprint.post("/phieu-mau/soan/<int:questionnaire_id>/lay-lai")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def restore_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    try:
        drafts.restore(actor(), form)
    except Invalid as invalid:
        raise Refused(next(iter(invalid.errors.values()))) from invalid
    flash(_("Đã lấy phiếu ra khỏi kho."), "success")
    return redirect(url_for("office.questionnaires"))


def _freeze_page(draft: QuestionnaireDraft, said: str = "") -> str:
    form = draft.questionnaire
    before = form.versions[-1] if form.versions else None
    return render_template(
        "features/questionnaires/freeze.html",
        draft=draft,
        form=form,
        editor=Editor(draft.definition),
        before=before,
        changes=changes(before.definition, draft.definition) if before else [],
        said=said,
    )


def _replace_page(
    draft: QuestionnaireDraft, sent: FileForm, places: list[tuple[str, str]] | None = None
) -> str:
    return render_template(
        "features/questionnaires/replace.html",
        draft=draft, form=draft.questionnaire, sent=sent, places=places or [],
    )  # fmt: skip
