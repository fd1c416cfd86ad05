"""What the law or good order asks of a consultation and its days do not give.

A warning never blocks: whoever publishes all the same says why, and the reason is kept with the
case (Luật Thực hiện dân chủ ở cơ sở, Art. 28; plan 004 earns most of them).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from portal.core import clock
from portal.core.clock import format_date
from portal.core.text import N_
from portal.features.consultations.drafting import Window, stored
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.documents.body import Body
from portal.features.documents.checks.consultation import (
    LEAST_DAYS,
    is_sent_to_council,
    is_sent_to_front,
)

Windows = Mapping[str, Window]


@dataclass(frozen=True)
class Warning:
    """One thing to be put right, or to be kept with a reason.

    Attributes:
        code: which rule.
        beside: at which field of the form it stands; "" for the plan.
        message: the sentence (msgid).
        values: what stands in it.
    """

    code: str
    beside: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Give what a reason is kept under: a reason for one mistake does not hide the next."""
        return ":".join((self.code, *self.values.values()))


def of(consultation: Consultation) -> list[Warning]:
    """Give what a consultation is warned of, as it is stored."""
    body = consultation.plan.body if consultation.plan else None
    public_on = consultation.published_on or clock.today()
    return found(stored(consultation).windows, body, public_on)


def found(windows: Windows, plan: Body | None, public_on: date) -> list[Warning]:
    """Give what days and a plan are warned of.

    Args:
        windows: of the tracks, by kind.
        plan: which orders it, None if there is none.
        public_on: since when everybody reads the draft: today, while it is not published.
    """
    return [
        *_too_short(windows, public_on),
        *_choice(windows),
        *_list_late(windows),
        *_not_sent(plan),
    ]


def kept(consultation: Consultation) -> dict[str, str]:
    """Give the reasons with which warnings were kept, by key."""
    reasons: dict[str, str] = json.loads(consultation.kept_warnings)
    return reasons


def carry(consultation: Consultation, before: Mapping[str, str], reason: str) -> None:
    """Keep the reasons when other days make other sentences of the same warnings.

    Args:
        consultation: with its new days.
        before: what the warnings were kept under, by code.
        reason: of the new days, for what they are warned of for the first time.
    """
    reasons = kept(consultation)
    after = {one.key: reasons.get(before.get(one.code, ""), reason) for one in of(consultation)}
    consultation.kept_warnings = json.dumps(after, ensure_ascii=False)


def left(consultation: Consultation) -> list[Warning]:
    """Give the warnings that nobody has kept with a reason."""
    reasons = kept(consultation)
    return [one for one in of(consultation) if one.key not in reasons]


def _too_short(windows: Windows, public_on: date) -> Iterator[Warning]:
    """Fewer than twenty days from publicising (004: seven, and five for agencies)."""
    if not windows:
        return
    first = min(one.opens_on for one in windows.values())
    last = max(one.closes_on for one in windows.values())
    if first < public_on <= last:
        first = public_on
    days = (last - first).days + 1
    if days < LEAST_DAYS:
        due = first + timedelta(days=LEAST_DAYS - 1)
        yield Warning("days", "public_to", TOO_SHORT, {
            "first": format_date(first), "last": format_date(last), "days": str(days),
            "due": format_date(due),
        })  # fmt: skip
    agency = windows.get(TrackKind.AGENCY)
    if agency and agency.days < min(LEAST_DAYS, days):
        yield Warning("agency", "agency_to", AGENCY_SHORT, {
            "days": str(agency.days), "all": str(days),
        })  # fmt: skip


def _choice(windows: Windows) -> Iterator[Warning]:
    """One day or another: each group chooses, and households have to know (004: 06 or 07/6)."""
    one = windows.get(TrackKind.HOUSEHOLD)
    if one and one.days > 1:
        yield Warning("choice", "household_to", CHOICE, {
            "first": format_date(one.opens_on), "last": format_date(one.closes_on),
        })  # fmt: skip


def _list_late(windows: Windows) -> Iterator[Warning]:
    """The list of voters hangs before ballots go out, so that it can be put right."""
    one = windows.get(TrackKind.HOUSEHOLD)
    if one and one.list_from is None:
        yield Warning("list", "list_from", NO_LIST)
    elif one and one.list_from and one.list_from >= one.opens_on:
        yield Warning("list", "list_from", LIST_LATE, {"day": format_date(one.opens_on)})


def _not_sent(plan: Body | None) -> Iterator[Warning]:
    """The plan goes to the People's Council and to the Front (004 names neither)."""
    if plan is None:
        yield Warning("plan", "", NO_PLAN)
        return
    if not is_sent_to_council(plan):
        yield Warning("council", "", NO_COUNCIL)
    if not is_sent_to_front(plan):
        yield Warning("front", "", NO_FRONT)


TOO_SHORT: Final = N_(
    "Từ %(first)s đến %(last)s là %(days)s ngày. Luật Thực hiện dân chủ ở cơ sở (Điều 28 khoản 2)"
    " cần ít nhất 20 ngày kể từ ngày công khai dự thảo, tức là đến hết %(due)s."
)
AGENCY_SHORT: Final = N_("Cơ quan, đơn vị chỉ có %(days)s ngày, ngắn hơn cả đợt (%(all)s ngày).")
CHOICE: Final = N_(
    "Phát phiếu ngày %(first)s hoặc %(last)s: mỗi tổ dân phố chọn một ngày và phải báo trước cho"
    " các hộ."
)
NO_LIST: Final = N_("Chưa ghi ngày niêm yết danh sách cử tri đại diện hộ gia đình.")
LIST_LATE: Final = N_(
    "Danh sách cử tri nên được niêm yết trước ngày phát phiếu %(day)s để kịp sửa."
)
NO_PLAN: Final = N_(
    "Đợt này chưa gắn với kế hoạch nào. Điều 28 cần một kế hoạch gửi Hội đồng nhân dân và Mặt trận"
    " Tổ quốc."
)
NO_COUNCIL: Final = N_("Nơi nhận của kế hoạch chưa có Hội đồng nhân dân (Điều 28).")
NO_FRONT: Final = N_("Nơi nhận của kế hoạch chưa có Mặt trận Tổ quốc (Điều 28).")
