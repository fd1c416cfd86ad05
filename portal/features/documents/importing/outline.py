"""An outline pasted as plain text, split into the parts of a document.

It follows how the papers are set (NĐ 30/2020 Annex I, the Party's guides) and the habits of
those who type them: “I-”, “1-”, “1.1.”, “* Lưu ý:”, bases in one long paragraph, lines broken
where the page was, “./.” and the typist's mark.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from portal.core import clock, legacy
from portal.core.text import N_
from portal.features.documents import deadlines
from portal.features.documents.body import Appendix
from portal.features.documents.importing import Imported, Notice, bases, foot, head
from portal.features.documents.importing.lines import (
    Item,
    Rows,
    capitals,
    is_rule,
    marked,
    paragraphs_of,
    read,
    unwrapped,
)
from portal.features.documents.importing.sections import (
    END_MARK,
    Reader,
    sentence_case,
    table_appendix,
    with_window,
)

_APPENDIX: Final = re.compile(r"PHỤ LỤC\b.{0,20}|Phụ lục(?:\s+(?:số\s+)?[\dIVX]{1,4})?[.:]?")


def split(text: str) -> Imported:
    """Recognise the parts of a document in plain text.

    Args:
        text: as pasted, of any length; lines may be broken where the page was. A text in an old
            encoding is split as well as can be; convert it before (`core.legacy`).

    Returns:
        What was recognised. Every word of the text is in it, save those a format prints by
        itself: the national title, the star line, numbers of sections, “./.”.
    """
    imported = arranged(read(text), broken=True)
    name = legacy.detect(text)
    return imported if name is None else replace(imported, encoding=name)


def arranged(items: Sequence[Item], *, broken: bool) -> Imported:
    """Put lines and tables into the parts of a document.

    Args:
        items: in their order.
        broken: whether lines end where the page did; False if each is a paragraph.
    """
    plain = [item if isinstance(item, str) else "" for item in items]
    parts = head.taken_apart(plain)
    imported = head.with_head(Imported(), parts)
    annex = _first_appendix(plain, parts.rest)
    end = parts.rest + foot.start_of(plain[parts.rest : annex])
    below, after = _below(items[end:annex])
    imported = foot.with_foot(imported, below)
    text = unwrapped(items[parts.rest : end]) if broken else _paragraphs(items[parts.rest : end])
    imported = with_notes(_with_text(imported, text), text)
    imported = replace(imported, sections=with_window(imported.sections, imported.summary))
    appendices = imported.appendices + _appendices([*after, *items[annex:]])
    notices = (*imported.notices, *_wrong_days(imported), *_doubts(plain))
    return replace(imported, appendices=appendices, notices=notices)


def _wrong_days(imported: Imported) -> Iterator[Notice]:
    """Point at days that cannot be, “31/02/2026” or “9/11/26”, before they are in the draft."""
    texts = [*(f"{one.heading}\n{one.text}" for one in imported.sections),
             *(one.due for one in imported.duties)]  # fmt: skip
    for text in texts:
        for fault in deadlines.faults(text, clock.today().year):
            yield Notice(fault.message, fault.values)


def _first_appendix(lines: Sequence[str], start: int) -> int:
    """Find where the appendices begin: after the signature, or anywhere if there is none."""
    signed = start + foot.start_of(lines[start:])
    after = range(signed if signed < len(lines) else start, len(lines))
    found = (at for at in after if _APPENDIX.fullmatch(lines[at]))
    return next(found, len(lines))


def _below(items: Sequence[Item]) -> tuple[list[str], Sequence[Item]]:
    """Part what stands at the foot: recipients and signature, and a list that follows them."""
    at = next((at for at, item in enumerate(items) if _is_list(item)), len(items))
    known = foot.Foot()
    lines = list(paragraphs_of(items[:at]))
    used = next((n for n, line in enumerate(lines) if not known.take(line)), len(lines))
    return lines[:used], [*lines[used:], *items[at:]]


def _is_list(item: Item) -> bool:
    return isinstance(item, Rows) and len(item.rows) > 1 and len(item.rows[0]) > 2


def _doubts(lines: Sequence[str]) -> tuple[Notice, ...]:
    """Warn of a text that has lost its marks, as bad scans have."""
    text = "\n".join(lines)
    lost = legacy.has_lost_marks(text) and legacy.detect(text) is None
    return (Notice(NO_MARKS),) if lost else ()


NO_MARKS: Final = N_("Chữ mất dấu, như bản quét. Nếu có bản Word, mời dán lại từ bản ấy.")


def with_notes(imported: Imported, items: Sequence[Item]) -> Imported:
    """Hang footnotes at the places of their marks: “cấp xã¹” becomes “cấp xã[[…]]”."""
    found = [match for item in items if isinstance(item, str) if (match := _NOTE.fullmatch(item))]
    notes = {match[1]: f"[[{match[2]}]]" for match in found}
    if not notes:
        return imported

    def hung(text: str) -> str:
        text = "\n".join(line for line in text.split("\n") if not _NOTE.fullmatch(line))
        return _NOTE_MARK.sub(lambda match: notes.get(match[0], match[0]), text)

    sections = tuple(
        replace(one, heading=hung(one.heading), text=hung(one.text)) for one in imported.sections
    )
    return replace(
        imported, summary=hung(imported.summary), bases=tuple(map(hung, imported.bases)),
        opening=hung(imported.opening), sections=sections, closing=hung(imported.closing),
    )  # fmt: skip


_NOTE: Final = re.compile(r"([¹²³⁰⁴-⁹]+)\s*(\S.*)")
_NOTE_MARK: Final = re.compile(r"(?<=\w)[¹²³⁰⁴-⁹]+|(?<=[”\"),.;])[¹²³⁰⁴-⁹]+")


def _paragraphs(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if isinstance(item, Rows) or (item and not is_rule(item))]


def _with_text(imported: Imported, items: list[Item]) -> Imported:
    first = next((at for at, item in enumerate(items) if _begins_section(item)), len(items))
    stated, opening = bases.told_apart([item for item in items[:first] if isinstance(item, str)])
    reader = Reader()
    for item in items[first:]:
        reader.take(item)
    notices = imported.notices + reader.notices()
    return replace(
        imported, bases=tuple(stated), opening="\n".join(opening), sections=tuple(reader.sections),
        duties=reader.duties, closing="\n".join(END_MARK.sub(".", one) for one in reader.closing),
        appendices=tuple(reader.appendices), notices=notices,
    )  # fmt: skip


def _begins_section(item: Item) -> bool:
    if isinstance(item, Rows):
        return True
    sign = marked(item)
    return sign is not None and not bases.CITING.match(item)


def _appendices(items: Sequence[Item]) -> tuple[Appendix, ...]:
    found: list[list[Item]] = []
    for item in items:
        if not found or (isinstance(item, str) and _APPENDIX.fullmatch(item)):
            found.append([])
        if isinstance(item, str) and _APPENDIX.fullmatch(item):
            continue
        if item and not (isinstance(item, str) and is_rule(item)):
            found[-1].append(item)
    return tuple(one for group in found for one in _appendix_parts(group))


def _appendix_parts(items: list[Item]) -> list[Appendix]:
    lines: list[str] = []
    parts: list[Appendix] = []
    for item in items:
        if isinstance(item, Rows):
            parts.append(table_appendix(" ".join(lines) or item.title, item))
            lines = []
        else:
            lines.append(item)
    if lines:
        count = next((at for at, line in enumerate(lines) if not capitals(line)), len(lines))
        title = sentence_case(" ".join(lines[:count]))
        parts.append(Appendix(title=title, text="\n".join(lines[count:])))
    return parts
