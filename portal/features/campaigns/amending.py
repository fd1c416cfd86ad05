"""Changing the days of an announced campaign: only by an issued document.

One that follows a plan changes by what amends that plan, any other by a document of its own unit.

To pause is to leave a gap in the days, to go on is to end it; the days that have been stay.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean
from portal.features.campaigns import plans, queries
from portal.features.campaigns import rounds as windows
from portal.features.campaigns.drafting import EMPTY, round_errors
from portal.features.campaigns.models import Campaign, WindowChange
from portal.features.campaigns.phase import Phase
from portal.features.campaigns.plan_days import days_of
from portal.features.campaigns.services import Author
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.documents.deadlines import Span
from portal.features.documents.models import Document

RUNNING = frozenset({Phase.READY, Phase.OPEN, Phase.BETWEEN})
"""The phases in which days can be changed."""
MAX_REASON = 300


Days = tuple[date | None, date | None, date | None]
"""The new last day, since when it is paused, and when it goes on; None where not said."""


class Kind(StrEnum):
    """What is done to the days."""

    EXTEND = "extend"
    PAUSE = "pause"
    CLOSE = "close"
    MOVE = "move"


KIND_LABELS = {
    Kind.EXTEND: N_("Gia hạn"),
    Kind.PAUSE: N_("Tạm dừng rồi mở lại"),
    Kind.CLOSE: N_("Đóng sớm"),
    Kind.MOVE: N_("Đổi các ngày khác"),
}


@dataclass(frozen=True)
class Change:
    """New days, by which document and why."""

    kind: Kind
    document: Document
    reason: str
    rounds: tuple[Span, ...]


def change_days(actor: Author, campaign: Campaign, change: Change) -> Campaign:
    """Change the days of a campaign that is announced, by an issued document.

    Args:
        actor: who does it.
        campaign: ready, open or between two rounds.
        change: the new days; those up to today stay as they were. The document is one of
            `queries.citable`.

    Raises:
        Refused: the campaign or the document is none of these.
        Invalid: the days cannot be, or the document says others; by field.
    """
    reason = clean(change.reason)
    with write(CAMPAIGN.name) as current:
        current.refresh(campaign, with_for_update={"of": Campaign})
        if campaign.phase not in RUNNING:
            raise Refused(NOT_RUNNING)
        if change.document not in queries.citable(campaign):
            raise Refused(NOT_AMENDING if queries.governing_plan(campaign) else NOT_ISSUED)
        if errors := _errors(campaign, change, reason):
            raise Invalid(errors)
        before = campaign.all_rounds
        for name, value in windows.columns(change.rounds).items():
            setattr(campaign, name, value)
        current.add(WindowChange(
            campaign_id=campaign.id, number=len(queries.changes_of(campaign.id)) + 1,
            document_id=change.document.id, kind=str(change.kind), reason=reason,
            before=before, after=campaign.all_rounds,
        ))  # fmt: skip
        changes: dict[str, list[object]] = {
            "rounds": [windows.said(before), windows.said(change.rounds)]
        }
        if reason:
            changes["reason"] = ["", reason]
        plans.record(actor, campaign, "window_changed", changes, change.document.number_text)
    return campaign


def errors_of(kind: Kind, campaign: Campaign, days: Days) -> dict[str, str]:
    """Give what is missing or cannot be in the days of one kind of change, by field.

    A day of the kind that is not needed is passed over.

    Args:
        kind: extending and closing need a last day; pausing the day from which and that on which
            it goes on, and may have a last day.
        campaign: whose days they are.
        days: as entered.
    """
    last, since, resumed = days
    wanted = {"closes_on": last} if kind in {Kind.EXTEND, Kind.CLOSE} else {}
    if kind == Kind.PAUSE:
        wanted = {"paused_on": since, "resumes_on": resumed}
    errors = {name: EMPTY for name, day in wanted.items() if day is None}
    if not errors:
        errors = _judged(kind, campaign, last, since, resumed)
    return errors


def new_rounds(
    kind: Kind, campaign: Campaign, last: date | None, since: date | None, resumed: date | None
) -> tuple[Span, ...]:
    """Give the rounds that follow from a change without fault; `errors_of` says which are."""
    rounds = campaign.all_rounds if last is None else windows.until(campaign.all_rounds, last)
    if kind == Kind.EXTEND and last:
        rounds = (*campaign.all_rounds[:-1], Span(campaign.all_rounds[-1].first, last))
    if kind == Kind.PAUSE and since and resumed:
        longest = max(campaign.closes_on, last or campaign.closes_on)
        open_end = (*campaign.all_rounds[:-1], Span(campaign.all_rounds[-1].first, longest))
        rounds = windows.until(windows.paused(open_end, since, resumed), last or longest)
    return rounds


def _judged(
    kind: Kind, campaign: Campaign, last: date | None, since: date | None, resumed: date | None
) -> dict[str, str]:
    if kind == Kind.EXTEND and last and last <= campaign.closes_on:
        return {"closes_on": N_("Gia hạn thì ngày cuối phải sau ngày cuối đang có.")}
    if kind == Kind.CLOSE and last and last >= campaign.closes_on:
        return {"closes_on": N_("Đóng sớm thì ngày cuối phải trước ngày cuối đang có.")}
    if kind == Kind.CLOSE and last and last < max(clock.today(), campaign.opens_on):
        return {"closes_on": N_("Ngày đã qua giữ nguyên; sớm nhất là hết hôm nay.")}
    if kind == Kind.PAUSE and since and resumed:
        return _judged_pause(campaign, last, since, resumed)
    return {}


def _judged_pause(
    campaign: Campaign, last: date | None, since: date, resumed: date
) -> dict[str, str]:
    if campaign.one_round:
        return {"paused_on": NOT_WHERE_CHOSEN}
    if since <= clock.today():
        return {"paused_on": N_("Hôm nay vẫn nhận phiếu; sớm nhất là tạm dừng từ ngày mai.")}
    if resumed <= since:
        return {"resumes_on": N_("Ngày mở lại phải sau ngày tạm dừng.")}
    if resumed > (last or campaign.closes_on):
        return {"resumes_on": N_("Ngày mở lại sau ngày cuối của đợt. Mời ghi cả ngày cuối mới.")}
    return {}


def _errors(campaign: Campaign, change: Change, reason: str) -> dict[str, str]:
    errors = {} if reason else {"reason": EMPTY}
    if len(reason) > MAX_REASON:
        errors["reason"] = N_("Dài quá 300 ký tự.")
    if not change.rounds:
        return errors | {"closes_on": EMPTY}
    errors |= round_errors(change.rounds)
    if not errors.keys() - {"reason"} and (wrong := _wrong_days(campaign, change)):
        errors[_FIELD[change.kind]] = wrong
    return errors


def _wrong_days(campaign: Campaign, change: Change) -> str:
    """Say why these days cannot follow from those that were announced; "" if they can."""
    yesterday, today = clock.today() - windows.DAY, clock.today()
    before, after = campaign.all_rounds, change.rounds
    if windows.days(before, yesterday) != windows.days(after, yesterday):
        return PAST_STAYS
    if today in windows.days(before, today) - windows.days(after, today):
        return PAST_STAYS
    if campaign.one_round and len(before) != len(after):
        return NOT_WHERE_CHOSEN
    if before == after:
        return N_("Các ngày này vẫn như cũ.")
    stated = days_of(change.document)
    if stated and stated.rounds != after:
        return N_("Văn bản sửa đổi ghi ngày khác. Mời ghi đúng như văn bản.")
    return ""


_FIELD = {
    Kind.EXTEND: "closes_on", Kind.CLOSE: "closes_on", Kind.PAUSE: "paused_on",
    Kind.MOVE: "rounds",
}  # fmt: skip
NOT_RUNNING = N_("Chỉ đổi ngày của đợt đã sẵn sàng hoặc chưa đóng.")
NOT_AMENDING = N_("Cần một văn bản đã ban hành, sửa đổi kế hoạch của đợt này.")
NOT_ISSUED = N_("Cần một văn bản đã ban hành của đơn vị tổ chức đợt này.")
PAST_STAYS = N_("Ngày đã qua và hôm nay giữ nguyên; chỉ đổi được từ ngày mai.")
NOT_WHERE_CHOSEN = N_("Mỗi xã đã chọn một lần hỏi, nên số lần giữ nguyên; chỉ đổi được ngày.")
"""Why the dates of a campaign stay as they are."""
