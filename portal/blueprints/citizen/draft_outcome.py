"""What became of a draft: asked, said, done; for everybody, once the answers are public."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.blueprints.citizen.draft_receipts import place_of
from portal.blueprints.citizen.rendering import packed
from portal.core.errors import Missing
from portal.core.text import clean
from portal.features.consolidation import board, listing, mended, told
from portal.features.consolidation.explaining import DECISIONS
from portal.features.consolidation.listing import Filter
from portal.features.consolidation.models import State
from portal.features.consultations.models import Consultation
from portal.features.documents import publicity
from portal.features.documents.models import Document
from portal.web.access import public


@blueprint.get("/g/<typed:code>/ket-qua")
@public
def draft_outcome(code: str) -> ResponseReturnValue:
    consultation = _answered(code)
    wanted = Filter(article=clean(request.args.get("dieu", ""))[:20], state=State.APPROVED)
    after = listing.read_place(request.args.get("sau", ""))
    drawn = render_template(
        "citizen/draft_outcome.html", consultation=consultation,
        page=board.board(consultation, wanted, after), numbers=told.numbers(consultation),
        mended=mended.of(consultation), papers=_papers(consultation), decisions=DECISIONS,
        wanted=wanted, whole=listing.WHOLE, first=not (after or wanted.article),
    )  # fmt: skip
    return packed(drawn.encode())


@blueprint.get("/g/<typed:code>/ket-qua/thay-doi")
@public
def draft_changes(code: str) -> ResponseReturnValue:
    one = _answered(code)
    drawn = render_template("citizen/draft_changes.html", consultation=one, mended=mended.of(one))
    return packed(drawn.encode())


def _answered(code: str) -> Consultation:
    one = place_of(code).consultation
    if one.answers_public_on is None:
        raise Missing
    return one


def _papers(one: Consultation) -> list[Document]:
    """Give the report and the decision, those that everybody may read."""
    given = (number for number in (one.report_id, one.decision_id) if number is not None)
    return [paper for number in given if (paper := publicity.get_public(number)) is not None]
