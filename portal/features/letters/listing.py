"""The list of letters: narrowed, in the order of days, shuffled within a day, a page at a time.

The order within a day is that of the letters' random numbers: it tells nothing of their turn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_, union
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from portal.core import clock
from portal.core.database import dialect, session
from portal.core.text import like_pattern, search_terms
from portal.features.letters import queries
from portal.features.letters.kinds import ANSWERED, OPEN, Side, State
from portal.features.letters.models import SIGNS, Letter, LetterMessage
from portal.policy.predicates import Actor

SIZE: Final = 50
NEAR: Final = 15
MOST_COUNTED: Final = 1000
MOST_FOUND: Final = 2000
TO_DO = "can_xu_ly"
NO_FIELD = "-"
"""As a filter's field: the letters of which nobody has named one."""
_NAMED = 5


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty is everything but what is hidden."""

    box_id: int | None = None
    state: str = ""
    """A state, or TO_DO for all in which somebody still has to do something."""
    category: str = ""
    field: str = ""
    week: date | None = None
    overdue: bool = False
    mine: bool = False
    """Only what was given to the actor's own body to answer."""
    search: str = ""


@dataclass(frozen=True)
class Place:
    """Where a page begins or ends: between two letters."""

    day: date
    letter_id: int

    def __str__(self) -> str:
        """Give it as it stands in an address."""
        return f"{self.day:%Y%m%d}-{self.letter_id}"


@dataclass(frozen=True)
class Listed:
    """One page of the list."""

    rows: list[Letter]
    previous: Place | None
    next: Place | None
    texts: Mapping[int, str]
    """The beginning of each plain letter that the actor's body has opened."""
    found: int
    """How many there are; more than `MOST_COUNTED` are not counted."""


@dataclass(frozen=True)
class Narrowed:
    """A filter as conditions."""

    conditions: list[ColumnElement[bool]]
    few: bool
    """Whether it leaves so little that sorting it is better than walking the list in order."""
    rare: bool = False
    """Whether the letters are known by their numbers already."""


@dataclass(frozen=True)
class Figures:
    """Where the letters of the actor's body stand."""

    new: int = 0
    open: int = 0
    overdue: int = 0
    to_approve: int = 0


def read_place(text: str) -> Place | None:
    """Read what `Place` wrote; None if it is nothing of the kind."""
    day, _, number = text.partition("-")
    if not (len(day) == 8 and day.isdecimal() and number.isdecimal() and len(number) < 20):
        return None
    try:
        place = Place(date(int(day[:4]), int(day[4:6]), int(day[6:])), int(number))
    except ValueError:
        return None
    return place if place.letter_id < 2**63 else None


def page(
    actor: Actor, wanted: Filter, *, after: Place | None = None, before: Place | None = None
) -> Listed:
    """Give one page of what the actor sees, in order."""
    narrow = narrowed(actor, wanted)
    whole = _keys(actor, narrow, None, MOST_COUNTED + 1)
    if before is not None:
        keys = list(reversed(_keys(actor, narrow, before, SIZE + 1, back=True)))
        more, keys = len(keys) > SIZE, keys[-SIZE:]
        previous, following = (keys[0] if more else None), (keys[-1] if keys else None)
        return _listed(actor, keys, previous, following, len(whole))
    keys = _keys(actor, narrow, after, SIZE + 1) if after else whole
    previous = keys[0] if after and keys else None
    following = keys[SIZE - 1] if len(keys) > SIZE else None
    return _listed(actor, keys[:SIZE], previous, following, len(whole))


def _listed(
    actor: Actor, keys: list[Place], before: Place | None, after: Place | None, found: int
) -> Listed:
    rows = _rows(keys)
    return Listed(rows, before, after, texts(actor, rows), found)


def around(actor: Actor, wanted: Filter, letter: Letter) -> list[Letter]:
    """Give a letter with those before and after it in the list."""
    here, narrow = _at(letter), narrowed(actor, wanted)
    before = _next(actor, narrow, here, NEAR, back=True)
    return [*reversed(before), letter, *_next(actor, narrow, here, NEAR)]


def everything(actor: Actor, wanted: Filter, most: int) -> list[Letter]:
    """Give the whole list for a file, as far as `most`."""
    return _next(actor, narrowed(actor, wanted), None, most)


def figures(actor: Actor) -> Figures:
    """Count where the letters of the actor's body stand."""
    late = func.count().filter(Letter.due_on < clock.today())
    states = select(Letter.state, func.count(), late).where(Letter.state.in_(OPEN))
    n, overdue = dict.fromkeys(OPEN, 0), 0
    for way in (
        Letter.reader_id == actor.organisation_id,
        and_(Letter.assigned_to_id == actor.organisation_id,
             Letter.reader_id != actor.organisation_id, Letter.seal_key_id.is_(None)),
    ):  # fmt: skip
        rows = session().execute(states.where(way).group_by(Letter.state).order_by(Letter.state))
        for state, many, too_late in rows:
            n[State(state)] += many
            overdue += too_late
    return Figures(n[State.RECEIVED], sum(n.values()), overdue, n[State.ANSWERED])


def texts(actor: Actor, rows: list[Letter]) -> dict[int, str]:
    """Give the beginnings of plain letters that the actor's body has opened; of others none.

    A list that showed more would have letters read without their senders knowing of it.
    """
    plain = [one.id for one in rows if not one.is_sealed and one.state != State.HIDDEN]
    ids = queries.opened_by(actor.organisation_id, plain)
    query = select(LetterMessage.letter_id, func.substr(LetterMessage.text, 1, 200)).where(
        LetterMessage.letter_id.in_(ids), LetterMessage.number == 0, LetterMessage.text.is_not(None)
    )
    found = session().execute(query.order_by(LetterMessage.letter_id)).all()
    return {row[0]: row[1] for row in found}


def _at(letter: Letter) -> Place:
    return Place(letter.day, letter.id)


def _next(
    actor: Actor, narrow: Narrowed, at: Place | None, most: int, *, back: bool = False
) -> list[Letter]:
    return _rows(_keys(actor, narrow, at, most, back=back), back=back)


def _keys(
    actor: Actor, narrow: Narrowed, at: Place | None, most: int, *, back: bool = False
) -> list[Place]:
    found = session().execute(_found(actor, narrow, at, most, back=back))
    return [Place(one.day, one.id) for one in found]


def _rows(keys: list[Place], *, back: bool = False) -> list[Letter]:
    query = select(Letter).where(Letter.id.in_([one.letter_id for one in keys]))
    named = (joinedload(Letter.reader), joinedload(Letter.assigned_to), joinedload(Letter.box))
    return list(session().scalars(query.options(*named).order_by(*_order(Letter, back=back))))


def _found(
    actor: Actor,
    narrow: Narrowed,
    at: Place | None,
    most: int,
    *,
    back: bool = False,
) -> Select[int, date]:
    """Select the keys of what is next, each way of seeing along its own index."""
    conditions = [*narrow.conditions, *([_beyond(at, back=back)] if at else [])]
    # Sorted by what no index holds, the database begins with what is few.
    by = _order(Letter, back=back, plain=not narrow.few)
    parts = [
        select(Letter.id, Letter.day).where(way, *conditions)
        .order_by(*by).limit(most).subquery()
        for way in ([or_(*queries.ways(actor))] if narrow.rare else queries.ways(actor))
    ]  # fmt: skip
    every = union(*(select(part.c.id, part.c.day) for part in parts)).subquery()
    return select(every.c.id, every.c.day).order_by(*_order(every.c, back=back)).limit(most)


def _order(columns: object, *, back: bool, plain: bool = True) -> tuple[ColumnElement[object], ...]:
    day, key = columns.day, columns.id  # type: ignore[attr-defined]  # the table's or a query's
    day = day if plain else func.date(day)
    return (day.asc(), key.asc()) if back else (day.desc(), key.desc())


def _beyond(at: Place, *, back: bool) -> ColumnElement[bool]:
    here, there = tuple_(Letter.day, Letter.id), tuple_(literal(at.day), literal(at.letter_id))
    return here > there if back else here < there


def narrowed(actor: Actor, wanted: Filter) -> Narrowed:
    """Give the conditions of a filter."""
    found: list[ColumnElement[bool]] = [_in_state(wanted.state)]
    if wanted.box_id is not None:
        found.append(Letter.box_id == wanted.box_id)
    if wanted.category:
        found.append(_either(Letter.read_category, Letter.category, wanted.category))
    if wanted.field:
        found.append(_about_field(wanted.field))
    if wanted.week:
        found.append(Letter.day.between(wanted.week, wanted.week + timedelta(days=6)))
    if wanted.overdue:
        found += [Letter.state.in_(OPEN), Letter.due_on < clock.today()]
    if wanted.mine:
        found.append(Letter.assigned_to_id == actor.organisation_id)
    few = wanted.overdue or (bool(wanted.state) and wanted.state not in ANSWERED)
    if wanted.search:
        said, rare = _says(wanted.search)
        return Narrowed([*found, said], few or rare, rare)
    return Narrowed(found, few)


def _in_state(state: str) -> ColumnElement[bool]:
    if state == TO_DO:
        return Letter.state.in_(OPEN)
    return Letter.state == state if state else Letter.state != State.HIDDEN


def _about_field(name: str) -> ColumnElement[bool]:
    if name == NO_FIELD:
        return and_(Letter.read_field == "", Letter.field == "")
    return _either(Letter.read_field, Letter.field, name)


def _either(
    found: InstrumentedAttribute[str], said: InstrumentedAttribute[str], value: str
) -> ColumnElement[bool]:
    return or_(found == value, and_(found == "", said == value))


def _says(words: str) -> tuple[ColumnElement[bool], bool]:
    """Find plain letters by their words, any letter by the five signs of its name; say if few.

    Texts are gone through once. Where more say it than anybody will look at, the list is walked in
    its order instead: its first page is then never far. Of a sealed letter there is no text.
    """
    texts = [_contains(term) for term in search_terms(words)]
    query = select(LetterMessage.letter_id).where(
        *texts, LetterMessage.side == Side.SENDER,
        or_(LetterMessage.number == 0, LetterMessage.day < clock.today()),
    )  # fmt: skip
    hits = list(session().scalars(query.limit(MOST_FOUND + 1)))
    rare = len(hits) <= MOST_FOUND
    said = query.where(LetterMessage.letter_id == Letter.id).exists()
    found = and_(Letter.state != State.HIDDEN, Letter.seal_key_id.is_(None),
                 Letter.id.in_(hits) if rare else said)  # fmt: skip
    number = _number(words)
    if number is None:
        return found, rare
    return or_(found, Letter.id % len(SIGNS) ** _NAMED == number), False


def _contains(term: str) -> ColumnElement[bool]:
    if dialect() == "sqlite":
        # Trial: of 100,000 texts instr() is four times as fast as LIKE.
        return func.instr(LetterMessage.folded, term) > 0
    return LetterMessage.folded.like(like_pattern(term), escape="\\")


def _number(words: str) -> int | None:
    signs = words.strip().upper()
    if len(signs) != _NAMED or any(sign not in SIGNS for sign in signs):
        return None
    value = 0
    for sign in reversed(signs):
        value = value * len(SIGNS) + SIGNS.index(sign)
    return value
