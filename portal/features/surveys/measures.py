"""What the number of answers is measured against; a figure that nobody has given is never made up.

Households are figures of the communes; each says itself how many officials it has to ask. Visits
to the one-stop unit are reported day by day by the teams in the field; until they are, the page
says so.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Denominator
from portal.features.surveys import queries
from portal.features.surveys.disclosure import Masked

HEADS = {
    Denominator.HOUSEHOLDS: (N_("Số hộ"), N_("So với số hộ")),
    Denominator.HEADCOUNT: (N_("Số người được hỏi"), N_("So với số người được hỏi")),
}


@dataclass(frozen=True)
class Measure:
    """What a campaign measures its answers against, and what is known of it."""

    kind: Denominator
    figures: Mapping[int, int]
    """By commune; those without a figure are left out."""

    @property
    def heads(self) -> tuple[str, str] | None:
        """Give the heads of the columns with the figure and the rate, None if units have none."""
        return HEADS.get(self.kind)

    @property
    def is_used(self) -> bool:
        """Say whether the campaign measures its answers at all."""
        return self.kind != Denominator.NONE

    def missing(self, units: Collection[int]) -> int:
        """Count the communes whose figure is not known."""
        return sum(unit not in self.figures for unit in units)

    def whole(self, units: Collection[int]) -> int | None:
        """Give the figure of some communes together, None unless each of them has one."""
        if self.missing(units):
            return None
        return sum(self.figures[unit] for unit in units)

    def rate(self, units: Collection[int], printed: Masked) -> float | None:
        """Give the answers as a share of the figure, None where either is not told."""
        whole = self.whole(units)
        return printed.exact / whole if whole and printed.exact is not None else None


def of(campaign: Campaign) -> Measure:
    """Give what a campaign is measured against."""
    kind = Denominator(campaign.denominator)
    known = _KNOWN.get(kind)
    return Measure(kind, known(campaign.id) if known else {})


_KNOWN: dict[Denominator, Callable[[int], dict[int, int]]] = {
    Denominator.HOUSEHOLDS: queries.households,
    Denominator.HEADCOUNT: queries.headcounts,
}
