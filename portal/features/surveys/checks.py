"""Proving the totals: every counter again from the sealed rows, every batch against its digest."""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.features.surveys import counting, merkle
from portal.features.surveys.models import (
    Batch,
    Counter,
    Participation,
    SealedAnswer,
    SealedText,
)

BATCHES = 500
"""Batches that are read at once."""


@dataclass(frozen=True)
class Difference:
    """A counter that its sealed rows do not bear out."""

    campaign_id: int
    unit_id: int
    question: str
    option: str
    stored: int
    counted: int


@dataclass(frozen=True)
class Verified:
    """What became of a look at every batch."""

    batches: int
    broken: tuple[bytes, ...]
    """Keys of batches whose rows do not give their digest."""
    erased: int
    """Texts erased by right; their batches verify by the commitment."""
    altered: tuple[bytes, ...]
    """Keys of texts that do not fit their commitment."""

    @property
    def sound(self) -> bool:
        """Say whether nothing was changed."""
        return not self.broken and not self.altered


def recount() -> list[Difference]:
    """Count every sealed row again; give what differs from the counters and participation."""
    differences: list[Difference] = []
    query = select(Campaign.id, QuestionnaireVersion).join(
        QuestionnaireVersion, QuestionnaireVersion.id == Campaign.version_id
    )
    for campaign_id, version in session().execute(query.order_by(Campaign.id)).all():
        for unit_id in _units(campaign_id):
            counted = _counted(campaign_id, unit_id, version)
            differences += _differences(campaign_id, unit_id, counted)
    return differences


def verify() -> Verified:
    """Compute the digest of every batch again, and every commitment whose text is still there."""
    broken: list[bytes] = []
    altered: list[bytes] = []
    batches = erased = 0
    for group in _groups():
        answers, texts = _rows(SealedAnswer, group), _rows(SealedText, group)
        for batch in group:
            batches += 1
            rows = answers[batch.key]
            found = merkle.root_of(rows, texts[batch.key]) if rows else b""
            if found != batch.digest or len(rows) != batch.size:
                broken.append(batch.key)
            erased += sum(text.text is None for text in texts[batch.key])
            altered += [text.key for text in texts[batch.key] if not _fits(text)]
    return Verified(batches, tuple(broken), erased, tuple(altered))


def _fits(row: SealedText) -> bool:
    if row.text is None:
        return True
    return row.salt is not None and merkle.commitment(row.salt, row.text) == row.commitment


def _groups() -> Iterator[list[Batch]]:
    after = b""
    while True:
        query = select(Batch).where(Batch.key > after).order_by(Batch.key).limit(BATCHES)
        group = list(session().scalars(query))
        if not group:
            return
        yield group
        after = group[-1].key
        session().expunge_all()


def _rows[Row: (SealedAnswer, SealedText)](
    model: type[Row], group: list[Batch]
) -> dict[bytes, list[Row]]:
    query = select(model).where(model.batch_key.in_([batch.key for batch in group]))
    found: dict[bytes, list[Row]] = defaultdict(list)
    for row in session().scalars(query.order_by(model.key)):
        found[row.batch_key].append(row)
    return found


def _units(campaign_id: int) -> list[int]:
    sealed = select(Batch.unit_id).where(Batch.campaign_id == campaign_id)
    stored = select(Counter.unit_id).where(Counter.campaign_id == campaign_id)
    return sorted(set(session().scalars(sealed.union(stored))))


def _counted(campaign_id: int, unit_id: int, version: QuestionnaireVersion) -> counting.Counts:
    def here(model: type[SealedAnswer | SealedText]) -> bool:
        return (model.campaign_id == campaign_id) & (model.unit_id == unit_id)

    packed = session().execute(
        select(SealedAnswer.choices, func.count())
        .where(here(SealedAnswer))
        .group_by(SealedAnswer.choices)
        .order_by(SealedAnswer.choices)
    )
    asked = select(SealedText.question).where(here(SealedText)).order_by(SealedText.question)
    lines = Tally({choices: n for choices, n in packed})
    return counting.count(version.definition, lines.elements(), session().scalars(asked))


def _differences(
    campaign_id: int, unit_id: int, counted: counting.Counts
) -> Iterator[Difference]:
    stored = _stored(campaign_id, unit_id)
    counted[PEOPLE] = counted_people(campaign_id, unit_id)
    for question, option in sorted(stored.keys() | counted.keys()):
        pair = stored.get((question, option), 0), counted[question, option]
        if pair[0] != pair[1]:
            yield Difference(campaign_id, unit_id, question, option, *pair)
