"""The drafting page: writing, saving by hand and by itself, and the paper beside it."""

from dataclasses import replace
from io import BytesIO

from flask import jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.documents import form as document_form
from portal.blueprints.office.documents.answers import conflict, draft_page, saved_answer
from portal.blueprints.office.documents.commands import carry_out
from portal.blueprints.office.documents.pages import pages_of
from portal.core.errors import Invalid, Missing, NotStored, Refused, Stale
from portal.features.documents import queries, services
from portal.features.documents.body import Body
from portal.features.documents.formats import type_of
from portal.features.documents.models import Document
from portal.features.documents.rendering.pdf import MOST_PAGES
from portal.features.documents.targets import named
from portal.features.documents.workflow import DOCUMENT
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.forms import posted_version
from portal.web.telling import sentence

AUTOSAVE = "autosave"
_NEXT = {
    "paste": "office.paste_text",
    "dry-run": "office.dry_run",
    "submit": "office.document",
}
"""Where a button leads once what is typed is saved; "save" stays."""


@blueprint.get("/van-ban/<int:document_id>/soan")
@requires(Permission.DOCUMENT_EDIT, load=queries.get_visible)
def draft(document: Document) -> ResponseReturnValue:
    if not document.is_open:
        return redirect(url_for("office.document", document_id=document.id))
    return draft_page(document, document.body, document.version)


@blueprint.post("/van-ban/<int:document_id>/soan")
@requires(Permission.DOCUMENT_EDIT, load=queries.get_visible)
def save_draft(document: Document) -> ResponseReturnValue:
    command, version = request.form.get("command", "save"), posted_version()
    # Who signs beside is not typed: it comes with the papers that two people sign.
    body = replace(named(document_form.read(request.form)), second=document.body.second)
    if command == AUTOSAVE:
        return _autosave(document, body, version)
    done = carry_out(document, body, command)
    if done is not None:
        return draft_page(document, done.body, version, done=done)
    try:
        services.save(actor(), document, body, version)
        if command == "submit":
            DOCUMENT.fire(actor(), document.id, "submit")
    except Stale as stale:
        return conflict(document, Body.from_json(str(stale.theirs["content"])), body)
    except (Invalid, NotStored, Refused) as error:
        return _kept_open(document, body, version, error)
    return redirect(url_for(_NEXT.get(command, "office.draft"), document_id=document.id))


def _autosave(document: Document, body: Body, version: int) -> ResponseReturnValue:
    try:
        services.save(actor(), document, body, version)
    except Invalid as invalid:
        return jsonify(message=sentence(invalid)), 422
    except Stale:
        message = _("Có người vừa lưu trước. Bấm “Lưu” để xem hai bản cạnh nhau.")
        return jsonify(message=message), 409
    except Refused as refused:
        return jsonify(message=sentence(refused)), 409
    return jsonify(saved_answer(document))


def _kept_open(
    document: Document, body: Body, version: int, error: Invalid | NotStored | Refused
) -> ResponseReturnValue:
    """Show what was typed again, with what went wrong."""
    if isinstance(error, Invalid):
        return draft_page(document, body, version, invalid=error)
    away = _("Máy chủ chưa ghi được. Những gì đã gõ vẫn ở dưới, mời bấm “Lưu” lần nữa.")
    if isinstance(error, NotStored):
        return draft_page(document, body, version, said=away, status=503)
    # Saved but not submitted, or no draft any more: then what was typed can still be copied.
    return draft_page(document, body, document.version, said=sentence(error), status=409)


@blueprint.get("/van-ban/<int:document_id>/xem-truoc")
@requires(Permission.DOCUMENT_READ, load=queries.get_visible)
def preview(document: Document) -> ResponseReturnValue:
    count = len(pages_of(document))
    return render_template(
        "features/documents/preview.html",
        document=document,
        kind=type_of(document.type_code),
        count=count,
        is_cut=count >= MOST_PAGES,
    )


@blueprint.get("/van-ban/<int:document_id>/xem-truoc/<int:number>")
@requires(Permission.DOCUMENT_READ, load=queries.get_visible)
def preview_page(document: Document, number: int) -> ResponseReturnValue:
    pages = pages_of(document)
    if not 1 <= number <= len(pages):
        raise Missing
    picture = pages[number - 1]
    kind = "image/png" if picture.startswith(b"\x89PNG") else "image/svg+xml"
    answer = send_file(BytesIO(picture), kind)
    # The address names the version; nobody but the reader's own browser may keep it.
    answer.headers["Cache-Control"] = (
        "private, max-age=600" if request.args.get("v") else "no-store"
    )
    return answer
