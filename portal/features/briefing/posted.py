"""How far a unit has made public what a campaign asks for, channel by channel (look 05a)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portal.features.campaigns.fieldwork import CHANNELS
from portal.features.field_reports.overview import Overview
from portal.features.publicity import pages, queries
from portal.features.publicity.judging import Cell, Mark
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class Channel:
    """One channel, all contents together."""

    name: str
    """A msgid."""
    cells: tuple[Cell, ...]

    @property
    def done(self) -> int:
        """Count the contents that are public and shown by something."""
        return sum(cell.mark == Mark.POSTED for cell in self.cells)

    @property
    def is_done(self) -> bool:
        """Say whether all of them are."""
        return self.done == len(self.cells)

    @property
    def lacks_proof(self) -> bool:
        """Say whether something is public and nothing shows it."""
        return any(cell.mark == Mark.UNPROVEN for cell in self.cells)

    @property
    def since(self) -> date | None:
        """Give the day from which the last of them is public."""
        return max((cell.from_on for cell in self.cells if cell.from_on), default=None)


def channels(actor: Actor, reports: Overview) -> Iterator[Channel]:
    """Give the channels of a campaign at the reader's own unit, in two queries.

    Args:
        actor: an account of the unit.
        reports: the campaign with its rules.
    """
    campaign, rules = reports.campaign, reports.stands[0].rules
    if not rules.objects:
        return
    there = queries.lines(actor, campaign.id).get(actor.unit_id, [])
    pieces = queries.pieces(campaign.id, actor.unit_id)
    found = ((one.object, one) for one in there)
    cells = pages.cells_of(rules, found, pieces, campaign.closes_on)
    for channel in rules.channels:
        yield Channel(CHANNELS[channel], tuple(cells[code, channel] for code in rules.objects))
