"""Where a task is done: the page of its campaign that its duty names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from portal.core.text import N_
from portal.features.campaigns import queries as campaigns
from portal.features.consultations import queries as consultations
from portal.features.documents.body import Job
from portal.features.mailbox import queries as mailbox
from portal.features.tasks.models import Task
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.actor import actor

ENDPOINTS: dict[str, tuple[str, ...]] = {
    Job.TEAM: ("office.team", "office.teams"),
    Job.ROSTER: ("office.roster", "office.rosters"),
    Job.CONSOLIDATION: ("office.roster_route",),
    Job.INSPECTORS: ("office.roster", "office.rosters"),
    Job.PUBLICITY: ("office.unit_publicity", "office.publicity"),
    Job.KIT: ("office.kit_of_unit", "office.kits"),
    Job.DAILY_REPORT: ("office.field_report", "office.field_reports"),
    Job.DAILY_POST: ("office.field_report", "office.field_reports"),
    Job.INSPECTION: ("office.inspections",),
    Job.FIRST_DAY: ("office.inspections",),
    Job.URGING: ("office.urging",),
    Job.NOMINATION: ("office.nominations",),
}
"""The page of one unit first, then that of all."""

OF_BOX: dict[str, tuple[str, str]] = {
    Job.MAILBOX: ("office.mailbox", "mailbox_id"),
    Job.MAILBOX_POINTS: ("office.mailbox_points", "mailbox_id"),
    Job.TALLY: ("office.tallies", "mailbox_id"),
    Job.LETTERS: ("office.letters", "hop"),
}
"""What is done with the box that the plan orders at the unit of the task, and how it is named."""

OF_CASE: dict[str, str] = {
    Job.DRAFT_TEXT: "office.consultation",
    Job.CONSULTATION: "office.consultation",
    Job.AGENCIES: "office.agencies",
    Job.BALLOTS: "office.ballots",
    Job.OPINIONS: "office.consolidation",
    Job.SUPERVISION: "office.consultation",
}
"""What is done with the consultation that the plan orders at the unit of the task."""
_BEGINS = frozenset({Job.DRAFT_TEXT, Job.CONSULTATION})

VERBS: dict[str, str] = {
    Job.TEAM: N_("Lập tổ công tác"),
    Job.ROSTER: N_("Lập danh sách, lịch"),
    Job.CONSOLIDATION: N_("Tổng hợp danh sách"),
    Job.INSPECTORS: N_("Lập danh sách cán bộ"),
    Job.PUBLICITY: N_("Ghi việc công khai"),
    Job.KIT: N_("Mở bộ gửi Zalo"),
    Job.DAILY_REPORT: N_("Báo cáo ngày"),
    Job.DAILY_POST: N_("Gửi tin, ảnh"),
    Job.INSPECTION: N_("Ghi kết quả kiểm tra"),
    Job.FIRST_DAY: N_("Kiểm tra ngày đầu"),
    Job.URGING: N_("Mở bảng đôn đốc"),
    Job.NOMINATION: N_("Đề xuất biểu dương"),
    Job.MAILBOX: N_("Mở hòm thư"),
    Job.MAILBOX_POINTS: N_("Ghi điểm đặt"),
    Job.TALLY: N_("Tổng hợp tuần"),
    Job.LETTERS: N_("Xem thư"),
    Job.DRAFT_TEXT: N_("Mở đợt lấy ý kiến"),
    Job.CONSULTATION: N_("Công bố dự thảo"),
    Job.AGENCIES: N_("Xem cơ quan góp ý"),
    Job.BALLOTS: N_("Mở phần phiếu"),
    Job.OPINIONS: N_("Tổng hợp, giải trình"),
    Job.SUPERVISION: N_("Mở đợt lấy ý kiến"),
}


@dataclass(frozen=True)
class JobLink:
    """The page on which a task is done."""

    url: str
    verb: str
    """What its button says (msgid)."""


def of(tasks: Iterable[Task], known: Mapping[int, int] | None = None) -> dict[int, JobLink]:
    """Give by task the page on which it is done; none for what is done elsewhere.

    Args:
        tasks: the reader's own, or those below.
        known: by plan the campaign that it orders, where a page has loaded these already; else one
            query finds those that the reader may see, however many tasks there are.
    """
    every = list(tasks)
    links = _of_boxes([task for task in every if task.job in OF_BOX])
    links |= _of_cases([task for task in every if task.job in OF_CASE])
    tasks = [task for task in every if task.job in ENDPOINTS]
    asked = known
    if asked is None:
        asked = campaigns.by_plan(actor(), {task.document_id for task in tasks})
    found = {
        task.id: _address(task, asked[task.document_id])
        for task in tasks if task.document_id in asked
    }  # fmt: skip
    by_id = {task.id: task for task in tasks}
    return links | {id_: JobLink(url, VERBS[by_id[id_].job]) for id_, url in found.items() if url}


def _of_boxes(tasks: Sequence[Task]) -> dict[int, JobLink]:
    """Give the pages of boxes; where no box is there yet, the one on which it is set up."""
    boxes = mailbox.by_plan(actor(), {task.document_id for task in tasks})
    may_create = allows(actor(), Permission.MAILBOX_CREATE)
    found: dict[int, JobLink] = {}
    values: dict[str, Any]
    for task in tasks:
        box_id = boxes.get((task.document_id, task.unit_id))
        if box_id is not None:
            endpoint, name = OF_BOX[task.job]
            values = {name: box_id}
            url = url_for(endpoint, **values)
            found[task.id] = JobLink(url, VERBS[task.job])
        elif task.job == Job.MAILBOX and may_create and task.unit_id == actor().unit_id:
            values = {"ke-hoach": task.document_id}
            url = url_for("office.new_mailbox", **values)
            found[task.id] = JobLink(url, N_("Lập hòm thư"))
    return found


def _of_cases(tasks: Sequence[Task]) -> dict[int, JobLink]:
    """Give the pages of consultations; where none is there yet, the one where it is set up."""
    cases = consultations.by_plan(actor(), {task.document_id for task in tasks})
    may_create = allows(actor(), Permission.CONSULTATION_CREATE)
    found: dict[int, JobLink] = {}
    for task in tasks:
        case_id = cases.get((task.document_id, task.unit_id))
        if case_id is not None:
            url = url_for(OF_CASE[task.job], consultation_id=case_id)
            found[task.id] = JobLink(url, VERBS[task.job])
        elif task.job in _BEGINS and may_create and task.unit_id == actor().unit_id:
            values: dict[str, Any] = {"ke-hoach": task.document_id}
            url = url_for("office.new_consultation", **values)
            found[task.id] = JobLink(url, N_("Lập đợt lấy ý kiến"))
    return found


def _address(task: Task, campaign_id: int) -> str:
    """Give the first page there is, "" if there is none."""
    values: dict[str, Any] = {"campaign_id": campaign_id, "unit_id": task.unit_id}
    rules = current_app.url_map
    for endpoint in ENDPOINTS[task.job]:
        if endpoint not in current_app.view_functions:
            continue
        known = {name for rule in rules.iter_rules(endpoint) for name in rule.arguments}
        return url_for(endpoint, **{n: v for n, v in values.items() if n in known})
    return ""
