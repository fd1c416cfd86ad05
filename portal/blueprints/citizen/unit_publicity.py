"""The public page of a unit, the list of those that have one, and their photos."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.blueprints.citizen.rendering import packed
from portal.core.errors import Missing
from portal.core.text import clean
from portal.features.consultations import pages as consultations
from portal.features.evidence import files
from portal.features.evidence import queries as evidence
from portal.features.mailbox import queries as mailboxes
from portal.features.nominations import public as nominations
from portal.features.publicity import public as publicity
from portal.web.access import public

_KEPT = "public, max-age=600"


@blueprint.get("/cong-khai/don-vi")
@public
def public_units() -> ResponseReturnValue:
    search = clean(request.args.get("tim", ""))[:200]
    units = publicity.units(search)
    return packed(render_template("citizen/units.html", units=units, search=search).encode())


@blueprint.get("/cong-khai/don-vi/<int:unit_id>")
@public
def public_unit(unit_id: int) -> ResponseReturnValue:
    page = publicity.page(unit_id)
    if page is None:
        raise Missing
    awarded, boxes = nominations.of_unit(unit_id), mailboxes.of_unit(unit_id)
    shown = render_template(
        "citizen/unit.html", page=page, awarded=awarded, boxes=boxes,
        cases=consultations.public(unit_id),
    )  # fmt: skip
    return packed(shown.encode())


@blueprint.get("/cong-khai/anh/<int:evidence_id>")
@public
def photo(evidence_id: int) -> ResponseReturnValue:
    return _picture(evidence_id, small=False)


@blueprint.get("/cong-khai/anh/<int:evidence_id>/nho")
@public
def small_photo(evidence_id: int) -> ResponseReturnValue:
    return _picture(evidence_id, small=True)


def _picture(evidence_id: int, *, small: bool) -> Response:
    found = evidence.get_public(evidence_id)
    content = files.content_of(found.small if small else found.stored) if found else None
    if content is None:
        raise Missing
    answer = Response(content, mimetype=files.MEDIA_TYPE)
    answer.headers["Cache-Control"] = _KEPT
    return answer
