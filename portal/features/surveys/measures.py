"""What the number of answers is measured against; a figure that nobody has given is never made up.

Households are figures of the communes; each says itself how many officials it has to ask. Visits
to the one-stop unit are reported day by day (`field_reports`, which binds itself here): they are
compared with the answers of the same days, so that a morning's answers make nobody look eager.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from portal.core.text import N_
from portal.features.campaigns.phase import Denominator
from portal.features.surveys import queries
from portal.features.surveys.disclosure import Masked
from portal.features.surveys.turnout import Turnout

HEADS = {
    Denominator.VISITS: (N_("Lượt làm thủ tục"), N_("So với lượt")),
    Denominator.HOUSEHOLDS: (N_("Số hộ"), N_("So với số hộ")),
    Denominator.HEADCOUNT: (N_("Số người được hỏi"), N_("So với số người được hỏi")),
}


@dataclass(frozen=True)
class Measure:
    """What a campaign measures its answers against, and what is known of it."""

    kind: Denominator
    figures: Mapping[int, int]
    """By commune; those without a figure are left out."""
    counted: Mapping[int, int] | None = None
    """Where figures grow day by day the answers of the days that they cover, of those communes
    whose answers may be told; None where the figures stand still."""

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
        """Give the figure of some communes together.

        Returns:
            None unless each of them has one, or, where figures grow, unless any has.
        """
        known = [self.figures[unit] for unit in units if unit in self.figures]
        if not known or (self.counted is None and len(known) < len(units)):
            return None
        return sum(known)

    def rate(self, units: Collection[int], printed: Masked) -> float | None:
        """Give the answers as a share of the figure, None where either is not told."""
        if self.counted is not None:
            return self._rate_so_far(units, self.counted)
        whole = self.whole(units)
        return printed.exact / whole if whole and printed.exact is not None else None

    def told(self, units: Collection[int]) -> int:
        """Count the communes of which a rate that grows is made."""
        return sum(unit in self.figures for unit in units if unit in (self.counted or ()))

    def _rate_so_far(self, units: Collection[int], counted: Mapping[int, int]) -> float | None:
        """Give the rate of the communes that are told one by one: no sum then tells of others."""
        told = [unit for unit in units if unit in counted and unit in self.figures]
        whole = sum(self.figures[unit] for unit in told)
        return sum(counted[unit] for unit in told) / whole if whole else None


Provider = Callable[[Turnout], Measure]
_providers: dict[Denominator, Provider] = {}


def provide(kind: Denominator, provider: Provider) -> None:
    """Say who knows a figure that a later feature keeps (the registry does)."""
    _providers[kind] = provider


def of(turnout: Turnout) -> Measure:
    """Give what the campaign of a page is measured against."""
    campaign = turnout.campaign
    kind = Denominator(campaign.denominator)
    if kind in _providers:
        return _providers[kind](turnout)
    known = KNOWN.get(kind)
    return Measure(kind, known(campaign.id) if known else {})


KNOWN: dict[Denominator, Callable[[int], dict[int, int]]] = {
    Denominator.HOUSEHOLDS: queries.households,
    Denominator.HEADCOUNT: queries.headcounts,
}
"""Figures that stand still."""
