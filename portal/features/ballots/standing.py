"""Where a group's ballots stand: worked out from its case, its days and the clock."""

from datetime import date
from enum import StrEnum

from portal.core.text import N_
from portal.features.ballots import figures, queries
from portal.features.ballots.figures import Figures, Stock
from portal.features.ballots.models import BallotEntry, BallotGroup, Enterer, State
from portal.features.consultations.models import Consultation, Track, TrackKind
from portal.features.consultations.models import State as Case


class Step(StrEnum):
    """How far a group has come."""

    NO_DAY = "no_day"
    WAITING = "waiting"
    """Its day is chosen and still to come."""
    COUNTING = "counting"
    """Neither, or one of the two, has entered its numbers."""
    DIFFERS = "differs"
    AGREES = "agrees"
    SETTLED = "settled"


def window(consultation: Consultation) -> Track | None:
    """Give the days among which groups choose one."""
    return consultation.track(TrackKind.HOUSEHOLD)


def days(consultation: Consultation) -> list[date]:
    """List the days that a group may choose."""
    track = window(consultation)
    if track is None:
        return []
    span = range(track.opens_on.toordinal(), track.closes_on.toordinal() + 1)
    return [date.fromordinal(day) for day in span]


def day_of(group: BallotGroup) -> date | None:
    """Give the day that a group has chosen; None if its plan does not allow that day any more."""
    return group.day if group.day in days(group.consultation) else None


def is_day_fixed(group: BallotGroup, today: date) -> bool:
    """Say whether people go by a group's day: it is over, or papers that name it are printed."""
    day = day_of(group)
    if day is None:
        return False
    return day < today or bool(group.printed) or queries.was_posted(group)


def why_no_day(group: BallotGroup, today: date) -> str | None:
    """Say why a group's head does not choose another day, None if he may."""
    if group.entries:
        return COUNTED
    return DAY_FIXED if is_day_fixed(group, today) else None


def stock(group: BallotGroup) -> Stock:
    """Give what the counts of a group are measured against."""
    return Stock(group.households, group.stamped)


def entry(group: BallotGroup, who: str) -> BallotEntry | None:
    """Give what one of the two has entered."""
    return next((one for one in group.entries if one.who == who), None)


def pair(group: BallotGroup) -> tuple[Figures, Figures] | None:
    """Give the counts of the head and of the ward; None while one of them is missing."""
    head, ward = entry(group, Enterer.HEAD), entry(group, Enterer.WARD)
    if head is None or ward is None:
        return None
    return Figures.from_json(head.figures), Figures.from_json(ward.figures)


def step(group: BallotGroup, today: date) -> Step:
    """Say how far a group has come."""
    if group.state == State.BALANCED:
        return Step.SETTLED
    if both := pair(group):
        return Step.DIFFERS if figures.differing(*both) else Step.AGREES
    day = day_of(group)
    if day is None:
        return Step.NO_DAY
    return Step.WAITING if day > today else Step.COUNTING


def why_no_change(group: BallotGroup) -> str | None:
    """Say why a group is not changed any more, None if it is."""
    if group.consultation.state not in {Case.DRAFT, Case.PUBLISHED}:
        return CASE_OVER
    return SETTLED if group.state == State.BALANCED else None


def why_no_entry(group: BallotGroup, today: date) -> str | None:
    """Say why the counts of a group are not entered now, None if they are."""
    if refusal := why_no_change(group):
        return refusal
    if group.consultation.state != Case.PUBLISHED:
        return NOT_PUBLISHED
    day = day_of(group)
    return NO_DAY if day is None else TOO_EARLY if day > today else None


def head_name(group: BallotGroup) -> str:
    """Give what the record calls whoever holds the group's link."""
    return f"Tổ trưởng {group.group} (qua đường dẫn)"


CASE_OVER = N_("Đợt lấy ý kiến đã tổng hợp xong nên phiếu của tổ không sửa được nữa.")
SETTLED = N_("Số phiếu của tổ đã chốt. Cần sửa thì mở lại trước, có ghi lý do.")
COUNTED = N_("Đã có số kiểm phiếu nên ngày phát phiếu không đổi được nữa.")
DAY_FIXED = N_("Ngày này đã qua, hoặc đã in lên danh sách, phiếu. Cần đổi thì báo phường.")
NOT_PUBLISHED = N_("Đợt lấy ý kiến chưa công bố nên chưa có phiếu để đếm.")
NO_DAY = N_("Tổ chưa chọn ngày phát phiếu. Mời chọn ngày trước.")
TOO_EARLY = N_("Chưa tới ngày tổ phát phiếu nên chưa có số để nhập.")
