"""Where a campaign stands today, in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.core import clock
from portal.core.clock import format_date
from portal.core.text import N_
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase


@dataclass(frozen=True)
class Words:
    """A sentence (msgid) with its values."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


def standing(campaign: Campaign) -> Words:
    """Say in one sentence where a campaign stands today."""
    phase, today = campaign.phase, clock.today()
    opens, closes = format_date(campaign.opens_on), format_date(campaign.closes_on)
    if phase == Phase.READY:
        days = (campaign.opens_on - today).days
        message = _TOMORROW if days == 1 else _LATER
        return Words(message, {"n": days, "opens": opens})
    if phase == Phase.OPEN:
        days = days_left(campaign)
        message = N_("Đang mở, còn %(n)s ngày.") if days else N_("Đang mở, hôm nay là ngày cuối.")
        return Words(message, {"n": days})
    if phase == Phase.CLOSED and campaign.is_sealed:
        return Words(N_("Đã đóng hết ngày %(closes)s, số liệu đã niêm phong."), {"closes": closes})
    return Words(_STANDING[phase], {"opens": opens, "closes": closes})


def days_left(campaign: Campaign) -> int:
    """Give how many days follow today until the close: 0 on the last one."""
    return (campaign.closes_on - clock.today()).days


def span(campaign: Campaign) -> str:
    """Give the window short: “06/05 – 08/05/2024”, one date if it is one day."""
    opens, closes = format_date(campaign.opens_on), format_date(campaign.closes_on)
    if opens == closes:
        return closes
    same_year = campaign.opens_on.year == campaign.closes_on.year
    return f"{opens[:5] if same_year else opens} – {closes}"


_TOMORROW = N_("Ngày mai tự mở.")
_LATER = N_("Tự mở sau %(n)s ngày, ngày %(opens)s.")
_STANDING = {
    Phase.DRAFT: N_("Bản nháp, dự kiến mở ngày %(opens)s."),
    Phase.CLOSED: N_("Đã đóng hết ngày %(closes)s, đang niêm phong số liệu."),
    Phase.REPORTED: N_("Đã báo cáo kết quả."),
    Phase.CANCELLED: N_("Bản nháp đã hủy."),
}
