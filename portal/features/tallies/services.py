"""Counting a week: one person signs, another confirms, then it is locked for good."""

from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.text import N_, clean
from portal.features.documents import schedule
from portal.features.documents.body import Job
from portal.features.documents.recording import Author
from portal.features.mailbox.models import Mailbox
from portal.features.tallies import figures, queries, weeks
from portal.features.tallies.figures import Figures
from portal.features.tallies.models import State, Tally
from portal.features.tallies.workflow import NOT_OVER, TALLY
from portal.features.tasks import services as tasks
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

LONGEST = {"position": 150, "remark": 2000}


@dataclass(frozen=True)
class Signature:
    """What somebody who signs says."""

    position: str
    """As it stands in the minutes: “Bí thư Đoàn phường”."""
    remark: str = ""


def sign(author: Author, box: Mailbox, week: date, given: Signature) -> Tally:
    """Count a week and sign it as the first of two.

    Args:
        author: of the body that runs the box.
        box: the box.
        week: its Monday.
        given: position and remark.

    Raises:
        Invalid: by field.
        Forbidden: the author may not.
        Refused: the week is not over, not all delivered, or signed already.
    """
    position, remark = clean(given.position), clean(given.remark, multiline=True)
    if errors := _errors(position=position, remark=remark):
        raise Invalid(errors)
    if not allows(author, Permission.TALLY_SIGN, box):
        raise Forbidden
    if not weeks.is_over(week) or not weeks.asked(box, week):
        raise Refused(NOT_OVER)
    with write(f"tally:{box.id}:{week}") as current:
        tally = queries.of_week(box.id, week)
        if tally and tally.state != State.DRAFT:
            raise Refused(SIGNED_ALREADY)
        counted = figures.of(box, week).to_json()
        tally = tally or Tally(box_id=box.id, unit_id=box.unit_id, week=week, state=State.DRAFT)
        tally.figures, tally.remark = counted, remark
        tally.made_by_id, tally.made_by = author.user_id, author.display_name
        tally.made_as, tally.made_on, tally.returned_why = position, clock.today(), ""
        current.add(tally)
        current.flush()
        TALLY.fire(author, tally.id, "sign")
        _follow(author, tally, "start")
    return tally


def confirm(author: Author, tally: Tally, given: Signature) -> Tally:
    """Confirm what another has signed: the numbers are counted again, then locked.

    Args:
        author: another account of the same body.
        tally: signed.
        given: the author's position.

    Raises:
        Invalid: by field.
        Forbidden: the author signed it, or may not.
        Refused: the numbers are no longer what was signed.
    """
    position = clean(given.position)
    if errors := _errors(position=position):
        raise Invalid(errors)
    with write(f"tally:{tally.box_id}:{tally.week}") as current:
        current.refresh(tally, with_for_update={"of": Tally})
        if tally.state == State.SIGNED and recount(tally).to_json() != tally.figures:
            raise Refused(OTHER_NUMBERS)
        # Before it is locked: the database lets nothing of a locked one change.
        tally.confirmed_by_id, tally.confirmed_by = author.user_id, author.display_name
        tally.confirmed_as, tally.confirmed_on = position, clock.today()
        current.flush()
        TALLY.fire(author, tally.id, "confirm")
        _follow(author, tally, "submit", _said(Figures.from_json(tally.figures)))
    return tally


def recount(tally: Tally) -> Figures:
    """Count a week again with the threshold that held when it was signed."""
    signed = Figures.from_json(tally.figures)
    return figures.of(tally.box, tally.week, signed.k).as_far_as(signed)


def keep_return(tally: Tally, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Keep why it was not confirmed: the effect "keep_return"."""
    tally.returned_why = reason.strip()


def _follow(author: Author, tally: Tally, name: str, reason: str = "") -> None:
    """Move the week's task of the plan along."""
    tasks.follow(
        author, tally.box.plan_id, Job.TALLY, tally.unit_id, name, reason=reason,
        due_on=schedule.week_due(tally.week),
    )  # fmt: skip


def _said(counted: Figures) -> str:
    return f"{counted.arrived} thư mới, {counted.answered} thư được trả lời"


def _errors(**texts: str) -> dict[str, str]:
    errors = {name: TOO_LONG for name, text in texts.items() if len(text) > LONGEST[name]}
    if not texts["position"]:
        errors["position"] = N_("Ghi chức vụ của đồng chí, như sẽ in trong biên bản.")
    return errors


TOO_LONG = N_("Mục này quá dài.")
SIGNED_ALREADY = N_("Tuần này đã có người lập và ký. Mời xem lại.")
OTHER_NUMBERS = N_("Số liệu đếm lại không còn như lúc người lập ký. Mời trả lại để lập lại.")
