"""Documents: the list, and the page of one that says where it stands."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.documents.panels import NumberForm, SignForm
from portal.core.text import clean
from portal.features.campaigns import pages as campaigns
from portal.features.documents import deliveries, queries, services
from portal.features.documents.models import Document, State
from portal.features.documents.numbering import Doubt
from portal.features.documents.pages import document as document_page
from portal.features.documents.pages.drafting import Judged, judged
from portal.features.documents.pages.facts import facts_of
from portal.features.documents.pages.listing import BOX_LABELS, STATE_LABELS, listing
from portal.features.documents.queries import Filter
from portal.features.documents.workflow import DOCUMENT
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.offers import buttons


@blueprint.get("/van-ban")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def documents() -> ResponseReturnValue:
    wanted = Filter(
        search=clean(request.args.get("tim", ""))[:200],
        state=request.args.get("trang-thai", ""),
        type_code=request.args.get("loai", ""),
        box=request.args.get("muc", ""),
    )
    return render_template(
        "features/documents/list.html",
        listing=listing(actor(), wanted, request.args.get("trang", 1, type=int)),
        may_create=allows(actor(), Permission.DOCUMENT_CREATE),
        box_labels=BOX_LABELS,
        state_labels=STATE_LABELS,
    )


@blueprint.get("/van-ban/<int:document_id>")
@requires(Permission.DOCUMENT_READ, load=queries.get_visible)
def document(document: Document) -> ResponseReturnValue:
    if document.is_announced and not allows(actor(), Permission.DOCUMENT_DISCUSS, document):
        deliveries.open_all(actor(), document.id)
    return document_shown(document)


def document_shown(
    document: Document,
    status: int = 200,
    *,
    sign_form: SignForm | None = None,
    number_form: NumberForm | None = None,
    doubts: Sequence[Doubt] = (),
) -> ResponseReturnValue:
    """Give the page of a document, with a form that came back if one did.

    Args:
        document: which.
        status: the answer's.
        sign_form: came back with mistakes.
        number_form: came back with mistakes, or with doubts.
        doubts: what speaks against the date that was entered.
    """
    page = render_template(
        "features/documents/document.html",
        page=document_page.of(actor(), document),
        ordered=campaigns.of_plan(actor(), document),
        offers=buttons(DOCUMENT, document),
        warned=_warned(document),
        doubts=doubts,
        sign_form=sign_form or SignForm(formdata=None),
        number_form=number_form or NumberForm.suggested(),
    )
    return page, status


def _warned(document: Document) -> Judged:
    """Give what whoever decides should know; what is decided is not warned of any more."""
    decided = document.is_announced or document.state == State.CANCELLED
    if decided or document.unit_id != actor().unit_id:
        return Judged()
    return judged(document, document.body, facts_of(document))


@blueprint.post("/van-ban/<int:document_id>/cong-khai")
@requires(Permission.DOCUMENT_SIGN, load=queries.get_visible)
def publish_document(document: Document) -> ResponseReturnValue:
    is_public = request.form.get("public") == "1"
    services.set_public(actor(), document, is_public)
    flash(_("Đã công khai văn bản.") if is_public else _("Đã thôi công khai văn bản."), "success")
    return redirect(url_for("office.document", document_id=document.id))
