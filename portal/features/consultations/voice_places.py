"""Where the address of a consultation leads: its draft, and whether comments are taken now."""

from dataclasses import dataclass

from portal.core import clock
from portal.features.consultations import queries, standing
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.consultations.standing import Where
from portal.features.regulations import reading
from portal.features.regulations.reading import Entry


@dataclass(frozen=True)
class Place:
    """A consultation as whoever opens its address finds it."""

    consultation: Consultation
    where: Where
    """Of the public track."""

    @property
    def code(self) -> str:
        """Give what stands in its address."""
        return self.consultation.code

    @property
    def takes(self) -> bool:
        """Say whether everybody may comment now."""
        return self.where.takes


def find(code: str) -> Place | None:
    """Give where a code leads; None if to nothing that citizens ever knew of.

    The codes of one that was called off hang in the ward: they lead to a page that says so.
    """
    found = queries.by_code(code)
    return place(found) if found is not None and found.was_announced else None


def place(consultation: Consultation) -> Place:
    """Look where a consultation stands today."""
    return Place(consultation, standing.of(consultation, TrackKind.PUBLIC, clock.today()))


def provisions(draft_id: int) -> dict[str, Entry]:
    """Give every provision that people were ever shown, by key: first those of the latest version.

    Whoever has read an older version comments on what it said.
    """
    now = {entry.key: entry for entry in reading.latest(draft_id)}
    return now | {key: one for key, one in reading.places(draft_id).items() if key not in now}
