"""Finding boxes: by a code as anybody may, otherwise inside what the actor may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns import codes
from portal.features.documents.deadlines import Span
from portal.features.mailbox import standing
from portal.features.mailbox.models import Mailbox, MailboxPoint
from portal.features.mailbox.standing import Standing, State
from portal.features.org_units.models import Organisation, Point, Unit, UnitScope
from portal.policy.predicates import Actor
from portal.policy.roles import Role


@dataclass(frozen=True)
class Place:
    """Where somebody stands who has opened an address of a box.

    Attributes:
        box: the box.
        point: where its code hangs; None for the address of the box itself (online).
        code: the code as stored.
        standing: whether it takes letters today.
        round_number: the round of today, from 1; None between rounds.
    """

    box: Mailbox
    point: MailboxPoint | None
    code: str
    standing: Standing
    round_number: int | None

    @property
    def takes(self) -> bool:
        """Say whether it takes letters today."""
        return self.standing is Standing.TAKES

    @property
    def unit(self) -> Unit:
        """Give the unit of the box."""
        return self.box.unit

    @property
    def round(self) -> Span | None:
        """Give the round of today."""
        return self.box.rounds[self.round_number - 1] if self.round_number else None

    @property
    def next_round(self) -> Span | None:
        """Give the first round that begins after today."""
        return next((one for one in self.box.rounds if one.first > clock.today()), None)

    @property
    def point_name(self) -> str:
        """Give where it hangs; "" online."""
        return self.point.point.name if self.point else ""


_ABOVE = joinedload(Unit.parent).joinedload(Unit.parent)
_WITH_NAMES = (
    joinedload(Mailbox.unit).options(_ABOVE),
    joinedload(Mailbox.organisation),
    joinedload(Mailbox.reader).joinedload(Organisation.unit),
)


def by_code(typed: str) -> Place | None:
    """Give what a code leads to: a box, or a point of one; None if no box has this code.

    The code of a point that was taken down still leads to the box: somebody may have kept it.

    Args:
        typed: as it came in the address or was typed: capitals, spaces, dashes do not matter.
    """
    code = codes.normalise(typed)
    if code is None:
        return None
    if box := session().scalar(select(Mailbox).where(Mailbox.code == code).options(*_WITH_NAMES)):
        return place(box)
    query = select(MailboxPoint).where(MailboxPoint.code == code)
    names = joinedload(MailboxPoint.box).options(*_WITH_NAMES)
    point = session().scalar(query.options(joinedload(MailboxPoint.point), names))
    return place(point.box, point) if point else None


def place(box: Mailbox, point: MailboxPoint | None = None) -> Place:
    """Give where a box stands today, opened by its own code or by that of a point."""
    today = clock.today()
    now = standing.at(box.state, box.rounds, today, takes_between=box.takes_between)
    code = point.code if point else box.code
    return Place(box, point, code, now, standing.round_on(box.rounds, today))


def visible_to(actor: Actor) -> Select[Mailbox]:
    """Select the boxes an actor may see: those of its unit, and the open ones of units below.

    The same as MAILBOX_READ in `policy.table`; a test holds both against each other.
    """
    if actor.role == Role.ADMIN:
        return select(Mailbox).where(false())
    reached = select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)
    own = Mailbox.unit_id == actor.unit_id
    below = Mailbox.unit_id.in_(reached) & (Mailbox.state != State.DRAFT)
    return select(Mailbox).where(or_(own, below))


def get_visible(actor: Actor, box_id: int) -> Mailbox | None:
    """Give a box that the actor may see, with what its pages show."""
    query = visible_to(actor).where(Mailbox.id == box_id)
    names = (joinedload(Mailbox.campaign), joinedload(Mailbox.plan))
    return session().scalar(query.options(*_WITH_NAMES, *names))


def listed(actor: Actor) -> list[Mailbox]:
    """List the boxes an actor may see, those of its own unit first, then by unit."""
    query = visible_to(actor).join(Mailbox.unit).options(*_WITH_NAMES)
    own_first = (Mailbox.unit_id != actor.unit_id).asc()
    return list(session().scalars(query.order_by(own_first, Unit.sort_key, Mailbox.id)))


def by_plan(actor: Actor, document_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """Give the boxes that plans order, by plan and unit, as far as an actor may see them."""
    if not document_ids:
        return {}
    query = visible_to(actor).where(Mailbox.plan_id.in_(document_ids)).order_by(Mailbox.id.desc())
    rows = session().execute(query.with_only_columns(Mailbox.plan_id, Mailbox.unit_id, Mailbox.id))
    return {(plan, unit): box for plan, unit, box in rows if plan is not None}


def get(box_id: int) -> Mailbox | None:
    """Give a box, for work without an actor (delivery, the public page)."""
    return session().get(Mailbox, box_id, options=_WITH_NAMES)


def of_unit(unit_id: int) -> list[Mailbox]:
    """List the boxes of a unit that citizens may know of, the open ones first."""
    query = select(Mailbox).where(Mailbox.unit_id == unit_id, Mailbox.state != State.DRAFT)
    closed_last = (Mailbox.state == State.ENDED).asc()
    return list(session().scalars(query.options(*_WITH_NAMES).order_by(closed_last, Mailbox.id)))


def points_of(box_id: int, *, removed: bool = False) -> list[MailboxPoint]:
    """List the points of a box in the order in which people look for them.

    Args:
        box_id: the box.
        removed: also those that were taken down.
    """
    query = (
        select(MailboxPoint)
        .join(MailboxPoint.point)
        .where(MailboxPoint.box_id == box_id)
        .options(joinedload(MailboxPoint.point).joinedload(Point.unit))
        .order_by(MailboxPoint.removed_on.is_not(None), Point.sort_key, MailboxPoint.id)
    )
    if not removed:
        query = query.where(MailboxPoint.removed_on.is_(None))
    return list(session().scalars(query))


def point_of(box_id: int, point_id: int) -> MailboxPoint | None:
    """Give a point of a box by its own number (`MailboxPoint.id`)."""
    query = select(MailboxPoint).where(MailboxPoint.box_id == box_id, MailboxPoint.id == point_id)
    names = (joinedload(MailboxPoint.point), joinedload(MailboxPoint.box).options(*_WITH_NAMES))
    return session().scalar(query.options(*names))


def readers_at(unit_id: int, kinds: Sequence[str]) -> list[Organisation]:
    """List the bodies of a unit that can read letters, in the order of their kinds."""
    query = select(Organisation).where(
        Organisation.unit_id == unit_id, Organisation.kind.in_(kinds),
        Organisation.valid_to.is_(None),
    )  # fmt: skip
    found = session().scalars(query.order_by(Organisation.sort_key, Organisation.id))
    return sorted(found, key=lambda one: kinds.index(one.kind))


def is_code_taken(code: str) -> bool:
    """Say whether a box or a point of one has this code."""
    boxes = select(Mailbox.id).where(Mailbox.code == code)
    points = select(MailboxPoint.id).where(MailboxPoint.code == code)
    return bool(session().scalar(select(or_(boxes.exists(), points.exists()))))
