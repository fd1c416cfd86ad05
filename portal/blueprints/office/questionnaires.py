"""The library of questionnaires: what can be asked, before anybody is asked."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.features.questionnaires import pages, queries
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import Account


def _load(_reader: Account, version_id: int) -> QuestionnaireVersion | None:
    return queries.get(version_id)


@blueprint.get("/phieu-mau")
@requires(Permission.QUESTIONNAIRE_READ)
def questionnaires() -> ResponseReturnValue:
    return render_template("features/questionnaires/list.html", versions=queries.latest())


@blueprint.get("/phieu-mau/<int:version_id>")
@requires(Permission.QUESTIONNAIRE_READ, load=_load)
def questionnaire(version: QuestionnaireVersion) -> ResponseReturnValue:
    return render_template(
        "features/questionnaires/preview.html",
        version=version,
        definition=version.definition,
        parts=pages.parts(version.definition),
    )
