"""What looks wrong in the provisions of a draft: said beside them, before anybody else reads it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portal.core.text import N_, looks_legacy_encoded
from portal.features.regulations.models import Level
from portal.features.regulations.parsing.tree import leap
from portal.features.regulations.reading import Entry


@dataclass(frozen=True)
class Fault:
    """One thing that looks wrong."""

    key: str
    """Of the provision."""
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_grave: bool = False
    """Whether the draft cannot be published so: comments would not know where they belong."""


TWICE = N_("%(place)s có hai lần.")
NO_NUMBER = N_("%(level)s này chưa có số.")
GAP = N_("Trước %(label)s là số %(before)s: có thể thiếu ở giữa.")
EMPTY = N_("%(place)s chưa có chữ nào.")
ODD = N_("%(place)s có chữ gõ sai bảng mã.")
LOST = N_("%(place)s không nằm trong Điều nào.")
LEVELS: Mapping[str, str] = {
    Level.CHAPTER: N_("Chương"),
    Level.SECTION: N_("Mục"),
    Level.ARTICLE: N_("Điều"),
    Level.CLAUSE: N_("Khoản"),
    Level.POINT: N_("Điểm"),
}


def found(entries: Sequence[Entry]) -> list[Fault]:
    """List what looks wrong, in reading order.

    Args:
        entries: all provisions of a version.
    """
    order = {entry.key: at for at, entry in enumerate(entries)}
    faults = [*_twice(entries), *_gaps(entries), *_alone(entries)]
    return sorted(faults, key=lambda fault: order[fault.key])


def _twice(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Find numbers that come twice: of articles anywhere, of others within what they lie in."""
    counts = Counter(_family(entry) for entry in entries if entry.number)
    for entry in entries:
        if entry.number and counts[_family(entry)] > 1:
            yield Fault(entry.key, TWICE, {"place": entry.place}, is_grave=True)


def _family(entry: Entry) -> tuple[str, str, str]:
    parent = "" if entry.level in {Level.ARTICLE, Level.CHAPTER} else entry.parent
    return entry.level, parent, entry.number.casefold()


def _gaps(entries: Sequence[Entry]) -> Iterator[Fault]:
    last: dict[tuple[str, str], str] = {}
    for entry in entries:
        family = _family(entry)[:2]
        if entry.level in {Level.ARTICLE, Level.CLAUSE} and entry.number[:1].isdigit():
            before = last.get(family)
            if leap(before, entry.number) > 1:
                yield Fault(entry.key, GAP, {"label": entry.label, "before": before or "0"})
            last[family] = entry.number


def _alone(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Find what is wrong with one provision by itself."""
    parents = {entry.parent for entry in entries}
    for entry in entries:
        small = entry.level in {Level.CLAUSE, Level.POINT}
        if not entry.number and (small or entry.is_article):
            yield Fault(entry.key, NO_NUMBER, {"level": LEVELS[entry.level]}, is_grave=True)
        if small and not entry.article:
            yield Fault(entry.key, LOST, {"place": entry.place}, is_grave=True)
        if not (entry.heading or entry.text or entry.key in parents):
            yield Fault(entry.key, EMPTY, {"place": entry.place})
        if looks_legacy_encoded(entry.text[:2000]) or looks_legacy_encoded(entry.heading):
            yield Fault(entry.key, ODD, {"place": entry.place})
