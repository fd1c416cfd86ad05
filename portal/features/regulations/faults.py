"""What looks wrong in the provisions of a draft: said beside them, before anybody else reads it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portal.core.text import N_, looks_legacy_encoded
from portal.features.regulations.models import Level
from portal.features.regulations.parsing.numbers import leap
from portal.features.regulations.parsing.signs import LETTERS
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
BETWEEN = N_("Trước %(label)s là %(before)s: có thể thiếu ở giữa.")
BEGINS = N_("%(label)s đứng đầu: có thể thiếu ở trước.")
ORDER = N_("%(label)s đứng sau %(before)s: có thể sai thứ tự.")
EMPTY = N_("%(place)s chưa có chữ nào.")
ODD = N_("%(place)s có chữ gõ sai bảng mã.")
LOST = N_("%(place)s không nằm trong Điều nào.")
SKIPPED = frozenset("đfjwz")
"""Letters that lists leave out: Word knows no đ, the Vietnamese alphabet none of the others."""
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
    """Find numbers that leap, and those that stand behind a higher one."""
    last: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if not _is_counted(entry):
            continue
        before = last.get(_family(entry)[:2])
        last[_family(entry)[:2]] = entry
        if before and leap(before.number, entry.number) < 0:
            yield Fault(entry.key, ORDER, {"label": entry.label, "before": before.label})
        elif entry.level is Level.POINT:
            yield from _missing_letters(before, entry)
        elif leap(before.number if before else None, entry.number) > 1:
            values = {"label": entry.label, "before": before.number if before else "0"}
            yield Fault(entry.key, GAP, values)


def _is_counted(entry: Entry) -> bool:
    """Tell numbers that can leap: of articles and clauses, and points by one letter (“đ”, “a1”)."""
    if entry.level is Level.POINT:
        return bool(re.fullmatch(f"[{LETTERS}]\\d*", entry.number))
    return entry.level in {Level.ARTICLE, Level.CLAUSE} and entry.number[:1].isdigit()


def _missing_letters(before: Entry | None, entry: Entry) -> Iterator[Fault]:
    first = LETTERS.index(before.number[0]) + 1 if before else 0
    if not set(LETTERS[first : LETTERS.index(entry.number[0])]) - SKIPPED:
        return
    if before:
        yield Fault(entry.key, BETWEEN, {"label": entry.label, "before": before.label})
    else:
        yield Fault(entry.key, BEGINS, {"label": entry.label})


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
