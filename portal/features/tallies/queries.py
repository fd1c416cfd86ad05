"""Finding tallies, and the weeks that wait for one."""

from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.database import session
from portal.features.mailbox import queries as boxes
from portal.features.mailbox import standing
from portal.features.mailbox.models import Mailbox
from portal.features.tallies import weeks
from portal.features.tallies.models import State, Tally
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


def visible_to(actor: Actor) -> Select[Tally]:
    """Select the tallies of the boxes that an actor may see."""
    seen = boxes.visible_to(actor).with_only_columns(Mailbox.id)
    return select(Tally).where(Tally.box_id.in_(seen))


def get_visible(actor: Actor, tally_id: int) -> Tally | None:
    """Give a tally that the actor may see, with its box."""
    query = visible_to(actor).where(Tally.id == tally_id)
    return session().scalar(query.options(joinedload(Tally.box)))


def of_week(box_id: int, week: date) -> Tally | None:
    """Give the tally of a week, if somebody has begun it."""
    query = select(Tally).where(Tally.box_id == box_id, Tally.week == week)
    papers = (joinedload(Tally.report), joinedload(Tally.minutes))
    return session().scalar(query.options(joinedload(Tally.box), *papers))


def of_box(box_id: int) -> dict[date, Tally]:
    """Give the tallies of a box by week."""
    papers = (joinedload(Tally.report), joinedload(Tally.minutes))
    query = select(Tally).where(Tally.box_id == box_id).options(*papers)
    return {one.week: one for one in session().scalars(query.order_by(Tally.week))}


def locked_before(box_id: int, week: date) -> list[Tally]:
    """List the locked tallies of the weeks before one, in order."""
    query = select(Tally).where(
        Tally.box_id == box_id, Tally.state == State.LOCKED, Tally.week < week
    )
    return list(session().scalars(query.order_by(Tally.week)))


def position_of(box_id: int, user_id: int) -> str:
    """Give as what an account signed a tally of this box last, "" if it never has."""
    made = select(Tally.made_as, Tally.week).where(Tally.made_by_id == user_id)
    confirmed = select(Tally.confirmed_as, Tally.week).where(Tally.confirmed_by_id == user_id)
    found = [
        (row.week, row[0])
        for query in (made, confirmed)
        for row in session().execute(
            query.where(Tally.box_id == box_id).order_by(Tally.week.desc()).limit(1)
        )
    ]
    return max(found, default=(None, ""))[1]


def due(box: Mailbox, today: date | None = None) -> list[date]:
    """List the weeks of a box that are over and not locked yet, the first one first."""
    if box.state == standing.State.DRAFT:
        return []
    done = {week for week, one in of_box(box.id).items() if one.state == State.LOCKED}
    over = (week for week in weeks.of_box(box, today) if weeks.is_over(week, today))
    return [week for week in over if week not in done]


def waiting(actor: Actor) -> list[tuple[Mailbox, date]]:
    """List the weeks that wait for the actor's own body, the first one first."""
    return [
        (box, week)
        for box in boxes.listed(actor)
        if allows(actor, Permission.TALLY_SIGN, box)
        for week in due(box, clock.today())
    ]
