"""What became of comments, for those who made them: told once the answers are public."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select

from portal.core.database import session
from portal.core.text import N_
from portal.features.ballots.answers import Answer
from portal.features.ballots.models import BallotGroup
from portal.features.consolidation import listing, queries
from portal.features.consolidation.explaining import DECISIONS
from portal.features.consolidation.models import Opinion, State
from portal.features.consultations.models import Comment, Consultation
from portal.features.consultations.outcomes import Outcome


def all_answered(consultation: Consultation) -> str | None:
    """Refuse a report while an opinion has no approved answer (plan 004, I.2)."""
    return NOT_ANSWERED if queries.undecided(consultation.id) else None


def of_comments(comments: Sequence[Comment]) -> Mapping[int, Outcome]:
    """Give what became of comments by their numbers, as far as it is public."""
    open_ones = _open_cases({one.consultation_id for one in comments})
    asked = [one for one in comments if one.consultation_id in open_ones]
    answered = _answered(one.opinion_id for one in asked)
    return {
        one.id: Outcome(
            opinion.decision, opinion.explanation,
            max(0, opinion.agencies + opinion.households + opinion.voices - 1),
        )
        for one in asked
        if (opinion := answered.get(one.opinion_id or 0)) is not None
    }  # fmt: skip


def of_group(group: BallotGroup) -> list[Answer]:
    """Give the answers to what the households of a group wrote, in the order of the draft."""
    if group.consultation.answers_public_on is None:
        return []
    query = select(Comment).where(Comment.ballot_group_id == group.id, Comment.state == "shown")
    comments = list(session().scalars(query.order_by(Comment.key, Comment.id)))
    answered = _answered(one.opinion_id for one in comments)
    known = listing.Map(group.consultation, [one.key for one in comments])
    said = [
        (known.order(one.key), _answer(one, opinion, known))
        for one in comments
        if (opinion := answered.get(one.opinion_id or 0)) is not None
    ]
    return [answer for _, answer in sorted(said, key=lambda pair: pair[0])]


def _answer(comment: Comment, opinion: Opinion, known: listing.Map) -> Answer:
    entry = known.entry(comment.key)
    return Answer(
        entry.place if entry else "", comment.text, opinion.households,
        DECISIONS[opinion.decision], opinion.explanation,
    )  # fmt: skip


def _open_cases(consultation_ids: Collection[int]) -> frozenset[int]:
    query = select(Consultation.id).where(
        Consultation.id.in_(consultation_ids), Consultation.answers_public_on.is_not(None)
    )
    return frozenset(session().scalars(query.order_by(Consultation.id)))


def _answered(opinion_ids: Iterable[int | None]) -> dict[int, Opinion]:
    """Give by opinion the one that is answered for it, once that is approved."""
    own = queries.of({each for each in opinion_ids if each is not None})
    into = queries.of({one.merged_into_id for one in own.values() if one.merged_into_id})
    found = {key: into.get(one.merged_into_id or 0, one) for key, one in own.items()}
    return {key: one for key, one in found.items() if one.state == State.APPROVED}


NOT_ANSWERED = N_("Còn ý kiến chưa có giải trình được duyệt.")
