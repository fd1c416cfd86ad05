"""Photos kept as evidence, for those who may see them; and taking a wrong piece off."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from portal.blueprints.office import blueprint
from portal.core.errors import Invalid, Missing
from portal.features.evidence import files, queries, services
from portal.features.evidence.models import Evidence
from portal.features.publicity import queries as publicity
from portal.features.publicity import services as postings
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import local_path
from portal.web.forms import Filled, PortalForm


class RemovalForm(PortalForm):
    """Why a piece of evidence is taken off, and where to go back to."""

    reason = TextAreaField(
        _l("Lý do gỡ"),
        [Filled()],
        description=_l("Ví dụ: ảnh thấy rõ mặt người dân. Lý do và tên người gỡ được giữ lại."),
    )
    back = HiddenField()


@blueprint.get("/bang-chung/<int:evidence_id>")
@requires(Permission.EVIDENCE_READ, load=queries.get_visible)
def evidence(evidence: Evidence) -> ResponseReturnValue:
    return _sent(evidence, evidence.stored)


@blueprint.get("/bang-chung/<int:evidence_id>/nho")
@requires(Permission.EVIDENCE_READ, load=queries.get_visible)
def small_evidence(evidence: Evidence) -> ResponseReturnValue:
    return _sent(evidence, evidence.small)


@blueprint.route("/bang-chung/<int:evidence_id>/go", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_REMOVE, load=queries.get_visible)
def remove_evidence(evidence: Evidence) -> ResponseReturnValue:
    form = RemovalForm(back=request.args.get("ve", ""))
    back = local_path(form.back.data) or url_for("office.home")
    if form.validate_on_submit():
        try:
            _remove(evidence, form.reason.data or "")
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã gỡ."), "success")
            return redirect(back)
    status = 422 if form.errors else 200
    return render_template(
        "features/evidence/remove.html", form=form, evidence=evidence, back=back
    ), status


def _remove(evidence: Evidence, reason: str) -> None:
    """Take it off through what it shows, where something follows from that."""
    of_posting = evidence.subject_kind == publicity.KIND
    posting = publicity.get_visible(actor(), evidence.subject_id) if of_posting else None
    if posting is None:
        services.remove(actor(), evidence, reason)
    else:
        postings.take_off(actor(), posting, evidence, reason)


def _sent(evidence: Evidence, name: str) -> ResponseReturnValue:
    content = files.content_of(name) if evidence.is_photo else None
    if content is None:
        raise Missing
    return Response(content, mimetype=files.MEDIA_TYPE)
