"""What an organisation that ends leaves unfinished goes to the one of its kind that goes on."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import State as CampaignState
from portal.features.documents.models import PUBLISHED_STATES, Delivery, Document
from portal.features.documents.models import State as DocumentState
from portal.features.org_units.models import Level, Organisation, Unit
from portal.features.tasks.models import UNFINISHED, Task
from portal.features.tasks.workflow import TASK
from portal.features.users import services as users
from portal.features.users.models import User

FINISHED = (*PUBLISHED_STATES, DocumentState.CANCELLED)
"""Papers in these states stay with whoever made them."""
DONE_FOR_BOTH = N_("Cơ quan kế tiếp làm một lần cho cả hai.")
UNIT_ENDED = N_("Đơn vị kết thúc, cơ quan kế tiếp ở cấp khác.")


def tasks(current: Session, body: Organisation, heir: Organisation) -> None:
    """Give the unfinished tasks on; what the heir is asked to do already, it does for both.

    Of what both were asked, that which was handed in stays where it was done.
    """
    had = {(one.document_id, one.duty, one.due_on) for one in _all(current, heir)}
    for task in _all(current, body):
        duty = (task.document_id, task.duty, task.due_on)
        if task.state in UNFINISHED and duty not in had:
            had.add(duty)
            task.organisation_id, task.unit_id = heir.id, heir.unit_id
    current.flush()
    not_done = TASK.transitions["drop"].source
    left = (Task.organisation_id == body.id) & Task.state.in_(not_done)
    current.execute(update(Task).where(left).values(note=DONE_FOR_BOTH))
    TASK.follow_all(Task, "drop", Task.organisation_id == body.id)


def unreceived(current: Session, old: Unit, new: Unit) -> None:
    """Give on what waits at a unit without a body; what waits at the new one too is done once."""
    waits = Task.organisation_id.is_(None)
    query = select(Task).where(waits, Task.unit_id == new.id).order_by(Task.id)
    had = {(one.document_id, one.duty, one.due_on) for one in current.scalars(query)}
    left = select(Task).where(waits, Task.unit_id == old.id, Task.state.in_(UNFINISHED))
    twice = []
    for task in current.scalars(left.order_by(Task.id)):
        duty = (task.document_id, task.duty, task.due_on)
        if duty in had:
            twice.append(task.id)
            continue
        had.add(duty)
        task.unit_id = new.id
    current.flush()
    current.execute(update(Task).where(Task.id.in_(twice)).values(note=DONE_FOR_BOTH))
    TASK.follow_all(Task, "drop", Task.id.in_(twice))


def _all(current: Session, body: Organisation) -> list[Task]:
    query = select(Task).where(Task.organisation_id == body.id)
    return list(current.scalars(query.order_by(Task.id)))


def letters(current: Session, body: Organisation, heir: Organisation) -> None:
    """Give what waits in the inbox on, unless the heir has it too."""
    has = set(current.scalars(
        select(Delivery.document_id).where(Delivery.organisation_id == heir.id)
    ))  # fmt: skip
    waiting = select(Delivery).where(
        Delivery.organisation_id == body.id, Delivery.handled_at.is_(None)
    )
    for delivery in current.scalars(waiting.order_by(Delivery.id)):
        if delivery.document_id not in has:
            has.add(delivery.document_id)
            delivery.organisation_id = heir.id
    current.flush()


def drafts(current: Session, body: Organisation, heir: Organisation) -> None:
    """Give on what is still being written; what is issued stays as it was issued."""
    mine = (Document.organisation_id == body.id) & Document.state.not_in(FINISHED)
    current.execute(
        update(Document).where(mine).values(organisation_id=heir.id, unit_id=heir.unit_id)
    )


def campaigns(current: Session, body: Organisation, heir: Organisation) -> None:
    """Let the heir be who asks, where the question is not answered to the end yet."""
    asked = select(Campaign).where(
        Campaign.organisation_id == body.id,
        Campaign.state.in_([CampaignState.DRAFT, CampaignState.READY]),
        Campaign.sealed_on.is_(None),
    )
    for campaign in current.scalars(asked.order_by(Campaign.id)):
        campaign.organisation = heir


def accounts(doer: audit.Doer, current: Session, body: Organisation, heir: Organisation) -> None:
    """Let the accounts sit with the heir; those whose role has no place there end."""
    query = select(User).where(User.organisation_id == body.id)
    for user in current.scalars(query.order_by(User.id)):
        if Level(heir.unit.level) not in users.ROLE_LEVELS[user.role_kind]:
            if user.active:
                users.deactivate(doer, user.id, UNIT_ENDED)
            continue
        user.organisation = heir
        audit.record(doer, Act(
            "account:moved", "account", user.id, subject_name=user.username,
            unit_id=heir.unit_id, changes={"organisation": [body.name, heir.name]},
        ))  # fmt: skip
