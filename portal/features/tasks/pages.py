"""What the pages about tasks show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from portal.core import clock
from portal.core.clock import format_date
from portal.core.pagination import Page
from portal.core.text import N_
from portal.features.audit import queries as audit
from portal.features.audit.models import AuditEntry
from portal.features.evidence import queries as evidence
from portal.features.evidence.models import Evidence
from portal.features.org_units.fallbacks import kind_label
from portal.features.tasks import queries
from portal.features.tasks.models import Task
from portal.features.tasks.queries import WEEK, DutyCount, Filter
from portal.features.tasks.workflow import TASK
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class Week:
    """The tasks that fall due in one week; the words (msgid) say which."""

    label: str
    values: Mapping[str, object]
    tasks: tuple[Task, ...]
    late: bool = False


@dataclass(frozen=True)
class Mine:
    """The list of what the actor does itself."""

    weeks: tuple[Week, ...]
    todo: int
    late: int
    done: tuple[Task, ...] = field(default=())
    """Only where those are looked at."""


def mine(actor: Actor, *, done: bool = False) -> Mine:
    """Give the actor's own tasks week by week, and those handed in if they are asked for."""
    todo = queries.mine(actor)
    finished = queries.mine(actor, done=True) if done else []
    late = sum(task.is_overdue(clock.today()) for task in todo)
    return Mine(tuple(_weeks(todo)), len(todo), late, tuple(finished))


def _weeks(tasks: Sequence[Task]) -> Iterator[Week]:
    for monday, due in groupby(tasks, key=_week_of):
        label, values = _words(monday)
        yield Week(label, values, tuple(due), late=monday == date.min)


def _week_of(task: Task) -> date | None:
    """Give the Monday of a task's week; the earliest day there is for what is late."""
    if task.due_on is None:
        return None
    if task.is_overdue(clock.today()):
        return date.min
    return task.due_on - timedelta(days=task.due_on.weekday())


def _words(monday: date | None) -> tuple[str, dict[str, object]]:
    if monday is None:
        return N_("Thường xuyên, không có hạn"), {}
    if monday == date.min:
        return N_("Quá hạn"), {}
    today = clock.today()
    ahead = (monday - (today - timedelta(days=today.weekday()))) // WEEK
    last = format_date(monday + WEEK - _DAY)
    days: dict[str, object] = {"first": format_date(monday)[:5], "last": last}
    return _AHEAD.get(ahead, N_("Tuần %(first)s – %(last)s")), days


_DAY = timedelta(days=1)
_AHEAD = {
    0: N_("Tuần này, đến hết %(last)s"),
    1: N_("Tuần sau, %(first)s – %(last)s"),
}


@dataclass(frozen=True)
class Below:
    """The tasks of the units below: counts by duty, and one by one where one is chosen."""

    duties: tuple[DutyCount, ...]
    documents: tuple[tuple[int, str], ...]
    """What can be chosen."""
    wanted: Filter
    tasks: Page[Task] | None

    @property
    def chosen(self) -> DutyCount | None:
        """Give the duty that is looked at."""
        return next((one for one in self.duties if one.duty == self.wanted.duty), None)


def below(actor: Actor, wanted: Filter, page: int = 1) -> Below:
    """Give what the units below have to do and have done."""
    every = queries.per_duty(actor)
    documents = dict.fromkeys((one.document_id, one.document) for one in every)
    chosen = [one for one in every if wanted.document_id in {None, one.document_id}]
    narrowed = bool(wanted.duty or wanted.state)
    tasks = queries.below(actor, wanted, page) if narrowed else None
    return Below(tuple(chosen), tuple(documents), wanted, tasks)


@dataclass(frozen=True)
class Event:
    """A line of a task's history; the words are a msgid."""

    what: str
    entry: AuditEntry


def history(task: Task) -> list[Event]:
    """Give what happened to a task, oldest first."""
    entries = audit.of_subject("task", task.id, limit=100)
    return [Event(_said(entry), entry) for entry in reversed(entries)]


def _said(entry: AuditEntry) -> str:
    source, _, act = entry.action.partition(":")
    if act == "given":
        return N_("Giao cho cơ quan mới có")
    if source == "evidence":
        return N_("Thêm bằng chứng") if act == "added" else N_("Gỡ bằng chứng")
    line = TASK.transitions.get(act)
    return line.done if line else N_("Thay đổi")


def proofs(task: Task) -> list[Evidence]:
    """Give what shows that a task was done, the earliest first."""
    return evidence.of(TASK.name, [task.id]).get(task.id, [])


def in_whose_place(task: Task) -> str:
    """Give the kind of body (msgid) for which the doer stands in, "" where it is that kind."""
    if task.organisation is None:
        return ""
    duty = next((one for one in task.document.body.duties if one.id == task.duty), None)
    level, _, kinds = duty.lead.group.partition(":") if duty else ("", "", "")
    first, doer = kinds.partition("/")[0], task.organisation
    same = (task.unit.level, doer.kind) == (level, first)
    return kind_label(first) if first and not same else ""
