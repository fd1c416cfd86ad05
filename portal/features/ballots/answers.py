"""What became of what a group said, on a sheet to be put up there; consolidation tells it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.features.ballots.models import BallotGroup


@dataclass(frozen=True)
class Answer:
    """One opinion of a group's households, and its answer."""

    place: str
    """“khoản 2 Điều 7”; "" for the draft as a whole."""
    text: str
    households: int
    """How many ballots of the whole ward say so: a group's own numbers stay inside (ADR 0018)."""
    decision: str
    """“Tiếp thu”, “Tiếp thu một phần”, “Không tiếp thu”."""
    explanation: str


Provider = Callable[[BallotGroup], Sequence[Answer]]
"""Gives the approved answers to a group's comments, in the order of the draft; none before."""

_providers: list[Provider] = []


def provide(provider: Provider) -> None:
    """Say who knows the answers (the registry does), once however often it is registered."""
    if provider not in _providers:
        _providers.append(provider)


def of(group: BallotGroup) -> list[Answer]:
    """List the answers to a group's comments; none while nobody has any."""
    return [one for provider in _providers for one in provider(group)]
