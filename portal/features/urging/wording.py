"""The courteous words of a reminder, and the page where the duty is done."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from portal.core import clock
from portal.core.clock import format_date
from portal.features.documents.body import Job
from portal.features.urging.models import Lack

_PAGES = {
    Job.TEAM: "to-cong-tac",
    Job.ROSTER: "danh-sach",
    Job.CONSOLIDATION: "danh-sach/tong-hop",
    Job.INSPECTORS: "danh-sach",
    Job.PUBLICITY: "cong-khai",
    Job.KIT: "zalo",
    Job.DAILY_REPORT: "bao-cao-ngay",
    Job.DAILY_POST: "bao-cao-ngay",
    Job.INSPECTION: "kiem-tra",
    Job.FIRST_DAY: "kiem-tra",
    Job.URGING: "don-doc",
    Job.NOMINATION: "bieu-duong",
}


def path(campaign_id: int, job: str, task_id: int | None = None) -> str:
    """Give the page on which a duty is done; a task that has none of its own is its own page."""
    page = _PAGES.get(Job(job))
    if page is None and task_id is not None:
        return f"/nhiem-vu/{task_id}"
    return f"/dot-khao-sat/{campaign_id}/{page}" if page else f"/dot-khao-sat/{campaign_id}"


def one(campaign: str, lack: Lack, base_url: str, body: str) -> str:
    """Write a reminder to one unit.

    Args:
        campaign: its name.
        lack: what is missing.
        base_url: the configured address of the portal.
        body: who reminds.
    """
    return str(_texts()["one"]).format(
        unit=lack.unit.running_name, campaign=campaign, body=body,
        lacking=_lacking(lack), address=f"{base_url}{lack.path}",
    )  # fmt: skip


def many(campaign: str, lacks: Sequence[Lack], base_url: str, body: str) -> str:
    """Write a reminder to all units that lack the same, for a group they are all in."""
    first = lacks[0]
    shared = {one.path for one in lacks}
    place = first.path if len(shared) == 1 else "/nhiem-vu"
    return str(_texts()["many"]).format(
        n=len(lacks), campaign=campaign, body=body, lacking=_lacking(first, several=True),
        units="\n".join(f"- {one.unit.full_name}{_above(one)}" for one in lacks),
        address=f"{base_url}{place}",
    )  # fmt: skip


def _above(lack: Lack) -> str:
    return f", {lack.unit.parent.running_name}" if lack.unit.parent else ""


def _lacking(lack: Lack, *, several: bool = False) -> str:
    texts: Mapping[str, str] = _texts()["lacking"]
    kind = "task" if several and lack.kind == "returned" else lack.kind
    words = texts[kind].format(what=lack.what, day=_day(lack.due_on))
    return words + ("" if lack.kind in {"answers", "report"} else _due(lack.due_on))


def _due(due_on: date | None) -> str:
    if due_on is None:
        return ""
    late = (clock.today() - due_on).days
    key = "due_ahead" if late < 0 else "overdue" if late else "due_today"
    return str(_texts()[key]).format(day=_day(due_on), n=late)


def _day(day: date | None) -> str:
    return format_date(day) if day else ""


@cache
def _texts() -> Mapping[str, Any]:
    text = (files("portal.library") / "reminders.json").read_text("utf-8")
    return json.loads(text)  # type: ignore[no-any-return]
