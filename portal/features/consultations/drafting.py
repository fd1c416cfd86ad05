"""What is entered to set a consultation up or to change it, and what cannot be taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from portal.core import clock
from portal.core.text import N_, clean
from portal.features.campaigns.drafting import HORIZON
from portal.features.consultations.models import Consultation, ContentGroup, Track, TrackKind

LONGEST_NAME: Final = 200
LONGEST_GROUP: Final = 500
MOST_GROUPS: Final = 20

TRACK_LABELS: Final[Mapping[str, str]] = {
    TrackKind.AGENCY: N_("Cơ quan, đơn vị"),
    TrackKind.HOUSEHOLD: N_("Cử tri đại diện hộ gia đình"),
    TrackKind.PUBLIC: N_("Mọi người, trên mạng"),
}
"""In the order in which plans name them."""


@dataclass(frozen=True)
class Window:
    """The days of one track; of households also those on which the list of voters hangs."""

    opens_on: date
    closes_on: date
    list_from: date | None = None
    list_to: date | None = None

    @property
    def days(self) -> int:
        """Count them, first and last among them."""
        return (self.closes_on - self.opens_on).days + 1


@dataclass(frozen=True)
class Group:
    """One thing that is asked about, and the provisions that it is about."""

    text: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class CaseInput:
    """A consultation as entered."""

    name: str
    draft_id: int
    windows: Mapping[str, Window] = field(default_factory=dict)
    """By kind of track; one that is not there is done without."""
    groups: tuple[Group, ...] = ()
    sum_due_on: date | None = None
    report_due_on: date | None = None
    shows_comments: bool = False
    plan_id: int | None = None
    """The issued plan that orders it."""

    def cleaned(self) -> "CaseInput":
        """Give the same with texts as they are stored."""
        groups = (Group(clean(one.text), one.keys) for one in self.groups)
        return replace(self, name=clean(self.name), groups=tuple(g for g in groups if g.text))

    @property
    def last_day(self) -> date | None:
        """Give the day after which nobody is asked any more."""
        return max((one.closes_on for one in self.windows.values()), default=None)


def stored(consultation: Consultation) -> CaseInput:
    """Give a consultation as it was entered."""
    windows = {
        one.kind: Window(one.opens_on, one.closes_on, one.list_from, one.list_to)
        for one in consultation.tracks
    }
    groups = tuple(Group(one.text, tuple(one.keys.split())) for one in consultation.groups)
    return CaseInput(
        consultation.name, consultation.draft_id, windows, groups, consultation.sum_due_on,
        consultation.report_due_on, consultation.shows_comments, consultation.plan_id,
    )  # fmt: skip


def tracks(consultation_id: int, given: CaseInput) -> list[Track]:
    """Make the rows of the tracks."""
    return [
        Track(
            consultation_id=consultation_id, kind=kind, opens_on=one.opens_on,
            closes_on=one.closes_on, list_from=one.list_from, list_to=one.list_to,
        )
        for kind, one in given.windows.items()
    ]  # fmt: skip


def groups(consultation_id: int, given: CaseInput) -> list[ContentGroup]:
    """Make the rows of what is asked about, numbered from 1."""
    return [
        ContentGroup(
            consultation_id=consultation_id, number=at, text=one.text, keys="\n".join(one.keys)
        )
        for at, one in enumerate(given.groups, 1)
    ]


def check(given: CaseInput) -> dict[str, str]:
    """Give what cannot be taken, by field.

    Args:
        given: cleaned input.
    """
    errors: dict[str, str] = {}
    if not given.name:
        errors["name"] = EMPTY
    elif len(given.name) > LONGEST_NAME:
        errors["name"] = N_("Tên không quá 200 ký tự.")
    for kind, window in given.windows.items():
        errors |= _wrong_window(kind, window)
    if not given.windows:
        errors["public_from"] = N_("Ghi ngày của ít nhất một nhóm người được hỏi.")
    return errors | _wrong_groups(given) | _wrong_ends(given)


def changes(before: CaseInput, after: CaseInput) -> dict[str, list[object]]:
    """Give what is different, field by field before and after, for the record."""
    old, new = _said(before), _said(after)
    return {name: [old[name], new[name]] for name in new if old[name] != new[name]}


def _said(given: CaseInput) -> dict[str, object]:
    days = {f"{kind}_days": "" for kind in TrackKind} | {
        f"{kind}_days": f"{clock.format_date(one.opens_on)} – {clock.format_date(one.closes_on)}"
        for kind, one in given.windows.items()
    }
    household = given.windows.get(TrackKind.HOUSEHOLD)
    hangs = (household.list_from, household.list_to) if household else (None, None)
    return {
        "name": given.name, "draft_id": given.draft_id, **days,
        "list_days": " – ".join(clock.format_date(day) for day in hangs if day),
        "groups": "\n".join(f"{one.text} {' '.join(one.keys)}".strip() for one in given.groups),
        "sum_due_on": given.sum_due_on, "report_due_on": given.report_due_on,
        "shows_comments": given.shows_comments, "plan_id": given.plan_id,
    }  # fmt: skip


def _wrong_window(kind: str, window: Window) -> dict[str, str]:
    errors: dict[str, str] = {}
    if window.closes_on < window.opens_on:
        errors[f"{kind}_to"] = BACKWARDS
    elif window.closes_on > clock.today() + HORIZON:
        errors[f"{kind}_to"] = N_("Ngày này còn xa hơn hai năm. Mời xem lại năm.")
    if (window.list_from is None) != (window.list_to is None):
        missing = "list_to" if window.list_from else "list_from"
        errors[missing] = N_("Ghi cả ngày đầu và ngày cuối niêm yết.")
    elif window.list_from and window.list_to and window.list_to < window.list_from:
        errors["list_to"] = BACKWARDS
    return errors


def _wrong_groups(given: CaseInput) -> dict[str, str]:
    if len(given.groups) > MOST_GROUPS:
        return {"groups": N_("Nhiều nhất 20 nội dung.")}
    if any(len(one.text) > LONGEST_GROUP for one in given.groups):
        return {"groups": N_("Mỗi nội dung không quá 500 ký tự.")}
    if TrackKind.HOUSEHOLD in given.windows and not given.groups:
        return {"groups": N_("Phiếu của hộ gia đình cần ít nhất một nội dung.")}
    return {}


def _wrong_ends(given: CaseInput) -> dict[str, str]:
    """Sums and the report come after what they are about."""
    errors: dict[str, str] = {}
    papers = (TrackKind.AGENCY, TrackKind.HOUSEHOLD)
    ends = [given.windows[kind].closes_on for kind in papers if kind in given.windows]
    if given.sum_due_on and ends and given.sum_due_on < max(ends):
        errors["sum_due_on"] = N_("Ngày gửi tổng hợp không trước ngày lấy ý kiến cuối cùng.")
    last = max(filter(None, (given.sum_due_on, given.last_day)), default=None)
    if given.report_due_on and last and given.report_due_on < last:
        errors["report_due_on"] = N_("Hạn báo cáo không trước ngày cuối lấy ý kiến và tổng hợp.")
    return errors


EMPTY = N_("Mục này chưa được điền.")
BACKWARDS = N_("Ngày cuối không trước ngày đầu.")
