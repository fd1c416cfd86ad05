"""The notice of a campaign that lasts one day: towards noon there is still time to call (plan 003).

Nobody who leaves it to the evening can be asked again on the next day.
"""

from dataclasses import dataclass
from datetime import datetime, time

from portal.core import clock
from portal.features.field_reports.overview import Overview
from portal.features.field_reports.standing import Standing
from portal.features.surveys.disclosure import Masked
from portal.features.surveys.territory import Place
from portal.features.surveys.turnout import Turnout

FROM = time(11, 30)
"""From this hour, Vietnamese time, to the end of the day."""


@dataclass(frozen=True)
class Midday:
    """How far the only day of a campaign has come, in the places that are asked today."""

    turnout: Turnout
    at: datetime
    places: int
    """Communes that are asked today and on no other day."""
    none: tuple[Place, ...]
    """Those of them of which it may be said that nobody has answered."""
    people: int | None
    """How many there are to ask, None while it is not known of all of them."""
    short: tuple[Standing, ...]
    """Those that have not reached the lower end of the band, the emptiest first."""

    @property
    def total(self) -> Masked:
        """Give what is printed of the answers."""
        return self.turnout.total


def midday(turnout: Turnout, reports: Overview | None) -> Midday | None:
    """Give the notice of a campaign.

    Args:
        turnout: participation as the reader sees it.
        reports: where its daily reports and its rates stand, where it asks for any.

    Returns:
        None where today is no campaign's only day, or it is too early.
    """
    at, places = clock.now(), turnout.one_day
    if not places or at.astimezone(clock.VN).time() < FROM:
        return None
    asked = {place.unit_id for place in places}
    stands = [one for one in reports.stands if one.unit_id in asked] if reports else []
    known = [one.fixed for one in stands if one.fixed is not None]
    whole = len(known) == len(turnout.cells) and len(asked) == len(turnout.cells)
    return Midday(
        turnout, at, len(places), tuple(one for one in turnout.none if one.unit_id in asked),
        sum(known) if whole else None, tuple(_short(stands)),
    )  # fmt: skip


def _short(stands: list[Standing]) -> list[Standing]:
    """List those below the band; what is kept back of a unit is not told here either."""
    found = [
        one for one in stands
        if one.share is not None and 100 * one.share < (one.rules.band_low or 0) and one.counted
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.share or 0, one.unit_id))
