"""A box out of the plan that orders it: its rounds, its words, who reads (plan 000)."""

from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import defer

from portal.core.database import session
from portal.core.text import fold
from portal.features.documents import schedule
from portal.features.documents.body import Job, SectionRole
from portal.features.documents.deadlines import Kind
from portal.features.documents.models import Document, State
from portal.features.mailbox import queries
from portal.features.mailbox.drafting import FIELDS, READERS, BoxInput
from portal.features.mailbox.models import Mailbox
from portal.features.org_units.models import Organisation, Unit
from portal.features.tasks.models import Task

TEMPLATE: Final = "hom_thu_gop_y"
MOST_OFFERED: Final = 20
SUBJECT: Final = (
    "Trách nhiệm thực hiện nhiệm vụ của cán bộ, công chức, người lao động Ủy ban nhân dân"
)
_PREFERRED = ("commune:mass_mobilisation", "commune:steering", "commune:party", "commune:front")


def plans_for(unit_id: int) -> list[Document]:
    """List the issued plans that order a box at a unit and have none there yet, the latest first.

    They are its own, made from the template, or whichever has handed it the duty.
    """
    asked = select(Task.document_id).where(Task.unit_id == unit_id, Task.job == Job.MAILBOX)
    own = (Document.unit_id == unit_id) & (Document.template_code == TEMPLATE)
    taken = select(Mailbox.plan_id).where(Mailbox.unit_id == unit_id, Mailbox.plan_id.is_not(None))
    query = (
        select(Document)
        .where(Document.state == State.ISSUED, or_(own, Document.id.in_(asked)))
        .where(Document.id.not_in(taken))
        .options(defer(Document.content))
        .order_by(Document.dated_on.desc(), Document.id.desc())
    )
    return list(session().scalars(query.limit(MOST_OFFERED)))


def plan_for(unit_id: int, document_id: int) -> Document | None:
    """Give one of these plans."""
    return next((one for one in plans_for(unit_id) if one.id == document_id), None)


def suggestion(unit_id: int, runner_id: int, plan: Document | None = None) -> BoxInput:
    """Give what the form of a new box begins with.

    Args:
        unit_id: whose box.
        runner_id: the body that will run it, which does not read.
        plan: which orders it.
    """
    unit = session().get_one(Unit, unit_id)
    readers = [one for one in queries.readers_at(unit.id, READERS) if one.id != runner_id]
    reader = _named(plan, readers) if plan else None
    reader = reader or next(iter(readers), None)
    found = schedule.stated(plan.body, SectionRole.SURVEY_WINDOW, schedule.year_of(plan)) \
        if plan else None  # fmt: skip
    spans = sorted(found.spans) if found and found.kind != Kind.CHOICE else []
    kind = unit.full_name.removesuffix(unit.name).strip().lower()
    return BoxInput(
        name=f"Hòm thư góp ý điện tử {unit.running_name}", subject=f"{SUBJECT} {kind}".strip(),
        fields=FIELDS, reader_id=reader.id if reader else 0, rounds=tuple(spans),
    )  # fmt: skip


def _named(plan: Document, readers: list[Organisation]) -> Organisation | None:
    """Give the body that a plan names for it: its standing agency, else the board itself."""
    parties = [one.lead for one in plan.body.duties]
    groups = {party.group for party in parties}
    for group in _PREFERRED:
        kind = group.partition(":")[2]
        if group in groups:
            at = next((one for one in readers if one.kind == kind), None)
            if at is not None:
                return at
    names = {fold(party.name) for party in parties}
    return next((one for one in readers if fold(one.name) in names), None)
