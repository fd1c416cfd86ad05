"""Where a campaign stands: its stored state, and the phase that the clock makes of it."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from portal.core.text import N_


class State(StrEnum):
    """What people decide."""

    DRAFT = "draft"
    READY = "ready"
    REPORTED = "reported"
    CANCELLED = "cancelled"


class Phase(StrEnum):
    """What one sees: the state, with open and closed by date."""

    DRAFT = "draft"
    READY = "ready"
    OPEN = "open"
    BETWEEN = "between"
    CLOSED = "closed"
    REPORTED = "reported"
    CANCELLED = "cancelled"

    @classmethod
    def at(cls, state: State, rounds: Sequence[tuple[date, date]], today: date) -> "Phase":
        """Give the phase on a day.

        Args:
            state: what people decided.
            rounds: first and last days in order; both belong to the round (“đến hết ngày”).
            today: the day by Vietnam's calendar.
        """
        if state != State.READY:
            return cls(state)
        if any(first <= today <= last for first, last in rounds):
            return cls.OPEN
        if today < rounds[0][0]:
            return cls.READY
        return cls.CLOSED if today > rounds[-1][1] else cls.BETWEEN


class Denominator(StrEnum):
    """What the number of answers is measured against (plans 001, 003; 004 for households)."""

    NONE = "none"
    VISITS = "visits"
    HEADCOUNT = "headcount"
    HOUSEHOLDS = "households"


DENOMINATOR_LABELS = {
    Denominator.NONE: N_("Không so sánh"),
    Denominator.VISITS: N_("Lượt đến bộ phận một cửa"),
    Denominator.HEADCOUNT: N_("Số cán bộ, công chức"),
    Denominator.HOUSEHOLDS: N_("Số hộ gia đình"),
}
PHASE_LABELS = {
    Phase.DRAFT: N_("Bản nháp"),
    Phase.READY: N_("Sẵn sàng"),
    Phase.OPEN: N_("Đang mở"),
    Phase.BETWEEN: N_("Nghỉ giữa đợt"),
    Phase.CLOSED: N_("Đã đóng"),
    Phase.REPORTED: N_("Đã báo cáo"),
    Phase.CANCELLED: N_("Đã hủy"),
}
