"""Points of a box: choosing them, saying that it hangs there, trying the code, taking it down."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns.issuing import OTHER_CODE, SIGNS_NEEDED, is_end_of
from portal.features.documents.body import Job
from portal.features.evidence import queries as evidence_of
from portal.features.evidence import services as evidence
from portal.features.evidence.services import Photo, Subject
from portal.features.mailbox import queries
from portal.features.mailbox.models import Mailbox, MailboxPoint
from portal.features.mailbox.services import LOCK, Author, fresh_code
from portal.features.mailbox.standing import State
from portal.features.org_units import points
from portal.features.org_units.models import Point
from portal.features.org_units.points import Described
from portal.features.tasks import services as tasks

KIND = "mailbox_point"
"""What the photo of a point is evidence of."""
MAX_NOTE = 300


@dataclass(frozen=True)
class Placed:
    """What somebody says who has put a box up."""

    placed_on: date
    note: str = ""


def choose(author: Author, box: Mailbox, point_ids: Collection[int]) -> int:
    """Let a box hang at these points of its unit besides; give how many are new.

    Args:
        author: of the body that runs it.
        box: not ended.
        point_ids: points of the ward's list; those of other units are passed over. One that was
            taken down hangs there again, with its old code.

    Raises:
        Refused: the box has ended.
    """
    with write(LOCK) as current:
        _check_lively(box)
        query = select(Point).where(Point.unit_id == box.unit_id, Point.id.in_(point_ids))
        wanted = session().scalars(query.order_by(Point.sort_key, Point.id)).all()
        there = {one.point_id: one for one in queries.points_of(box.id, removed=True)}
        names = []
        for point in wanted:
            one = there.get(point.id)
            if one is None:
                one = MailboxPoint(box_id=box.id, point_id=point.id, code=fresh_code(current))
                current.add(one)
                current.flush()
            elif one.removed_on is None:
                continue
            one.removed_on = None
            names.append(point.name)
        if names:
            audit.record(author, _act("points_added", box, {"points": [None, names]}))
    return len(names)


def add(author: Author, box: Mailbox, described: Described) -> MailboxPoint:
    """Add a point to the ward's list, and let the box hang there.

    Raises:
        Invalid: as `points.add`.
        Refused: the box has ended.
    """
    with write(LOCK):
        _check_lively(box)
        point = points.add(author, box.unit_id, described)
        choose(author, box, {point.id})
    return next(one for one in queries.points_of(box.id) if one.point_id == point.id)


def place(author: Author, point: MailboxPoint, placed: Placed, photos: Sequence[Photo]) -> None:
    """Say since when the box hangs at a point, with a photo of it; twice does no harm.

    When no point lacks its photo any more, the duty of the plan is handed in.

    Args:
        author: of the body that runs it.
        point: where.
        placed: since when, and a word.
        photos: from `evidence.services.read_photos`; needed unless the point has one.

    Raises:
        Invalid: under "placed_on", "note" or "photos".
        Refused: the box has ended, or the point was taken down.
    """
    note = clean(placed.note)
    with write(LOCK) as current, evidence.unless_refused(photos):
        current.refresh(point, with_for_update={"of": MailboxPoint})
        _check_hanging(point)
        if errors := _wrong(point, placed.placed_on, note, photos):
            raise Invalid(errors)
        before, point.placed_on, point.note = point.placed_on, placed.placed_on, note
        evidence.attach(author, subject_of(point), photos)
        if before != placed.placed_on:
            changed: dict[str, list[object]] = {"placed_on": [before, placed.placed_on]}
            audit.record(author, _act_at("point_placed", point, changed))
        current.flush()
        if not lacking(point.box):
            tasks.follow(author, point.box.plan_id, Job.MAILBOX_POINTS, point.box.unit_id, "submit")


def try_out(author: Author, point: MailboxPoint, typed: str) -> None:
    """Note that somebody has scanned the code that hangs there and read where it led.

    Args:
        author: who scanned it.
        point: where.
        typed: the last signs of the address on the phone, or all of it.

    Raises:
        Invalid: it is not what this code leads to; under "typed".
        Refused: the box has ended, or the point was taken down.
    """
    typed = clean(typed)
    if not is_end_of(point.code, typed):
        raise Invalid({"typed": OTHER_CODE if typed else SIGNS_NEEDED})
    with write(LOCK) as current:
        current.refresh(point, with_for_update={"of": MailboxPoint})
        _check_hanging(point)
        point.tested_on = clock.today()
        audit.record(author, _act_at("point_tested", point))


def take_down(author: Author, point: MailboxPoint, reason: str) -> None:
    """Say that the box hangs at a point no longer; its code still leads to the box.

    Raises:
        Invalid: without a reason.
        Refused: it was taken down before.
    """
    reason = clean(reason, multiline=True)[:MAX_NOTE]
    if not reason:
        raise Invalid({"reason": N_("Cần ghi lý do.")})
    with write(LOCK) as current:
        current.refresh(point, with_for_update={"of": MailboxPoint})
        _check_hanging(point)
        point.removed_on = clock.today()
        audit.record(author, _act_at("point_removed", point, reason=reason))


def lacking(box: Mailbox) -> list[MailboxPoint]:
    """List the points of a box at which nobody has shown by a photo that it hangs."""
    hanging = queries.points_of(box.id)
    shown = evidence_of.of(KIND, [one.id for one in hanging])
    return [one for one in hanging if one.placed_on is None or one.id not in shown]


def subject_of(point: MailboxPoint) -> Subject:
    """Give what the photo of a point is attached to."""
    return Subject(KIND, point.id, point.box.unit_id, f"{point.box.name}: {point.point.name}")


def _wrong(
    point: MailboxPoint, placed_on: date, note: str, photos: Sequence[Photo]
) -> dict[str, str]:
    errors = {}
    if placed_on > clock.today():
        errors["placed_on"] = N_("Ngày đặt chưa tới. Đặt xong rồi mới ghi.")
    if len(note) > MAX_NOTE:
        errors["note"] = N_("Ghi chú không quá 300 ký tự.")
    if not photos and not evidence_of.of(KIND, [point.id]):
        errors["photos"] = N_("Cần một ảnh cho thấy hòm thư đặt ở đó.")
    return errors


def _check_lively(box: Mailbox) -> None:
    if box.state == State.ENDED:
        raise Refused(N_("Hòm thư đã kết thúc nên điểm đặt không đổi nữa."))


def _check_hanging(point: MailboxPoint) -> None:
    _check_lively(point.box)
    if point.removed_on is not None:
        raise Refused(N_("Điểm này đã gỡ."))


def _act(verb: str, box: Mailbox, changed: dict[str, list[object]]) -> Act:
    return Act(
        f"mailbox:{verb}", "mailbox", box.id, subject_name=box.name, unit_id=box.unit_id,
        changes=changed,
    )  # fmt: skip


def _act_at(
    verb: str, point: MailboxPoint, changed: dict[str, list[object]] | None = None,
    reason: str = "",
) -> Act:  # fmt: skip
    box = point.box
    return Act(
        f"mailbox:{verb}", "mailbox", box.id, subject_name=f"{box.name}: {point.point.name}",
        unit_id=box.unit_id, reason=reason, changes=changed or {},
    )  # fmt: skip
