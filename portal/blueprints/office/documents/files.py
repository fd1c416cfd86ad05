"""What leaves and what comes back as a file: .docx, .pdf, the signed copy; and the number."""

from io import BytesIO

from flask import flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.documents.detail import document_shown
from portal.blueprints.office.documents.panels import NumberForm, SignForm
from portal.core.errors import Invalid, Missing, Refused
from portal.core.text import N_
from portal.features.documents import files, numbering, queries, services
from portal.features.documents.models import Document, State
from portal.features.documents.rendering import pdf, word
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.printing import DOCX, PDF, file_name, paper_of, sent


@blueprint.get("/van-ban/<int:document_id>/van-ban.docx")
@requires(Permission.DOCUMENT_READ, load=queries.get_visible)
def document_word(document: Document) -> ResponseReturnValue:
    content = BytesIO(word.draw(paper_of(document)))
    return sent(content, DOCX, file_name(document, ".docx"))


@blueprint.get("/van-ban/<int:document_id>/van-ban.pdf")
@requires(Permission.DOCUMENT_READ, load=queries.get_visible)
def document_pdf(document: Document) -> ResponseReturnValue:
    content = BytesIO(pdf.draw(paper_of(document)))
    return sent(content, PDF, file_name(document, ".pdf"))


@blueprint.get("/van-ban/<int:document_id>/tep/<int:file_id>")
@requires(Permission.DOCUMENT_READ, load=queries.get_visible)
def document_file(document: Document, file_id: int) -> ResponseReturnValue:
    file = queries.file_for(actor(), document, file_id)
    if file is None:
        raise Missing
    path = files.path_of(file)
    if not path.is_file():
        raise Refused(N_("Máy chủ không còn tệp này. Mời báo người quản trị lấy lại từ bản sao "
                         "lưu."))  # fmt: skip
    return send_file(path, file.media_type, as_attachment=True, download_name=file.name)


@blueprint.post("/van-ban/<int:document_id>/tep/<int:file_id>/go")
@requires(Permission.DOCUMENT_SIGN, load=queries.get_visible)
def detach_file(document: Document, file_id: int) -> ResponseReturnValue:
    file = queries.file_for(actor(), document, file_id)
    if file is None:
        raise Missing
    services.detach(actor(), document, file, request.form.get("reason", ""))
    flash(_("Đã gỡ tệp."), "success")
    return _back(document)


@blueprint.post("/van-ban/<int:document_id>/ban-da-ky")
@requires(Permission.DOCUMENT_SIGN, load=queries.get_visible)
def sign_document(document: Document) -> ResponseReturnValue:
    form = SignForm()
    try:
        if upload := form.upload:
            services.attach_signed(actor(), document, *upload)
        if document.state == State.APPROVED:
            services.sign(actor(), document, form.reason.data or "")
        elif not upload:
            raise Invalid({"file": files.NO_FILE})
    except (Invalid, Refused) as error:
        form.validate()
        form.show(
            error
            if isinstance(error, Invalid)
            else Invalid({"file": error.message}, **error.values)
        )
        return document_shown(document, 422, sign_form=form)
    flash(_("Đã ghi nhận bản đã ký."), "success")
    return _back(document)


@blueprint.post("/van-ban/<int:document_id>/so")
@requires(Permission.DOCUMENT_ISSUE, load=queries.get_visible)
def number_document(document: Document) -> ResponseReturnValue:
    form = NumberForm()
    if form.validate():
        try:
            if not form.certain.data and (
                doubts := numbering.doubts(document, form.dated_on, form.wanted)
            ):
                return document_shown(document, 422, number_form=form, doubts=doubts)
            services.number(actor(), document, day=form.dated_on, number=form.wanted)
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã lấy số %(number)s.", number=document.symbol), "success")
            return _back(document)
    return document_shown(document, 422, number_form=form)


def _back(document: Document) -> ResponseReturnValue:
    return redirect(url_for("office.document", document_id=document.id))
