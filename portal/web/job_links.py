"""Where a task is done: the page of its campaign that its duty names."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from portal.core.text import N_
from portal.features.campaigns import queries as campaigns
from portal.features.documents.body import Job
from portal.features.tasks.models import Task
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
    tasks = [task for task in tasks if task.job in ENDPOINTS]
    asked = known
    if asked is None:
        asked = campaigns.by_plan(actor(), {task.document_id for task in tasks})
    found = {
        task.id: _address(task, asked[task.document_id])
        for task in tasks if task.document_id in asked
    }  # fmt: skip
    by_id = {task.id: task for task in tasks}
    return {id_: JobLink(url, VERBS[by_id[id_].job]) for id_, url in found.items() if url}


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
