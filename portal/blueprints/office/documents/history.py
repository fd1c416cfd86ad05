"""How a document came about: its versions, what changed between them, what was said of it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core.errors import Invalid, Missing
from portal.features.documents import queries, services
from portal.features.documents.body import Body
from portal.features.documents.models import Document
from portal.features.documents.text.difference import compare
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor


@blueprint.get("/van-ban/<int:document_id>/lich-su")
@requires(Permission.DOCUMENT_DISCUSS, load=queries.get_visible)
def document_history(document: Document) -> ResponseReturnValue:
    return render_template(
        "features/documents/history.html",
        document=document,
        versions=queries.versions(document.id),
    )


@blueprint.get("/van-ban/<int:document_id>/lich-su/<int:number>")
@requires(Permission.DOCUMENT_DISCUSS, load=queries.get_visible)
def document_version(document: Document, number: int) -> ResponseReturnValue:
    later = queries.version(document.id, number)
    against = request.args.get("so-voi", number - 1, type=int)
    earlier = queries.version(document.id, against) if against != number else None
    if later is None:
        raise Missing
    body = Body.from_json(later.content)
    old = Body.from_json(earlier.content) if earlier else Body()
    return render_template(
        "features/documents/version.html",
        document=document,
        version=later,
        earlier=earlier,
        versions=queries.versions(document.id),
        changes=compare(old, body),
    )


@blueprint.post("/van-ban/<int:document_id>/gop-y")
@requires(Permission.DOCUMENT_DISCUSS, load=queries.get_visible)
def discuss_document(document: Document) -> ResponseReturnValue:
    text, node = request.form.get("text", ""), request.form.get("node", "")
    try:
        services.discuss(actor(), document, text, node)
    except Invalid as invalid:
        problem = invalid.errors["text"]
        flash(_(problem), "error")
    else:
        flash(_("Đã ghi góp ý."), "success")
    return _back(document)


@blueprint.post("/van-ban/<int:document_id>/gop-y/<int:comment_id>/xong")
@requires(Permission.DOCUMENT_DISCUSS, load=queries.get_visible)
def resolve_comment(document: Document, comment_id: int) -> ResponseReturnValue:
    remark = queries.comment(document.id, comment_id)
    if remark is None:
        raise Missing
    services.resolve(actor(), document, remark)
    return _back(document)


def _back(document: Document) -> ResponseReturnValue:
    return redirect(url_for("office.document", document_id=document.id, _anchor="gop-y"))
