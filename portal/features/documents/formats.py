"""How documents look, as data: formats with validity dates, and types (library/documents).

State format: NĐ 30/2020/NĐ-CP, Annex I. Party format: HD 36-HD/VPTW until 26/5/2026, then
HD 05-HD/VPTW (DOMAIN 2.1, 2.2). A new type is a file in types/, a new format an entry in
formats.json; neither needs code.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

PAGE_MM = (210, 297)
LIBRARY = files("portal.library") / "documents"


@dataclass(frozen=True)
class Format:
    """A set of rules for setting a document, valid from one day to another. Sizes in pt."""

    code: str
    """ "state-nd30", "party-hd36", "party-hd05"."""
    regime: str
    """ "state" or "party"."""
    name: str
    valid_from: date
    valid_to: date | None
    margins_mm: tuple[float, float, float, float]
    """Top, bottom, left, right."""
    head_split: float
    """The left head's share of the width: so much that the right one stays on one line."""
    body_size: float
    line_pt: float | None
    """Exact line spacing; None for single."""
    paragraph_gap: float
    indent_mm: float
    number_pattern: str
    """ "Số: {number}/{type}-{organ}", "Số {number}-{type}/{organ}"."""
    bare_number_pattern: str
    """The same for types without an abbreviation (công văn under NĐ 30)."""
    numbering: str
    """ "year" or "term"."""
    date_pattern: str
    """ "{place}, ngày {day} tháng {month} năm {year}"."""
    citation_pattern: str
    """How it is cited: "{type} số {symbol} {date} của {issuer}"; the Party has a comma."""
    citation_date: str
    """The date within it: in words (state), or "ngày {day}/{month}/{year}"."""
    motto: tuple[str, ...]
    """Right head: the national title and its motto, or the Party's line."""
    star: bool
    """Whether a star stands under the issuer (Party)."""
    rule_under_issuer: bool
    bases_style: str
    """ "italic", one per line ending ";" and "." (state); "upright-dash" (Party since HD 05);
    "upright" otherwise."""
    basis_ends: tuple[str, str]
    """The sign after every basis, and after the last."""
    part_pattern: str
    """ "{roman}." or "{roman}-"."""
    part_capitals: bool
    point_headings: str
    """ "bold-line": the heading of “1.” has a line of its own (state); "italic-run-in": the text
    follows it on the same line (Party)."""
    article_pattern: str
    """ "Điều {number}."."""
    end_mark: str
    """ "./." or "."."""
    summary_lower: bool
    """Whether the summary begins with a small letter (Party)."""
    summary_dashes: bool
    """Whether "-----" stands under the summary instead of a line."""
    subject_italic: bool
    """Whether “V/v …” under the number is italic (Party)."""
    sizes: Mapping[str, float]
    """head, motto, number, date, type, summary, subject, recipients_title, recipients, signature,
    page."""
    title_bold: bool
    """Whether the signer's title is bold."""
    authority_marks: Mapping[str, str]
    """How TM, KT, TL, TUQ and Q are written: "TM." (state), "T/M" (Party)."""
    deputy_for_collective: bool
    """Whether a deputy who signs for a collective says “KT.”; in the Party he does not."""
    recipients_title: str
    """ "italic-bold" (state) or "underlined" (Party)."""
    recipient_end: str
    """The sign after every recipient."""
    keeper_pattern: str
    """ "Lưu: {keeper}." or "Lưu {keeper}."."""
    appendix_label: str
    """ "Phụ lục {roman}"."""

    @property
    def text_mm(self) -> float:
        """Give how wide the text is on A4."""
        return PAGE_MM[0] - self.margins_mm[2] - self.margins_mm[3]

    @property
    def head_mm(self) -> tuple[float, float]:
        """Give how wide the left and the right head are."""
        left = self.text_mm * self.head_split
        return left, self.text_mm - left


@dataclass(frozen=True)
class DocumentType:
    """A kind of document."""

    code: str
    name: str
    """ "Kế hoạch"; printed in capitals."""
    abbreviations: Mapping[str, str]
    """By regime: {"state": "KH", "party": "KH"}; "" where the symbol has none."""
    titled: bool = True
    """Whether its name is printed above the summary; a công văn prints “V/v” under the number."""
    addressed: bool = False
    """Whether it begins with “Kính gửi”."""
    address_word: str = "Kính gửi"
    """What stands before the addressees."""
    regimes: tuple[str, ...] = ("state", "party")
    article_regimes: tuple[str, ...] = ()
    """The regimes under which its parts are “Điều 1.”: a nghị quyết of the Party has none."""
    enacting: Mapping[str, str] = field(default_factory=dict)
    """By regime, the line between bases and text: “QUYẾT ĐỊNH:”, with {decider} for who decides."""
    collective: bool = False
    """Whether always the body itself decides, also where its head signs (nghị quyết)."""
    matter_word: str = ""
    """What stands before a summary that says what is done: “về việc” (quyết định)."""
    is_sent: bool = True
    """Whether it goes to anybody; minutes (biên bản) are kept."""
    skeleton: Mapping[str, Any] = field(default_factory=dict)
    """What stands in an empty one: the body's fields as in a template."""

    def has_articles(self, form: Format) -> bool:
        """Say whether its parts are articles in this format."""
        return form.regime in self.article_regimes


@cache
def formats() -> tuple[Format, ...]:
    """Give every format of the library, oldest first."""
    given = json.loads((LIBRARY / "formats.json").read_text("utf-8"))
    return tuple(sorted((_format(one) for one in given), key=lambda one: one.valid_from))


@cache
def types() -> tuple[DocumentType, ...]:
    """Give every type of the library, in the order in which they are offered."""
    names = sorted(one.name for one in (LIBRARY / "types").iterdir())
    given = (json.loads((LIBRARY / "types" / name).read_text("utf-8")) for name in names)
    return tuple(_type(one) for one in given)


def format_of(code: str) -> Format:
    """Give a format by its code.

    Raises:
        KeyError: there is none.
    """
    return {one.code: one for one in formats()}[code]


def type_of(code: str) -> DocumentType:
    """Give a type by its code.

    Raises:
        KeyError: there is none.
    """
    return {one.code: one for one in types()}[code]


def format_for(regime: str, day: date) -> Format:
    """Give the format of a regime in force on a day; before the first one, the first."""
    own = [one for one in formats() if one.regime == regime]
    valid = [one for one in own if one.valid_from <= day]
    return valid[-1] if valid else own[0]


def organ_symbol(kind: DocumentType, form: Format, typed: str) -> str:
    """Give the organ's part of a symbol out of what was typed for it: “KH - UBND” is “UBND”.

    Neither spaces (plan 004) nor the type's own part, which the pattern writes, belong there.
    """
    abbreviation = kind.abbreviations.get(form.regime, "")
    tight = re.sub(r"\s", "", typed).strip("-–/")
    return tight.removeprefix(f"{abbreviation}-") if abbreviation else tight


def number_text(form: Format, kind: DocumentType, organ: str, number: int | None) -> str:
    """Write number and symbol as printed: “Số 191-KH/BCĐ”, “Số: 05/KH-UBND”.

    Args:
        form: the format.
        kind: the type.
        organ: the organ's part of the symbol.
        number: None while it has none; a gap is left for it.
    """
    abbreviation, organ = kind.abbreviations.get(form.regime, ""), organ_symbol(kind, form, organ)
    pattern = form.number_pattern if abbreviation else form.bare_number_pattern
    shown = "      " if number is None else f"{number:02}"
    return pattern.format(number=shown, type=abbreviation, organ=organ)


def _format(given: Mapping[str, object]) -> Format:
    values = dict(given)
    for name in ("valid_from", "valid_to"):
        text = values[name]
        values[name] = date.fromisoformat(str(text)) if text else None
    for name in ("margins_mm", "motto", "basis_ends"):
        values[name] = tuple(values[name])  # type: ignore[arg-type]
    return Format(**values)  # type: ignore[arg-type]


def _type(given: Mapping[str, Any]) -> DocumentType:
    lists = {name: tuple(given[name]) for name in ("regimes", "article_regimes") if name in given}
    return DocumentType(**{**given, **lists})
