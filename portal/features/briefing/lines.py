"""“Việc cần làm tuần này”: everything that asks for somebody, each thing said once, soonest first.

It comes from tasks that documents hand out, from where campaigns and their daily reports stand,
and from what lies in the account's boxes. Where two of these mean the same work, one line stays.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from portal.core import clock
from portal.features.briefing.queries import DutyBelow
from portal.features.campaigns.models import Campaign
from portal.features.consultations.waiting import Waiting
from portal.features.documents import schedule
from portal.features.documents.body import Job
from portal.features.field_reports.overview import Overview
from portal.features.field_reports.standing import Standing
from portal.features.mailbox.models import Mailbox
from portal.features.mailbox.pages import Row
from portal.features.surveys.tasks import Task as Derived
from portal.features.surveys.tasks import TaskKind
from portal.features.tasks.models import State, Task

DAILY = frozenset({Job.DAILY_REPORT, Job.DAILY_POST})
_CODES = frozenset({TaskKind.SEND_CODES, TaskKind.HANG_POSTERS})


class Kind(StrEnum):
    """What a line is about; `features/briefing/_lines.html` has the words for each."""

    SURVEY = "survey"
    ASSIGNED = "assigned"
    REPORT = "report"
    EXPLAIN = "explain"
    READ_EXPLANATIONS = "read_explanations"
    URGE = "urge"
    JUDGE = "judge"
    PAPERS = "papers"
    INBOX = "inbox"
    NOTICES = "notices"
    LETTERS = "letters"
    NOMINATIONS = "nominations"
    PLACE_BOX = "place_box"
    TALLY = "tally"
    CONSULTATION = "consultation"


@dataclass(frozen=True)
class Line:
    """One line: what, until when."""

    kind: Kind
    day: date | None
    """None for what waits without a day."""
    urgent: bool = False
    campaign: Campaign | None = None
    derived: Derived | None = None
    task: Task | None = None
    days: tuple[date, ...] = ()
    """Where the same is due on several days."""
    duties: tuple[tuple[str, int], ...] = ()
    """What it is about, and how often."""
    n: int = 0
    more: int = 0
    box: Mailbox | None = None
    case: Waiting | None = None

    @property
    def soon(self) -> bool:
        """Say whether it belongs to this week."""
        return self.derived is None or self.derived.soon


def merged(lines: Iterable[Line]) -> list[Line]:
    """Put lines in order: what is urgent first, then by day; what has no day follows today's."""
    today = clock.today()
    return sorted(lines, key=lambda line: (not line.urgent, line.day or today))


def survey_lines(derived: Iterable[Derived], assigned: Iterable[Task]) -> Iterator[Line]:
    """Give the lines of where campaigns stand, but for codes that are a task to send already."""
    coded = {task.document_id for task in assigned if task.job == Job.KIT}
    for one in derived:
        if one.kind in _CODES and one.campaign.plan_id in coded:
            continue
        yield Line(Kind.SURVEY, one.day, one.urgent, one.campaign, derived=one)


def assigned_lines(
    assigned: Sequence[Task],
    campaigns: Mapping[int, Campaign],
    reports: Sequence[Overview],
    urged: frozenset[int],
) -> Iterator[Line]:
    """Give one line for each duty of the reader.

    Args:
        assigned: what is due within the week or late, by day.
        campaigns: by the plan that orders each.
        reports: where daily reports are due; these have a line of their own.
        urged: campaigns of which another line says whom to remind.
    """
    told = {(one.campaign.plan_id, day) for one in reports for day in _days(one)}
    covered = {one.campaign.plan_id for one in reports}
    today = clock.today()

    def is_said(task: Task) -> bool:
        plan = task.document_id
        if task.job == Job.DAILY_REPORT and plan in covered:
            return True
        if task.job in DAILY | {Job.URGING} and task.due_on and task.due_on > today:
            return True
        if task.job == Job.URGING and plan in campaigns:
            return campaigns[plan].id in urged
        return task.job == Job.DAILY_POST and (plan, task.due_on) in told

    left = sorted((one for one in assigned if not is_said(one)), key=lambda one: (
        one.document_id, one.duty, one.organisation_id or 0, one.due_on or date.max))  # fmt: skip
    for _, found in groupby(left, lambda one: (one.document_id, one.duty, one.organisation_id)):
        tasks = list(found)
        first, days = tasks[0], tuple(one.due_on for one in tasks if one.due_on)
        urgent = first.state == State.RETURNED or (bool(days) and days[0] <= today)
        campaign = campaigns.get(first.document_id)
        yield Line(Kind.ASSIGNED, first.due_on, urgent, campaign, task=first, days=days)


def _days(one: Overview) -> list[date]:
    return [day for unit in (*one.missing, *one.due_today) for day in _due(unit)]


def _due(unit: Standing) -> tuple[date, ...]:
    return (*unit.missing, clock.today()) if unit.due_today else unit.missing


def own_report_lines(reports: Iterable[Overview], unit_id: int) -> Iterator[Line]:
    """Give the daily report that the reader's own unit owes, and the explanation asked for."""
    today = clock.today()
    for one in reports:
        found = [unit for unit in (*one.due_today, *one.missing) if unit.unit_id == unit_id]
        if found:
            days = _due(found[0])
            yield Line(Kind.REPORT, days[0], True, one.campaign, days=days)
        if any(unit.unit_id == unit_id for unit in one.to_explain):
            yield Line(Kind.EXPLAIN, today, True, one.campaign)


def above_lines(
    below: Sequence[DutyBelow],
    reports: Iterable[Overview],
    campaigns: Mapping[int, Campaign],
) -> Iterator[Line]:
    """Give what those above have to do about the units below: remind, receive, read."""
    today = clock.today()
    for plan, found in groupby(below, lambda one: one.document_id):
        duties = list(found)
        late = tuple((one.what, one.late) for one in duties if one.late)
        if late and plan in campaigns:
            n = max(count for _, count in late)
            yield Line(Kind.URGE, today, True, campaigns[plan], duties=late, n=n)
        waiting = tuple((one.what, one.waiting) for one in duties if one.waiting)
        if waiting:
            n = sum(count for _, count in waiting)
            yield Line(Kind.JUDGE, None, campaign=campaigns.get(plan), duties=waiting, n=n)
    for one in reports:
        if one.to_judge:
            names = tuple((each.unit.full_name, each.percent) for each in one.to_judge)
            yield Line(Kind.READ_EXPLANATIONS, today, True, one.campaign, duties=names,
                       n=len(names))  # fmt: skip


def nomination_lines(waiting: Iterable[tuple[Campaign, int]]) -> Iterator[Line]:
    """Give the nominations that wait for a word of the reader's tier."""
    for campaign, n in waiting:
        yield Line(Kind.NOMINATIONS, None, campaign=campaign, n=n)


def mailbox_lines(rows: Iterable[Row], assigned: Sequence[Task]) -> Iterator[Line]:
    """Give the boxes whose points lack something, but where that is a task of a plan already.

    Args:
        rows: the boxes that the reader's body runs.
        assigned: its tasks.
    """
    told = {one.document_id for one in assigned if one.job in {Job.MAILBOX, Job.MAILBOX_POINTS}}
    today = clock.today()
    for row in rows:
        box, ahead = row.box, [one.first for one in row.box.rounds if one.last >= today]
        if box.plan_id in told or not ahead or (row.points and not row.lacking):
            continue
        day = max(ahead[0], today)
        yield Line(Kind.PLACE_BOX, day, day == today, n=row.lacking, box=box)


def tally_lines(
    waiting: Iterable[tuple[Mailbox, date]], assigned: Sequence[Task]
) -> Iterator[Line]:
    """Give the weeks that wait for their tally, one line a box, but where they are tasks already.

    Args:
        waiting: boxes with the Monday of each week, the earliest first.
        assigned: the reader's tasks.
    """
    told = {one.document_id for one in assigned if one.job == Job.TALLY}
    today = clock.today()
    for _, found in groupby(waiting, lambda one: one[0].id):
        weeks = list(found)
        box, first = weeks[0]
        if box.plan_id in told:
            continue
        due = schedule.week_due(first)
        days = tuple(week for _, week in weeks)
        yield Line(Kind.TALLY, due, due <= today, days=days, n=len(weeks), box=box)


def consultation_lines(waiting: Iterable[Waiting], assigned: Sequence[Task]) -> Iterator[Line]:
    """Give what consultations ask for, but where that is a task of a plan already.

    Args:
        waiting: of the reader's unit.
        assigned: the reader's tasks.
    """
    told = {(one.document_id, one.job) for one in assigned}
    today = clock.today()
    for each in waiting:
        if (each.one.plan_id, each.job) not in told:
            urgent = each.day is not None and each.day <= today
            yield Line(Kind.CONSULTATION, each.day, urgent, case=each)


def box_lines(waiting: Mapping[str, int]) -> Iterator[Line]:
    """Give what lies in the account's boxes.

    Args:
        waiting: how much, by the box: "documents", "inbox", "unread", "notices", "letters".
    """
    if waiting.get("notices"):
        yield Line(Kind.NOTICES, clock.today(), True, n=waiting["notices"])
    if waiting.get("letters"):
        yield Line(Kind.LETTERS, None, True, n=waiting["letters"])
    if waiting.get("documents"):
        yield Line(Kind.PAPERS, None, True, n=waiting["documents"])
    if waiting.get("inbox"):
        unread = waiting.get("unread", 0)
        yield Line(Kind.INBOX, None, unread > 0, n=waiting["inbox"], more=unread)
