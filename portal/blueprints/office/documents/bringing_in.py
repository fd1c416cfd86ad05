"""“Dán từ Word”: what was recognised is looked at before it goes into the draft."""

from collections.abc import Sequence
from dataclasses import fields, replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from portal.blueprints.office import blueprint
from portal.blueprints.office.documents import form as document_form
from portal.core import legacy
from portal.core.errors import Invalid, NotStored, Stale
from portal.features.documents import queries, services
from portal.features.documents.body import Body
from portal.features.documents.formats import format_of, type_of
from portal.features.documents.importing import Imported, Notice, outline, word
from portal.features.documents.models import Document
from portal.features.documents.targets import linked
from portal.features.documents.text.cleaning import checked
from portal.features.documents.text.outline import numbered
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import posted_version
from portal.web.telling import sentence


@blueprint.get("/van-ban/<int:document_id>/dan")
@requires(Permission.DOCUMENT_EDIT, load=queries.get_visible)
def paste_text(document: Document) -> ResponseReturnValue:
    if not document.is_open:
        return redirect(url_for("office.document", document_id=document.id))
    return render_template("features/documents/paste.html", document=document, text="", errors={})


@blueprint.post("/van-ban/<int:document_id>/dan")
@requires(Permission.DOCUMENT_EDIT, load=queries.get_visible)
def look_at_text(document: Document) -> ResponseReturnValue:
    text = request.form.get("text", "")
    encoding = legacy.detect(text)
    command = request.form.get("command", "look")
    if encoding and command == "look":
        return render_template(
            "features/documents/paste.html", document=document, text=text, errors={},
            encoding=encoding, sample=legacy.convert(text)[:600],
        )  # fmt: skip
    try:
        found = _read(legacy.convert(text) if command == "convert" else text)
        recognised = linked(checked(found.into(Body(keeper=""))), actor())
    except Invalid as invalid:
        name = "file" if _sent_file() else "text"
        errors = {name: next(iter(invalid.errors.values()))}
        page = render_template(
            "features/documents/paste.html", document=document, text=text, errors=errors
        )
        return page, 422
    return _look(document, recognised, found.notices)


@blueprint.post("/van-ban/<int:document_id>/dan/dua-vao")
@requires(Permission.DOCUMENT_EDIT, load=queries.get_visible)
def take_text(document: Document) -> ResponseReturnValue:
    recognised = document_form.read(request.form)
    version = posted_version()
    taken = _appended if request.form.get("command") == "append" else _replaced
    try:
        services.save(actor(), document, taken(document.body, recognised), version)
    except Stale:
        said = _("Có người vừa lưu văn bản này. Mời xem lại rồi đưa vào lần nữa.")
        return _look(document, recognised, said=said), 409
    except Invalid as invalid:
        said = sentence(invalid)
        return _look(document, recognised, said=said), 422
    except NotStored:
        said = _("Máy chủ chưa ghi được. Mời bấm lần nữa.")
        return _look(document, recognised, said=said), 503
    flash(_("Đã đưa vào bản thảo. Bản trước vẫn xem lại được trong “Các bản lưu”."), "success")
    return redirect(url_for("office.draft", document_id=document.id))


def _sent_file() -> FileStorage | None:
    sent = request.files.get("file")
    return sent if sent is not None and sent.filename else None


def _read(text: str) -> Imported:
    if sent := _sent_file():
        return word.read(sent.read())
    if not text.strip():
        raise Invalid({"text": _("Mời dán văn bản vào ô, hoặc chọn một tệp .docx.")})
    return outline.split(text)


def _replaced(body: Body, recognised: Body) -> Body:
    """Put what was recognised in the place of what the draft has; the rest of it stays."""
    names = {one.name for one in fields(Imported)} & {one.name for one in fields(Body)}
    return Imported(**{name: getattr(recognised, name) for name in names}).into(body)


def _appended(body: Body, recognised: Body) -> Body:
    """Put what was recognised behind what the draft has."""
    lists = ("bases", "sections", "duties", "recipients", "appendices")
    return replace(
        body,
        summary=body.summary or recognised.summary,
        opening="\n".join(filter(None, [body.opening, recognised.opening])),
        closing=body.closing or recognised.closing,
        **{name: getattr(body, name) + getattr(recognised, name) for name in lists},
    )


def _look(
    document: Document, recognised: Body, notices: Sequence[Notice] = (), said: str = ""
) -> str:
    form, kind = format_of(document.format_code), type_of(document.type_code)
    return render_template(
        "features/documents/recognised.html",
        document=document,
        body=recognised,
        rows=numbered(recognised.sections, form, kind),
        notices=notices,
        said=said,
        fields=document_form.fields(recognised),
    )
