"""What the pages about boxes show."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core import clock
from portal.core.clock import format_date
from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.features.documents.deadlines import Span
from portal.features.evidence import queries as evidence
from portal.features.evidence.models import Evidence
from portal.features.mailbox import placing, queries, ratings
from portal.features.mailbox.models import Mailbox, MailboxPoint
from portal.features.mailbox.queries import Place
from portal.features.mailbox.standing import Standing, State
from portal.features.org_units import points
from portal.features.org_units.kinds import PointKind
from portal.features.org_units.models import Point
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


@dataclass(frozen=True)
class Words:
    """A sentence (msgid) with its values, and the tone in which it is drawn."""

    message: str
    values: Mapping[str, object]
    tag: str
    tone: str
    shape: str


@dataclass(frozen=True)
class At:
    """A point as it is shown."""

    point: MailboxPoint
    photos: tuple[Evidence, ...]

    @property
    def is_shown(self) -> bool:
        """Say whether a photo shows that it hangs there."""
        return self.point.placed_on is not None and bool(self.photos)


@dataclass(frozen=True)
class Round:
    """One round, and where it stands: over, now, ahead."""

    number: int
    span: Span
    state: str


@dataclass(frozen=True)
class Row:
    """A box in the list."""

    box: Mailbox
    words: Words
    points: int
    lacking: int


@dataclass(frozen=True)
class Detail:
    """One box."""

    box: Mailbox
    words: Words
    rounds: tuple[Round, ...]
    points: tuple[At, ...]
    may_edit: bool
    may_handle: bool
    may_open: bool
    ratings: Campaign | None
    no_ratings: str | None
    """Why none can be hung now (msgid)."""

    @property
    def lacking(self) -> int:
        """Count the points that nobody has shown by a photo."""
        return sum(not one.is_shown for one in self.points)


def listing(actor: Actor) -> list[Row]:
    """Give the boxes that an actor may see."""
    return [_row(box) for box in queries.listed(actor)]


def own(actor: Actor) -> list[Row]:
    """Give the boxes that the actor's own body runs."""
    mine = (box for box in queries.listed(actor) if box.organisation_id == actor.organisation_id)
    return [_row(box) for box in mine if box.state != State.ENDED]


def detail(actor: Actor, box: Mailbox) -> Detail:
    """Give one box as an actor sees it."""
    return Detail(
        box, words(queries.place(box)), rounds(box), points_of(box),
        may_edit=allows(actor, Permission.MAILBOX_EDIT, box) and box.state != State.ENDED,
        may_handle=allows(actor, Permission.MAILBOX_HANDLE, box) and box.state != State.ENDED,
        may_open=allows(actor, Permission.MAILBOX_OPEN, box),
        ratings=box.campaign, no_ratings=ratings.why_not(box),
    )  # fmt: skip


def points_of(box: Mailbox) -> tuple[At, ...]:
    """Give the points at which a box hangs, with what shows it."""
    hanging = queries.points_of(box.id)
    photos = evidence.of(placing.KIND, [one.id for one in hanging])
    return tuple(At(one, tuple(photos.get(one.id, ()))) for one in hanging)


def to_choose(box: Mailbox) -> list[Point]:
    """List the points of the unit at which a box could hang besides, the likeliest first."""
    there = {one.point_id for one in queries.points_of(box.id)}
    found = [one for one in points.listed(box.unit_id) if one.id not in there]
    fitting = [one for one in found if one.kind in _FITTING]
    return sorted(fitting, key=lambda one: (_FITTING.index(PointKind(one.kind)), one.sort_key))


def rounds(box: Mailbox) -> tuple[Round, ...]:
    """Give the rounds of a box with where each stands today."""
    today = clock.today()
    return tuple(
        Round(number, one, "over" if one.last < today else "ahead" if one.first > today else "now")
        for number, one in enumerate(box.rounds, 1)
    )


def words(place: Place) -> Words:
    """Say where a box stands today, to whoever runs it and to whoever comes with a letter."""
    box, ahead = place.box, place.next_round
    number = box.rounds.index(ahead) + 1 if ahead else 0
    opens = {"n": number, "day": format_date(ahead.first) if ahead else ""}
    if place.standing is Standing.TAKES and place.round and place.round_number:
        now = {"n": place.round_number, "day": format_date(place.round.last)}
        return Words(TAKES, now, N_("Đang nhận thư"), "green", "check")
    if place.standing is Standing.TAKES:
        return Words(TAKES_BETWEEN, opens, N_("Đang nhận thư"), "green", "check")
    if place.standing is Standing.BETWEEN:
        return Words(BETWEEN, opens, N_("Tạm nghỉ"), "amber", "half")
    if place.standing is Standing.EARLY:
        return Words(EARLY, opens, N_("Chưa tới ngày"), "plain", "clock")
    if place.standing is Standing.OVER:
        return Words(
            ENDED if box.state == State.ENDED else OVER, {}, N_("Đã đóng"), "plain", "lock"
        )
    return Words(DRAFT, {}, N_("Bản nháp"), "plain", "pencil")


def _row(box: Mailbox) -> Row:
    hanging = points_of(box)
    lacking = sum(not one.is_shown for one in hanging)
    return Row(box, words(queries.place(box)), len(hanging), lacking)


TAKES = N_("Đang nhận thư, đợt %(n)s, đến hết %(day)s.")
TAKES_BETWEEN = N_("Giữa hai đợt, vẫn nhận thư; đợt %(n)s bắt đầu %(day)s.")
BETWEEN = N_("Nghỉ giữa hai đợt; đợt %(n)s mở ngày %(day)s.")
EARLY = N_("Chưa tới đợt %(n)s, mở ngày %(day)s.")
OVER = N_("Các đợt đều đã qua; muốn nhận thư tiếp, mời thêm đợt mới.")
ENDED = N_("Hòm thư đã kết thúc; thư đã gửi vẫn được trả lời.")
DRAFT = N_("Còn là bản nháp: quét mã chưa gửi thư được.")
_FITTING = (
    PointKind.ONE_STOP, PointKind.CULTURAL_HOUSE, PointKind.OFFICE, PointKind.GROUP,
    PointKind.VILLAGE, PointKind.OTHER,
)  # fmt: skip
