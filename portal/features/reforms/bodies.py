"""Organisations whose unit ends: they move, or what they hold goes to the one of their kind."""

from datetime import date

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.core.database import session
from portal.core.text import fold, sort_key
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents.models import Document
from portal.features.org_units.models import BodyFallback, Organisation, Unit
from portal.features.reforms import handing_on
from portal.features.reforms.plan import BodyPlan, Reform, Way
from portal.features.tasks import handing_out
from portal.features.tasks.models import UNFINISHED, Task


def renamed(name: str, old: Unit, new: Unit) -> str:
    """Give an organisation's name with the new unit in place of the old one it speaks of."""
    pairs = ((old.full_name, new.full_name), (old.running_name, new.running_name),
             (old.name, new.name))  # fmt: skip
    for before, after in pairs:
        if before in name:
            return name.replace(before, after)
    return name


def hand_over(doer: audit.Doer, reform: Reform) -> None:
    """Do with every organisation what was chosen (inside `write()`)."""
    current = session()
    for one in reform.bodies:
        if one.chosen.way == Way.MOVE:
            _move(doer, current, one)
    for one in reform.bodies:
        if one.chosen.way == Way.INTO:
            _merge(doer, current, one, reform.crosswalk.last_day)
    heirs = reform.crosswalk.heirs
    for old, new in heirs.items():
        handing_on.unreceived(current, old, new[0])
    current.flush()
    handing_out.take_up(doer, {unit.id for new in heirs.values() for unit in new})


def _move(doer: audit.Doer, current: Session, plan: BodyPlan) -> None:
    """Let it go over as it is; its papers and unfinished tasks belong to the new unit too."""
    body, old, new = plan.body, plan.body.unit, _target(plan)
    name = _free_name(current, renamed(body.name, old, new), old, new)
    changes = {"unit": [old.full_name, new.full_name]} | (
        {"name": [body.name, name]} if name != body.name else {}
    )
    body.unit = new
    _name(body, name)
    mine = Document.organisation_id == body.id
    current.execute(update(Document).where(mine).values(unit_id=new.id))
    todo = (Task.organisation_id == body.id) & Task.state.in_(UNFINISHED)
    current.execute(update(Task).where(todo).values(unit_id=new.id))
    current.flush()
    audit.record(doer, Act(
        "organisation:moved", "organisation", body.id, subject_name=name, unit_id=new.id,
        changes=changes,
    ))  # fmt: skip


def _merge(doer: audit.Doer, current: Session, plan: BodyPlan, last_day: date) -> None:
    """End it, and give what it has not finished to the one of its kind over there."""
    body, new = plan.body, _target(plan)
    heir = _of_kind(doer, current, plan, new)
    body.valid_to = last_day
    handing_on.tasks(current, body, heir)
    handing_on.letters(current, body, heir)
    handing_on.drafts(current, body, heir)
    handing_on.campaigns(current, body, heir)
    handing_on.accounts(doer, current, body, heir)
    stands_in = BodyFallback.organisation_id == body.id
    current.execute(update(BodyFallback).where(stands_in).values(organisation_id=heir.id))
    current.flush()
    audit.record(doer, Act(
        "organisation:merged", "organisation", body.id, subject_name=body.name,
        unit_id=body.unit_id, changes={"organisation": [body.name, heir.name]},
    ))  # fmt: skip


def _target(plan: BodyPlan) -> Unit:
    assert plan.chosen.unit is not None  # only STAY names none
    return plan.chosen.unit


def _of_kind(doer: audit.Doer, current: Session, plan: BodyPlan, unit: Unit) -> Organisation:
    """Give the first organisation of this kind at the new unit, made now if there is none."""
    body = plan.body
    query = select(Organisation).where(
        Organisation.unit_id == unit.id, Organisation.kind == body.kind,
        Organisation.valid_to.is_(None),
    )  # fmt: skip
    there = current.scalar(query.order_by(Organisation.id).limit(1))
    if there is not None:
        return there
    name = _free_name(current, renamed(body.name, body.unit, unit), body.unit, unit)
    made = Organisation(unit=unit, kind=body.kind)
    _name(made, name)
    current.add(made)
    current.flush()
    audit.record(doer, Act(
        "organisation:added", "organisation", made.id, subject_name=name, unit_id=unit.id,
        changes={"kind": [None, body.kind]},
    ))  # fmt: skip
    return made


def _name(body: Organisation, name: str) -> None:
    body.name, body.sort_key = name, sort_key(name)
    body.folded = fold(f"{name} {body.unit.folded}")


def _free_name(current: Session, name: str, old: Unit, new: Unit) -> str:
    """Give a name nobody else there has, with the old unit's beside it if need be."""
    taken = select(Organisation.id).where(Organisation.unit_id == new.id, Organisation.name == name)
    return f"{name} ({old.name})" if current.scalar(taken.limit(1)) is not None else name
