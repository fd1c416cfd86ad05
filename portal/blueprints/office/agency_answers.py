"""An agency that has accounts answers with one of them, without its link."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.features.consultations import agency_queries
from portal.features.consultations.models import Submission
from portal.policy.permissions import Permission
from portal.web import agency_desk, draft_files
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.agency_desk import Desk


@blueprint.get("/gop-y-du-thao/<int:submission_id>")
@requires(Permission.AGENCY_ANSWER, load=agency_queries.get_visible)
def agency_answer(submission: Submission) -> ResponseReturnValue:
    return agency_desk.home(_desk(submission))


@blueprint.route(
    "/gop-y-du-thao/<int:submission_id>/dieu/<string(maxlength=8):part>", methods=["GET", "POST"]
)
@requires(Permission.AGENCY_ANSWER, load=agency_queries.get_visible)
def agency_answer_part(submission: Submission, part: str) -> ResponseReturnValue:
    return agency_desk.part(_desk(submission), part)


@blueprint.post("/gop-y-du-thao/<int:submission_id>/gui")
@requires(Permission.AGENCY_ANSWER, load=agency_queries.get_visible)
def agency_answer_send(submission: Submission) -> ResponseReturnValue:
    return agency_desk.send(_desk(submission))


@blueprint.post("/gop-y-du-thao/<int:submission_id>/rut")
@requires(Permission.AGENCY_ANSWER, load=agency_queries.get_visible)
def agency_answer_back(submission: Submission) -> ResponseReturnValue:
    return agency_desk.take_back(_desk(submission))


@blueprint.route("/gop-y-du-thao/<int:submission_id>/bang", methods=["GET", "POST"])
@requires(Permission.AGENCY_ANSWER, load=agency_queries.get_visible)
def agency_answer_table(submission: Submission) -> ResponseReturnValue:
    return agency_desk.table(_desk(submission))


@blueprint.route("/gop-y-du-thao/<int:submission_id>/cong-van.docx", methods=["GET", "POST"])
@requires(Permission.AGENCY_ANSWER, load=agency_queries.get_visible)
def agency_answer_letter(submission: Submission) -> ResponseReturnValue:
    return agency_desk.letter(_desk(submission))


@blueprint.get("/gop-y-du-thao/<int:submission_id>/mau-bang.xlsx")
@requires(Permission.AGENCY_ANSWER, load=agency_queries.get_visible)
def agency_answer_blank(submission: Submission) -> ResponseReturnValue:
    return agency_desk.blank(submission.consultation)


@blueprint.get("/gop-y-du-thao/<int:submission_id>/du-thao.docx")
@requires(Permission.AGENCY_ANSWER, load=agency_queries.get_visible)
def agency_answer_file(submission: Submission) -> ResponseReturnValue:
    return draft_files.text(submission.consultation)


@blueprint.get("/gop-y-du-thao/<int:submission_id>/tai-lieu/<int:paper_id>")
@requires(Permission.AGENCY_ANSWER, load=agency_queries.get_visible)
def agency_answer_paper(submission: Submission, paper_id: int) -> ResponseReturnValue:
    return draft_files.paper(submission.consultation, paper_id)


@blueprint.get("/co-quan-gop-y/<int:submission_id>")
@requires(Permission.CONSULTATION_READ, load=agency_queries.get_visible)
def agency_by_id(submission: Submission) -> ResponseReturnValue:
    case_id = submission.consultation_id
    return redirect(
        url_for("office.agency", consultation_id=case_id, submission_id=submission.id)
    )  # fmt: skip


def _desk(submission: Submission) -> Desk:
    values = {"submission_id": submission.id}
    return Desk(
        submission, actor(), "office.agency_answer", values, "layouts/official.html"
    )  # fmt: skip
