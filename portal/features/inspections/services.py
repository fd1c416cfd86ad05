"""Planning inspections, writing down what was found, and what follows from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns import parts
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Job
from portal.features.evidence import queries as pieces
from portal.features.evidence import services as evidence
from portal.features.evidence.services import Photo, Subject
from portal.features.inspections import queries
from portal.features.inspections.models import (
    Inspection,
    InspectionNote,
    NoteKind,
    Point,
    State,
    Verdict,
    to_json,
)
from portal.features.inspections.workflow import INSPECTION
from portal.features.tasks import services as tasks
from portal.policy.predicates import Actor

KIND = "inspection"
"""What the record and its evidence call it."""
AROUND = timedelta(days=30)
"""How far from the days of its campaign a visit may lie."""
LENGTHS = {"inspectors": 500, "place": 200, "findings": 4000, "text": 2000, "remark": 300}
TOO_LONG = N_("Mục này quá dài.")


class Author(Actor, Protocol):
    """Whoever plans and records."""

    @property
    def display_name(self) -> str:
        """The account's name, for the record."""


@dataclass(frozen=True)
class Visits:
    """Visits to several units on one day."""

    unit_ids: frozenset[int]
    day: date
    inspectors: str
    place: str = ""


def plan(actor: Author, campaign: Campaign, visits: Visits) -> int:
    """Plan visits; units that the actor's unit visits on that day already are left as they are.

    Args:
        actor: of the body that inspects.
        campaign: what is asked.
        visits: where, when, by whom.

    Returns:
        How many were planned.

    Raises:
        Invalid: by field.
    """
    inspectors, place = clean(visits.inspectors), clean(visits.place)
    parts_by_unit = {one.unit_id: one for one in parts.listed(campaign, actor.unit_id)}
    errors = _texts_too_long(inspectors=inspectors, place=place) | _day_error(campaign, visits.day)
    if not visits.unit_ids or not visits.unit_ids <= parts_by_unit.keys():
        errors["unit_ids"] = N_("Mời chọn ít nhất một xã trong danh sách.")
    if not inspectors:
        errors["inspectors"] = N_("Ghi người đi kiểm tra.")
    if errors:
        raise Invalid(errors)
    with write(f"inspections:{campaign.id}") as current:
        there = queries.standing(campaign.id, actor.unit_id, visits.day)
        made = [
            Inspection(
                campaign_id=campaign.id, unit_id=unit_id, ordered_by_unit_id=actor.unit_id,
                organisation_id=actor.organisation_id, planned_on=visits.day, place=place,
                inspectors=inspectors,
            )
            for unit_id in parts_by_unit if unit_id in visits.unit_ids - there
        ]  # fmt: skip
        current.add_all(made)
        current.flush()
        audit.record_all(actor, [_act("planned", one) for one in made])
    return len(made)


@dataclass(frozen=True)
class Findings:
    """What is written down on the spot."""

    done_on: date
    inspectors: str
    place: str
    points: tuple[Point, ...]
    findings: str


def save(
    actor: Author, inspection: Inspection, found: Findings, version: int, *, finish: bool,
    sure: bool = True, photos: Sequence[Photo] = (), links: Sequence[str] = (),
) -> Inspection:  # fmt: skip
    """Write down what was found; once it is finished it never changes.

    Args:
        actor: who was there.
        inspection: planned.
        found: all of it.
        version: the one that the actor was shown.
        finish: hand it over; else it stays open and the unit sees nothing of it.
        sure: whether it may be finished with points that nobody has looked at.
        photos: drawn anew already.
        links: addresses.

    Raises:
        Invalid: by field; a point's under its key.
        Refused: it has been finished or cancelled.
        Stale: somebody else saved first.
    """
    found = _cleaned(found)
    with write(INSPECTION.name) as current, evidence.unless_refused(photos):
        unseen = 0 if sure or not finish else _unseen(found.points)
        if errors := _findings_errors(found, finish=finish) | ({"sure": UNSEEN} if unseen else {}):
            raise Invalid(errors, n=unseen)
        current.refresh(inspection, with_for_update={"of": Inspection})
        if inspection.state != State.PLANNED:
            raise Refused(RECORDED)
        if inspection.version != version:
            raise Stale(SAVED_BY_ANOTHER, _standing(inspection))
        inspection.done_on, inspection.findings = found.done_on, found.findings
        inspection.inspectors, inspection.place = found.inspectors, found.place
        inspection.answers = to_json(found.points)
        inspection.recorded_by, inspection.recorded_at = actor.display_name, clock.now()
        current.flush()
        subject = Subject(KIND, inspection.id, inspection.ordered_by_unit_id, inspection.name)
        evidence.attach(actor, subject, photos, links)
        if finish:
            INSPECTION.fire(actor, inspection.id, "finish")
            _hand_over_evidence(inspection)
            _follow(actor, inspection)
        else:
            audit.record(actor, _act("saved", inspection))
    return inspection


def _hand_over_evidence(inspection: Inspection) -> None:
    """Let the unit see the photos of its inspection: until then they were the inspectors' own."""
    for one in pieces.of(KIND, [inspection.id], removed=True).get(inspection.id, ()):
        one.unit_id = inspection.unit_id


def reply(actor: Author, inspection: Inspection, text: str) -> None:
    """Add the word of the unit that was inspected.

    Raises:
        Invalid: under "text".
    """
    _add_note(actor, inspection, NoteKind.REPLY, text)


def amend(actor: Author, inspection: Inspection, text: str) -> None:
    """Add to what was recorded, or correct it, by those who inspected.

    Raises:
        Invalid: under "text".
    """
    _add_note(actor, inspection, NoteKind.ADDENDUM, text)


def _add_note(actor: Author, inspection: Inspection, kind: NoteKind, text: str) -> None:
    text = clean(text, multiline=True)
    if not text or len(text) > LENGTHS["text"]:
        raise Invalid({"text": TOO_LONG if text else N_("Mục này chưa được điền.")})
    with write(f"inspection:{inspection.id}") as current:
        if any((one.kind, one.text) == (kind, text) for one in queries.notes(inspection.id)):
            return  # The button was pressed twice.
        current.add(InspectionNote(
            inspection_id=inspection.id, unit_id=actor.unit_id, kind=kind, text=text,
            made_by=actor.display_name, made_at=clock.now(),
        ))  # fmt: skip
        audit.record(actor, _act(str(kind), inspection, reason=text))


def _follow(actor: Author, inspection: Inspection) -> None:
    """Move the tasks of the inspecting unit along: begun with the first visit, done with the last.

    The visits of the first day are a duty of their own (D22).
    """
    campaign, by_unit = inspection.campaign, inspection.ordered_by_unit_id
    days: dict[Job, date | None] = {Job.INSPECTION: None}
    if inspection.planned_on == campaign.opens_on:
        days[Job.FIRST_DAY] = campaign.opens_on
    for job, day in days.items():
        left = queries.count_standing(campaign.id, by_unit, State.PLANNED, day)
        made = queries.count_standing(campaign.id, by_unit, State.DONE, day)
        tasks.follow(
            actor, campaign.plan_id, job, by_unit, "start" if left else "submit",
            reason="" if left else f"Đã kiểm tra {made} đơn vị",
        )  # fmt: skip


def _cleaned(found: Findings) -> Findings:
    return replace(
        found, inspectors=clean(found.inspectors), place=clean(found.place),
        findings=clean(found.findings, multiline=True),
        points=tuple(replace(one, remark=clean(one.remark)) for one in found.points),
    )  # fmt: skip


def _findings_errors(found: Findings, *, finish: bool) -> dict[str, str]:
    errors = _texts_too_long(
        inspectors=found.inspectors, place=found.place, findings=found.findings
    )
    if not found.inspectors:
        errors["inspectors"] = N_("Ghi người đi kiểm tra.")
    if found.done_on > clock.today():
        errors["done_on"] = N_("Ngày kiểm tra chưa tới.")
    for one in found.points:
        if len(one.remark) > LENGTHS["remark"]:
            errors[one.key] = TOO_LONG
        elif finish and one.verdict == Verdict.MISSED and not one.remark:
            errors[one.key] = N_("Mục chưa đạt cần một câu nói rõ thiếu gì.")
    if finish and not found.findings and _nothing_looked_at(found.points):
        errors["findings"] = N_("Chưa ghi gì: mời chấm ít nhất một mục hoặc ghi nhận xét.")
    return errors


def _nothing_looked_at(points: Sequence[Point]) -> bool:
    return _unseen(points) == len(points)


def _unseen(points: Sequence[Point]) -> int:
    return sum(one.verdict == Verdict.SKIPPED for one in points)


def _day_error(campaign: Campaign, day: date) -> dict[str, str]:
    near = campaign.opens_on - AROUND <= day <= campaign.closes_on + AROUND
    return {} if near else {"day": N_("Ngày này cách đợt khảo sát quá 30 ngày. Mời xem lại.")}


def _texts_too_long(**texts: str) -> dict[str, str]:
    return {name: TOO_LONG for name, text in texts.items() if len(text) > LENGTHS[name]}


def _standing(inspection: Inspection) -> dict[str, object]:
    return {
        "findings": inspection.findings, "inspectors": inspection.inspectors,
        "place": inspection.place, "recorded_by": inspection.recorded_by,
        **{one.key: f"{one.verdict}|{one.remark}" for one in inspection.points},
    }  # fmt: skip


def _act(name: str, inspection: Inspection, reason: str = "") -> Act:
    return Act(
        f"inspection:{name}", "inspection", inspection.id, subject_name=inspection.name,
        unit_id=inspection.unit_id, reason=reason,
    )  # fmt: skip


UNSEEN = N_("Còn %(n)s mục chưa xem. Mời xem nốt, hoặc đánh dấu là vẫn hoàn thành.")
RECORDED = N_("Cuộc kiểm tra này đã ghi kết quả hoặc đã hủy. Mời xem lại.")
SAVED_BY_ANOTHER = N_("Người khác vừa lưu trước. Mời xem lại.")
