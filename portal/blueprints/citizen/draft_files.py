"""A draft before everybody as files: the version to be read, and the papers that go with it."""

from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.blueprints.citizen.draft_receipts import place_of
from portal.web import draft_files
from portal.web.access import public


@blueprint.get("/g/<typed:code>/du-thao.docx")
@public
def draft_file(code: str) -> ResponseReturnValue:
    return draft_files.text(place_of(code).consultation)


@blueprint.get("/g/<typed:code>/tai-lieu/<int:paper_id>")
@public
def draft_paper(code: str, paper_id: int) -> ResponseReturnValue:
    return draft_files.paper(place_of(code).consultation, paper_id)
