"""The inbox: issued documents that came to the actor, what waits and what is done with."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.features.documents import deliveries, queries
from portal.features.documents import inbox as incoming
from portal.features.documents.formats import types
from portal.features.documents.models import Delivery, Document
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.addresses import local_path


@blueprint.get("/van-ban-den")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def inbox() -> ResponseReturnValue:
    handled = request.args.get("muc") == "xong"
    return render_template(
        "features/documents/inbox.html",
        page=incoming.inbox(actor(), handled, request.args.get("trang", 1, type=int)),
        counts=incoming.inbox_counts(actor()),
        handled=handled,
        kinds={kind.code: kind.name for kind in types()},
    )


@blueprint.post("/van-ban-den/<int:delivery_id>/nhan")
@requires(Permission.DELIVERY_ACT, load=incoming.get_delivery)
def receive_delivery(delivery: Delivery) -> ResponseReturnValue:
    deliveries.mark_received(actor(), delivery)
    flash(_("Đã ghi nhận đã nhận."), "success")
    return _back()


@blueprint.post("/van-ban-den/<int:delivery_id>/xu-ly")
@requires(Permission.DELIVERY_ACT, load=incoming.get_delivery)
def handle_delivery(delivery: Delivery) -> ResponseReturnValue:
    deliveries.mark_handled(actor(), delivery)
    flash(_("Đã chuyển sang mục đã xử lý."), "success")
    return _back()


@blueprint.post("/van-ban-den/<int:delivery_id>/chua-xu-ly")
@requires(Permission.DELIVERY_ACT, load=incoming.get_delivery)
def reopen_delivery(delivery: Delivery) -> ResponseReturnValue:
    deliveries.mark_waiting(actor(), delivery)
    flash(_("Đã đưa lại mục chưa xử lý."), "success")
    return _back()


@blueprint.post("/van-ban/<int:document_id>/gui-them")
@requires(Permission.DOCUMENT_ISSUE, load=queries.get_visible)
def send_on(document: Document) -> ResponseReturnValue:
    found = deliveries.send_on(actor(), document)
    if found:
        flash(_("Đã gửi thêm %(n)s nơi.", n=found), "success")
    else:
        flash(_("Mọi nơi nhận trong Cổng đều đã có văn bản này."))
    return redirect(url_for("office.document", document_id=document.id))


def _back() -> ResponseReturnValue:
    return redirect(local_path(request.form.get("next")) or url_for("office.inbox"))
