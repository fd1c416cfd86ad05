"""What became of a comment, as whoever brings comments together says it: a later feature."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from portal.features.consultations.models import Comment


@dataclass(frozen=True)
class Outcome:
    """What became of one comment, once it may be told."""

    decision: str
    """"accept", "part" or "decline"."""
    explanation: str
    others: int = 0
    """How many others said the same."""


Provider = Callable[[Sequence[Comment]], Mapping[int, Outcome]]
"""Gives the outcomes by the comments' numbers; what may not be told yet is left out."""

_providers: list[Provider] = []


def provide(provider: Provider) -> None:
    """Say who knows (the registry does); the last one said is asked."""
    _providers[:] = [provider]


def of(comments: Sequence[Comment]) -> Mapping[int, Outcome]:
    """Give what became of some comments, by their numbers; the rest is still being looked at."""
    return _providers[0](comments) if _providers and comments else {}
