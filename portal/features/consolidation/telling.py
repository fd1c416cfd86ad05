"""Opinions whose words may name somebody: looked at before everybody reads them."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from portal.core.database import session
from portal.features.consolidation import queries
from portal.features.consolidation.models import Opinion
from portal.features.consultations.models import Consultation
from portal.features.letters import warnings
from portal.features.letters.warnings import TELLING, Kind

MOST: Final = 50
"""Opinions that are listed at once; with those mended or hidden, the next ones come."""
_NAMING: Final = TELLING | {Kind.PERSON}
_AT_ONCE: Final = 500


@dataclass(frozen=True)
class Named:
    """An opinion and what in it may tell of whom it speaks."""

    opinion_id: int
    words: tuple[str, ...]


def found(one: Consultation) -> list[Named]:
    """List the opinions that will be public and may name or accuse a person, the first fifty.

    Args:
        one: whose answers are not public yet.
    """
    listed: list[Named] = []
    query = select(Opinion.id, Opinion.text).where(*queries.standing(one.id)).order_by(Opinion.id)
    for opinion_id, text in session().execute(query.execution_options(yield_per=_AT_ONCE)):
        words = dict.fromkeys(each.words for each in warnings.find(text) if each.kind in _NAMING)
        if words:
            listed.append(Named(opinion_id, tuple(words)))
        if len(listed) == MOST:
            break
    return listed
