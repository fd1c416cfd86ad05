"""The second language of a questionnaire: each text beside its translation."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.questionnaires.editing import draft_of
from portal.core.errors import Invalid, Stale
from portal.features.questionnaires import drafts, queries
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.fields import translated
from portal.features.questionnaires.models import Questionnaire, QuestionnaireDraft
from portal.features.questionnaires.wording import texts, untranslated
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import posted_version
from portal.web.telling import sentences

LANGUAGE = "en"


@blueprint.get("/phieu-mau/soan/<int:questionnaire_id>/tieng-anh")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def translate_questionnaire(form: Questionnaire) -> ResponseReturnValue:
    draft = draft_of(form)
    return _page(draft, draft.definition)


@blueprint.post("/phieu-mau/soan/<int:questionnaire_id>/tieng-anh")
@requires(Permission.QUESTIONNAIRE_EDIT, load=queries.get_own)
def save_translation(form: Questionnaire) -> ResponseReturnValue:
    draft = draft_of(form)
    listed = texts(draft.definition)
    if tuple(request.form.getlist("goc")) != listed:
        # The words have changed meanwhile: what was typed goes to the texts that are still there.
        made = _by_text(draft.definition)
        flash(_("Lời phiếu vừa đổi. Bản dịch của những câu còn lại vẫn ở dưới, mời xem rồi lưu."))
        return _page(draft, made), 409
    made = translated(draft.definition, LANGUAGE, request.form)
    try:
        drafts.save(actor(), draft, made, posted_version())
    except Stale:
        return _page(draft, made, stale=True), 409
    except Invalid as invalid:
        flash(" ".join(sentences(invalid).values()), "error")
        return _page(draft, made), 422
    flash(_("Đã lưu bản tiếng Anh."), "success")
    return redirect(url_for("office.edit_questionnaire", questionnaire_id=form.id))


def _by_text(definition: Definition) -> Definition:
    typed = {
        text: request.form.get(f"{LANGUAGE}-{i}", "")
        for i, text in enumerate(request.form.getlist("goc"))
    }
    place = {
        f"{LANGUAGE}-{i}": typed[text] for i, text in enumerate(texts(definition)) if text in typed
    }
    return translated(definition, LANGUAGE, _Typed(place))


class _Typed(dict[str, str]):
    """Fields with one value each."""

    def getlist(self, key: str, /) -> list[str]:
        return [self[key]] if key in self else []


def _page(draft: QuestionnaireDraft, definition: Definition, *, stale: bool = False) -> str:
    words = definition.languages.get(LANGUAGE, {})
    return render_template(
        "features/questionnaires/translate.html",
        draft=draft,
        form=draft.questionnaire,
        lines=[(text, words.get(text, "")) for text in texts(definition)],
        left=len(untranslated(definition, LANGUAGE)),
        stale=stale,
    )
