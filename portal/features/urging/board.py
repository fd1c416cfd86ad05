"""Who has not done what: tasks of the plan that are due, and silence where there is no task."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.core import clock
from portal.core.text import N_
from portal.features.campaigns import fieldwork, parts
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase
from portal.features.documents.body import Job
from portal.features.field_reports import queries as field_reports
from portal.features.surveys import turnout
from portal.features.tasks.models import State
from portal.features.urging import queries, wording
from portal.features.urging.models import Lack, Reminder
from portal.features.urging.queries import Due
from portal.policy.predicates import Actor

ANSWERS, REPORT = "answers", "report"
"""What is missing though no task asks for it."""
_WORDS = {ANSWERS: N_("Chưa có phiếu nào"), REPORT: N_("Chưa có báo cáo ngày hôm qua")}
MOST_AHEAD = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Group:
    """One duty with the units that have not done it."""

    duty: str
    what: str
    """As the plan says it; a msgid where no plan does."""
    is_said_by_plan: bool
    lacks: tuple[Lack, ...]
    reminded: dict[int, Reminder] = field(default_factory=dict)
    """The last reminder of each unit."""

    @property
    def late(self) -> int:
        """Count the units whose day has gone by."""
        return sum(one.days_late > 0 for one in self.lacks)

    @property
    def unreceived(self) -> int:
        """Count the units where no body has received it."""
        return sum(one.unreceived for one in self.lacks)

    @property
    def first_due(self) -> date | None:
        """Give the earliest day."""
        return min((one.due_on for one in self.lacks if one.due_on), default=None)

    @property
    def last_reminder(self) -> Reminder | None:
        """Give the last reminder of any of these units."""
        return max(self.reminded.values(), key=lambda one: one.id, default=None)

    @property
    def open_today(self) -> tuple[Lack, ...]:
        """Give the units that nobody has reminded of it today."""
        return tuple(one for one in self.lacks if not self.is_reminded_today(one))

    def is_reminded_today(self, lack: Lack) -> bool:
        """Say whether somebody has reminded a unit of it today."""
        last = self.reminded.get(lack.unit.id)
        return last is not None and last.day == clock.today()


def groups(
    actor: Actor, campaign: Campaign, *, ahead: int = 0, district_id: int | None = None
) -> list[Group]:
    """List the duties that units below the actor's have not done, what is late first.

    Args:
        actor: who looks over them.
        campaign: announced.
        ahead: how many days after today still count.
        district_id: only the units of this district, and the district itself.
    """
    until = clock.today() + timedelta(days=min(max(ahead, 0), MOST_AHEAD))
    last = queries.last_reminders(actor, campaign.id)
    by_duty: dict[str, list[Lack]] = {}
    for lack in (*_tasks(actor, campaign, until), *_silent(actor, campaign)):
        if district_id in {None, lack.unit.id, lack.unit.parent_id}:
            by_duty.setdefault(lack.duty, []).append(lack)
    return [
        Group(
            duty, lacks[0].what, duty not in _WORDS, tuple(sorted(lacks, key=_by_district)),
            {one.unit.id: last[one.unit.id, duty] for one in lacks if (one.unit.id, duty) in last},
        )
        for duty, lacks in by_duty.items()
    ]  # fmt: skip


def _by_district(lack: Lack) -> tuple[str, str, int]:
    above = lack.unit.parent if lack.unit.parent and lack.unit.parent.parent_id else lack.unit
    return above.sort_key, "" if above is lack.unit else lack.unit.sort_key, lack.unit.id


def _tasks(actor: Actor, campaign: Campaign, until: date) -> Iterator[Lack]:
    """Give one lack for each unit and duty; of what is due daily the earliest day stands for it."""
    open_tasks: dict[tuple[str, int], list[Due]] = {}
    for task in queries.open_tasks(actor, campaign, until):
        open_tasks.setdefault((task.duty, task.unit_id), []).append(task)
    units = queries.units({unit_id for _, unit_id in open_tasks})
    for (duty, unit_id), days in open_tasks.items():
        first = days[0]
        returned = first.state == State.RETURNED
        yield Lack(
            units[unit_id], duty, "returned" if returned else "task", first.what, first.due_on,
            wording.path(campaign.id, first.job, first.id), first.organisation_id,
            first.note if returned else "", len(days),
        )  # fmt: skip


def _silent(actor: Actor, campaign: Campaign) -> Iterator[Lack]:
    if campaign.phase != Phase.OPEN:
        return
    if campaign.opens_on < clock.today() or campaign.opens_on == campaign.closes_on:
        yield from _without_answers(actor, campaign)
    is_task = queries.has_job(campaign.plan_id, Job.DAILY_REPORT)
    if fieldwork.of(campaign).reports and not is_task:
        yield from _without_report(actor, campaign)


def _without_answers(actor: Actor, campaign: Campaign) -> Iterator[Lack]:
    """Give the units of which it may be said that nobody has answered; on the first day none."""
    seen = turnout.of(actor, campaign)
    none = {place.unit_id for place in seen.none} - {actor.unit_id} if seen else set()
    for unit in queries.units(none).values():
        path = f"/dot-khao-sat/{campaign.id}/ma-qr"
        yield Lack(unit, ANSWERS, ANSWERS, _WORDS[ANSWERS], None, path)


def _without_report(actor: Actor, campaign: Campaign) -> Iterator[Lack]:
    reported = field_reports.lines([campaign.id])[campaign.id]
    yesterday, path = clock.today() - _DAY, f"/dot-khao-sat/{campaign.id}/bao-cao-ngay"
    for part in parts.listed(campaign, actor.unit_id):
        asked = any(first <= yesterday <= last for first, last in part.rounds_of(campaign))
        if asked and yesterday not in reported.get(part.unit_id, {}):
            yield Lack(part.unit, REPORT, REPORT, _WORDS[REPORT], yesterday, path)


def chosen(found: Sequence[Group], duty: str) -> Group | None:
    """Give the duty that is looked at: the one asked for, else the one with most late units."""
    wanted = next((one for one in found if one.duty == duty), None)
    return wanted or max(found, key=lambda one: (one.late, len(one.lacks)), default=None)
