"""A consultation out of the plan that orders it: its days, what is asked about (plan 004)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import defer

from portal.core.database import session
from portal.core.text import fold
from portal.features.consultations.drafting import LONGEST_NAME, CaseInput, Group, Window
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.consultations.models import State as Case
from portal.features.documents import deadlines, schedule
from portal.features.documents.body import Body, Job, Level, SectionRole
from portal.features.documents.deadlines import Span
from portal.features.documents.models import Document, State
from portal.features.documents.text.outline import block
from portal.features.regulations import queries as regulations
from portal.features.regulations.models import Draft
from portal.features.tasks.models import Task
from portal.policy.predicates import Actor

TEMPLATE: Final = "lay_y_kien_du_thao"
MOST_OFFERED: Final = 20


@dataclass(frozen=True)
class Stated:
    """The days that a plan names."""

    agency: Span | None = None
    ballot: Span | None = None
    hangs: Span | None = None
    posted_on: date | None = None
    sum_due_on: date | None = None
    report_due_on: date | None = None


def plans_for(unit_id: int) -> list[Document]:
    """List the issued plans that order a consultation at a unit which has none yet, latest first.

    They are its own, made from the template or with such a duty, or whichever handed it the duty.
    """
    asked = select(Task.document_id).where(Task.unit_id == unit_id, Task.job == Job.CONSULTATION)
    own = (Document.unit_id == unit_id) & (Document.template_code == TEMPLATE)
    taken = select(Consultation.plan_id).where(
        Consultation.unit_id == unit_id,
        Consultation.plan_id.is_not(None),
        Consultation.state != Case.CANCELLED,
    )
    query = (
        select(Document)
        .where(Document.state == State.ISSUED, or_(own, Document.id.in_(asked)))
        .where(Document.id.not_in(taken))
        .options(defer(Document.content))
        .order_by(Document.dated_on.desc(), Document.id.desc())
    )
    return list(session().scalars(query.limit(MOST_OFFERED)))


def plan_for(unit_id: int, document_id: int | None) -> Document | None:
    """Give one of these plans."""
    return next((one for one in plans_for(unit_id) if one.id == document_id), None)


def drafts_for(actor: Actor) -> list[Draft]:
    """List the drafts of the actor's own unit, the latest first."""
    return [one for one in regulations.listed(actor) if one.unit_id == actor.unit_id]


def suggestion(actor: Actor, plan: Document | None = None) -> CaseInput:
    """Give what the form of a new consultation begins with.

    Args:
        actor: whose unit asks.
        plan: which orders it.
    """
    drafts = drafts_for(actor)
    draft = next((one for one in drafts if regulations.published(one.id)), next(iter(drafts), None))
    name = f"Lấy ý kiến dự thảo {draft.title}"[:LONGEST_NAME] if draft else ""
    draft_id = draft.id if draft else 0
    if plan is None:
        return CaseInput(name, draft_id)
    days = stated(plan.body, schedule.year_of(plan))
    return CaseInput(
        name or plan.name[:LONGEST_NAME], draft_id, windows(days), tuple(asked_about(plan.body)),
        days.sum_due_on, days.report_due_on, plan_id=plan.id,
    )  # fmt: skip


def windows(days: Stated) -> dict[str, Window]:
    """Give the days of each track; everybody may speak as long as anybody is asked."""
    found: dict[str, Window] = {}
    if days.agency:
        found[TrackKind.AGENCY] = Window(*days.agency)
    if days.ballot:
        hangs = days.hangs or (None, None)
        found[TrackKind.HOUSEHOLD] = Window(*days.ballot, *hangs)
    if found:
        opens = [one.opens_on for one in found.values()]
        first = min([*opens, days.posted_on] if days.posted_on else opens)
        found[TrackKind.PUBLIC] = Window(first, max(one.closes_on for one in found.values()))
    return found


def stated(body: Body, year: int) -> Stated:
    """Read the days of a plan: by the roles of its sections, else by their words."""
    report = schedule.spans(body, SectionRole.REPORT_DUE, year)
    report = report or _duty(body, year, "bao cao tiep thu", "tong hop, tiep thu")
    sums = _duty(body, year, "gui ban tong hop", "tong hop y kien gop y gui")
    posted = _duty(body, year, "dang du thao", "dang tai du thao")
    return Stated(
        agency=_whole(schedule.spans(body, SectionRole.CONSULTATION_WINDOW, year)),
        ballot=_whole(schedule.spans(body, SectionRole.BALLOT_DAY, year)),
        hangs=_whole(_said(body, year, "niem yet danh sach cu tri")),
        posted_on=posted[0].first if posted else None,
        sum_due_on=sums[-1].last if sums else None,
        report_due_on=report[-1].last if report else None,
    )


def asked_about(body: Body) -> Iterator[Group]:
    """Give the points under “Nội dung lấy ý kiến”, each without its full stop."""
    starts = (
        at for at, one in enumerate(body.sections)
        if one.level == Level.PART and "noi dung lay y kien" in fold(one.heading)
    )  # fmt: skip
    at = next(starts, None)
    if at is None:
        return
    for one in block(body.sections, at)[1:]:
        text = " ".join(filter(None, (one.heading, one.text))).strip()
        if text and one.level != Level.PLAIN and not text.endswith(":"):
            yield Group(text.rstrip(" .…;"))


def _whole(spans: tuple[Span, ...]) -> Span | None:
    """Give from the first to the last of some days: “06/6 hoặc 07/6” is two to choose from."""
    if not spans:
        return None
    return Span(min(one.first for one in spans), max(one.last for one in spans))


def _duty(body: Body, year: int, *words: str) -> tuple[Span, ...]:
    """Give the days of the duty with one of these words, else of the section that has them."""
    for duty in body.duties:
        if any(word in fold(duty.what) for word in words):
            found = deadlines.read(duty.due, year)
            if found and found.spans:
                return found.spans
    return _said(body, year, *words)


def _said(body: Body, year: int, *words: str) -> tuple[Span, ...]:
    for one in body.sections:
        text = f"{one.heading} {one.text}"
        if any(word in fold(text) for word in words):
            found = deadlines.read(text, year)
            if found and found.spans:
                return found.spans
    return ()
