"""Days that do not go together (plans 001–004), or on which nobody works."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Final

from portal.core import clock
from portal.core.text import N_, fold
from portal.features.documents import deadlines
from portal.features.documents.body import Body, SectionRole
from portal.features.documents.checks.found import (
    Fix,
    Paper,
    Place,
    Warning,
    rewritten,
    warning,
)
from portal.features.documents.deadlines import Deadline, Kind
from portal.features.documents.deadlines.day_words import NUMERIC, SPELLED
from portal.features.documents.templates.questions import written

PLAN: Final = "ke_hoach"
PREPARATION: Final = 7
"""Days between a plan and its survey under which it is called late; plan 003 left six."""


def unreadable(paper: Paper) -> Iterator[Warning]:
    """Days that cannot be, and deadlines of duties that say nothing the portal understands."""
    for place in paper.places:
        wrong = deadlines.faults(place.text, paper.year)
        for one in wrong:
            yield warning("no-day", one.message, place.id, words=one.text)
        said = place.is_duty and place.text.strip() and not wrong
        if said and deadlines.read(place.text, paper.year) is None:
            yield warning("no-deadline", UNREADABLE, place.id, due=place.text.strip())


def past(paper: Paper) -> Iterator[Warning]:
    """A window that is over before the document is dated; what is kept tells of what has been."""
    if paper.kind.is_sent and paper.window and paper.window[1].last < paper.facts.day:
        place, span = paper.window
        yield warning("past", PAST, place.id, first=written(span.first), last=written(span.last))


def late(paper: Paper) -> Iterator[Warning]:
    """Too few days to prepare between a plan and its window (003, 004); minutes prepare nothing."""
    if paper.kind.code != PLAN or not paper.window or paper.window[1].last < paper.facts.day:
        return
    place, span = paper.window
    left = (span.first - paper.facts.day).days
    dated, first = written(paper.facts.day), written(span.first)
    if left <= 0:
        said = AFTER_START if left else ON_START
        yield warning("late", said, place.id, dated=dated, first=first)
    elif left < PREPARATION:
        yield warning("late", LATE, place.id, dated=dated, first=first, days=str(left))


def report_too_early(paper: Paper) -> Iterator[Warning]:
    """A report that is due before everybody was asked (002); one warning for each day."""
    if paper.window is None:
        return
    end = paper.window[1].last
    seen: dict[date, tuple[Place, Deadline]] = {}
    for place, words in _reports(paper):
        for one in deadlines.find_all(words, paper.year):
            if one.last and one.kind in _DUE and one.last <= end:
                seen.setdefault(one.last, (place, one))
    for place, one in seen.values():
        yield warning("report", EARLY_REPORT, place.id, due=one.text, last=written(end))


def day_off(paper: Paper) -> Iterator[Warning]:
    """A deadline on a day on which offices are closed (001); one warning for each day."""
    seen: dict[date, tuple[Place, Deadline]] = {}
    for place, one in paper.deadlines:
        if one.last and _is_due_day(place, one) and _holiday(one.last) is not None:
            seen.setdefault(one.last, (place, one))
    for day, (place, one) in seen.items():
        name, better = _holiday(day), _working_day_before(day)
        message = ON_HOLIDAY if name else (ON_SATURDAY if day.weekday() == 5 else ON_SUNDAY)
        fix = Fix(
            MOVE[better.weekday()],
            _move(paper, day, better),
            {"day": f"{better:%d}/{better.month}"},
        )
        values = {"holiday": name} if name else {}
        yield warning("day-off", message, place.id, fix, due=one.text, **values)


def duration(paper: Paper) -> Iterator[Warning]:
    """“03 ngày” beside a window of other length."""
    for place, one in paper.deadlines:
        if one.count is None or one.first is None or one.last is None:
            continue
        days = (one.last - one.first).days + 1
        if days != one.count:
            fix = Fix(SAY_DAYS, _recount(one.count, days, one.text), {"days": f"{days:02}"})
            yield warning(
                "duration", WRONG_COUNT, place.id, fix,
                stated=f"{one.count:02}", window=one.text, days=str(days),
            )  # fmt: skip


def stated_twice(paper: Paper) -> Iterator[Warning]:
    """One window in two wordings that differ (004: “06 hoặc 07/6” and “06/6 đến 07/6”)."""
    found = [(p, one) for p, one in paper.deadlines if one.kind in {Kind.WINDOW, Kind.CHOICE}]
    for (_place, a), (place, b) in combinations(found, 2):
        same = a.spans == b.spans
        if (a.kind is not b.kind and same) or (
            a.kind is b.kind and a.first == b.first and not same
        ):
            yield warning("twice", TWICE, place.id, first=a.text, second=b.text)


def gaps(paper: Paper) -> Iterator[Warning]:
    """Rounds with days between them on which nobody is asked (000)."""
    if paper.window is None:
        return
    rounds = [
        (place, span) for place, one in paper.deadlines if one.kind is Kind.WINDOW
        and not place.is_duty for span in one.spans
    ]  # fmt: skip
    if len(rounds) < 3 or "dot" not in fold(" ".join(place.text for place, _ in rounds)):
        return
    for (_place, before), (place, after) in pairwise(rounds):
        free = before.last + timedelta(days=1), after.first - timedelta(days=1)
        if free[0] <= free[1]:
            yield warning("gap", GAP, place.id, first=written(free[0]), last=written(free[1]))


RULES: Final = (unreadable, past, late, report_too_early, day_off, duration, stated_twice, gaps)
_DUE: Final = frozenset({Kind.DAY, Kind.NO_LATER, Kind.BEFORE, Kind.WITHIN})
_SENTENCE: Final = re.compile(r"[;\n]|\.\s")


def _reports(paper: Paper) -> Iterator[tuple[Place, str]]:
    """Give where it is said when to report: by role, else wherever a sentence speaks of it."""
    marked = [place for place in paper.places if place.role == SectionRole.REPORT_DUE]
    yield from ((place, place.text) for place in marked)
    for duty in paper.body.duties:
        if "bao cao ket qua" in fold(duty.what):
            yield Place(duty.id, duty.due, is_duty=True), duty.due
    for place in paper.places if not marked else ():
        for sentence in _SENTENCE.split(place.text):
            if "bao cao" in fold(sentence):
                yield place, sentence


def _is_due_day(place: Place, one: Deadline) -> bool:
    named = place.is_duty or place.role in {SectionRole.ROSTER_DUE, SectionRole.REPORT_DUE}
    return one.kind is Kind.NO_LATER or (one.kind is Kind.DAY and named)


def _holiday(day: date) -> str | None:
    """Give the holiday's name, "" for a weekend, None for a day on which people work."""
    name = clock.public_holidays(day.year).get(day)
    return name or ("" if day.weekday() > 4 else None)


def _working_day_before(day: date) -> date:
    while _holiday(day) is not None:
        day -= timedelta(days=1)
    return day


def _move(paper: Paper, day: date, to: date) -> Callable[[Body], Body]:
    """Write another day wherever something is due on this one."""
    texts = {
        one.text for place, one in paper.deadlines if one.last == day and _is_due_day(place, one)
    }

    def change(text: str) -> str:
        for words in texts:
            text = text.replace(words, _redated(words, to))
        return text

    return lambda body: rewritten(body, change)


def _redated(words: str, to: date) -> str:
    spelled = f"ngày {to:%d} tháng {written(to)[3:-5]} năm {to.year}"
    if re.search(SPELLED, words, re.IGNORECASE):
        return re.sub(SPELLED, spelled, words, flags=re.IGNORECASE)
    return re.sub(NUMERIC, written(to), words)


def _recount(stated: int, days: int, window: str) -> Callable[[Body], Body]:
    pattern = re.compile(rf"\b0?{stated}(?=\s*ngày.{{0,30}}{re.escape(window)})")
    return lambda body: rewritten(body, lambda text: pattern.sub(f"{days:02}", text))


UNREADABLE = N_("Chưa hiểu thời hạn “%(due)s”. Mời ghi ngày, ví dụ “chậm nhất ngày 04/5/2026”.")
PAST = N_("Thời gian từ %(first)s đến %(last)s đã qua.")
LATE = N_("Kế hoạch ngày %(dated)s, bắt đầu %(first)s: chỉ có %(days)s ngày chuẩn bị.")
ON_START = N_("Kế hoạch ngày %(dated)s, bắt đầu ngay trong ngày: không có ngày chuẩn bị.")
AFTER_START = N_("Kế hoạch ngày %(dated)s nhưng đã bắt đầu từ %(first)s.")
EARLY_REPORT = N_("Báo cáo “%(due)s” nhưng đến %(last)s mới hết thời gian lấy ý kiến.")
ON_SATURDAY = N_("Thời hạn “%(due)s” là thứ Bảy.")
ON_SUNDAY = N_("Thời hạn “%(due)s” là Chủ nhật.")
ON_HOLIDAY = N_("Thời hạn “%(due)s” là ngày nghỉ: %(holiday)s.")
WRONG_COUNT = N_("Ghi %(stated)s ngày, nhưng “%(window)s” là %(days)s ngày.")
SAY_DAYS = N_("Đổi thành %(days)s ngày")
TWICE = N_("Cùng một thời gian ghi hai cách: “%(first)s” và “%(second)s”.")
GAP = N_("Giữa hai đợt bỏ trống từ %(first)s đến %(last)s.")
MOVE = (
    N_("Đổi sang thứ Hai %(day)s"),
    N_("Đổi sang thứ Ba %(day)s"),
    N_("Đổi sang thứ Tư %(day)s"),
    N_("Đổi sang thứ Năm %(day)s"),
    N_("Đổi sang thứ Sáu %(day)s"),
)
