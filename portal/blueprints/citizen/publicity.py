"""Documents open to everybody: the list, one to read, and its PDF."""

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from portal.blueprints.citizen import blueprint
from portal.blueprints.citizen.rendering import packed
from portal.core.errors import Missing
from portal.core.keep import Kept
from portal.core.text import clean
from portal.features.documents import publicity
from portal.features.documents.models import Document
from portal.features.documents.pages.reading import Reading, entry
from portal.features.documents.rendering import pdf
from portal.features.documents.text.masking import hidden
from portal.web.access import public
from portal.web.printing import PDF, file_name, paper_of, sent

_KEPT, _SECONDS = 16, 600


@blueprint.get("/cong-khai")
@public
def documents() -> ResponseReturnValue:
    search = clean(request.args.get("tim", ""))[:200]
    page = publicity.listed(search, request.args.get("trang", 1, type=int))
    entries = [entry(document) for document in page.rows]
    return _page("citizen/publicity.html", page=page, entries=entries, search=search)


@blueprint.get("/cong-khai/<int:document_id>")
@public
def document(document_id: int) -> ResponseReturnValue:
    found = _public(document_id)
    before = publicity.referred_to(found)
    reading = Reading(
        entry(found),
        paper_of(found, public=True),
        entry(before) if before else None,
        tuple(entry(one) for one in publicity.referring_to(found)),
    )
    return _page("citizen/publicity_document.html", reading=reading)


@blueprint.get("/cong-khai/<int:document_id>.pdf")
@public
def document_pdf(document_id: int) -> ResponseReturnValue:
    found = _public(document_id)
    content = _copies().get(found.id, lambda: pdf.draw(paper_of(found, public=True)))
    assert content is not None
    name = hidden(file_name(found, ".pdf"))
    return sent(content, PDF, name)


def _public(document_id: int) -> Document:
    found = publicity.get_public(document_id)
    if found is None:
        raise Missing
    return found


def _page(template: str, **values: object) -> Response:
    return packed(render_template(template, **values).encode())


def _copies() -> Kept[int, bytes]:
    # What is issued never changes, so a copy is drawn once however many ask for it.
    kept: Kept[int, bytes] = current_app.extensions.setdefault(
        "public_copies", Kept(_KEPT, seconds=_SECONDS)
    )
    return kept
