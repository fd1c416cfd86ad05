"""The comments on a draft as they came in: narrowed, by day, shuffled within a day, in pages."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from portal.core.database import dialect, session
from portal.core.pagination import Page, paginate_keys
from portal.core.text import like_pattern, search_terms
from portal.features.consultations.models import Comment, CommentHiding, Consultation, TrackKind
from portal.features.consultations.voice_models import Agreement, Voice
from portal.features.letters.kinds import HidingState
from portal.features.regulations import moves, reading
from portal.features.regulations.reading import Entry

SIZE: Final = 50
WHOLE, NOWHERE = "chung", "chua-co-cho"
"""What stands for the draft as a whole, and for what a later version no longer has."""


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty is everything."""

    track: str = ""
    provision: str = ""
    """A key, with all that lies in it; `WHOLE` or `NOWHERE`."""
    hiding: bool = False
    """Only what is hidden, or asked to be."""
    search: str = ""


@dataclass(frozen=True)
class Row:
    """One comment with where it stands now."""

    comment: Comment
    place: str
    """"" for the draft as a whole."""
    was: str
    """Where it was written, if the draft has changed since."""
    waits: bool
    """Whether that is gone and nobody said where it belongs: it has no place, not the whole one."""


@dataclass(frozen=True)
class Listing:
    """One page of the list, and what it can be narrowed to."""

    page: Page[Row]
    provisions: list[Entry]
    """Chapters and articles of the latest version."""
    nowhere: int
    """How many comments wait for a place."""


@dataclass(frozen=True)
class Figures:
    """How many comments came on each way, and how many only agreed."""

    by_track: dict[str, int]
    voices: int
    agreed: int
    """To the whole draft, on the public page."""

    @property
    def all(self) -> int:
        """Count the comments of all tracks."""
        return sum(self.by_track.values())


class _Places:
    """Where the comments of a consultation stand now."""

    def __init__(self, consultation: Consultation) -> None:
        draft_id = consultation.draft_id
        query = select(Comment.key, func.count()).where(
            Comment.consultation_id == consultation.id
        ).group_by(Comment.key)  # fmt: skip
        self.counts = dict(session().execute(query.order_by(Comment.key)).all())
        latest = {entry.key: entry for entry in reading.latest(draft_id)}
        is_gone = any(key and key not in latest for key in self.counts)
        older = reading.places(draft_id) if is_gone else {}
        self.latest: Final = list(latest.values())
        self.known = latest | {key: one for key, one in older.items() if key not in latest}
        stands = moves.stands(draft_id, self.counts, latest)
        self.now = {key: to or "" for key, to in stands.items()}
        self.nowhere = [key for key, to in stands.items() if to is None]

    def meant(self, provision: str) -> list[str]:
        """Give the keys of comments that a choice means."""
        if provision == NOWHERE:
            return self.nowhere
        if provision == WHOLE:
            return [key for key in self.counts if not self.now[key] and key not in self.nowhere]
        within = {one.key for one in reading.below(list(self.known.values()), provision)}
        return [key for key in self.counts if self.now[key] in within]

    def row(self, comment: Comment) -> Row:
        """Say of a comment where it stands."""
        was, now = self.known.get(comment.key), self.known.get(self.now.get(comment.key, ""))
        moved = was is not None and (now is None or now.place != was.place)
        written = was.place if was and moved else ""
        return Row(comment, now.place if now else "", written, comment.key in self.nowhere)


def listing(consultation: Consultation, wanted: Filter, number: int) -> Listing:
    """Give one page of what came in.

    Args:
        consultation: of which the actor may see the comments.
        wanted: what the list is narrowed to.
        number: of the page, from 1.
    """
    places = _Places(consultation)
    order = (Comment.day.desc(), Comment.id)
    found = select(Comment.id).where(*_conditions(consultation, wanted, places)).order_by(*order)
    rows = select(Comment).options(joinedload(Comment.submission)).order_by(*order)
    page = paginate_keys(found, rows, Comment.id, number, SIZE)
    shown = Page([places.row(one) for one in page.rows], page.number, page.pages, page.total)
    headings = [one for one in places.latest if one.is_article or not one.article]
    return Listing(shown, headings, sum(places.counts[key] for key in places.nowhere))


def place_of(comment: Comment) -> Row:
    """Say of one comment where it stands."""
    return _Places(comment.consultation).row(comment)


def figures(consultation: Consultation) -> Figures:
    """Count what came in."""
    by_track = select(Comment.track, func.count()).where(
        Comment.consultation_id == consultation.id
    ).group_by(Comment.track).order_by(Comment.track)  # fmt: skip
    voices = select(func.count()).where(Voice.consultation_id == consultation.id)
    agreed = select(Agreement.n).where(
        Agreement.consultation_id == consultation.id, Agreement.key == ""
    )
    both = select(voices.scalar_subquery(), agreed.scalar_subquery())
    voiced, whole = session().execute(both).one()
    return Figures(dict(session().execute(by_track).all()), voiced or 0, whole or 0)


def _conditions(
    consultation: Consultation, wanted: Filter, places: _Places
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Comment.consultation_id == consultation.id]
    if wanted.track in set(TrackKind):
        found.append(Comment.track == wanted.track)
    if wanted.provision:
        found.append(Comment.key.in_(places.meant(wanted.provision)))
    if wanted.hiding:
        asked = select(CommentHiding.comment_id).where(
            CommentHiding.consultation_id == consultation.id,
            CommentHiding.state.in_((HidingState.ASKED, HidingState.HIDDEN)),
        )
        found.append(Comment.id.in_(asked))
    return [*found, *(_says(term) for term in search_terms(wanted.search))]


def _says(term: str) -> ColumnElement[bool]:
    if dialect() == "sqlite":
        return func.instr(Comment.folded, term) > 0
    return Comment.folded.like(like_pattern(term), escape="\\")
