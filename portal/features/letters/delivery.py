"""The morning's delivery: what came on earlier days reaches its readers, shuffled.

One transaction a box: letters under random numbers, their texts and photos, the counts of their
week, and the batch with its digest. Nobody ever sees a letter of today, and nothing of what is
stored afterwards tells in which order letters came (SECURITY T4). A letter that cannot be delivered
waits on and holds up no other.
"""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from portal.core import clock, moving
from portal.core.database import random_id, random_key, session, upsert, write
from portal.core.erasing import empty_wal
from portal.core.text import fold
from portal.features.letters import files, proof
from portal.features.letters.kinds import Count, Side, State
from portal.features.letters.models import (
    Letter,
    LetterBatch,
    LetterCount,
    LetterIntake,
    LetterMessage,
    LetterPhoto,
)
from portal.features.mailbox.models import Mailbox
from portal.features.sealing.models import SealKey

Raised = Counter[tuple[date, str, str]]
"""How much is added to the counts: by week, what, value."""


@dataclass(frozen=True)
class _Moved:
    """A letter on its way, with its new number and the new names of its files."""

    id: int
    row: LetterIntake
    photos: list[tuple[str, str]]


def deliver(today: date | None = None) -> int:
    """Deliver what came before a day, to every box.

    Args:
        today: letters of this day and later ones wait; today by Vietnam's calendar if not given.

    Returns:
        How many letters were delivered.
    """
    today = today or clock.today()
    waiting = select(LetterIntake.box_id).where(LetterIntake.day < today).distinct()
    boxes = list(session().scalars(waiting.order_by(LetterIntake.box_id)))
    delivered = sum(_deliver(box_id, today) for box_id in boxes)
    # Also when none was: somebody who read for long may have kept it from happening last time.
    empty_wal()
    return delivered


def monday(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def raise_counts(current: Session, box_id: int, raised: Raised) -> None:
    """Add to the counts of a box (inside `write()`)."""
    rows = [
        {"box_id": box_id, "week": week, "what": what, "value": value, "n": n}
        for (week, what, value), n in sorted(raised.items())
    ]
    adding = upsert(LetterCount)
    more = {"n": LetterCount.n + adding.excluded.n}
    key = ("box_id", "week", "what", "value")
    if rows:
        current.execute(adding.on_conflict_do_update(index_elements=key, set_=more), rows)


def _deliver(box_id: int, today: date) -> int:
    waits = (LetterIntake.box_id == box_id, LetterIntake.day < today)
    keys = session().scalars(select(LetterIntake.key).where(*waits).order_by(LetterIntake.key))
    return moving.moved(keys.all(), partial(_deliver_some, box_id))


def _deliver_some(box_id: int, keys: Sequence[bytes]) -> int:
    # Files are written anew before the transaction: copying may be slow, and what is left over
    # after a failure is tidied.
    copies = _copies(keys)
    try:
        with write(f"letters:{box_id}") as current:
            rows = _shuffled(current, keys)
            moved = [_Moved(random_id(), row, copies.get(row.key, [])) for row in rows]
            if not moved:
                return 0
            old = [name for row in rows if row.key in copies for name in _names(row.photos)]
            _move(current, current.get_one(Mailbox, box_id), moved)
    except BaseException:
        files.discard(name for pairs in copies.values() for pair in pairs for name in pair)
        raise
    files.discard(old)
    return len(moved)


def _shuffled(current: Session, keys: Sequence[bytes]) -> list[LetterIntake]:
    query = select(LetterIntake).where(LetterIntake.key.in_(keys)).order_by(LetterIntake.key)
    rows = list(current.scalars(query.with_for_update()))
    secrets.SystemRandom().shuffle(rows)
    return rows


def _copies(keys: Sequence[bytes]) -> dict[bytes, list[tuple[str, str]]]:
    found = _shuffled(session(), keys)
    named = [(row.key, row.day, json.loads(row.photos)) for row in found]
    session().rollback()
    return {
        key: [(files.copied(large, day), files.copied(small, day)) for large, small in pairs]
        for key, day, pairs in named
        if pairs
    }


def _names(photos: str) -> Iterable[str]:
    return (name for pair in json.loads(photos) for name in pair)


def _move(current: Session, box: Mailbox, moved: Sequence[_Moved]) -> None:
    batch = _batch(current, box.id, [each.row.commitment for each in moved])
    readers = _readers(current, moved)
    current.execute(insert(Letter), [_letter(each, box, batch, readers) for each in moved])
    current.execute(insert(LetterMessage), [_message(each) for each in moved])
    photos = [photo for each in moved if not each.row.withdrawn for photo in _photos(each)]
    if photos:
        current.execute(insert(LetterPhoto), photos)
    raise_counts(current, box.id, _raised(each.row for each in moved))
    keys = [each.row.key for each in moved]
    current.execute(delete(LetterIntake).where(LetterIntake.key.in_(keys)))


def _batch(current: Session, box_id: int, commitments: Sequence[bytes]) -> LetterBatch:
    latest = select(LetterBatch).where(LetterBatch.box_id == box_id)
    before = current.scalar(latest.order_by(LetterBatch.number.desc()).limit(1))
    number, day = (before.number if before else 0) + 1, clock.today()
    root = proof.root(commitments)
    digest = proof.chained(before.digest if before else b"", number, day, len(commitments), root)
    batch = LetterBatch(box_id=box_id, number=number, delivered_on=day, size=len(commitments),
                        root=root, digest=digest)  # fmt: skip
    current.add(batch)
    current.flush()
    return batch


def _readers(current: Session, moved: Sequence[_Moved]) -> dict[int | None, int]:
    """Give the body that holds each key to which one of them is sealed."""
    wanted = {each.row.seal_key_id for each in moved if each.row.seal_key_id}
    keys = select(SealKey.id, SealKey.organisation_id).where(SealKey.id.in_(wanted))
    return dict(current.execute(keys).all())


def _letter(
    each: _Moved, box: Mailbox, batch: LetterBatch, readers: dict[int | None, int]
) -> dict[str, Any]:
    row = each.row
    same = ("noted", "unit_id", "seal_key_id", "day", "category", "field", "form_hash",
            "receipt_hash", "sender_key", "commitment")  # fmt: skip
    return {
        **{name: getattr(row, name) for name in same},
        "id": each.id,
        "box_id": box.id,
        "batch_id": batch.id,
        "reader_id": readers.get(row.seal_key_id, box.reader_id),
        "state": State.WITHDRAWN if row.withdrawn else State.RECEIVED,
        "due_on": row.day + timedelta(days=box.answer_days),
    }


def _message(each: _Moved) -> dict[str, Any]:
    row = each.row
    return {
        "key": random_key(), "letter_id": each.id, "number": 0, "side": Side.SENDER,
        "day": row.day, "text": row.text, "folded": None if row.text is None else fold(row.text),
        "for_reader": row.for_reader, "for_sender": row.for_sender, "salt": row.salt,
        "commitment": row.commitment,
    }  # fmt: skip


def _photos(each: _Moved) -> list[dict[str, Any]]:
    return [
        {"key": random_key(), "letter_id": each.id, "number": at, "stored": large, "small": small}
        for at, (large, small) in enumerate(each.photos)
    ]


def _raised(rows: Iterable[LetterIntake]) -> Raised:
    raised: Raised = Counter()
    for row in rows:
        week = monday(row.day)
        raised[week, Count.ALL, ""] += 1
        raised[week, Count.POINT, str(row.point_id or "")] += 1
        raised[week, Count.CATEGORY, row.category] += 1
        raised[week, Count.FIELD, row.field] += 1
        raised[week, Count.SEALED, ""] += row.seal_key_id is not None
        raised[week, Count.WITHDRAWN, ""] += row.withdrawn
    return +raised
