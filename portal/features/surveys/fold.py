"""The fold: answers leave the intake in shuffled batches and are sealed (DESIGN rules 4 and 5).

What a batch holds is chosen at random, gets new random keys and is stored in one transaction, so
that neither the order of rows nor PostgreSQL's `xmin` ties an answer to the form it came with.
While a campaign is open a batch never has fewer than k answers and always leaves k behind: no
published figure then moves by fewer than k, not even when the remainder follows at the close.
"""

import json
import secrets
from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select

from portal.core import clock
from portal.core.database import random_key, session, write
from portal.core.erasing import empty_wal
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import State
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.features.surveys import batches, counting, first_use, merkle, papers
from portal.features.surveys.models import Batch, FormKey, Intake, SealedAnswer, SealedText
from portal.features.surveys.threshold import threshold

LARGEST = 2000
"""Rows of one batch, so that a transaction stays short and memory flat."""

LATE = timedelta(seconds=15)
"""After the close an intake that looked at the clock in time may still be committing."""

_random = secrets.SystemRandom()
Row = dict[str, Any]


@dataclass(frozen=True)
class _Place:
    """A unit in a campaign, and what its answers mean."""

    campaign_id: int
    unit_id: int
    definition: Definition

    def of(self, model: type[Intake | FormKey]) -> ColumnElement[bool]:
        return (model.campaign_id == self.campaign_id) & (model.unit_id == self.unit_id)

    @property
    def columns(self) -> Row:
        return {"campaign_id": self.campaign_id, "unit_id": self.unit_id}


def fold_pending() -> int:
    """Fold every unit that has enough pending answers; give how many answers were folded."""
    unsealed = select(Intake.campaign_id).join(Campaign, Campaign.id == Intake.campaign_id)
    unsealed = unsealed.where(Campaign.sealed_on.is_(None)).distinct()
    campaigns = session().scalars(unsealed.order_by(Intake.campaign_id)).all()
    folded = sum(_fold_campaign(campaign_id) for campaign_id in campaigns)
    if folded:
        empty_wal()
    return folded


def seal_closed() -> int:
    """Fold what remains of every campaign that has closed and freeze it; give how many.

    One whose last sheets of paper are still being typed waits, two working days at most.
    """
    over = select(Campaign).where(
        Campaign.state == State.READY,
        Campaign.sealed_on.is_(None),
        Campaign.closes_on < (clock.now() - LATE).astimezone(clock.VN).date(),
    )
    found = session().scalars(over.order_by(Campaign.id)).all()
    campaigns = [campaign.id for campaign in found if not papers.awaited(campaign)]
    for campaign_id in campaigns:
        _fold_campaign(campaign_id)
        _seal(campaign_id)
    if campaigns:
        empty_wal()
    return len(campaigns)


def _fold_campaign(campaign_id: int) -> int:
    definition = _definition(campaign_id)
    least = threshold(definition)
    folded = 0
    for unit_id in _units(campaign_id, 2 * least):
        place = _Place(campaign_id, unit_id, definition)
        while taken := _fold_once(place, least):
            folded += taken
    return folded


def _fold_once(place: _Place, least: int) -> int:
    """Fold one batch of a unit in a transaction of its own; 0 when too few are pending."""
    with write(f"fold:{place.campaign_id}") as current:
        keys = current.scalars(select(Intake.key).where(place.of(Intake))).all()
        if len(keys) < 2 * least:
            return 0
        chosen = _random.sample(keys, min(len(keys) - least, LARGEST))
        # Not at the seal: what is left then may be fewer than k, whose places would tell.
        first_use.note(place.campaign_id, place.unit_id, _move(place, chosen))
        return len(chosen)


def _seal(campaign_id: int) -> None:
    """Fold all that remains and freeze the totals, in one transaction."""
    definition = _definition(campaign_id)
    with write(f"fold:{campaign_id}") as current:
        campaign = current.get_one(Campaign, campaign_id, with_for_update=True)
        if campaign.is_sealed or papers.awaited(campaign):
            return
        for unit_id in _units(campaign_id, 1):
            place = _Place(campaign_id, unit_id, definition)
            keys = current.scalars(select(Intake.key).where(place.of(Intake))).all()
            _move(place, _random.sample(keys, len(keys)))
        batches.write_down(campaign_id)
        current.execute(delete(FormKey).where(FormKey.campaign_id == campaign_id))
        campaign.sealed_on = clock.today()


def _move(place: _Place, keys: list[bytes]) -> Sequence[Any]:
    """Turn intake rows into a sealed batch and into figures (inside a write); give the rows."""
    current = session()
    taken = delete(Intake).where(Intake.key.in_(keys))
    rows = list(current.execute(taken.returning(
        Intake.day, Intake.choices, Intake.texts, Intake.channel, Intake.point_id
    )))  # fmt: skip
    _random.shuffle(rows)
    batch_key = random_key()
    answers = [
        {"key": random_key(), "batch_key": batch_key, "choices": row.choices, **place.columns}
        for row in rows
    ]
    texts = _texts(place, batch_key, [row.texts for row in rows if row.texts])
    _store(place, batch_key, answers, texts)
    counts = counting.count(
        place.definition, (row.choices for row in rows), (text["question"] for text in texts)
    )
    counting.add(place.campaign_id, place.unit_id, counts, Tally(row.day for row in rows))
    _count_ways(place, rows)
    _shuffle_form_keys(place, len(rows))
    return rows


def _count_ways(place: _Place, rows: Sequence[Any]) -> None:
    """Count by which channel and at which point answers came, apart from what they say."""
    packed: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        packed[row.channel].append(row.choices)
    for channel, choices in sorted(packed.items()):
        counts = counting.count(place.definition, choices)
        counting.add_channel(place.campaign_id, place.unit_id, channel, len(choices), counts)
    points = Tally(row.point_id for row in rows if row.point_id is not None)
    counting.add_points(place.campaign_id, points)


def _texts(place: _Place, batch_key: bytes, packed: list[str]) -> list[Row]:
    """Take free texts out of their answers: each stands alone, in no order."""
    texts = []
    for question, text in (pair for line in packed for pair in json.loads(line).items()):
        salt = random_key()
        texts.append(
            {
                "key": random_key(), "batch_key": batch_key, **place.columns,
                "question": question, "text": text, "salt": salt,
                "commitment": merkle.commitment(salt, text),
            }
        )  # fmt: skip
    _random.shuffle(texts)
    return texts


def _store(place: _Place, batch_key: bytes, answers: list[Row], texts: list[Row]) -> None:
    leaves = [merkle.answer_leaf(row["key"], row["choices"]) for row in answers]
    leaves += [merkle.text_leaf(row["key"], row["question"], row["commitment"]) for row in texts]
    batch = {"key": batch_key, "size": len(answers), "digest": merkle.root(leaves)}
    connection = session().connection()
    connection.execute(insert(Batch), [batch | place.columns])
    connection.execute(insert(SealedAnswer), answers)
    if texts:
        connection.execute(insert(SealedText), texts)


def _shuffle_form_keys(place: _Place, n: int) -> None:
    """Store as many form keys of the unit anew, chosen at random: `xmin` now fits any of them."""
    current = session()
    waiting = select(FormKey.hash, FormKey.paper_batch_id).where(
        place.of(FormKey), FormKey.folded.is_(False)
    )
    keys = current.execute(waiting).all()
    chosen = _random.sample(keys, min(n, len(keys)))
    if chosen:
        current.execute(delete(FormKey).where(FormKey.hash.in_(key.hash for key in chosen)))
        rows = [{**key._mapping, "folded": True, **place.columns} for key in chosen]
        current.connection().execute(insert(FormKey), rows)


def _units(campaign_id: int, least: int) -> list[int]:
    query = select(Intake.unit_id).where(Intake.campaign_id == campaign_id)
    query = query.group_by(Intake.unit_id).having(func.count() >= least)
    return list(session().scalars(query.order_by(Intake.unit_id)))


def _definition(campaign_id: int) -> Definition:
    query = select(QuestionnaireVersion).join(
        Campaign, Campaign.version_id == QuestionnaireVersion.id
    )
    return session().scalars(query.where(Campaign.id == campaign_id)).one().definition
