"""Opinions that say the same: proposed by the words they share, merged or kept apart by a person.

Nothing of what was said moves or goes: a merged opinion points to the one that is answered, and can
be separated again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import case, or_, select

from portal.core.database import session, write
from portal.core.errors import Forbidden, Refused
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.consolidation import gathering, listing, queries
from portal.features.consolidation.listing import Map
from portal.features.consolidation.models import KeptApart, Opinion, State
from portal.features.consolidation.workflow import OPINION
from portal.features.documents.recording import Author
from portal.features.letters.likeness import shared, words_of
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

NEAR: Final = 0.6
"""The share of the shorter one's words from which two are proposed as the same."""
COMPARED: Final = 50
"""How many from other pages those of a page are compared with by their words."""
OFFERED: Final = 20


@dataclass(frozen=True)
class Pair:
    """Two opinions on one place that may be the same."""

    one: Opinion
    """The one with more words, or the one that stands on another page."""
    other: Opinion
    share: float


class _Said(NamedTuple):
    id: int
    place: str
    folded: str
    words: frozenset[str]
    is_here: bool


def near(opinions: Sequence[Opinion], known: Map) -> list[Pair]:
    """Propose pairs among opinions that wait for an answer, the nearest first; each joins once.

    Args:
        opinions: of one page. Who says word by word the same on the same place is found wherever
            it stands; by the words alone, only some of other pages are looked at.
        known: where their keys stand.
    """
    waiting = {one.id: one for one in opinions if one.state == State.NEW}
    if not waiting:
        return []
    here = [_said(known, one.id, one.key, one.folded, is_here=True) for one in waiting.values()]
    elsewhere = [_said(known, *row, is_here=False) for row in _elsewhere(waiting, known)]
    apart = queries.kept_apart(waiting)
    likely = [
        (share, one, other)
        for one, other in _besides(here, elsewhere)
        if (share := _likeness(one, other)) >= NEAR and _ids(one, other) not in apart
    ]
    chosen = _once(sorted(likely, key=lambda each: (-each[0], not each[1].is_here)))
    found = waiting | queries.of([one.id for _, one, _ in chosen if not one.is_here])
    return [Pair(found[one.id], found[other.id], share) for share, one, other in chosen]


def offered(opinion: Opinion, search: str) -> list[Opinion]:
    """List opinions on the same place into which one can be merged, those of the same words first.

    Args:
        opinion: which waits for its answer.
        search: words of theirs, or names of their agencies; "" for any.
    """
    case_id = opinion.consultation_id
    keys = [one.key for one in listing.counted(case_id)]
    beside = listing.Map(opinion.consultation, keys).beside([opinion.key])
    same_first = case((Opinion.folded == opinion.folded, 0), else_=1)
    query = select(Opinion).where(
        *queries.standing(case_id), Opinion.state == State.NEW, Opinion.id != opinion.id,
        Opinion.key.in_(beside), *listing.matching(search),
    ).order_by(same_first, Opinion.id)  # fmt: skip
    return list(session().scalars(query.limit(OFFERED)))


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
    known = Map(source.consultation, [source.key, target.key])
    if known.place(source.key) != known.place(target.key):
        raise Refused(ELSEWHERE)
    if target.state != State.NEW:
        raise Refused(ANSWERED)


def _said(known: Map, opinion_id: int, key: str, folded: str, *, is_here: bool) -> _Said:
    return _Said(opinion_id, known.place(key), folded, words_of(folded), is_here)


def _elsewhere(waiting: Mapping[int, Opinion], known: Map) -> list[tuple[int, str, str]]:
    """Read those of the same places that stand on other pages: of the same words, and some more."""
    one = next(iter(waiting.values()))
    beside = known.beside({each.key for each in waiting.values()})
    others = (
        *queries.standing(one.consultation_id), Opinion.state == State.NEW,
        Opinion.key.in_(beside), Opinion.id.not_in(waiting),
    )  # fmt: skip
    some = select(Opinion.id).where(*others).order_by(Opinion.id).limit(COMPARED)
    same = Opinion.folded.in_({each.folded for each in waiting.values()})
    query = select(Opinion.id, Opinion.key, Opinion.folded).where(
        *others, or_(same, Opinion.id.in_(some))
    )
    rows = session().execute(query.order_by(Opinion.id).limit(2 * COMPARED))
    return [(row[0], row[1], row[2]) for row in rows]


def _besides(here: Sequence[_Said], elsewhere: Sequence[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """Give the pairs on the same place, the second one of this page."""
    places: dict[str, list[_Said]] = {}
    for one in elsewhere:
        places.setdefault(one.place, []).append(one)
    for other in here:
        beside = places.setdefault(other.place, [])
        for one in beside:
            yield _longer_first(one, other) if one.is_here else (one, other)
        beside.append(other)


def _likeness(one: _Said, other: _Said) -> float:
    return 1.0 if one.folded == other.folded else shared(one.words, other.words)


def _longer_first(one: _Said, other: _Said) -> tuple[_Said, _Said]:
    return (one, other) if len(one.folded) >= len(other.folded) else (other, one)


def _ids(one: _Said | Opinion, other: _Said | Opinion) -> tuple[int, int]:
    return (min(one.id, other.id), max(one.id, other.id))


def _once(pairs: Sequence[tuple[float, _Said, _Said]]) -> list[tuple[float, _Said, _Said]]:
    joined: set[int] = set()
    kept = []
    for pair in pairs:
        _, one, other = pair
        if other.id not in joined and one.id not in joined:
            kept.append(pair)
            joined.add(other.id)
    return kept


NOT_TOGETHER = N_("Hai ý kiến này không gộp được với nhau.")
ELSEWHERE = N_("Chỉ gộp được các ý kiến cùng một điều khoản.")
ANSWERED = N_(
    "Ý kiến được gộp vào đã trình hoặc đã duyệt giải trình. Xin rút lại giải trình trước."
)
