"""The timeline of a campaign: what the record says, and what is still to come."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from portal.core import clock
from portal.core.text import N_
from portal.features.audit import queries as audit
from portal.features.audit.models import AuditEntry
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase
from portal.features.campaigns.standing import Words
from portal.features.campaigns.workflow import CAMPAIGN


@dataclass(frozen=True)
class Event:
    """A line of the timeline: what, by whom and when, or what is still to come."""

    what: Words
    state: str
    at: datetime | None = None
    day: date | None = None
    by: str = ""
    reason: str = ""
    fields: tuple[str, ...] = ()


def history(campaign: Campaign) -> list[Event]:
    """Give what has happened to a campaign by the record, oldest first, and what is to come."""
    entries = audit.of_subject("campaign", campaign.id, limit=100)
    return [_event(entry) for entry in reversed(entries)] + _ahead(campaign)


def _event(entry: AuditEntry) -> Event:
    verb = entry.action.partition(":")[2]
    changes = json.loads(entry.changes)
    if verb in CAMPAIGN.transitions:
        what = Words(CAMPAIGN.transitions[verb].done)
    elif verb == "window_changed":
        what = Words(_VERBS[verb], {"number": entry.reason})
    elif verb == "arranged":
        what = Words(_VERBS[verb], {"unit": entry.subject_name.rpartition(", ")[2]})
    elif verb == "code_reissued":
        what = Words(_VERBS[verb], {"unit": changes["unit"][1]})
    else:
        what = Words(_VERBS.get(verb, N_("Thay đổi")))
    fields = [FIELD_LABELS[name] for name in changes if name in FIELD_LABELS]
    return Event(
        what=what,
        state="bad" if verb in {"withdraw", "cancel"} else "done",
        at=entry.at,
        by=entry.actor_name,
        reason=changes.get("reason", ["", ""])[1] if verb == "window_changed" else entry.reason,
        fields=tuple(fields) if verb in {"edited", "fieldwork"} else (),
    )


def _ahead(campaign: Campaign) -> list[Event]:
    report = Event(Words(N_("Báo cáo kết quả")), "todo")
    days = list(_days(campaign))
    match campaign.phase:
        case Phase.DRAFT:
            return [Event(Words(N_("Chờ duyệt")), "todo"), *days, report]
        case Phase.READY:
            return [*days, report]
        case Phase.OPEN | Phase.BETWEEN:
            return [*(_past(event) for event in days), report]
        case Phase.CLOSED:
            return [replace(days[-1], state="done"), report]
        case _:
            return []


def _days(campaign: Campaign) -> Iterator[Event]:
    for span in campaign.all_rounds:
        yield Event(Words(N_("Mở cho người dân")), "todo", day=span.first)
        yield Event(Words(N_("Đóng hết ngày")), "todo", day=span.last)


def _past(event: Event) -> Event:
    today, opens = clock.today(), event.what.message == N_("Mở cho người dân")
    over = event.day is not None and (event.day <= today if opens else event.day < today)
    return replace(event, state="done") if over else event


_VERBS = {
    "created": N_("Tạo bản nháp"),
    "edited": N_("Sửa bản nháp"),
    "window_changed": N_("Đổi ngày theo %(number)s"),
    "fieldwork": N_("Đổi yêu cầu triển khai"),
    "arranged": N_("%(unit)s: chọn lần hỏi, người hỗ trợ"),
    "code_reissued": N_("Cấp lại mã QR của %(unit)s"),
    "units_succeeded": N_("Sắp xếp đơn vị: nơi kế tiếp vào đợt, có mã mới"),
}
FIELD_LABELS = {
    "version_id": N_("phiếu khảo sát"),
    "name": N_("tên đợt"),
    "headline": N_("câu mời"),
    "about": N_("nội dung"),
    "audience": N_("hỏi những ai"),
    "supporter": N_("người hỗ trợ"),
    "fallback_supporter": N_("người hỗ trợ thay thế"),
    "minutes": N_("số phút"),
    "plan_id": N_("kế hoạch"),
    "opens_on": N_("ngày bắt đầu"),
    "closes_on": N_("ngày kết thúc"),
    "rounds": N_("các lần hỏi"),
    "one_round": N_("cách chọn lần"),
    "denominator": N_("số để so sánh"),
    "zalo_group": N_("nhóm Zalo"),
    "steps": N_("đường tổng hợp"),
    "scope": N_("nơi hỏi"),
    "team_head": N_("tổ trưởng tổ công tác"),
    "team_members": N_("thành viên tổ công tác"),
    "roster_of": N_("ai có trong danh sách"),
    "roster_due_on": N_("hạn gửi danh sách"),
    "inspectors_due_on": N_("hạn gửi danh sách người đi kiểm tra"),
    "objects": N_("nội dung công khai"),
    "channels": N_("hình thức công khai"),
    "reports": N_("báo cáo ngày"),
    "report_hour": N_("giờ báo cáo"),
    "daily_post": N_("tin, ảnh mỗi ngày"),
    "band_low": N_("mức phiếu ít nhất"),
    "band_high": N_("mức phiếu nhiều nhất"),
    "kickoff": N_("phát động ra quân"),
    "first_day": N_("kiểm tra ngày đầu"),
    "nominations_due_on": N_("hạn đề nghị biểu dương"),
    "nominations_min": N_("số biểu dương ít nhất"),
    "nominations_max": N_("số biểu dương nhiều nhất"),
}
"""What a change of each field is called within a sentence."""
