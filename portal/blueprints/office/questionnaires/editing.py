"""The editor: every button saves what is typed and does one thing more."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.blueprints.office import blueprint
from portal.blueprints.office.questionnaires import papers
from portal.blueprints.office.questionnaires.blocks import aside, blocks, missing
from portal.core.errors import Invalid, Missing, NotStored, Refused, Stale
from portal.features.questionnaires import drafts, queries
from portal.features.questionnaires.comparing import changes
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.editing import Edited, edit
from portal.features.questionnaires.editor import Editor
from portal.features.questionnaires.fields import filled
from portal.features.questionnaires.models import Questionnaire, QuestionnaireDraft
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import posted_version
from portal.web.locale import moment

_GO: Final[Mapping[str, str]] = {
    "xem-thu": "office.try_questionnaire",
    "tieng-anh": "office.translate_questionnaire",
    "chot": "office.freeze_questionnaire",
    "nhap": "office.replace_questionnaire",
}
"""Where a button leads once what is typed is saved."""
_FIELDS_OF_PAGE: Final = frozenset({"csrf_token", "version", "lenh", "mo", "co", "toi"})


def draft_of(form: Questionnaire) -> QuestionnaireDraft:
    """Give the draft of a questionnaire.

    Raises:
        Missing: nobody is writing it.
        Refused: it is laid aside.
    """
    if form.archived_on is not None:
        raise Refused(drafts.ARCHIVED)
    draft = queries.draft(form.id)
    if draft is None:
        raise Missing
    return draft


@blueprint.get("/phieu-mau/soan/<int:questionnaire_id>")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def edit_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    draft = queries.draft(form.id)
    if draft is None and form.versions:  # Just frozen, by this account or another.
        return redirect(url_for("office.questionnaire", version_id=form.versions[-1].id))
    draft = draft_of(form)
    return editor_page(draft, Editor(draft.definition, request.args.get("mo", "")))


@blueprint.post("/phieu-mau/soan/<int:questionnaire_id>")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def save_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    draft = draft_of(form)
    if draft.version != posted_version():
        return _came_second(draft)
    typed = filled(draft.definition, request.form)
    command = request.form.get("lenh", "save")
    edited = _carried_out(typed, command)
    try:
        drafts.save(actor(), draft, edited.definition, draft.version)
    except Stale:
        return _came_second(draft)
    except (Invalid, NotStored) as error:
        return _kept(draft, edited, error)
    return _answer(draft, edited, command)


@blueprint.route("/phieu-mau/soan/<int:questionnaire_id>/xem-thu", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def try_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    back = url_for("office.edit_questionnaire", questionnaire_id=form.id)
    return papers.trial(draft_of(form).definition, back, number=None)


@blueprint.get("/phieu-mau/soan/<int:questionnaire_id>/phieu-giay.pdf")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def print_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    return papers.printed(draft_of(form).definition, None)


@blueprint.get("/phieu-mau/soan/<int:questionnaire_id>/tep")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def export_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    return papers.exported(draft_of(form).definition, "nhap")


def editor_page(draft: QuestionnaireDraft, editor: Editor, said: str = "") -> str:
    """Draw the whole page.

    Args:
        draft: what is written.
        editor: as it is to be shown, saved or not.
        said: why it could not be saved.
    """
    return render_template(
        "features/questionnaires/edit.html",
        draft=draft,
        form=draft.questionnaire,
        editor=editor,
        blocks=blocks(editor),
        aside=aside(editor),
        said=said,
    )


def _carried_out(typed: Definition, command: str) -> Edited:
    verb, _dot, rest = command.partition(".")
    if verb == "open":
        return Edited(typed, rest)
    if verb == "move":  # Into the section that was chosen beside the button.
        return edit(typed, f"question.into.{rest}.{request.form.get('toi', '')}")
    if verb in {"section", "question", "option", "row"}:
        return edit(typed, command)
    return Edited(typed, "" if command == "close" else request.form.get("mo", ""))


def _answer(draft: QuestionnaireDraft, edited: Edited, command: str) -> ResponseReturnValue:
    editor = _editor(edited)
    verb, _dot, rest = command.partition(".")
    if verb == "go" and rest in _GO:
        return redirect(url_for(_GO[rest], questionnaire_id=draft.questionnaire_id))
    if _by_script():
        drawn = blocks(editor)
        return jsonify(
            version=draft.version,
            saved=moment(draft.saved_at),
            order=[[block.key, block.print] for block in drawn],
            blocks=missing(drawn, request.form.get("co", "")),
            aside=aside(editor),
            mo=editor.focus,
            field=editor.field,
        )
    address = url_for("office.edit_questionnaire", questionnaire_id=draft.questionnaire_id)
    return redirect(f"{address}?mo={editor.focus}" if editor.focus else address)


def _editor(edited: Edited) -> Editor:
    """Show where the command led; a question that was moved stays closed if it was."""
    before = request.form.get("mo", "")
    moved = request.form.get("lenh", "").split(".")[:2]
    if moved in (["question", "up"], ["question", "down"], ["question", "into"]):
        return Editor(edited.definition, before)
    if edited.focus.startswith("section-") and before and moved[:1] == ["section"]:
        shown = Editor(edited.definition, before)
        return replace(shown, focus=edited.focus)
    return Editor(edited.definition, edited.focus)


def _came_second(draft: QuestionnaireDraft) -> ResponseReturnValue:
    """Somebody saved first: show both texts if they differ, else only the newer page."""
    if _by_script():
        message = _("Có người vừa lưu trước. Bấm “Lưu” để xem hai bản.")
        return jsonify(message=message), 409
    theirs, fields = draft.definition, _touched()
    typed, lost = filled(theirs, fields), _typed_for_what_is_gone(theirs)
    if typed == theirs and not lost:
        flash(_("Có người vừa lưu phiếu này; trang đã lấy bản mới. Mời làm lại bước vừa rồi."))
        return redirect(
            url_for("office.edit_questionnaire", questionnaire_id=draft.questionnaire_id)
        )
    return render_template(
        "features/questionnaires/conflict.html",
        draft=draft, form=draft.questionnaire, fields=list(fields.items(multi=True)), lost=lost,
        changes=changes(theirs, typed), focus=request.form.get("mo", ""),
    ), 409  # fmt: skip


def _touched() -> MultiDict[str, str]:
    """Give the fields of the form, but for titles of sections that were only shown."""
    kept = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in _FIELDS_OF_PAGE and not name.endswith("-cu")
        if value != request.form.get(f"{name.removesuffix('-ten')}-cu")
    ]
    return MultiDict(kept)


def _typed_for_what_is_gone(theirs: Definition) -> list[str]:
    """List what was typed for questions that somebody else has removed."""
    known = {question.id for question in theirs.questions}
    gone = {
        name.removesuffix("-hoi")
        for name in request.form
        if name.endswith("-hoi") and name.removesuffix("-hoi") not in known
    }
    texts = [
        value
        for name, value in request.form.items(multi=True)
        if name.partition("-")[0] in gone and name.endswith(("-hoi", "-goi-y", "-nhan", "-dan"))
    ]
    return [text for text in texts if text.strip()]


def _kept(
    draft: QuestionnaireDraft, edited: Edited, error: Invalid | NotStored
) -> ResponseReturnValue:
    """Show what was typed again, with what went wrong."""
    status = 422 if isinstance(error, Invalid) else 503
    said = _("Máy chủ chưa ghi được. Những gì đã gõ vẫn ở dưới, mời bấm “Lưu” lần nữa.")
    if isinstance(error, Invalid):
        said = " ".join(_(message) for message in dict.fromkeys(error.errors.values()))
    if _by_script():
        return jsonify(message=said), status
    return editor_page(draft, _editor(edited), said), status


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"
