"""Where a campaign stands today, in one sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.core import clock
from portal.core.clock import format_date
from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase, State
from portal.features.documents.deadlines import Span


@dataclass(frozen=True)
class Words:
    """A sentence (msgid) with its values."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


def standing(campaign: Campaign, own: Sequence[Span] = ()) -> Words:
    """Say in one sentence where a campaign stands today.

    Args:
        campaign: the campaign.
        own: the rounds of one unit, where it does not ask in all.
    """
    rounds, today = tuple(own) or campaign.all_rounds, clock.today()
    phase = Phase.at(State(campaign.state), rounds, today)
    opens, closes = format_date(rounds[0].first), format_date(rounds[-1].last)
    if phase == Phase.READY:
        days = (rounds[0].first - today).days
        message = _TOMORROW if days == 1 else _LATER
        return Words(message, {"n": days, "opens": opens})
    if phase == Phase.OPEN:
        return _open(rounds, today)
    if phase == Phase.BETWEEN:
        following = next(one for one in rounds if one.first > today)
        return Words(_PAUSED, {"opens": format_date(following.first)})
    if phase == Phase.CLOSED and campaign.phase != Phase.CLOSED:
        return Words(N_("Lần hỏi ở đây đã đóng hết ngày %(closes)s."), {"closes": closes})
    if phase == Phase.CLOSED and campaign.is_sealed:
        return Words(N_("Đã đóng hết ngày %(closes)s, số liệu đã niêm phong."), {"closes": closes})
    return Words(_STANDING[phase], {"opens": opens, "closes": closes})


def _open(rounds: Sequence[Span], today: date) -> Words:
    days = next((last - today).days for first, last in rounds if first <= today <= last)
    following = next((one for one in rounds if one.first > today), None)
    if following is None:
        message = N_("Đang mở, còn %(n)s ngày.") if days else N_("Đang mở, hôm nay là ngày cuối.")
        return Words(message, {"n": days})
    message = _OPEN_THEN_AGAIN if days else _LAST_DAY_THEN_AGAIN
    return Words(message, {"n": days, "opens": format_date(following.first)})


def days_left(campaign: Campaign) -> int:
    """Give how many days follow today until the round that runs closes: 0 on its last one."""
    today = clock.today()
    running = (last for first, last in campaign.all_rounds if first <= today <= last)
    return (next(running, campaign.closes_on) - today).days


def span(campaign: Campaign) -> str:
    """Give the window short: “06/05 – 08/05/2024”, one date if it is one day."""
    opens, closes = format_date(campaign.opens_on), format_date(campaign.closes_on)
    if opens == closes:
        return closes
    same_year = campaign.opens_on.year == campaign.closes_on.year
    return f"{opens[:5] if same_year else opens} – {closes}"


_TOMORROW = N_("Ngày mai tự mở.")
_LATER = N_("Tự mở sau %(n)s ngày, ngày %(opens)s.")
_OPEN_THEN_AGAIN = N_("Đang mở, còn %(n)s ngày; lần sau mở ngày %(opens)s.")
_LAST_DAY_THEN_AGAIN = N_("Đang mở, hôm nay là ngày cuối của lần này; lần sau mở ngày %(opens)s.")
_PAUSED = N_("Nghỉ giữa đợt, mở lại ngày %(opens)s.")
_STANDING = {
    Phase.DRAFT: N_("Bản nháp, dự kiến mở ngày %(opens)s."),
    Phase.CLOSED: N_("Đã đóng hết ngày %(closes)s, đang niêm phong số liệu."),
    Phase.REPORTED: N_("Đã báo cáo kết quả."),
    Phase.CANCELLED: N_("Bản nháp đã hủy."),
}
