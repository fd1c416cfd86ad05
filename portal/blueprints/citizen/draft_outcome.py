"""What became of a draft: asked, said, done; for everybody, once the answers are public."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.blueprints.citizen.draft_receipts import place_of
from portal.blueprints.citizen.rendering import packed
from portal.core.errors import Missing
from portal.core.text import clean
from portal.features.consolidation import board, listing, told
from portal.features.consolidation.explaining import DECISIONS
from portal.features.consolidation.listing import Filter
from portal.features.consolidation.models import State
from portal.web.access import public


@blueprint.get("/g/<typed:code>/ket-qua")
@public
def draft_outcome(code: str) -> ResponseReturnValue:
    consultation = place_of(code).consultation
    if consultation.answers_public_on is None:
        raise Missing
    wanted = Filter(article=clean(request.args.get("dieu", ""))[:20], state=State.APPROVED)
    after = listing.read_place(request.args.get("sau", ""))
    drawn = render_template(
        "citizen/draft_outcome.html", consultation=consultation,
        page=board.board(consultation, wanted, after), numbers=told.numbers(consultation),
        changes=told.changed(consultation), decisions=DECISIONS, wanted=wanted,
        whole=listing.WHOLE, first=not (after or wanted.article),
    )  # fmt: skip
    return packed(drawn.encode())
