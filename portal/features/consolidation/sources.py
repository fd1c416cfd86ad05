"""Who said what an opinion says: agencies by name, households and people by number."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from portal.core.database import session
from portal.features.consolidation import queries
from portal.features.consolidation.models import Opinion
from portal.features.consultations.models import Comment, Submission, TrackKind


@dataclass(frozen=True)
class Agency:
    """An agency that said so."""

    name: str
    letter: str
    """Number of its letter; "" where it answered by its link."""


@dataclass(frozen=True)
class Sources:
    """Who says what one opinion says."""

    agencies: tuple[Agency, ...]
    households: int
    groups: int
    """In how many tổ dân phố."""
    voices: int

    @property
    def total(self) -> int:
        """Give how many in all."""
        return len(self.agencies) + self.households + self.voices


def of(opinions: Sequence[Opinion]) -> dict[int, Sources]:
    """Give the sources of some opinions, those merged into them included."""
    into = _own_and_merged(opinions)
    agencies = _agencies(into)
    groups = _groups(into)
    return {
        one.id: Sources(
            tuple(agencies.get(one.id, ())), one.households, groups.get(one.id, 0), one.voices
        )
        for one in opinions
    }


def of_agencies_like(pattern: str) -> Select[int | None]:
    """Select the opinions that agencies of such a name gave.

    Args:
        pattern: for LIKE, folded.
    """
    return (
        select(Comment.opinion_id)
        .join(Submission, Comment.submission_id == Submission.id)
        .where(Submission.folded.like(pattern, escape="\\"), Comment.opinion_id.is_not(None))
    )


def _own_and_merged(opinions: Sequence[Opinion]) -> dict[int, int]:
    """Give by opinion, merged ones too, the one in the table."""
    joined = queries.joined_into([one.id for one in opinions])
    own = {one.id: one.id for one in opinions}
    return own | {child.id: into for into, children in joined.items() for child in children}


def _agencies(into: dict[int, int]) -> dict[int, list[Agency]]:
    query = (
        select(Comment.opinion_id, Submission.agency, Submission.letter_number)
        .join(Submission, Comment.submission_id == Submission.id)
        .where(Comment.opinion_id.in_(into), Comment.state == "shown")
        .order_by(Submission.folded, Comment.id)
    )
    found: dict[int, list[Agency]] = {}
    for opinion_id, name, letter in session().execute(query):
        listed = found.setdefault(into[opinion_id or 0], [])
        if all(one.name != name for one in listed):
            listed.append(Agency(name, letter))
    return found


def _groups(into: dict[int, int]) -> dict[int, int]:
    query = (
        select(Comment.opinion_id, Comment.ballot_group_id)
        .where(
            Comment.opinion_id.in_(into), Comment.track == TrackKind.HOUSEHOLD,
            Comment.state == "shown",
        )
        .distinct().order_by(Comment.opinion_id, Comment.ballot_group_id)
    )  # fmt: skip
    found: dict[int, set[int | None]] = {}
    for opinion_id, group_id in session().execute(query):
        found.setdefault(into[opinion_id or 0], set()).add(group_id)
    return {opinion_id: len(groups) for opinion_id, groups in found.items()}
