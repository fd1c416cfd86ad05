"""What Word prints before a paragraph and in which font, which its text alone does not tell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from portal.features.documents.text.outline import roman

_BULLETS: Final = {"+": "+", "o": "+", "*": "*"}


def value(parent: BaseOxmlElement | None, path: str, name: str = "w:val") -> str | None:
    """Read an attribute of a descendant, such as `w:numPr/w:numId`; None if there is none."""
    for step in path.split("/") if path else ():
        parent = parent.find(qn(step)) if parent is not None else None
    return None if parent is None else parent.get(qn(name))


def number(parent: BaseOxmlElement | None, path: str, name: str = "w:val") -> int | None:
    """Read a whole number in the same way; None also where it is none."""
    text = value(parent, path, name) or ""
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 10 else None


@dataclass(frozen=True)
class Style:
    """What a style says of its paragraphs."""

    num_id: int | None = None
    level: int | None = None
    font: str | None = None
    base: str | None = None


def styles_of(root: BaseOxmlElement | None) -> dict[str, Style]:
    """Read the styles, each with what it has from the one it is based on; "" is the default."""
    if root is None:
        return {"": Style()}
    own = {style.get(qn("w:styleId"), ""): _style(style) for style in root.findall(qn("w:style"))}
    default = Style(font=font_of(root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")))
    usual = next(
        (style.get(qn("w:styleId"), "") for style in root.findall(qn("w:style"))
         if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in {"1", "true"}),
        None,
    )  # fmt: skip
    own[""] = own.get(usual, default) if usual else default
    if own[""].font is None:
        own[""] = replace(own[""], font=default.font)
    return {name: _inherited(style, own) for name, style in own.items()}


def _style(style: BaseOxmlElement) -> Style:
    properties = style.find(qn("w:pPr"))
    return Style(
        num_id=number(properties, "w:numPr/w:numId"),
        level=number(properties, "w:numPr/w:ilvl"),
        font=font_of(style),
        base=value(style, "w:basedOn"),
    )


def font_of(parent: BaseOxmlElement | None) -> str | None:
    """Read the font that the `w:rPr` below an element names."""
    properties = parent.find(qn("w:rPr")) if parent is not None else None
    named = value(properties, "w:rFonts", "w:ascii") or value(properties, "w:rFonts", "w:hAnsi")
    return named or None


def _inherited(style: Style, styles: Mapping[str, Style]) -> Style:
    base, seen = style.base, set[str]()
    while base is not None and base in styles and base not in seen:
        seen.add(base)
        above = styles[base]
        style = replace(
            style,
            num_id=above.num_id if style.num_id is None else style.num_id,
            level=above.level if style.level is None else style.level,
            font=style.font or above.font,
        )
        base = above.base
    return replace(style, font=style.font or styles[""].font)


@dataclass(frozen=True)
class _Level:
    kind: str = "decimal"
    text: str = "%1."
    start: int = 1
    legal: bool = False
    restarts: int | None = None
    """How many levels above begin it anew; 0 for none: articles counted through all chapters."""

    def begins_anew(self, at: int, above: int) -> bool:
        """Say whether this level, at a depth, is counted from its start after one above it."""
        return above < (at if self.restarts is None else self.restarts)


@dataclass(frozen=True)
class _List:
    abstract: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


@dataclass
class Lists:
    """Counts the paragraphs of automatic lists as Word does."""

    lists: Mapping[int, _List]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, root: BaseOxmlElement | None) -> "Lists":
        """Read the lists of `numbering.xml`."""
        return cls(dict(_lists(root)) if root is not None else {})

    def label(self, num_id: int, level: int) -> str:
        """Give what stands before the next paragraph of a list: “II.”, “b)”, “-”."""
        known = self.lists.get(num_id)
        if known is None or level not in known.levels:
            return ""
        counts = self.counts.setdefault(known.abstract, {})
        if num_id not in self.begun:
            self.begun.add(num_id)
            for at in known.starts:
                counts.pop(at, None)
        start = known.starts.get(level, known.levels[level].start)
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            if known.levels[deeper].begins_anew(deeper, level):
                del counts[deeper]
        return _printed(known.levels, counts, level)

    def is_worded(self, num_id: int, level: int) -> bool:
        """Say whether a number is printed with a word, such as “Chương II”."""
        known = self.lists.get(num_id)
        text = known.levels[level].text if known and level in known.levels else ""
        return sum(map(str.isalpha, text)) > 2


def _lists(root: BaseOxmlElement) -> Iterator[tuple[int, _List]]:
    abstracts = {
        one.get(qn("w:abstractNumId"), ""): dict(_levels(one))
        for one in root.findall(qn("w:abstractNum"))
    }
    for one in root.findall(qn("w:num")):
        num_id, abstract = number(one, "", "w:numId"), value(one, "w:abstractNumId") or ""
        overrides = [
            (number(over, "", "w:ilvl") or 0, over) for over in one.findall(qn("w:lvlOverride"))
        ]
        own = {at: level for _, over in overrides for at, level in _levels(over)}
        starts = {at: start for at, over in overrides
                  if (start := number(over, "w:startOverride")) is not None}  # fmt: skip
        if num_id is not None:
            yield num_id, _List(abstract, abstracts.get(abstract, {}) | own, starts)


def _levels(parent: BaseOxmlElement) -> Iterator[tuple[int, _Level]]:
    for one in parent.findall(qn("w:lvl")):
        start = number(one, "w:start")
        yield (
            number(one, "", "w:ilvl") or 0,
            _Level(
                kind=value(one, "w:numFmt") or "decimal",
                text=value(one, "w:lvlText") or "",
                start=1 if start is None else start,
                legal=one.find(qn("w:isLgl")) is not None,
                restarts=number(one, "w:lvlRestart"),
            ),
        )


def _printed(levels: Mapping[int, _Level], counts: Mapping[int, int], at: int) -> str:
    level = levels[at]
    if level.kind == "bullet":
        return _BULLETS.get(level.text.strip(), "-")
    text = level.text
    for above in range(at, -1, -1):
        if f"%{above + 1}" in text and above in levels:
            kind = "decimal" if level.legal else levels[above].kind
            shown = _figure(counts.get(above, levels[above].start), kind)
            text = text.replace(f"%{above + 1}", shown)
    text = text.strip()
    return f"{text}." if text[-1:].isalnum() else text


def _figure(count: int, kind: str) -> str:
    if kind in {"upperRoman", "lowerRoman"} and 0 < count < 400:
        return roman(count) if kind == "upperRoman" else roman(count).lower()
    if kind in {"upperLetter", "lowerLetter"} and count > 0:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter if kind == "lowerLetter" else letter.upper()
    return "" if kind == "none" else str(count)
