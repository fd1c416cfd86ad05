"""An agency's link: it reads the draft and answers without an account.

Nothing here sets a cookie; the link itself is the key, and can be revoked by whoever gave it.
"""

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.extensions import csrf
from portal.features.consultations import agency_answers, agency_queries
from portal.web import agency_desk, draft_files
from portal.web.access import public
from portal.web.addresses import from_here
from portal.web.agency_desk import Desk


@blueprint.get("/cq/<string(maxlength=60):secret>")
@public
def agency(secret: str) -> ResponseReturnValue:
    return agency_desk.home(_desk(secret))


@blueprint.route(
    "/cq/<string(maxlength=60):secret>/dieu/<string(maxlength=8):part>", methods=["GET", "POST"]
)
@public
@csrf.exempt
def agency_part(secret: str, part: str) -> ResponseReturnValue:
    return agency_desk.part(_desk(secret), part)


@blueprint.post("/cq/<string(maxlength=60):secret>/gui")
@public
@csrf.exempt
def agency_send(secret: str) -> ResponseReturnValue:
    return agency_desk.send(_desk(secret))


@blueprint.post("/cq/<string(maxlength=60):secret>/rut")
@public
@csrf.exempt
def agency_back(secret: str) -> ResponseReturnValue:
    return agency_desk.take_back(_desk(secret))


@blueprint.route("/cq/<string(maxlength=60):secret>/bang", methods=["GET", "POST"])
@public
@csrf.exempt
def agency_table(secret: str) -> ResponseReturnValue:
    return agency_desk.table(_desk(secret))


@blueprint.route("/cq/<string(maxlength=60):secret>/cong-van.docx", methods=["GET", "POST"])
@public
@csrf.exempt
def agency_letter(secret: str) -> ResponseReturnValue:
    return agency_desk.letter(_desk(secret))


@blueprint.get("/cq/<string(maxlength=60):secret>/mau-bang.xlsx")
@public
def agency_blank(secret: str) -> ResponseReturnValue:
    return agency_desk.blank(_desk(secret).submission.consultation)


@blueprint.get("/cq/<string(maxlength=60):secret>/du-thao.docx")
@public
def agency_file(secret: str) -> ResponseReturnValue:
    return draft_files.text(_desk(secret).submission.consultation)


@blueprint.get("/cq/<string(maxlength=60):secret>/tai-lieu/<int:paper_id>")
@public
def agency_paper(secret: str, paper_id: int) -> ResponseReturnValue:
    return draft_files.paper(_desk(secret).submission.consultation, paper_id)


def _desk(secret: str) -> Desk:
    """Give the desk that a link opens; anything else gets a page that says what to do."""
    # A link is opened from wherever it was sent to; only a form must come from its own page.
    if request.method == "POST" and not from_here():
        abort(403)
    found = agency_queries.by_link(secret)
    if found is None:
        abort(make_response(render_template("citizen/agency_gone.html"), 404))
    return Desk(
        found, agency_answers.link_of(found), "citizen.agency", {"secret": secret},
        "layouts/citizen.html", owner=f"cq-{found.id}",
    )  # fmt: skip
