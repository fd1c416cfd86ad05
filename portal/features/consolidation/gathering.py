"""Every comment has an opinion from the moment when it is stored; its sources are counted here."""

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from portal.core.errors import Refused
from portal.core.text import N_
from portal.features.consolidation import queries
from portal.features.consolidation.models import KeptApart, Opinion, State
from portal.features.consultations.comments import Listeners
from portal.features.consultations.models import Comment, TrackKind

_BITS = 62


def take_in(current: Session, comments: Sequence[Comment]) -> None:
    """Give new comments an opinion each."""
    made = [_opinion(one) for one in comments]
    current.add_all(made)
    current.flush()
    for comment, opinion in zip(comments, made, strict=True):
        comment.opinion_id = opinion.id


def follow_change(current: Session, comments: Sequence[Comment]) -> None:
    """Keep the words and counts of comments that were put right, hidden or shown again.

    Raises:
        Refused: an answer to it was handed in already.
    """
    for comment in comments:
        own = current.get_one(Opinion, comment.opinion_id)
        if comment.folded != own.folded and not _is_summary(own):
            _check_free(current, own)
            own.text, own.folded = comment.text, comment.folded
        recount(current, {own.merged_into_id or own.id})


def let_go(current: Session, comments: Sequence[Comment]) -> None:
    """Take out the opinions of comments that were typed in wrongly.

    Raises:
        Refused: an answer to one was handed in already, or others were merged into it.
    """
    for comment in comments:
        own = current.get_one(Opinion, comment.opinion_id)
        _check_free(current, own)
        if queries.joined_into([own.id]):
            raise Refused(OTHERS_JOINED)
        target, comment.opinion_id = own.merged_into_id, None
        current.flush()
        for pair in current.scalars(_apart(own.id)):
            current.delete(pair)
        current.delete(own)
        current.flush()
        recount(current, {target} - {None})


def recount(current: Session, opinion_ids: Collection[int | None]) -> None:
    """Count anew who says what these opinions say; comments that are hidden do not count."""
    for opinion_id in opinion_ids:
        opinion = current.get_one(Opinion, opinion_id)
        ids = [
            opinion.id,
            *(one.id for one in queries.joined_into([opinion.id]).get(opinion.id, [])),
        ]
        shown = select(*_COUNTS).where(Comment.opinion_id.in_(ids), Comment.state == "shown")
        opinion.agencies, opinion.households, opinion.voices = current.execute(shown).one()
    current.flush()


LISTENERS = Listeners(added=take_in, changed=follow_change, leaving=let_go)
ANSWERED = N_(
    "Ý kiến này đã có giải trình được trình hoặc được duyệt. Xin rút lại giải trình trước."
)
OTHERS_JOINED = N_("Ý kiến khác đã gộp vào ý kiến này. Xin tách ra trước.")
_COUNTS = (
    func.count(Comment.submission_id.distinct()),
    func.coalesce(
        func.sum(case((Comment.track == TrackKind.HOUSEHOLD, Comment.households), else_=0)), 0
    ),
    func.count(Comment.voice_id.distinct()),
)
"""An agency or a person who says it twice says it once; ballots were counted by their group."""


def _opinion(comment: Comment) -> Opinion:
    return Opinion(
        id=secrets.randbits(_BITS), consultation_id=comment.consultation_id,
        unit_id=comment.unit_id, key=comment.key, text=comment.text, folded=comment.folded,
        agencies=int(comment.track == TrackKind.AGENCY),
        voices=int(comment.track == TrackKind.PUBLIC),
        households=comment.households if comment.track == TrackKind.HOUSEHOLD else 0,
        state=State.NEW, explanation="", decision="",
    )  # fmt: skip


def _is_summary(opinion: Opinion) -> bool:
    return bool(queries.joined_into([opinion.id]))


def _check_free(current: Session, own: Opinion) -> None:
    answered = own if own.merged_into_id is None else current.get_one(Opinion, own.merged_into_id)
    if answered.state in (State.SUBMITTED, State.APPROVED):
        raise Refused(ANSWERED)


def _apart(opinion_id: int) -> Select[KeptApart]:
    return select(KeptApart).where(
        (KeptApart.one_id == opinion_id) | (KeptApart.other_id == opinion_id)
    )
