"""Paragraphs and tables made into sections, duties, appendices and the closing."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from portal.core import legacy
from portal.core.text import N_, fold
from portal.features.documents import deadlines
from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Duty,
    Level,
    Section,
    SectionRole,
)
from portal.features.documents.deadlines import Kind
from portal.features.documents.importing import Notice, tables
from portal.features.documents.importing.lines import Item, Marked, Rows, capitals, marked
from portal.features.documents.text.outline import block

END_MARK: Final = re.compile(r"\s*\./\.?\s*$|\s*/\./\s*$")
_CLOSING: Final = re.compile(r"(?:Trên đây là|Trên đây|Kế hoạch này|Nhận được)\b")
_HEADING_LIMIT: Final = 90


class Reader:
    """Takes paragraphs and tables one after the other and makes sections of them."""

    def __init__(self) -> None:
        self.sections: list[Section] = []
        self.closing: list[str] = []
        self.appendices: list[Appendix] = []
        self.duties: tuple[Duty, ...] = ()
        self.gaps: list[str] = []
        self.parts = 0
        self.ended = False

    def take(self, item: Item) -> None:
        """Take the next paragraph or table."""
        if isinstance(item, Rows):
            self._table(item)
            return
        sign = None if self.ended else marked(item)
        if self.ended or _CLOSING.match(item):
            self.ended = True
            self.closing.append(item)
        elif sign and sign.level is not Level.PLAIN:
            self._section(sign)
        else:
            self._paragraph(item, new=sign is not None)
        self._end(item)

    def _section(self, sign: Marked) -> None:
        if sign.level is Level.PART:
            if sign.count > self.parts + 1:
                self.gaps.append(sign.text)
            self.parts = sign.count
        heading, text = _heading(sign)
        self.sections.append(Section(level=sign.level, heading=heading, text=text))

    def _paragraph(self, text: str, *, new: bool) -> None:
        last = self.sections[-1] if self.sections else None
        if last is None or new or last.level in {Level.DASH, Level.PLUS}:
            self.sections.append(Section(level=Level.PLAIN, text=text))
        else:
            joined = f"{last.text}\n{text}" if last.text else text
            self.sections[-1] = replace(last, text=joined)

    def _end(self, item: str) -> None:
        """Take “./.” off the section; what follows it is the closing."""
        if not END_MARK.search(item) or not self.sections:
            return
        last = self.sections[-1]
        text = END_MARK.sub(".", last.text)
        self.sections[-1] = replace(last, text=text, heading=END_MARK.sub("", last.heading))
        self.ended = True

    def _table(self, table: Rows) -> None:
        pasted = tables.of_rows(table.rows)
        if pasted.recognised and not self.duties:
            self.duties = pasted.all_duties()
            if self.sections:
                self.sections[-1] = replace(self.sections[-1], role=SectionRole.DUTIES)
            return
        named = [one.heading for one in self.sections if one.heading]
        title = table.title or (named[-1] if named else "")
        self.appendices.append(table_appendix(title, table))

    def notices(self) -> tuple[Notice, ...]:
        """Tell what was done that a person may want to look at."""
        found = [Notice(GAP, {"heading": heading}) for heading in self.gaps]
        if self.duties:
            found.append(Notice(DUTIES, {"n": len(self.duties)}))
        found += [Notice(TABLE, {"title": one.title}) for one in self.appendices]
        return tuple(found)


GAP: Final = N_("Số thứ tự không liên tục trước phần “%(heading)s”; các phần được đánh số lại.")
DUTIES: Final = N_("Đã đọc bảng nhiệm vụ: %(n)s việc.")
TABLE: Final = N_("Bảng “%(title)s” được chuyển thành phụ lục.")


def _heading(sign: Marked) -> tuple[str, str]:
    """Part a paragraph into its heading and its text, either may be empty."""
    text = sign.text
    if sign.level is Level.PART:
        return (sentence_case(text), "") if len(text) < 200 else ("", text)
    if sign.level in {Level.DASH, Level.PLUS, Level.PLAIN}:
        return "", text
    before, colon, after = text.partition(":")
    if colon and len(before) <= _HEADING_LIMIT and not re.search(r"[.;]\s", before):
        return (before, after.strip())
    bare = len(text) <= _HEADING_LIMIT * 1.3 and not re.search(r"[.;,:!?…]$", text)
    return (text, "") if bare else ("", text)


def with_window(sections: Sequence[Section], summary: str) -> tuple[Section, ...]:
    """Mark the section that says when people are asked: the campaign takes its days from there.

    Args:
        sections: as they were read.
        summary: tells a consultation on a draft from a survey.
    """
    about = fold(summary)
    asks = "y kien" in about and "du thao" in about
    role = SectionRole.CONSULTATION_WINDOW if asks else SectionRole.SURVEY_WINDOW
    named = [at for at, one in enumerate(sections) if _names_a_time(one)]
    itself = (at for at in named if _has_days(sections[at]))
    below = (at for at in named if any(map(_has_days, block(sections, at))))
    marked = next(chain(itself, below), None)
    return tuple(
        replace(one, role=role) if at == marked else one for at, one in enumerate(sections)
    )


def _names_a_time(section: Section) -> bool:
    title = section.heading or section.text.partition(":")[0]
    return not section.role and "thoi gian" in fold(title[:_HEADING_LIMIT])


def _has_days(section: Section) -> bool:
    stated = deadlines.read(f"{section.heading}\n{section.text}")
    return stated is not None and stated.kind in _ASKING


_ASKING: Final = {Kind.WINDOW, Kind.ROUNDS, Kind.CHOICE, Kind.DAY}


def sentence_case(text: str) -> str:
    """Write a heading in capitals as a sentence: the format sets the capitals again."""
    if not capitals(text):
        return text
    words = [word.lower() if legacy.is_syllable(re.sub(r"\W", "", word)) else word
             for word in text.split(" ")]  # fmt: skip
    return " ".join([words[0].capitalize(), *words[1:]]) if words[0].islower() else " ".join(words)


def table_appendix(title: str, table: Rows) -> Appendix:
    """Make an appendix of a table: rows as lines, cells between tabs."""
    rows = ("\t".join(" ".join(cell.split()) for cell in row) for row in table.rows)
    return Appendix(kind=AppendixKind.TABLE, title=sentence_case(title), text="\n".join(rows))
