"""What follows from an inspection: a task of the unit with a deadline."""

from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.inspections import queries
from portal.features.inspections.models import Inspection
from portal.features.inspections.services import TOO_LONG, Author
from portal.features.org_units import fallbacks
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation
from portal.features.tasks.models import State, Task

LONGEST = 500
_FIRST = (OrganisationKind.WORKING_TEAM, OrganisationKind.STEERING)
"""Who is offered before the other bodies of the unit."""


@dataclass(frozen=True)
class FollowUp:
    """What is to be put right, by whom, by when."""

    what: str
    organisation_id: int
    due_on: date


def doers(inspection: Inspection) -> list[Organisation]:
    """List the bodies of the unit, the working team and the steering body before the others."""
    rank = {kind: place for place, kind in enumerate(_FIRST)}
    there = fallbacks.present([inspection.unit_id])
    return sorted(there, key=lambda one: (rank.get(OrganisationKind(one.kind), 2), one.sort_key))


def suggested(inspection: Inspection) -> str:
    """Give what was found wanting, point by point, as the words of a task."""
    lacking = "; ".join(": ".join(filter(None, (one.text.rstrip("."), one.remark)))
                        for one in inspection.missed)  # fmt: skip
    return f"Khắc phục sau kiểm tra: {lacking}"[:LONGEST] if lacking else ""


def refusal(inspection: Inspection) -> str:
    """Say (msgid) why nothing can be ordered, "" where it can."""
    if inspection.campaign.plan_id is None:
        return N_("Đợt này không có kế hoạch trên Cổng nên chưa giao thành nhiệm vụ được.")
    if not doers(inspection):
        return N_("Đơn vị chưa có cơ quan nào trên Cổng để giao việc. Quản trị viên thêm được ở "
                  "mục Đơn vị.")  # fmt: skip
    return "" if inspection.is_announced else N_("Ghi kết quả kiểm tra trước rồi mới giao việc.")


def order(actor: Author, inspection: Inspection, wanted: FollowUp) -> Task:
    """Make a task of the campaign's plan out of what was found.

    It is handed in and accepted like every other duty of the plan.

    Raises:
        Refused: the campaign has no plan, or nothing has been recorded yet.
        Invalid: by field.
    """
    if why := refusal(inspection):
        raise Refused(why)
    what = clean(wanted.what)
    if errors := _errors(inspection, what, wanted):
        raise Invalid(errors)
    with write(f"inspection:{inspection.id}") as current:
        known = queries.follow_ups(inspection)
        for one in known:  # The button was pressed twice.
            if (one.what, one.organisation_id, one.due_on) == (
                what, wanted.organisation_id, wanted.due_on,
            ):  # fmt: skip
                return one
        task = _task(actor, inspection, what, wanted, len(known))
        current.add(task)
        current.flush()
        audit.record(actor, Act(
            "inspection:followed_up", "inspection", inspection.id, subject_name=inspection.name,
            unit_id=inspection.unit_id,
            changes={"task": [None, what], "due_on": [None, wanted.due_on]},
        ))  # fmt: skip
    return task


def _task(actor: Author, inspection: Inspection, what: str, wanted: FollowUp, number: int) -> Task:
    word = queries.duty_of(inspection.id)
    day = inspection.done_on or inspection.planned_on
    return Task(
        document_id=inspection.campaign.plan_id, duty=f"{word}.{number + 1}" if number else word,
        unit_id=inspection.unit_id, organisation_id=wanted.organisation_id, what=what, joins="",
        due_text=f"sau kiểm tra ngày {clock.format_date(day)}", due_on=wanted.due_on,
        evidence="Ảnh sau khi khắc phục", state=State.TODO, changed_at=clock.now(),
        changed_by=actor.display_name,
    )  # fmt: skip


def _errors(inspection: Inspection, what: str, wanted: FollowUp) -> dict[str, str]:
    errors = {}
    if not what or len(what) > LONGEST:
        errors["what"] = TOO_LONG if what else N_("Mục này chưa được điền.")
    if wanted.due_on < clock.today():
        errors["due_on"] = N_("Thời hạn đã qua.")
    if wanted.organisation_id not in {one.id for one in doers(inspection)}:
        errors["organisation_id"] = N_("Mời chọn trong danh sách.")
    return errors
