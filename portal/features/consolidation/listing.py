"""Which opinions stand on a page of the table: in reading order of the draft, narrowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, case, func, or_, select

from portal.core.database import session
from portal.core.text import like_pattern, search_terms
from portal.features.consolidation import queries, sources
from portal.features.consolidation.models import Opinion, State
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.regulations import moves, reading
from portal.features.regulations import queries as regulations
from portal.features.regulations.reading import Entry

SIZE: Final = 50
WHOLE: Final = "chung"
"""Stands for the draft as a whole where a provision could."""


@dataclass(frozen=True)
class Filter:
    """What the table is narrowed to; empty is all that has to be answered."""

    article: str = ""
    """Key of an Điều, or `WHOLE`."""
    state: str = ""
    decision: str = ""
    track: str = ""
    search: str = ""


@dataclass(frozen=True)
class Place:
    """Between two opinions: behind which the next page begins."""

    key: str
    opinion_id: int

    def __str__(self) -> str:
        """Give it as it stands in an address."""
        return f"{self.key or WHOLE}-{self.opinion_id}"


class Count(NamedTuple):
    """How many opinions have one key, and how far they are."""

    key: str
    total: int
    done: int


class Map:
    """Where the keys of a case's opinions stand in the latest version."""

    def __init__(self, consultation: Consultation, keys: Sequence[str]) -> None:
        """Look them up.

        Args:
            consultation: on one draft.
            keys: of its opinions.
        """
        version = regulations.published(consultation.draft_id)
        self.entries: Final = reading.outline(version) if version else []
        self._stands = moves.resolve(consultation.draft_id, keys)
        self._by_key = {entry.key: entry for entry in self.entries}
        self._order = {entry.key: at for at, entry in enumerate(self.entries, start=1)}
        self.unplaced: Final = moves.unplaced(consultation.draft_id, keys)

    def entry(self, key: str) -> Entry | None:
        """Give the provision where an opinion stands; None for the draft as a whole."""
        return self._by_key.get(self._stands.get(key, key))

    def article(self, key: str) -> str:
        """Give the Điều under which it is listed; "" for the draft as a whole."""
        entry = self.entry(key)
        return (entry.article or entry.key) if entry else ""

    def order(self, key: str) -> int:
        """Give where it stands in reading order, the draft as a whole first."""
        entry = self.entry(key)
        return self._order[entry.key] if entry else 0

    def within(self, key: str) -> str:
        """Give its place within its article: “điểm đ khoản 2”; "" for the article itself."""
        entry = self.entry(key)
        if entry is None or entry.is_article:
            return ""
        return entry.place.rpartition(" Điều ")[0] or entry.label


def read_place(text: str) -> Place | None:
    """Read what `Place` wrote; None if it is nothing of the kind."""
    key, _, number = text.rpartition("-")
    if not (key.isalnum() and number.isdecimal() and len(number) < 20):
        return None
    found = Place("" if key == WHOLE else key, int(number))
    return found if found.opinion_id < 2**63 else None


def counted(consultation_id: int) -> list[Count]:
    """Count the opinions that have to be answered, by key; read out of an index alone."""
    query = (
        select(Opinion.key, func.count(), _number(Opinion.state == State.APPROVED))
        .where(*queries.standing(consultation_id))
        .group_by(Opinion.key).order_by(Opinion.key)
    )  # fmt: skip
    return [Count(*row) for row in session().execute(query)]


def written(consultation_id: int) -> int:
    """Count the opinions that are explained and not handed in yet."""
    query = select(func.count()).where(
        *queries.standing(consultation_id), Opinion.state == State.NEW, Opinion.decision != "",
        Opinion.explanation != "",
    )  # fmt: skip
    return session().scalar(query) or 0


def to_approve(consultation_id: int, user_id: int) -> int:
    """Count the opinions that wait for somebody's approval: those that others handed in."""
    query = select(func.count()).where(
        *queries.standing(consultation_id), Opinion.state == State.SUBMITTED,
        Opinion.drafted_by_id != user_id,
    )  # fmt: skip
    return session().scalar(query) or 0


def page(
    consultation_id: int, wanted: Filter, after: Place | None, known: Map
) -> tuple[list[Opinion], Place | None]:
    """Give the opinions of one page, and behind which the next one begins."""
    narrow = [*queries.standing(consultation_id), *_conditions(wanted)]
    per_key = select(Opinion.key, func.count()).where(*narrow).group_by(Opinion.key)
    many = {row[0]: row[1] for row in session().execute(per_key.order_by(Opinion.key))}
    asked = (key for key in many if _is_asked(key, wanted, known))
    keys = sorted(asked, key=lambda key: (known.order(key), key))
    if after is not None:
        keys = keys[keys.index(after.key) :] if after.key in keys else []
        narrow.append(or_(Opinion.key != after.key, Opinion.id > after.opinion_id))
    keys = _enough(keys, many, SIZE + (many[keys[0]] if after and keys else 0))
    if not keys:
        return [], None
    order = case({key: at for at, key in enumerate(keys)}, value=Opinion.key)
    query = select(Opinion).where(*narrow, Opinion.key.in_(keys)).order_by(order, Opinion.id)
    found = list(session().scalars(query.limit(SIZE + 1)))
    last = found[SIZE - 1] if len(found) > SIZE else None
    return found[:SIZE], Place(last.key, last.id) if last else None


def _enough(keys: Sequence[str], many: Mapping[str, int], wanted: int) -> list[str]:
    """Leave out the provisions that cannot come onto the page any more."""
    taken, reached = [], 0
    for key in keys:
        if reached > wanted:
            break
        taken.append(key)
        reached += many[key]
    return taken


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _is_asked(key: str, wanted: Filter, known: Map) -> bool:
    article = "" if wanted.article == WHOLE else wanted.article
    return not wanted.article or known.article(key) == article


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    said = {
        TrackKind.AGENCY: Opinion.agencies, TrackKind.HOUSEHOLD: Opinion.households,
        TrackKind.PUBLIC: Opinion.voices,
    }  # fmt: skip
    found: list[ColumnElement[bool]] = [
        or_(Opinion.folded.like(like, escape="\\"), Opinion.id.in_(sources.of_agencies_like(like)))
        for like in map(like_pattern, search_terms(wanted.search))
    ]
    if wanted.state:
        found.append(Opinion.state == wanted.state)
    if wanted.decision:
        found.append(Opinion.decision == wanted.decision)
    if wanted.track:
        found.append(said[TrackKind(wanted.track)] > 0)
    return found
