"""How many comments and opinions there are: by source, and by what became of them."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from portal.core.database import session
from portal.features.consolidation import queries
from portal.features.consolidation.explaining import DECISIONS
from portal.features.consolidation.models import Opinion, State
from portal.features.consultations.models import Comment, CommentState, Consultation, TrackKind

SOURCES: Final = {
    TrackKind.AGENCY: "Cơ quan, tổ chức, đơn vị",
    TrackKind.HOUSEHOLD: "Hộ gia đình",
    TrackKind.PUBLIC: "Người dân, trực tuyến",
}
UNDECIDED: Final = "Chưa có giải trình được duyệt"
_SAID: Final = {
    TrackKind.AGENCY: Opinion.agencies, TrackKind.HOUSEHOLD: Opinion.households,
    TrackKind.PUBLIC: Opinion.voices,
}  # fmt: skip


@dataclass(frozen=True)
class Share:
    """What came from one source."""

    kind: TrackKind
    comments: int
    """Every ballot that says it counts; what is hidden does not."""
    opinions: int
    """One that several sources say counts with each."""


def by_source(one: Consultation) -> list[Share]:
    """Count what came on each way that a consultation has."""
    query = (
        select(Comment.track, func.sum(Comment.households))
        .where(Comment.consultation_id == one.id, Comment.state == CommentState.SHOWN)
        .group_by(Comment.track).order_by(Comment.track)
    )  # fmt: skip
    comments: dict[str, int] = {row[0]: int(row[1]) for row in session().execute(query)}
    standing = queries.standing(one.id)
    return [
        Share(kind, comments.get(kind, 0), queries.count(*standing, said > 0))
        for kind, said in _SAID.items() if one.track(kind)
    ]  # fmt: skip


def by_result(consultation_id: int) -> list[tuple[str, int]]:
    """Count the opinions by their approved decision; those without one last, if there are any."""
    query = (
        select(Opinion.decision, func.count())
        .where(*queries.standing(consultation_id), Opinion.state == State.APPROVED)
        .group_by(Opinion.decision).order_by(Opinion.decision)
    )  # fmt: skip
    found = {row[0]: row[1] for row in session().execute(query)}
    left = queries.undecided(consultation_id)
    rows = [(word, found.get(key, 0)) for key, word in DECISIONS.items()]
    return [*rows, (UNDECIDED, left)] if left else rows
