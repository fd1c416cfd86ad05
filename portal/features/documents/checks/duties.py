"""Duties that cannot be handed out, and numbers typed by hand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from portal.core.text import N_, fold
from portal.features.documents.body import Body, Level, Section
from portal.features.documents.checks.found import Fix, Paper, Warning, warning
from portal.features.documents.text.outline import numbered


def incomplete(paper: Paper) -> Iterator[Warning]:
    """A duty that nobody leads, or without a day."""
    for number, duty in enumerate(paper.body.duties, 1):
        what = f"“{_short(duty.what)}”" if duty.what.strip() else str(number)
        if not duty.lead.name.strip():
            yield warning("no-lead", NO_LEAD, duty.id, what=what)
        if not duty.due.strip():
            yield warning("no-due", NO_DUE, duty.id, what=what)


def typed_numbers(paper: Paper) -> Iterator[Warning]:
    """Numbers pasted with their headings; 004 jumps from III to V."""
    for one in numbered(paper.body.sections, paper.form, paper.kind):
        typed = _typed(one.section)
        if typed is None:
            continue
        counted = one.label.rstrip(".-)")
        message = TYPED if typed == counted else JUMPS
        values = {"typed": typed, "heading": _short(one.section.heading)}
        values |= {} if typed == counted else {"counted": counted}
        fix = Fix(DROP, _without_numbers)
        yield warning("number", message, one.section.id, fix, **values)


def list_in_list(paper: Paper) -> Iterator[Warning]:
    """“- … gồm:” whose items have the same dash (004)."""
    sections = paper.body.sections
    for one, following in pairwise(sections):
        leads = fold(one.text or one.heading).endswith(("gom:", "sau:"))
        if leads and one.level == following.level == Level.DASH:
            fix = Fix(UNDASH, _undashed(one.id))
            yield warning("list", LIST, one.id, fix, words=_short(one.text or one.heading))


RULES: Final = (incomplete, typed_numbers, list_in_list)
_NUMBERS: Final = {
    Level.PART: re.compile(r"([IVXLC]+)\s*[.\-–)]\s*(?=\S)"),
    Level.POINT: re.compile(r"(\d{1,2})\s*[.)]\s*(?=[^\W\d])"),
    Level.SUBPOINT: re.compile(r"(\d{1,2}\.\d{1,2})\.?\s+(?=\S)"),
}


def _typed(section: Section) -> str | None:
    pattern = _NUMBERS.get(section.level)
    found = pattern.match(section.heading) if pattern else None
    return found[1] if found else None


def _without_numbers(body: Body) -> Body:
    sections = (
        replace(one, heading=_NUMBERS[one.level].sub("", one.heading, count=1))
        if _typed(one) else one
        for one in body.sections
    )  # fmt: skip
    return replace(body, sections=tuple(sections))


def _undashed(section_id: str) -> Callable[[Body], Body]:
    def apply(body: Body) -> Body:
        sections = (
            replace(one, level=Level.PLAIN) if one.id == section_id else one
            for one in body.sections
        )  # fmt: skip
        return replace(body, sections=tuple(sections))

    return apply


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rstrip() + "…"


NO_LEAD = N_("Việc %(what)s chưa có nơi chủ trì.")
NO_DUE = N_("Việc %(what)s chưa có thời hạn.")
TYPED = N_("“%(heading)s”: số %(typed)s gõ tay sẽ in hai lần.")
JUMPS = N_("“%(heading)s” ghi số %(typed)s, theo thứ tự phải là %(counted)s.")
DROP = N_("Bỏ số gõ tay")
LIST = N_("“%(words)s” mở đầu danh sách nhưng lại mang gạch đầu dòng như các mục của nó.")
UNDASH = N_("Bỏ gạch đầu dòng")
