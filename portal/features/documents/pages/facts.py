"""What the checks have to know about a document and its text does not say."""

from collections.abc import Mapping

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.features.documents.body import Body
from portal.features.documents.checks import Facts
from portal.features.documents.checks.links import zalo_links
from portal.features.documents.models import Document, State

_LATEST = 200
"""How many papers with a Zalo group are compared; an organ makes a few a year."""


def facts_of(document: Document) -> Facts:
    """Give the facts by which a document's text is judged."""
    return Facts(
        today=clock.today(),
        dated_on=document.dated_on,
        zalo_links=_links_of_others(document),
        front_group=f"{document.unit.level}:front",
    )


def _links_of_others(document: Document) -> Mapping[str, str]:
    """Give the Zalo groups of the unit's other papers.

    What a document amends, corrects or replaces may have the same group as itself.
    """
    related = {document.id, document.refers_to_id}
    query = (
        select(Document.id, Document.refers_to_id, Document.name, Document.content)
        .where(Document.unit_id == document.unit_id, Document.state != State.CANCELLED)
        .where(Document.content.like("%zalo.me/g/%"))
        .order_by(Document.id.desc())
        .limit(_LATEST)
    )
    return {
        link: name
        for number, refers_to, name, content in reversed(session().execute(query).all())
        if number not in related and refers_to != document.id
        for section in Body.from_json(content).sections
        for link in zalo_links(f"{section.heading} {section.text}")
    }
