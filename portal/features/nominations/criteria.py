"""What the portal itself knows of a unit's work in a campaign: the criteria of a nomination.

Every feature of the field work may know something; `features.registry` says which are asked.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.policy.predicates import Actor


class Met(StrEnum):
    """Whether a criterion is met."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    """There is nothing to judge by, or not yet."""

    @classmethod
    def when(cls, met: bool | None) -> "Met":
        """Give it for an answer; None where there is none."""
        return cls.UNKNOWN if met is None else cls.YES if met else cls.NO


@dataclass(frozen=True)
class Criterion:
    """One line of what is known: a label, a sentence with its values (msgids), met or not."""

    name: str
    label: str
    text: str
    values: Mapping[str, str] = field(default_factory=dict)
    met: str = Met.UNKNOWN


def share(name: str, label: str, good: int, every: int) -> Criterion:
    """Give a criterion that is met when all of so many are good; unknown when there are none."""
    if not every:
        return Criterion(name, label, NOTHING_YET)
    values = {"n": str(good), "of": str(every)}
    return Criterion(name, label, SHARE, values, Met.when(good == every))


Provider = Callable[[Actor, Campaign, Sequence[int]], Mapping[int, Sequence[Criterion]]]
"""Gives what it knows of units in a campaign, by id; one of which nothing is known may lack.

The units are in the actor's scope. It asks a fixed number of queries however many units there are.
"""
_providers: list[Provider] = []


def add(provider: Provider) -> None:
    """Ask a provider too, after those that were added before (the registry does, once)."""
    if provider not in _providers:
        _providers.append(provider)


def measured(
    actor: Actor, campaign: Campaign, unit_ids: Iterable[int]
) -> dict[int, tuple[Criterion, ...]]:
    """Give what is known of units now, in the order of the providers.

    Args:
        actor: who asks; the units are in its scope.
        campaign: what it is measured in.
        unit_ids: the units; each once or more often.
    """
    wanted = sorted(set(unit_ids))
    found: dict[int, list[Criterion]] = {unit_id: [] for unit_id in wanted}
    for provider in _providers if wanted else ():
        for unit_id, known in provider(actor, campaign, wanted).items():
            found[unit_id].extend(known)
    return {unit_id: tuple(known) for unit_id, known in found.items()}


def to_json(known: Iterable[Criterion]) -> str:
    """Freeze what is known."""
    return json.dumps([asdict(one) for one in known], ensure_ascii=False)


def from_json(text: str) -> tuple[Criterion, ...]:
    """Read what was frozen; nothing of an empty text."""
    return tuple(Criterion(**one) for one in json.loads(text or "[]"))


SHARE = N_("%(n)s/%(of)s")
NOTHING_YET = N_("chưa có gì để xét")
