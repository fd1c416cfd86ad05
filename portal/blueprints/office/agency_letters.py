"""Letters of agencies entered by the ward: their number, date, file, and what they say."""

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.agencies import agency_page, of_case, to_agency
from portal.blueprints.office.agency_forms import CommentForm, CorrectForm, LetterForm
from portal.blueprints.office.consultation_tabs import tabs
from portal.core.errors import Invalid, Missing, Refused
from portal.features.consultations import (
    agency_entries,
    agency_pages,
    agency_queries,
    comment_tables,
    queries,
)
from portal.features.consultations.comments import Said
from portal.features.consultations.models import Comment, Consultation, Submission
from portal.features.consultations.places import Finder, Unplaced
from portal.features.regulations import queries as regulations
from portal.policy.permissions import Permission
from portal.web import pasting
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.agency_desk import finder
from portal.web.printing import safe_name
from portal.web.telling import warn

_CASE = "/lay-y-kien/<int:consultation_id>/co-quan"


@blueprint.route(f"{_CASE}/cong-van", methods=["GET", "POST"])
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_new_letter(consultation: Consultation) -> ResponseReturnValue:
    form = LetterForm().offer(
        regulations.given(consultation.draft_id), agency_queries.listed(consultation.id)
    )
    if not form.is_submitted():
        chosen = request.args.get("co-quan", "")
        form.submission_id.data = chosen if chosen in dict(form.submission_id.choices) else ""
        return _letter_page(consultation, form)
    number = form.submission_id.data or ""
    known = of_case(consultation, int(number)) if number.isdecimal() else None
    return _enter(consultation, form, known)


@blueprint.route(f"{_CASE}/<int:submission_id>/cong-van", methods=["GET", "POST"])
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_letter(consultation: Consultation, submission_id: int) -> ResponseReturnValue:
    submission = of_case(consultation, submission_id)
    form = LetterForm().offer(regulations.given(consultation.draft_id))
    if not form.is_submitted():
        return _letter_page(consultation, form.fill(submission), submission)
    return _enter(consultation, form, submission)


@blueprint.get(f"{_CASE}/<int:submission_id>/tep-cong-van")
@requires(Permission.CONSULTATION_READ, load=queries.get_visible)
def agency_letter_file(consultation: Consultation, submission_id: int) -> ResponseReturnValue:
    submission = of_case(consultation, submission_id)
    path = agency_queries.LETTERS.path_of(submission.letter_stored)
    if not path.is_file():
        raise Missing
    name = safe_name(f"{submission.letter_number} {submission.agency}{path.suffix}")
    return send_file(path, as_attachment=True, download_name=name)


@blueprint.post(f"{_CASE}/<int:submission_id>/y-kien")
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_add_comment(consultation: Consultation, submission_id: int) -> ResponseReturnValue:
    submission, form = of_case(consultation, submission_id), CommentForm()
    if form.validate():
        try:
            placed = _finder(submission).find(form.place.data or "")
            said = Said(placed.key, form.text.data or "")
            n = agency_entries.add(actor(), submission, [said])
        except Unplaced as unplaced:
            form.place.errors = [_(unplaced.why.message, **unplaced.why.values)]
        except Invalid as invalid:
            form.show(invalid)
        except Refused as refused:
            warn(refused)
            return to_agency(submission)
        else:
            flash(_("Đã thêm ý kiến.") if n else _("Ý kiến này đã có, không nhập lại."),
                  "success" if n else "info")  # fmt: skip
            return to_agency(submission)
    return agency_page(submission, form), 422


@blueprint.route(f"{_CASE}/<int:submission_id>/y-kien/<random:comment_id>", methods=["GET", "POST"])
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_comment(
    consultation: Consultation, submission_id: int, comment_id: int
) -> ResponseReturnValue:
    submission = of_case(consultation, submission_id)
    comment, form = _comment(submission, comment_id), CorrectForm()
    try:
        if request.form.get("command") == "remove":
            agency_entries.remove(actor(), submission, comment)
            flash(_("Đã xóa ý kiến nhập nhầm."), "success")
            return to_agency(submission)
        if form.is_submitted() and form.validate():
            agency_entries.change(actor(), submission, comment, form.text.data or "")
            flash(_("Đã sửa ý kiến."), "success")
            return to_agency(submission)
    except Invalid as invalid:
        form.show(invalid)
    except Refused as refused:
        warn(refused)
        return to_agency(submission)
    if not form.is_submitted():
        form.text.data = comment.text
    line = next(one for one in agency_pages.answer(submission).lines if one.comment is comment)
    shown = render_template(
        "features/consultations/agency_comment.html", consultation=consultation, one=submission,
        form=form, line=line, tabs=tabs(consultation),
    )  # fmt: skip
    return shown, 422 if form.is_submitted() else 200


@blueprint.route(f"{_CASE}/<int:submission_id>/bang", methods=["GET", "POST"])
@requires(Permission.AGENCY_MANAGE, load=queries.get_visible)
def agency_table(consultation: Consultation, submission_id: int) -> ResponseReturnValue:
    submission = of_case(consultation, submission_id)
    if not submission.letter_number or not agency_entries.may_enter(actor(), consultation):
        raise Refused(agency_entries.NO_LETTER)
    sent = pasting.received(comment_tables.COLUMNS, comment_tables)
    page = "features/consultations/agency_table.html"
    shown = {"consultation": consultation, "one": submission, "tabs": tabs(consultation)}
    if sent.table is None:
        return render_template(
            page, sent=sent, columns=comment_tables.COLUMNS, found=None, **shown
        ), sent.status  # fmt: skip
    there = [Said(one.key, one.text) for one in agency_queries.comments(submission.id)]
    found = comment_tables.checked(sent.table, _finder(submission), there)
    if sent.takes(found.table):
        try:
            n = agency_entries.add(actor(), submission, found.said)
        except Invalid as invalid:
            warn(invalid)
            return pasting.again(sent)
        flash(_("Đã nhập %(n)s ý kiến của %(name)s.", n=n, name=submission.agency), "success")
        return to_agency(submission)
    if sent.saves:
        return pasting.again(sent)
    status = 422 if found.table.faults else 200
    return render_template(page, sent=sent, found=found, **shown), status


def _enter(
    consultation: Consultation, form: LetterForm, known: Submission | None
) -> ResponseReturnValue:
    if form.validate():
        try:
            agency = known or (form.agency.data or "")
            made = agency_entries.enter(actor(), consultation, agency, form.entered())
        except Invalid as invalid:
            form.show(invalid)
        except Refused as refused:
            warn(refused)
            return redirect(url_for("office.agencies", consultation_id=consultation.id), 303)
        else:
            flash(_("Đã ghi công văn của %(name)s.", name=made.agency), "success")
            return to_agency(made)
    return _letter_page(consultation, form, known if "submission_id" not in request.form else None,
                        status=422)  # fmt: skip


def _letter_page(
    consultation: Consultation, form: LetterForm, one: Submission | None = None, *,
    status: int = 200,
) -> ResponseReturnValue:  # fmt: skip
    return render_template(
        "features/consultations/agency_letter.html", consultation=consultation, form=form, one=one,
        tabs=tabs(consultation),
    ), status  # fmt: skip


def _finder(submission: Submission) -> Finder:
    return finder(submission, agency_entries.speaks_of(submission))


def _comment(submission: Submission, comment_id: int) -> Comment:
    found = next(
        (one for one in agency_queries.comments(submission.id) if one.id == comment_id), None
    )
    if found is None:
        raise Missing
    return found
