"""What the pages about registers show."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.pagination import Page
from portal.core.text import N_
from portal.features.registers import queries
from portal.features.registers.models import EntryState, Mode, Register, RegisterEntry
from portal.features.registers.queries import SHARED, Filter

STATES: Mapping[str, str] = {
    EntryState.RESERVED: N_("Đang giữ chỗ"),
    EntryState.USED: N_("Đã dùng"),
    EntryState.CANCELLED: N_("Đã hủy"),
}
MODES: Mapping[str, str] = {
    Mode.PORTAL: N_("Cổng cấp số, liên tục từ số bắt đầu"),
    Mode.CLERK: N_("Văn thư ghi số đã lấy ở hệ thống của cơ quan"),
}
ALL_TYPES = N_("Chung cho các loại")


@dataclass(frozen=True)
class Tab:
    """A type that has numbers, and how many; "" for all."""

    type_code: str
    label: str
    count: int


@dataclass(frozen=True)
class Listing:
    """The numbers of one organ and period."""

    wanted: Filter
    periods: tuple[str, ...]
    tabs: tuple[Tab, ...]
    page: Page[RegisterEntry]
    total: int


def listing(wanted: Filter, period_now: str, names: Mapping[str, str], page: int) -> Listing:
    """Give the list.

    Args:
        wanted: organ, period and what is looked for.
        period_now: the present period, offered though it may hold no number yet.
        names: names of types by their codes.
        page: from 1.
    """
    counts = queries.counts(wanted.organisation_id, wanted.period)
    tabs = [Tab("", N_("Tất cả"), sum(counts.values()))]
    tabs += [Tab(code, name, counts[code]) for code, name in names.items() if code in counts]
    periods = {*queries.periods(wanted.organisation_id), period_now, wanted.period}
    return Listing(
        wanted=wanted,
        periods=tuple(sorted(periods, reverse=True)),
        tabs=tuple(tabs),
        page=queries.listed(wanted, page),
        total=tabs[0].count,
    )


@dataclass(frozen=True)
class Volume:
    """A register with where it stands."""

    register: Register
    label: str
    mode: str
    next_number: int | None
    """None where the office's own system counts."""
    is_begun: bool


def volumes(organisation_id: int, period: str, names: Mapping[str, str]) -> list[Volume]:
    """List the registers of an organ in a period, in the order of types."""
    order = [SHARED, *names]
    kept = queries.kept(organisation_id, period)
    return [
        Volume(
            register=register,
            label=names.get(register.type_code, ALL_TYPES),
            mode=MODES[register.mode],
            next_number=queries.next_number(register) if register.mode == Mode.PORTAL else None,
            is_begun=queries.is_begun(register),
        )
        for register in sorted(kept, key=lambda one: order.index(one.type_code))
    ]
