"""A wording as it leaves the editor: tried as a respondent, on paper, as a file."""

from io import BytesIO

from flask import Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from portal.features.questionnaires import files
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.paper import form_pdf
from portal.features.questionnaires.wording import OTHER_LANGUAGES, in_language
from portal.features.surveys import answers
from portal.features.surveys.form_page import Trial
from portal.web.printing import XLSX, sent


def trial(definition: Definition, back: str, *, number: int | None) -> ResponseReturnValue:
    """Let somebody answer a form as a respondent would; nothing is kept.

    Args:
        definition: the form.
        back: where one came from.
        number: of the version, None for a draft.
    """
    language = _language(definition)
    spoken = in_language(definition, language)
    done = "xong" in request.args
    page, status = Trial.of(spoken), 200
    if request.method == "POST":
        reading = answers.read(spoken, request.form)
        if not reading.errors:
            return redirect(f"{request.path}?tieng={language}&xong=1")
        page, status = Trial.of(spoken, reading), 422
    with force_locale(language):
        return render_template(
            "features/questionnaires/trial.html", page=page, back=back, number=number,
            spoken=language, translated=_languages(definition), done=done,
        ), status  # fmt: skip


def printed(definition: Definition, number: int | None, *, official: bool = False) -> Response:
    """Give a form on paper, as a PDF."""
    language = _language(definition)
    with force_locale(language):
        spoken = in_language(definition, language)
        pdf = form_pdf(spoken, version=number, official=official, say=gettext)
    name = f"{definition.code} {gettext('phiếu giấy')}"
    return sent(
        pdf, "application/pdf", f"{name} ({language}).pdf" if language != "vi" else f"{name}.pdf"
    )


def exported(definition: Definition, name: str) -> Response:
    """Give a form as a file that can be brought in again: .xlsx, or JSON if asked for."""
    if request.args.get("dang") == "json":
        content = files.to_json(definition)
        return sent(content, "application/json", f"{definition.code} {name}.json")
    return sheet(definition, f"{definition.code} {name}.xlsx")


def sheet(definition: Definition, name: str) -> Response:
    """Give a form as an .xlsx."""
    stream = BytesIO()
    files.to_sheet(stream, definition)
    return sent(stream.getvalue(), XLSX, name)


def _language(definition: Definition) -> str:
    asked = request.args.get("tieng", "vi")
    return asked if asked in _languages(definition) else "vi"


def _languages(definition: Definition) -> list[str]:
    return [name for name in OTHER_LANGUAGES if definition.languages.get(name)]
