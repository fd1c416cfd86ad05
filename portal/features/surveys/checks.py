"""Proving the totals: every counter again from the sealed rows, every batch against its digest.

Which channel an answer came by stands nowhere beside it; that the channels add up is what can be
proved of them.
"""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.features.surveys import counting, merkle, participation, queries
from portal.features.surveys.counting import Counts
from portal.features.surveys.models import Batch, ChannelCount, Counter, SealedAnswer, SealedText
from portal.features.surveys.territory import WHOLE

PEOPLE = ("", "")
"""In place of a question: how many answers a unit has, which participation says by day."""

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
    """Count every sealed row again; give what differs from the counters and participation.

    What differs by channel is named under the unit `WHOLE`.
    """
    differences: list[Difference] = []
    query = select(Campaign.id, QuestionnaireVersion).join(
        QuestionnaireVersion, QuestionnaireVersion.id == Campaign.version_id
    )
    for campaign_id, version in session().execute(query.order_by(Campaign.id)).all():
        together: Counts = Tally()
        for unit_id in _units(campaign_id):
            counted = _counted(campaign_id, unit_id, version.definition)
            stored = _stored(campaign_id, unit_id)
            differences += _differences(campaign_id, unit_id, stored, counted)
            together.update(counted)
        apart = _by_channel(campaign_id)
        for question in version.definition.questions:
            if not question.closed:  # free texts are not counted by channel
                together.pop((question.id, counting.ANSWERED), None)
                apart.pop((question.id, counting.ANSWERED), None)
        differences += _differences(campaign_id, WHOLE, apart, together)
    return differences


def _by_channel(campaign_id: int) -> Counts:
    """Add the counters of all channels up."""
    apart: Counts = Tally()
    for channel in queries.by_channel(campaign_id).values():
        for question, options in channel.items():
            apart.update({(question, option): n for option, n in options.items()})
    here = ChannelCount.campaign_id == campaign_id
    people = select(func.coalesce(func.sum(ChannelCount.n), 0)).where(here)
    apart[PEOPLE] = int(session().scalar(people) or 0)
    return apart


def verify() -> Verified:
    """Compute the digest of every batch again, and every commitment whose text is still there."""
    broken: list[bytes] = []
    altered: list[bytes] = []
    batches = erased = 0
    for group in _groups():
        answers, texts = _answers(group), _texts(group)
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


def _answers(group: list[Batch]) -> dict[bytes, list[SealedAnswer]]:
    keys = [batch.key for batch in group]
    query = select(SealedAnswer).where(SealedAnswer.batch_key.in_(keys))
    found: dict[bytes, list[SealedAnswer]] = defaultdict(list)
    for row in session().scalars(query.order_by(SealedAnswer.key)):
        found[row.batch_key].append(row)
    return found


def _texts(group: list[Batch]) -> dict[bytes, list[SealedText]]:
    keys = [batch.key for batch in group]
    query = select(SealedText).where(SealedText.batch_key.in_(keys))
    found: dict[bytes, list[SealedText]] = defaultdict(list)
    for row in session().scalars(query.order_by(SealedText.key)):
        found[row.batch_key].append(row)
    return found


def _units(campaign_id: int) -> list[int]:
    sealed = select(Batch.unit_id).where(Batch.campaign_id == campaign_id)
    stored = select(Counter.unit_id).where(Counter.campaign_id == campaign_id)
    return sorted(set(session().scalars(sealed.union(stored))))


def _counted(campaign_id: int, unit_id: int, definition: Definition) -> Counts:
    """Count the sealed rows of a unit."""
    packed = (
        select(SealedAnswer.choices, func.count())
        .where(SealedAnswer.campaign_id == campaign_id, SealedAnswer.unit_id == unit_id)
        .group_by(SealedAnswer.choices)
        .order_by(SealedAnswer.choices)
    )
    asked = select(SealedText.question).where(
        SealedText.campaign_id == campaign_id, SealedText.unit_id == unit_id
    )
    lines = Tally(dict(session().execute(packed).all()))
    counted = counting.count(definition, lines, session().scalars(asked.order_by(SealedText.key)))
    counted[PEOPLE] = lines.total()
    return counted


def _stored(campaign_id: int, unit_id: int) -> Counts:
    """Give the counters of a unit, and its people from the participation."""
    query = select(Counter.question, Counter.option, Counter.n).where(
        Counter.campaign_id == campaign_id, Counter.unit_id == unit_id
    )
    rows = session().execute(query.order_by(Counter.question, Counter.option))
    stored = Tally({(question, option): n for question, option, n in rows})
    stored[PEOPLE] = participation.folded(campaign_id, unit_id)
    return stored


def _differences(
    campaign_id: int, unit_id: int, stored: Counts, counted: Counts
) -> Iterator[Difference]:
    for question, option in sorted(stored.keys() | counted.keys()):
        before, after = stored[question, option], counted[question, option]
        if before != after:
            yield Difference(campaign_id, unit_id, question, option, before, after)
