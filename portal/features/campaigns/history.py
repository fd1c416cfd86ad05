"""The timeline of a campaign: what the record says, and what is still to come."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime

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
        reason="" if verb == "window_changed" else entry.reason,
        fields=tuple(fields) if verb == "edited" else (),
    )


def _ahead(campaign: Campaign) -> list[Event]:
    opens = Event(Words(N_("Mở cho người dân")), "todo", day=campaign.opens_on)
    closes = Event(Words(N_("Đóng hết ngày")), "todo", day=campaign.closes_on)
    report = Event(Words(N_("Báo cáo kết quả")), "todo")
    approve = Event(Words(N_("Chờ duyệt")), "todo")
    match campaign.phase:
        case Phase.DRAFT:
            return [approve, opens, closes, report]
        case Phase.READY:
            return [opens, closes, report]
        case Phase.OPEN:
            return [replace(opens, state="done"), closes, report]
        case Phase.CLOSED:
            return [replace(closes, state="done"), report]
        case _:
            return []


_VERBS = {
    "created": N_("Tạo bản nháp"),
    "edited": N_("Sửa bản nháp"),
    "window_changed": N_("Đổi ngày theo %(number)s"),
    "code_reissued": N_("Cấp lại mã QR của %(unit)s"),
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
    "scope": N_("nơi hỏi"),
}
"""What a change of each field is called within a sentence."""
