"""How far the sample's units without accounts are: most on time on paper, some late, some returned.

Of these units the portal knows daily reports alone; so their tasks say that the rest came on paper.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select, update

from portal.core import clock
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Job
from portal.features.field_reports.models import DailyEntry
from portal.features.org_units.models import Organisation
from portal.features.tasks.models import State, Task
from portal.features.tasks.workflow import TASK
from portal.features.users.models import User

_BY = "Cán bộ mẫu"
_PAPER = {
    Job.TEAM: "Đã gửi quyết định thành lập bằng văn bản giấy (dữ liệu mẫu).",
    Job.ROSTER: "Đã gửi danh sách, lịch phân công bằng văn bản giấy (dữ liệu mẫu).",
    Job.PUBLICITY: "Đã niêm yết, phát loa; ảnh gửi kèm văn bản giấy (dữ liệu mẫu).",
    Job.FIRST_DAY: "Biên bản kiểm tra ngày đầu gửi bằng văn bản giấy (dữ liệu mẫu).",
}
_REPORTED = "Đã báo cáo trên Cổng"
_RETURNED = "Danh sách chưa ghi nơi hỗ trợ của từng buổi, đề nghị bổ sung (dữ liệu mẫu)."
Steps = tuple[str, ...]
"""Transitions, one after the other."""
# Of so many units in the list each went so far; the rest have everything still to do.
_HAND_IN, _ACCEPT, _RETURN = ("submit",), ("submit", "accept"), ("submit", "return")
_SHARES: dict[Job, tuple[tuple[Steps, int], ...]] = {
    Job.TEAM: ((_ACCEPT, 18), (_HAND_IN, 4)),
    Job.ROSTER: ((_ACCEPT, 15), (_HAND_IN, 4), (_RETURN, 2)),
    Job.PUBLICITY: ((_ACCEPT, 14), (_HAND_IN, 5)),
    Job.FIRST_DAY: ((_ACCEPT, 14), (_HAND_IN, 6)),
}
_OF = 23


def create(campaign: Campaign) -> None:
    """Move their tasks, a few statements for each duty.

    Args:
        campaign: with its plan's tasks and its daily reports.
    """
    came, today = _morning(campaign), clock.today()
    with write():
        for nth, (job, shares) in enumerate(_SHARES.items()):
            # Another beginning for each duty: not the same units are late with all of them.
            tasks = [
                ((place * 7 + nth * 5) % _OF, task)
                for place, task in enumerate(_tasks(campaign, job))
            ]
            low = 0
            for steps, width in shares:
                mine = [task for at, task in tasks if low <= at < low + width]
                _move(mine, steps, _RETURNED if steps == _RETURN else _PAPER[job], came)
                low += width
        reported = _reported(campaign)
        old = [task for task, day in reported if day < today - timedelta(days=1)]
        new = [task for task, day in reported if day >= today - timedelta(days=1)]
        _move(old, _ACCEPT, _REPORTED)
        _move(new, _HAND_IN, _REPORTED)
        _date(campaign, [*old, *new])
        audit.record(audit.OPERATOR, audit.Act(
            "installation:sample", "installation", 0, changes={"tasks": [0, len(reported)]},
        ))  # fmt: skip


def _tasks(campaign: Campaign, job: Job) -> list[int]:
    """List by unit the tasks of bodies without an account."""
    with_account = select(User.id).where(User.organisation_id == Task.organisation_id)
    query = (
        select(Task.id)
        .join(Organisation, Organisation.id == Task.organisation_id)
        .where(Task.document_id == campaign.plan_id, Task.job == job, Task.state == State.TODO)
        .where(~exists(with_account.correlate(Task)))
        .order_by(Task.unit_id, Task.id)
    )
    return list(session().scalars(query))


def _reported(campaign: Campaign) -> list[tuple[int, date]]:
    """List the tasks of the days that were reported, each with its day."""
    there = (DailyEntry.unit_id == Task.unit_id) & (DailyEntry.day == Task.due_on)
    query = (
        select(Task.id, DailyEntry.day)
        .join(DailyEntry, there & (DailyEntry.campaign_id == campaign.id))
        .where(Task.document_id == campaign.plan_id, Task.job == Job.DAILY_REPORT)
        .where(Task.state == State.TODO, DailyEntry.number == 1)
        .order_by(Task.id)
    )
    return [(task, day) for task, day in session().execute(query)]


def _date(campaign: Campaign, tasks: Collection[int]) -> None:
    """Let each have been handed in when its report was."""
    came = (
        select(DailyEntry.reported_at)
        .where(DailyEntry.campaign_id == campaign.id, DailyEntry.number == 1)
        .where(DailyEntry.unit_id == Task.unit_id, DailyEntry.day == Task.due_on)
        .scalar_subquery()
    )
    session().execute(update(Task).where(Task.id.in_(tasks)).values(changed_at=came))


def _move(
    tasks: Collection[int], steps: Steps, words: str, at: datetime | None = None
) -> None:  # fmt: skip
    mine = Task.id.in_(tasks)
    for step in steps:
        TASK.follow_all(Task, step, mine)
    at = at or clock.now()
    said = update(Task).where(mine).values(note=words, changed_by=_BY, changed_at=at)
    session().execute(said)


def _morning(campaign: Campaign) -> datetime:
    """Give the morning on which the papers came: before any of it was due."""
    return clock.day_start(campaign.opens_on - timedelta(days=5)) + timedelta(hours=9, minutes=30)
