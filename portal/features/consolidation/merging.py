"""Opinions that say the same: proposed by the words they share, merged or kept apart by a person.

Nothing of what was said moves or goes: a merged opinion points to the one that is answered, and can
be separated again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from portal.core.database import write
from portal.core.errors import Forbidden, Refused
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.consolidation import gathering, queries
from portal.features.consolidation.models import KeptApart, Opinion, State
from portal.features.consolidation.workflow import OPINION
from portal.features.documents.recording import Author
from portal.features.letters.likeness import shared, words_of
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

NEAR: Final = 0.6
"""The share of the shorter one's words from which two are proposed as the same."""


@dataclass(frozen=True)
class Pair:
    """Two opinions on one provision that may be the same; the first is the one with more words."""

    one: Opinion
    other: Opinion
    share: float


def near(opinions: Sequence[Opinion]) -> list[Pair]:
    """Propose pairs among opinions that wait for an answer, the nearest first; each joins once.

    Args:
        opinions: of one page; only those on the same provision are compared.
    """
    waiting = [one for one in opinions if one.state == State.NEW]
    words = {one.id: words_of(one.folded) for one in waiting}
    apart = queries.kept_apart([one.id for one in waiting])
    found = [
        Pair(*_longer_first(one, other), share)
        for one, other in combinations(waiting, 2)
        if one.key == other.key and _ids(one, other) not in apart
        and (share := _likeness(one, other, words[one.id], words[other.id])) >= NEAR
    ]  # fmt: skip
    return _once(sorted(found, key=lambda pair: -pair.share))


def merge(actor: Actor, opinion: Opinion, into: Opinion) -> Opinion:
    """Answer an opinion together with another; those merged into it before come along.

    Raises:
        Forbidden, Missing: the actor may not, or does not see it.
        Refused: they are on different provisions, the same one, or one is answered already.
    """
    opinion_id, into_id = opinion.id, into.id
    with write(OPINION.name) as current:
        target = queries.get_visible(actor, into_id)
        if target is None or not allows(actor, Permission.OPINION_EDIT, target):
            raise Forbidden
        source = OPINION.fire(actor, opinion_id, "merge")
        _check(source, target)
        for child in queries.joined_into([source.id]).get(source.id, []):
            child.merged_into_id = target.id
        source.merged_into_id = target.id
        current.flush()
        gathering.recount(current, {target.id})
    return target


def leave_joined(opinion: Opinion, _actor: Actor, _reason: str) -> None:
    """Answer an opinion by itself again (effect of “separate”).

    Raises:
        Refused: what it was merged into is answered already.
    """
    with write(OPINION.name) as current:
        target = current.get_one(Opinion, opinion.merged_into_id)
        if target.state != State.NEW:
            raise Refused(ANSWERED)
        opinion.merged_into_id = None
        current.flush()
        gathering.recount(current, {target.id, opinion.id})


def keep_apart(actor: Author, one: Opinion, other: Opinion) -> None:
    """Remember that two opinions are not the same, so that nobody is asked again.

    Raises:
        Forbidden: the actor does not bring these comments together.
    """
    if not allows(actor, Permission.OPINION_EDIT, one) or one.consultation_id != (
        other.consultation_id
    ):
        raise Forbidden
    pair, name, unit_id = _ids(one, other), one.name, one.unit_id
    with write(OPINION.name) as current:
        if current.get(KeptApart, pair) is None:
            current.add(KeptApart(one_id=pair[0], other_id=pair[1]))
            audit.record(actor, Act("opinion:kept_apart", "opinion", pair[0], name, unit_id))


def _check(source: Opinion, target: Opinion) -> None:
    if source.id == target.id or source.consultation_id != target.consultation_id:
        raise Refused(NOT_TOGETHER)
    if source.key != target.key:
        raise Refused(ELSEWHERE)
    if target.state != State.NEW:
        raise Refused(ANSWERED)


def _likeness(one: Opinion, other: Opinion, mine: frozenset[str], theirs: frozenset[str]) -> float:
    return 1.0 if one.folded == other.folded else shared(mine, theirs)


def _longer_first(one: Opinion, other: Opinion) -> tuple[Opinion, Opinion]:
    return (one, other) if len(one.folded) >= len(other.folded) else (other, one)


def _ids(one: Opinion, other: Opinion) -> tuple[int, int]:
    return (min(one.id, other.id), max(one.id, other.id))


def _once(pairs: Sequence[Pair]) -> list[Pair]:
    joined: set[int] = set()
    kept = []
    for pair in pairs:
        if pair.other.id not in joined and pair.one.id not in joined:
            kept.append(pair)
            joined.add(pair.other.id)
    return kept


NOT_TOGETHER = N_("Hai ý kiến này không gộp được với nhau.")
ELSEWHERE = N_("Chỉ gộp được các ý kiến cùng một điều khoản.")
ANSWERED = N_(
    "Ý kiến được gộp vào đã trình hoặc đã duyệt giải trình. Xin rút lại giải trình trước."
)
