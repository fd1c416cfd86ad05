"""Where a campaign stands: its stored state, and the phase that the clock makes of it."""

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
    CLOSED = "closed"
    REPORTED = "reported"
    CANCELLED = "cancelled"

    @classmethod
    def at(cls, state: State, opens_on: date, closes_on: date, today: date) -> "Phase":
        """Give the phase on a day; both ends of the window belong to it (“đến hết ngày”)."""
        if state != State.READY:
            return cls(state)
        if today < opens_on:
            return cls.READY
        return cls.OPEN if today <= closes_on else cls.CLOSED


PHASE_LABELS = {
    Phase.DRAFT: N_("Bản nháp"),
    Phase.READY: N_("Sẵn sàng"),
    Phase.OPEN: N_("Đang mở"),
    Phase.CLOSED: N_("Đã đóng"),
    Phase.REPORTED: N_("Đã báo cáo"),
    Phase.CANCELLED: N_("Đã hủy"),
}
