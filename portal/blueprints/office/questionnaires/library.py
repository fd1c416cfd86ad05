"""The library of questionnaires: what can be asked, before anybody is asked."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.blueprints.office.questionnaires import papers
from portal.features.questionnaires import pages, queries
from portal.features.questionnaires.models import Questionnaire, QuestionnaireVersion
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import Account, actor
from portal.web.questionnaires import named, whose

ARCHIVE = "kho"
blueprint.add_app_template_filter(whose)
blueprint.add_app_template_filter(named, "form_name")


def _load(_reader: Account, version_id: int) -> QuestionnaireVersion | None:
    return queries.get(version_id)


def may_edit(form: Questionnaire) -> bool:
    """Say whether the signed-in account writes this questionnaire."""
    return allows(actor(), Permission.QUESTIONNAIRE_EDIT, form)


@blueprint.get("/phieu-mau")
@requires(Permission.QUESTIONNAIRE_READ)
def questionnaires() -> ResponseReturnValue:
    return render_template(
        "features/questionnaires/list.html",
        box=request.args.get("muc", ""),
        used=queries.visible_to(actor()),
        laid_aside=queries.visible_to(actor(), archived=True),
        may_create=allows(actor(), Permission.QUESTIONNAIRE_CREATE),
        may_edit=may_edit,
    )


@blueprint.get("/phieu-mau/<int:version_id>")
@requires(Permission.QUESTIONNAIRE_READ, load=_load)
def questionnaire(version: QuestionnaireVersion) -> ResponseReturnValue:
    form = version.questionnaire
    return render_template(
        "features/questionnaires/preview.html",
        version=version,
        definition=version.definition,
        parts=pages.parts(version.definition),
        draft=queries.draft(form.id),
        own=queries.written_by(actor().unit_id, form.code),
        may_edit=may_edit(form),
        may_create=allows(actor(), Permission.QUESTIONNAIRE_CREATE),
        may_ask=allows(actor(), Permission.CAMPAIGN_CREATE),
    )


@blueprint.route("/phieu-mau/<int:version_id>/xem-thu", methods=["GET", "POST"])
@requires(Permission.QUESTIONNAIRE_READ, load=_load)
def questionnaire_trial(version: QuestionnaireVersion) -> ResponseReturnValue:
    back = url_for("office.questionnaire", version_id=version.id)
    return papers.trial(version.definition, back, number=version.number)


@blueprint.get("/phieu-mau/<int:version_id>/phieu-giay.pdf")
@requires(Permission.QUESTIONNAIRE_READ, load=_load)
def questionnaire_paper(version: QuestionnaireVersion) -> ResponseReturnValue:
    return papers.printed(version.definition, version.number, official=version.official)


@blueprint.get("/phieu-mau/<int:version_id>/tep")
@requires(Permission.QUESTIONNAIRE_READ, load=_load)
def questionnaire_file(version: QuestionnaireVersion) -> ResponseReturnValue:
    return papers.exported(version.definition, f"ban {version.number}")
