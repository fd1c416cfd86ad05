"""The agencies that a consultation asks: who has answered, whom to ask, their links."""

from collections.abc import Sequence
from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.agency_forms import (
    CommentForm,
    InviteForm,
    RenameForm,
    RevokeForm,
)
from portal.blueprints.office.consultation_tabs import tabs
from portal.core import qr
from portal.core.errors import Invalid, Missing, Refused
from portal.features.consultations import (
    agencies as services,
)
from portal.features.consultations import (
    agency_entries,
    agency_names,
    agency_pages,
    agency_queries,
    agency_sheets,
    agency_words,
    queries,
)
from portal.features.consultations.models import Consultation, Submission
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web import agency_desk
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.printing import XLSX, sent
from portal.web.telling import done, warn


@blueprint.get("/lay-y-kien/<int:consultation_id>/co-quan")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def agencies(consultation: Consultation) -> ResponseReturnValue:
    return render_template(
        "features/consultations/agencies.html", consultation=consultation,
        page=agency_pages.tracker(actor(), consultation), tabs=tabs(consultation),
        own=agency_queries.of_body(actor(), consultation),
    )  # fmt: skip


@blueprint.get("/lay-y-kien/<int:consultation_id>/co-quan/theo-doi.xlsx")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def agency_sheet(consultation: Consultation) -> ResponseReturnValue:
    content = BytesIO()
    agency_sheets.write_tracker(content, agency_pages.tracker(actor(), consultation))
    content.seek(0)
    name = _("Cơ quan góp ý, %(name)s", name=consultation.name)
    return sent(content, XLSX, f"{name}.xlsx")


@blueprint.get("/lay-y-kien/<int:consultation_id>/co-quan/mau-bang.xlsx")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def agency_blank(consultation: Consultation) -> ResponseReturnValue:
    return agency_desk.blank(consultation)


@blueprint.route("/lay-y-kien/<int:consultation_id>/co-quan/moi", methods=["GET", "POST"])
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_invite(consultation: Consultation) -> ResponseReturnValue:
    form = InviteForm().offer(agency_queries.invitable(consultation))
    if form.is_submitted() and form.validate():
        try:
            made = services.invite(actor(), consultation, form.entered())
        except Invalid as invalid:
            form.show(invalid)
        except Refused as refused:
            warn(refused)
            return _to_list(consultation)
        else:
            flash(_("Đã thêm %(n)s cơ quan, mỗi cơ quan có đường dẫn riêng.", n=len(made)),
                  "success")  # fmt: skip
            _tell_merged(consultation, form.entered().names)
            return _to_list(consultation)
    shown = render_template(
        "features/consultations/agency_invite.html", consultation=consultation, form=form,
        tabs=tabs(consultation),
    )  # fmt: skip
    return shown, 422 if form.is_submitted() else 200


@blueprint.post("/lay-y-kien/<int:consultation_id>/co-quan/da-nhac")
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_reminded(consultation: Consultation) -> ResponseReturnValue:
    try:
        n = services.remind(actor(), consultation)
        flash(_("Đã ghi ngày nhắc %(n)s cơ quan.", n=n), "success")
    except Refused as refused:
        warn(refused)
    return _to_list(consultation)


@blueprint.get("/lay-y-kien/<int:consultation_id>/co-quan/<int:submission_id>")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def agency(consultation: Consultation, submission_id: int) -> ResponseReturnValue:
    return agency_page(of_case(consultation, submission_id))


@blueprint.post("/lay-y-kien/<int:consultation_id>/co-quan/<int:submission_id>/ten")
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_rename(consultation: Consultation, submission_id: int) -> ResponseReturnValue:
    submission, form = of_case(consultation, submission_id), RenameForm()
    name = form.agency.data or "" if form.validate() else ""
    done(lambda: agency_names.rename(actor(), submission, name), _("Đã sửa tên cơ quan."))
    return to_agency(submission)


@blueprint.post("/lay-y-kien/<int:consultation_id>/co-quan/<int:submission_id>/duong-dan")
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_link(consultation: Consultation, submission_id: int) -> ResponseReturnValue:
    submission = of_case(consultation, submission_id)
    done(lambda: services.give_link(actor(), submission),
         _("Đã cấp đường dẫn mới. Đường dẫn trước không mở được nữa."))  # fmt: skip
    return to_agency(submission)


@blueprint.post("/lay-y-kien/<int:consultation_id>/co-quan/<int:submission_id>/thu-hoi")
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_revoke(consultation: Consultation, submission_id: int) -> ResponseReturnValue:
    submission, form = of_case(consultation, submission_id), RevokeForm()
    reason = form.reason.data or "" if form.validate() else ""
    done(lambda: services.revoke(actor(), submission, reason),
         _("Đã thu hồi đường dẫn. Những gì cơ quan đã ghi vẫn còn."))  # fmt: skip
    return to_agency(submission)


@blueprint.post("/lay-y-kien/<int:consultation_id>/co-quan/<int:submission_id>/bo")
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_cross_out(consultation: Consultation, submission_id: int) -> ResponseReturnValue:
    submission = of_case(consultation, submission_id)
    said = _("Đã bỏ %(name)s khỏi danh sách.", name=submission.agency)
    if not done(lambda: services.cross_out(actor(), submission), said):
        return to_agency(submission)
    return _to_list(consultation)


@blueprint.get("/lay-y-kien/<int:consultation_id>/co-quan/<int:submission_id>/ma-qr.svg")
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_code(consultation: Consultation, submission_id: int) -> ResponseReturnValue:
    link = agency_pages.secret_link(of_case(consultation, submission_id), base_url())
    if not link:
        raise Missing
    return send_file(BytesIO(qr.drawn(link).encode()), "image/svg+xml")


def of_case(consultation: Consultation, submission_id: int) -> Submission:
    """Give one agency of a consultation; 404 for any other."""
    found = agency_queries.of_case(consultation, submission_id)
    if found is None:
        raise Missing
    return found


def to_agency(submission: Submission) -> ResponseReturnValue:
    """Lead to the page of an agency after something was done there."""
    case_id = submission.consultation_id
    page = url_for("office.agency", consultation_id=case_id, submission_id=submission.id)
    return redirect(page, 303)


def agency_page(submission: Submission, form: CommentForm | None = None) -> str:
    """Draw the page of one agency."""
    case = submission.consultation
    manages = allows(actor(), Permission.AGENCY_MANAGE, case)
    link = agency_pages.secret_link(submission, base_url()) if manages else ""
    return render_template(
        "features/consultations/agency.html", consultation=case, one=submission,
        page=agency_pages.answer(submission), tabs=tabs(case), link=link, manages=manages,
        zalo=agency_words.invitation(submission, link) if link else "",
        reminder=agency_words.one_reminder(submission, link),
        may_enter=agency_entries.may_enter(actor(), case), form=form or CommentForm(formdata=None),
        untouched=services.is_untouched(submission), revoke=RevokeForm(formdata=None),
        may_change=manages and case.state in services.CHANGING, typed_in=agency_entries.is_typed,
        rename=RenameForm(formdata=None, agency=submission.agency),
    )  # fmt: skip


def _tell_merged(consultation: Consultation, names: Sequence[str]) -> None:
    """Tell which typed names were taken for an agency that is written otherwise."""
    merged = agency_names.merged(consultation, names)
    if merged:
        pairs = "; ".join(f"“{typed}” → “{stands}”" for typed, stands in merged)
        flash(_("Coi là một cơ quan, giữ tên ghi trước: %(pairs)s. Nếu không phải, sửa tên ở trang "
                "của cơ quan ấy rồi mời lại.", pairs=pairs), "info")  # fmt: skip


def _to_list(consultation: Consultation) -> ResponseReturnValue:
    return redirect(url_for("office.agencies", consultation_id=consultation.id), 303)
