"""Beginning a document once, however often the button was pressed."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.features.documents import services
from portal.features.documents.body import Signature
from portal.features.documents.formats import DocumentType, type_of
from portal.features.documents.models import Document, Relation, State
from portal.features.documents.paper import compose
from portal.features.documents.services import Author, NewDocument

TWICE = timedelta(seconds=20)
"""Two equal beginnings within this time are one button pressed twice."""
_DONE = {
    Relation.AMENDS: "sửa đổi, bổ sung",
    Relation.REPLACES: "thay thế",
    Relation.CORRECTS: "đính chính",
}


def begin(author: Author, new: NewDocument) -> Document:
    """Begin a draft, or give the one that the same button has begun a moment ago.

    Raises:
        Invalid: as `services.create` says.
    """
    with write(f"document:begin:{author.user_id}"):
        return _just_begun(author, new) or services.create(author, new)


def citing(new: NewDocument, earlier: Document) -> NewDocument:
    """Begin a document where the earlier one that it refers to ended.

    It names that one in its summary and its bases and goes to where that one went; what replaces
    it keeps the summary of its own template.

    Args:
        new: with the relation.
        earlier: issued.
    """
    body, before = new.body, earlier.body
    kind = type_of(new.type_code)
    own = new.relation == Relation.REPLACES and body.summary
    signed = earlier.organisation_id == new.organisation_id and before.signature != Signature()
    begun = replace(
        body,
        summary=own or _summary(kind, new.relation, earlier),
        bases=(f"Căn cứ {compose.citation(earlier)} về {earlier.name}", *body.bases),
        addressees=body.addressees or (before.addressees if kind.addressed else ""),
        recipients=before.recipients or body.recipients,
        keeper=before.keeper or body.keeper,
        signature=before.signature if signed else body.signature,
    )
    return replace(new, body=begun)


def _summary(kind: DocumentType, relation: str, earlier: Document) -> str:
    """Write “sửa đổi, bổ sung Kế hoạch số 02-KH/BCĐ ngày 10/11/2026”: the issuer is in the head."""
    named = compose.citation(earlier).partition(" của ")[0]
    return f"{kind.matter_word} {_DONE[Relation(relation)]} {named}".strip()


def _just_begun(author: Author, new: NewDocument) -> Document | None:
    query = select(Document).where(
        Document.author_id == author.user_id,
        Document.organisation_id == new.organisation_id,
        Document.state == State.DRAFT,
        Document.version == 1,
        Document.type_code == new.type_code,
        Document.template_code == new.template_code,
        Document.relation == new.relation,
        Document.saved_at > clock.now() - TWICE,
    )
    newest = session().scalars(query.order_by(Document.id.desc()).limit(1)).first()
    same = newest is not None and newest.body.summary == new.body.summary
    return newest if same else None
