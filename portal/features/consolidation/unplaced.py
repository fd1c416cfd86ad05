"""Comments on provisions that a later version no longer has: a person says where they belong."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select

from portal.core.database import session
from portal.features.consolidation import listing, queries
from portal.features.consolidation.listing import Map
from portal.features.consolidation.models import Opinion
from portal.features.consultations.models import Consultation
from portal.features.documents.recording import Author
from portal.features.regulations import moves, reading
from portal.features.regulations.reading import Entry


@dataclass(frozen=True)
class Gone:
    """A provision that is gone, and what was said of it."""

    key: str
    place: str
    was: str
    """Its words when it still stood."""
    opinions: int
    examples: list[str]
    to: str = ""
    """Where somebody put it: the key of a provision; "" for the draft as a whole, or not yet."""


@dataclass(frozen=True)
class Page:
    """What waits for a place, what somebody gave one, and where it could go."""

    gone: list[Gone]
    placed: list[Gone]
    places: list[Entry]

    def place(self, key: str) -> str:
        """Say what a key is called now; "" for the draft as a whole."""
        return next((one.place for one in self.places if one.key == key), "")


def page(consultation: Consultation) -> Page:
    """Give what waits for a place, and what somebody gave one, which can be changed."""
    counts = Counter({one.key: one.total for one in listing.counted(consultation.id)})
    known, was = Map(consultation, list(counts)), reading.places(consultation.draft_id)
    said = _said(consultation.id, [*known.unplaced, *known.moved])

    def gone(key: str) -> Gone:
        place, text = (was[key].place, was[key].text) if key in was else ("", "")
        to = known.moved.get(key, "")
        return Gone(key, place, text, counts[key], said.get(key, [])[:3], to)

    return Page(
        [gone(key) for key in known.unplaced], [gone(key) for key in known.moved],
        list(known.entries),
    )  # fmt: skip


def place(author: Author, consultation: Consultation, key: str, to_key: str) -> None:
    """Say where the comments on a provision that is gone belong (see `regulations.moves`)."""
    moves.place(author, consultation.draft, key, to_key)


def _said(consultation_id: int, keys: list[str]) -> dict[str, list[str]]:
    """Give words of opinions that are counted: merged and hidden ones are none of them."""
    query = select(Opinion.key, Opinion.text).where(
        *queries.standing(consultation_id), Opinion.key.in_(keys)
    )
    found: dict[str, list[str]] = {}
    for key, text in session().execute(query.order_by(Opinion.key, Opinion.id).limit(500)):
        found.setdefault(key, []).append(text)
    return found
