"""Figures of a day that are hardly right: they are asked about once, and taken when confirmed.

A slip of the finger (500 for 50) spoils the running total of the whole unit, so it is asked about
beside the field. Nothing is refused: a crowded day is known at the desk, not here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portal.core.database import session
from portal.core.pasting import Remark, remark
from portal.core.text import N_
from portal.features.field_reports import queries
from portal.features.field_reports.models import DailyEntry
from portal.features.field_reports.queries import Line
from portal.features.org_units.models import Unit

TIMES: Final = 10
"""So many times the unit's average of its other days is asked about …"""
LEAST: Final = 20
"""… from this number on: 12 after a day with one says nothing."""

Figures = Mapping[str, int | None]
"""What is reported of a day: "visits" (None where they are not counted) and "helped"."""


class Doubtful(Exception):
    """Figures that are hardly right and were not confirmed; `doubts` says why, by field."""

    def __init__(self, doubts: Mapping[str, Remark]) -> None:
        super().__init__()
        self.doubts = dict(doubts)


@dataclass(frozen=True)
class Known:
    """What the figures of a day are held against."""

    others: Sequence[Line] = ()
    """The unit's other days."""
    population: int | None = None
    before: DailyEntry | None = None
    """What was reported of this very day."""


def known(campaign_id: int, unit_id: int, entries: Sequence[DailyEntry]) -> Known:
    """Give what a unit's figures are held against.

    Args:
        campaign_id: the campaign.
        unit_id: the unit that reports.
        entries: what was reported of the day, the last one last.
    """
    unit = session().get_one(Unit, unit_id)
    day = entries[-1].day if entries else None
    lines = queries.lines([campaign_id], unit_id)[campaign_id].get(unit_id, {})
    others = tuple(line for on, line in lines.items() if on != day)
    return Known(others, unit.population, entries[-1] if entries else None)


def check(figures: Figures, against: Known, sure: Collection[str]) -> list[str]:
    """Ask about what is hardly right.

    Args:
        figures: of the day.
        against: what the unit's figures are held against.
        sure: what was confirmed, as `mark` writes it: another number is asked about again.

    Returns:
        The fields that were confirmed, for the record.

    Raises:
        Doubtful: something is hardly right and was not confirmed.
    """
    found = doubts(figures, against)
    open_ = {name: one for name, one in found.items() if mark(name, figures[name]) not in sure}
    if open_:
        raise Doubtful(open_)
    return sorted(found)


def mark(name: str, figure: int | None) -> str:
    """Name a figure that somebody confirms: “helped:500”."""
    return f"{name}:{figure}"


def doubts(figures: Figures, against: Known) -> dict[str, Remark]:
    """Say what is hardly right, one sentence a field; nothing of figures that stood already."""
    before = against.before
    if before and all(getattr(before, name) == figure for name, figure in figures.items()):
        return {}
    visits, helped = figures["visits"], figures["helped"] or 0
    found = {
        name: said for name, figure in figures.items()
        if figure and (said := _too_many(name, figure, against))
    }  # fmt: skip
    if visits is not None and helped > visits:
        found.setdefault("helped", remark(MORE_THAN_CAME, n=helped, visits=visits))
    return found


def _too_many(name: str, figure: int, against: Known) -> Remark | None:
    if against.population and figure > against.population:
        return remark(MORE_THAN_LIVE, n=figure, people=against.population)
    values = [getattr(line, name) or 0 for line in against.others]
    mean = sum(values) / len(values) if values else 0
    if mean and figure >= max(LEAST, TIMES * mean):
        return remark(FAR_ABOVE, n=figure, times=int(figure / mean), mean=round(mean, 1))
    return None


MORE_THAN_CAME: Final = N_(
    "Số người được hỗ trợ (%(n)s) lớn hơn số lượt đến (%(visits)s). Nếu đúng, đánh dấu xác nhận."
)
FAR_ABOVE: Final = N_(
    "%(n)s gấp %(times)s lần trung bình các ngày khác của xã (%(mean)s). Nếu đúng, đánh dấu xác "
    "nhận."
)
MORE_THAN_LIVE: Final = N_(
    "%(n)s lớn hơn dân số của xã (%(people)s người). Nếu đúng, đánh dấu xác nhận."
)
