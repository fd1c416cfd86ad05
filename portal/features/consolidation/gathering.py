"""Every comment has an opinion from the moment when it is stored; its sources are counted here."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from portal.core.database import random_id
from portal.core.errors import Refused
from portal.core.text import N_
from portal.features.consolidation import queries
from portal.features.consolidation.models import KeptApart, Opinion, State
from portal.features.consultations.comments import Listeners
from portal.features.consultations.models import Comment, TrackKind


def take_in(current: Session, comments: Sequence[Comment]) -> None:
    """Give new comments an opinion each."""
    made = [_opinion(one) for one in comments]
    current.add_all(made)
    current.flush()
    for comment, opinion in zip(comments, made, strict=True):
        comment.opinion_id = opinion.id


def follow_change(current: Session, comments: Sequence[Comment]) -> None:
    """Keep the words and counts of comments that were put right, hidden or shown again.

    Hiding is never refused: unlawful words go from an approved answer too.

    Raises:
        Refused: an answer to what was put right was handed in already.
    """
    for comment in comments:
        own = current.get_one(Opinion, comment.opinion_id)
        if not own.summarised and own.folded not in queries.said(own.id):
            _check_free(current, own)
        recount(current, {own.id, own.merged_into_id or own.id})


def let_go(current: Session, comments: Sequence[Comment]) -> None:
    """Take out the opinions of comments that were typed in wrongly.

    Raises:
        Refused: an answer to one was handed in or begun already, or others were merged into it.
    """
    for comment in comments:
        own = current.get_one(Opinion, comment.opinion_id)
        _check_free(current, own)
        if queries.joined_into([own.id]):
            raise Refused(OTHERS_JOINED)
        if own.decision or own.explanation:
            raise Refused(BEGUN)
        target, comment.opinion_id = own.merged_into_id, None
        current.flush()
        for pair in current.scalars(_apart(own.id)):
            current.delete(pair)
        current.delete(own)
        current.flush()
        recount(current, {target} - {None})


def recount(current: Session, opinion_ids: Collection[int | None]) -> None:
    """Count anew who says what these opinions say, and in whose words it stands.

    Comments that are hidden neither count nor lend their words; a person's summary stays while it
    sums up several.
    """
    for opinion_id in opinion_ids:
        opinion = current.get_one(Opinion, opinion_id)
        joined = queries.joined_into([opinion.id]).get(opinion.id, [])
        shown = (Comment.opinion_id.in_([opinion.id, *(one.id for one in joined)]),
                 Comment.state == "shown")  # fmt: skip
        counts = current.execute(select(*_COUNTS).where(*shown)).one()
        opinion.agencies, opinion.households, opinion.voices = counts
        opinion.summarised = opinion.summarised and bool(joined)
        if not opinion.summarised:
            own_first = case((Comment.opinion_id == opinion.id, 0), else_=1)
            words = select(Comment.text, Comment.folded).where(*shown).limit(1)
            for found in current.execute(words.order_by(own_first, Comment.day, Comment.id)):
                opinion.text, opinion.folded = found
    current.flush()


LISTENERS = Listeners(added=take_in, changed=follow_change, leaving=let_go)
ANSWERED = N_(
    "Ý kiến này đã có giải trình được trình hoặc được duyệt. Xin rút lại giải trình trước."
)
BEGUN = N_(
    "Ý kiến này đã có giải trình đang viết. Nơi tổng hợp xóa phần ấy trước thì mới rút, bỏ được."
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
        id=random_id(), consultation_id=comment.consultation_id,
        unit_id=comment.unit_id, key=comment.key, text=comment.text, folded=comment.folded,
        agencies=int(comment.track == TrackKind.AGENCY),
        voices=int(comment.track == TrackKind.PUBLIC),
        households=comment.households if comment.track == TrackKind.HOUSEHOLD else 0,
        state=State.NEW, explanation="", decision="",
    )  # fmt: skip


def _check_free(current: Session, own: Opinion) -> None:
    answered = own if own.merged_into_id is None else current.get_one(Opinion, own.merged_into_id)
    if answered.state in (State.SUBMITTED, State.APPROVED):
        raise Refused(ANSWERED)


def _apart(opinion_id: int) -> Select[KeptApart]:
    return select(KeptApart).where(
        (KeptApart.one_id == opinion_id) | (KeptApart.other_id == opinion_id)
    )
