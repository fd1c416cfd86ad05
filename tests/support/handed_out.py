"""Tasks that a plan has handed out to a small province."""

from sqlalchemy import select

from portal.core.database import session, write
from portal.features.campaigns.models import Campaign
from portal.features.documents.models import Document
from portal.features.tasks.models import Task
from tests.support import numbered, surveyed
from tests.support.officials import PLACES
from tests.support.surveyed import Place


def province() -> Place:
    """Make the small province, whose own organisation can issue."""
    made = surveyed.province(PLACES)
    numbered.letterhead(made)
    return made


def by_unit(document: Document, what: str = "") -> dict[str, Task]:
    """Give the task of each unit, of one duty if it is said which."""
    query = select(Task).where(Task.document_id == document.id).order_by(Task.due_on, Task.id)
    found = session().scalars(query.where(Task.what == what) if what else query)
    return {task.unit.name: task for task in found}


def campaign_of(place: Place, plan: Document) -> Campaign:
    """Make the campaign that a plan orders."""
    made = surveyed.campaign(place)
    with write():
        made.plan_id = plan.id
    return made
