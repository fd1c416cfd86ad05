"""Households of the ward of `cased` whose ballot day is today, and two accounts who count."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.core import clock, pasting
from portal.core.database import write
from portal.core.pasting import Table
from portal.features.ballots import checking, entering, groups, queries, services
from portal.features.ballots.figures import Figures
from portal.features.ballots.links import Head
from portal.features.ballots.models import BallotGroup, Enterer
from portal.features.ballots.services import GroupInput, TeamInput
from portal.features.consultations.drafting import Window
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.org_units.kinds import PointKind
from portal.policy.roles import Duty
from portal.web.actor import Account
from tests.support import cased, placed, voiced
from tests.support.cased import Cased, day

TEAM = TeamInput(
    "Nguyễn Văn A, tổ trưởng\nTrần Thị B\nLê Văn C", "Phạm Thị D\nVũ Văn E", "Nhà văn hóa"
)


@dataclass(frozen=True)
class Balloted:
    """A published case with two groups: “Tổ dân phố số 1” of 100 households, “số 2” of 80."""

    place: Cased
    case: Consultation
    author: Account
    """Of the body that brings the comments together."""
    other: Account
    """Another account of the ward."""
    one: BallotGroup
    two: BallotGroup

    def ready(self, group: BallotGroup | None = None, *, stamped: int = 100) -> BallotGroup:
        """Let a group's ballots be printed and stamped, and those who count be named."""
        group = group or self.one
        given = GroupInput(group.group, group.households, clock.today(), 110, stamped)
        services.change(self.author, group, given, group.version)
        services.keep_team(self.author, group, TEAM, group.version)
        return group

    def enter(self, who: Enterer, counted: Figures, group: BallotGroup | None = None) -> None:
        """Enter counts as the head by the link, or as the ward."""
        group = group or self.one
        doer: Any = Head.of(group) if who is Enterer.HEAD else self.other
        entering.enter(doer, group, who, counted)

    def settled(self, group: BallotGroup | None = None) -> BallotGroup:
        """Bring a group to its settled numbers."""
        group = self.ready(group)
        for who in Enterer:
            self.enter(who, FIGURES, group)
        entering.settle(self.author, group, FIGURES, "")
        return group


FIGURES = Figures(90, 80, 75, 3, 2, {1: (60, 10, 3), 2: (70, 0, 5)})


def ward(*, ballots_in: int = 0, first: date | None = None, **changed: Any) -> Balloted:  # noqa: ANN401
    """Make it; ballots are handed out today or tomorrow, unless told otherwise."""
    place = cased.ward()
    for n, households in ((1, 100), (2, 80)):
        point = placed.point(place.units[voiced.WARD], f"Tổ dân phố số {n}", PointKind.GROUP)
        with write() as current:
            current.add(point)
            point.households = households
    author, other = place.actor(), place.actor(Duty.CLERK, body=place.front)
    begin = first or day(ballots_in)
    windows = {
        TrackKind.AGENCY: Window(day(-3), day(2)),
        TrackKind.HOUSEHOLD: Window(begin, day(ballots_in + 1), day(-3), day(ballots_in + 1)),
    }
    case = place.published(author, windows=windows, **changed)
    left = {one.id: one.households or 0 for one in queries.points_left(case)}
    groups.choose(author, case, left)
    one, two = queries.listed(case.id)
    for group in (one, two):
        services.choose_day(author, group, begin)
    return Balloted(place, case, author, other, one, two)


def table(*rows: tuple[str, ...], heads: bool = True) -> Table:
    """Give rows as they would be pasted."""
    first = ["Số hộ\tCử tri đại diện hộ\tTổ dân phố\tGhi chú"] if heads else []
    return pasting.read_text("\n".join([*first, *("\t".join(row) for row in rows)]),
                             checking.COLUMNS)  # fmt: skip
