"""From packed answers to counters; pages read counters and never answers (PERFORMANCE.md)."""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite

from portal.core.database import dialect, session
from portal.features.questionnaires.definition import Definition
from portal.features.surveys.models import (
    ChannelCount,
    ChannelCounter,
    Counter,
    Participation,
    PointCount,
)

ANSWERED = ""
"""The option under which a question counts the people who answered it."""

Counts = Tally[tuple[str, str]]
"""(question, option) → how often."""


def count(definition: Definition, packed: Iterable[str], texts: Iterable[str] = ()) -> Counts:
    """Count answers.

    Args:
        definition: the form they answer.
        packed: the closed questions of each answer, as `Definition.pack` writes them.
        texts: for each free text the question it answers.
    """
    ids = [question.id for question in definition.closed_questions]
    counts: Counts = Tally((question, ANSWERED) for question in texts)
    for line, times in Tally(packed).items():
        for question, part in zip(ids, line.split("|"), strict=True):
            for option in (ANSWERED, *part.split(",")) if part else ():
                counts[question, option] += times
    return counts


def add(campaign_id: int, unit_id: int, counts: Counts, days: Mapping[date, int]) -> None:
    """Add a batch to the counters and the participation of its unit (inside a write)."""
    place = {"campaign_id": campaign_id, "unit_id": unit_id}
    cells = ({"question": q, "option": o, "n": n} for (q, o), n in sorted(counts.items()))
    _upsert(Counter, [place | cell for cell in cells])
    _upsert(Participation, [place | {"day": d, "n": n} for d, n in sorted(days.items())])


def add_channel(campaign_id: int, unit_id: int, channel: str, n: int, counts: Counts) -> None:
    """Add the answers of a batch that came by one channel (inside a write)."""
    here = {"campaign_id": campaign_id, "channel": channel}
    _upsert(ChannelCount, [here | {"unit_id": unit_id, "n": n}])
    cells = ({"question": q, "option": o, "n": n} for (q, o), n in sorted(counts.items()))
    _upsert(ChannelCounter, [here | cell for cell in cells])


def add_points(campaign_id: int, points: Mapping[int, int]) -> None:
    """Add the answers of a batch that came by codes of points (inside a write)."""
    rows = [{"campaign_id": campaign_id, "point_id": p, "n": n} for p, n in sorted(points.items())]
    _upsert(PointCount, rows)


Counted = type[Counter | Participation | ChannelCount | ChannelCounter | PointCount]


def _upsert(model: Counted, rows: list[dict[str, Any]]) -> None:
    """Add numbers to those that stand under the same keys."""
    if rows:
        session().connection().execute(_adding(model, dialect()), rows)


@cache
def _adding(model: Counted, on: str) -> Insert:
    """Give the statement, made once: a fold uses it several times a batch."""
    insert = postgresql.insert if on == "postgresql" else sqlite.insert
    statement = insert(model)
    return statement.on_conflict_do_update(
        index_elements=list(model.__table__.primary_key), set_={"n": model.n + statement.excluded.n}
    )
