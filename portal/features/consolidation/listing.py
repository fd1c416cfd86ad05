"""Which opinions stand on a page of the table: in reading order of the draft, narrowed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from portal.core.database import session
from portal.core.text import like_pattern, search_terms
from portal.features.consolidation import queries, sources
from portal.features.consolidation.models import Opinion, State
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.regulations import moves, reading
from portal.features.regulations.reading import Entry

SIZE: Final = 50
WHOLE: Final = "chung"
"""Stands for the draft as a whole where a provision could."""
OPEN: Final = "chua"
"""Stands for “not decided” where a decision could."""


@dataclass(frozen=True)
class Filter:
    """What the table is narrowed to; empty is all that has to be answered."""

    article: str = ""
    """Key of an Điều, or `WHOLE`."""
    state: str = ""
    decision: str = ""
    track: str = ""
    category: str = ""
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
    """How many opinions have one key, how many are approved, how many decided and not handed in."""

    key: str
    total: int
    done: int
    decided: int


class Map:
    """Where the keys of a case's opinions stand in the latest version."""

    def __init__(self, consultation: Consultation, keys: Sequence[str]) -> None:
        """Look them up.

        Args:
            consultation: on one draft.
            keys: of its opinions.
        """
        self.keys: Final = keys
        self.entries: Final = reading.latest(consultation.draft_id)
        self._by_key = {entry.key: entry for entry in self.entries}
        self._order = {entry.key: at for at, entry in enumerate(self.entries, start=1)}
        self._stands = moves.stands(consultation.draft_id, keys, self._by_key)
        self.unplaced: Final = [key for key, to in self._stands.items() if to is None]
        self.moved: Final = {
            key: to for key, to in self._stands.items() if to is not None and to != key
        }
        """Those that a person put elsewhere, and where to; "" is the draft as a whole."""

    def entry(self, key: str) -> Entry | None:
        """Give the provision where an opinion stands; None for the draft as a whole."""
        return self._by_key.get(self._stands.get(key, key) or "")

    def place(self, key: str) -> str:
        """Give a key that opinions on the same place share; one that waits has its own."""
        to = self._stands.get(key)
        return key if to is None else to

    def beside(self, keys: Collection[str]) -> list[str]:
        """List the keys whose opinions stand at the same places as those of some keys."""
        places = {self.place(key) for key in keys}
        return [key for key in self.keys if self.place(key) in places]

    def article(self, key: str) -> str:
        """Give the Điều under which it is listed; "" for the draft as a whole."""
        entry = self.entry(key)
        return (entry.article or entry.key) if entry else ""

    def silent(self) -> list[str]:
        """List the Điều on which nobody said anything."""
        some = {self.article(key) for key in self.keys}
        return [one.label for one in self.entries if one.is_article and one.key not in some]

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
    decided = and_(Opinion.state == State.NEW, Opinion.decision != "")
    done = Opinion.state == State.APPROVED
    query = (
        select(Opinion.key, func.count(), _number(done), _number(decided))
        .where(*queries.standing(consultation_id))
        .group_by(Opinion.key).order_by(Opinion.key)
    )  # fmt: skip
    return [Count(*row) for row in session().execute(query)]


def written(consultation_id: int, every: Sequence[Count], most: int) -> int:
    """Count the opinions that are explained and not handed in yet, up to `most`.

    Args:
        consultation_id: whose.
        every: what `counted` gave.
        most: where counting ends.
    """
    if not any(one.decided for one in every):
        return 0
    # Most are told apart by an index alone; only the rest are read for their words.
    decided = select(Opinion.id).where(
        *queries.standing(consultation_id), Opinion.state == State.NEW, Opinion.decision != ""
    )
    explained = (Opinion.id.in_(decided), Opinion.explanation != "")
    some = select(Opinion.id).where(*explained).limit(most).subquery()
    return session().scalar(select(func.count()).select_from(some)) or 0


def to_approve(consultation_id: int, user_id: int) -> int:
    """Count the opinions that wait for somebody's approval: those that others handed in."""
    return queries.count(*queries.waiting(consultation_id, user_id))


def page(
    consultation_id: int, wanted: Filter, after: Place | None, known: Map, every: Sequence[Count]
) -> tuple[list[Opinion], Place | None]:
    """Give the opinions of one page, and behind which the next one begins.

    Args:
        consultation_id: whose.
        wanted: what the table is narrowed to.
        after: behind which it begins.
        known: where their keys stand.
        every: what `counted` gave.
    """
    conditions = _conditions(wanted)
    narrow = [*queries.standing(consultation_id), *conditions]
    many = _per_key(narrow) if conditions else {one.key: one.total for one in every}
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


def _per_key(narrow: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    query = select(Opinion.key, func.count()).where(*narrow).group_by(Opinion.key)
    return {row[0]: row[1] for row in session().execute(query.order_by(Opinion.key))}


def _enough(keys: Sequence[str], many: Mapping[str, int], wanted: int) -> list[str]:
    """Leave out the provisions that cannot come onto the page any more."""
    taken, reached = [], 0
    for key in keys:
        if reached > wanted:
            break
        taken.append(key)
        reached += many[key]
    return taken


def matching(search: str) -> list[ColumnElement[bool]]:
    """Give what an opinion fulfils whose words, or whose agencies' names, are searched, in SQL."""
    return [
        or_(Opinion.folded.like(like, escape="\\"), Opinion.id.in_(sources.of_agencies_like(like)))
        for like in map(like_pattern, search_terms(search))
    ]


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
    found = matching(wanted.search)
    if wanted.state:
        found.append(Opinion.state == wanted.state)
    if wanted.decision:
        found.append(Opinion.decision == ("" if wanted.decision == OPEN else wanted.decision))
    if wanted.category:
        found.append(Opinion.category == wanted.category)
    if wanted.track:
        found.append(said[TrackKind(wanted.track)] > 0)
    return found
