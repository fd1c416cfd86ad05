"""Who said what an opinion says: agencies by name, households and people by number."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select

from portal.core.database import session
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
    agencies, groups = _named([one.id for one in opinions if one.agencies or one.households])
    return {
        one.id: Sources(
            tuple(agencies.get(one.id, ())), one.households, len(groups.get(one.id, ())), one.voices
        )
        for one in opinions
    }


def of_agencies_like(pattern: str) -> Select[int]:
    """Select the opinions that agencies of such a name, or letters of such a number, gave.

    Also those that theirs were merged into.

    Args:
        pattern: for LIKE, folded.
    """
    # No database lowers “Đ” everywhere, and “07/CV-ĐTN” is searched as “07/cv-dtn”.
    number = func.replace(func.lower(Submission.letter_number), "đ", "d")
    number = func.replace(number, "Đ", "d")
    alike = or_(*(one.like(pattern, escape="\\") for one in (Submission.folded, number)))
    named = select(Submission.id).where(alike)
    given = select(Comment.opinion_id).where(Comment.submission_id.in_(named))
    answered = func.coalesce(Opinion.merged_into_id, Opinion.id)
    return select(answered).where(Opinion.id.in_(given))


def _named(opinion_ids: Sequence[int]) -> tuple[dict[int, list[Agency]], dict[int, set[int]]]:
    """Give by opinion its agencies and the groups of its households; voices have no name."""
    agencies: dict[int, list[Agency]] = {}
    groups: dict[int, set[int]] = {}
    answered = func.coalesce(Opinion.merged_into_id, Opinion.id)
    query = (
        select(answered, Comment.ballot_group_id, Submission.agency, Submission.letter_number)
        .join(Comment, Comment.opinion_id == Opinion.id)
        .outerjoin(Submission, Comment.submission_id == Submission.id)
        .where(
            or_(Opinion.id.in_(opinion_ids), Opinion.merged_into_id.in_(opinion_ids)),
            Comment.track != TrackKind.PUBLIC, Comment.state == "shown",
        )
        .order_by(Submission.folded, Comment.id)
    )  # fmt: skip
    for opinion_id, group, name, letter in session().execute(query) if opinion_ids else ():
        listed = agencies.setdefault(opinion_id, [])
        if group is not None:
            groups.setdefault(opinion_id, set()).add(group)
        elif all(one.name != name for one in listed):
            listed.append(Agency(name, letter))
    return agencies, groups
