"""What changed between two versions of a body, section by section, word by word."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import Final, Literal

from portal.core.text import N_
from portal.features.documents.body import Appendix, Body, Duty, Level, Recipient, Section
from portal.features.documents.text.outline import letter, roman
from portal.features.documents.text.pieces import AROUND, Piece, pieces

Kind = Literal["added", "removed", "moved", "changed"]

HEAD: Final = N_("Phần đầu")
SUMMARY: Final = N_("Trích yếu")
ADDRESSEES: Final = N_("Kính gửi")
BASES: Final = N_("Căn cứ")
OPENING: Final = N_("Mở đầu")
SECTIONS: Final = N_("Mục")
DUTIES: Final = N_("Nhiệm vụ")
CLOSING: Final = N_("Lời kết")
RECIPIENTS: Final = N_("Nơi nhận")
KEEPER: Final = N_("Nơi lưu")
SIGNATURE: Final = N_("Người ký")
APPENDICES: Final = N_("Phụ lục")

_COUNTED: Final = (Level.PART, Level.POINT, Level.SUBPOINT, Level.LETTER)


@dataclass(frozen=True)
class Change:
    """One change that a person can read."""

    area: str
    """A msgid: “Mục”, “Căn cứ”, “Nhiệm vụ”, “Nơi nhận”."""
    where: str
    """Which one: "II.3", or its heading; "" where the area says it."""
    id: str
    """The section's, duty's or appendix's id; "" for others."""
    kind: Kind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class _Part:
    """Anything with an id that stands in a row of its like."""

    id: str
    where: str
    text: str
    level: str = ""


def compare(old: Body, new: Body, labels: Mapping[str, str] | None = None) -> tuple[Change, ...]:
    """Give the changes from one body to another in the order of the document.

    Args:
        old: the earlier text.
        new: the later one.
        labels: the numbers of sections by id, as the format prints them; counted plainly
            (“II.3.a”) where not given.

    Returns:
        Nothing if both say the same. A part that was both moved and rewritten is two changes.
    """
    known = labels or {}
    return (
        *_texts(HEAD, _lines_of(old.head), _lines_of(new.head)),
        *_texts(SUMMARY, old.summary, new.summary),
        *_texts(ADDRESSEES, old.addressees, new.addressees),
        *_rows(BASES, old.bases, new.bases),
        *_texts(OPENING, old.opening, new.opening),
        *_parts(SECTIONS, _sections(old.sections, known), _sections(new.sections, known)),
        *_parts(DUTIES, _duties(old.duties), _duties(new.duties)),
        *_texts(CLOSING, old.closing, new.closing),
        *_texts(SIGNATURE, _lines_of(old.signature), _lines_of(new.signature)),
        *_rows(RECIPIENTS, _recipients(old.recipients), _recipients(new.recipients)),
        *_texts(KEEPER, old.keeper, new.keeper),
        *_parts(APPENDICES, _appendices(old.appendices), _appendices(new.appendices)),
    )


def _texts(area: str, old: str, new: str) -> Iterator[Change]:
    if old == new:
        return
    kind: Kind = "changed" if old and new else "added" if new else "removed"
    yield Change(area, "", "", kind, pieces(old, new))


def _rows(area: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """Compare rows without ids, such as bases; one that stands elsewhere was moved."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    gone, come = set(old) - set(new), set(new) - set(old)
    for operation, start, end, first, last in matcher.get_opcodes():
        if operation == "equal":
            continue
        for row in new[first:last]:
            if row not in come:
                yield Change(area, "", "", "moved", (Piece(row, "same"),))
        before = [row for row in old[start:end] if row in gone]
        after = [row for row in new[first:last] if row in come]
        pairs = min(len(before), len(after))
        for one, other in zip(before, after, strict=False):
            yield from _texts(area, one, other)
        for row in before[pairs:]:
            yield from _texts(area, row, "")
        for row in after[pairs:]:
            yield from _texts(area, "", row)


def _parts(area: str, old: Sequence[_Part], new: Sequence[_Part]) -> Iterator[Change]:
    """Compare parts by their ids: those removed where they stood, the others as they stand."""
    pairs = _paired(old, new)
    stayed = _in_order([pairs[part.id] for part in new if part.id in pairs], old)
    kept = {one.id for one in pairs.values()}
    place = {part.id: at for at, part in enumerate(old)}
    gone = [part for part in old if part.id not in kept]
    for part in new:
        before = pairs.get(part.id)
        while before and gone and before.id in stayed and place[gone[0].id] < place[before.id]:
            yield _whole(area, gone.pop(0), "removed")
        if before is None:
            yield _whole(area, part, "added")
            continue
        if before.id not in stayed or before.level != part.level:
            yield Change(area, part.where, part.id, "moved", (Piece(_brief(part.text), "same"),))
        if before.text != part.text:
            yield Change(area, part.where, part.id, "changed", pieces(before.text, part.text))
    yield from (_whole(area, part, "removed") for part in gone)


def _whole(area: str, part: _Part, kind: Literal["added", "removed"]) -> Change:
    return Change(area, part.where, part.id, kind, (Piece(part.text, kind),) if part.text else ())


def _brief(text: str) -> str:
    words = text.split()
    return " ".join(words[:AROUND]) + (" …" if len(words) > AROUND else "")


def _paired(old: Sequence[_Part], new: Sequence[_Part]) -> dict[str, _Part]:
    """Find what each part was before: by its id, or by its text where it was typed anew."""
    by_id = {part.id: part for part in old}
    pairs = {part.id: by_id[part.id] for part in new if part.id in by_id}
    free = {part.text: part for part in reversed(old) if part.id not in pairs and part.text}
    for part in new:
        if part.id not in pairs and part.text in free:
            pairs[part.id] = free.pop(part.text)
    return pairs


def _in_order(parts: Sequence[_Part], old: Sequence[_Part]) -> set[str]:
    """Give the ids of the longest run of parts that kept their order: the others were moved."""
    before = [part.id for part in old]
    matcher = SequenceMatcher(None, before, [part.id for part in parts], autojunk=False)
    return {
        before[at]
        for block in matcher.get_matching_blocks()
        for at in range(block.a, block.a + block.size)
    }


def _lines_of(data: object) -> str:
    values = (getattr(data, one.name) for one in fields(data))  # type: ignore[arg-type]
    return "\n".join(value for value in values if value)


def _sections(sections: Sequence[Section], labels: Mapping[str, str]) -> list[_Part]:
    counts = dict.fromkeys(_COUNTED, 0)
    found = []
    for section in sections:
        where = labels.get(section.id) or _counted(counts, section)
        text = "\n".join(filter(None, (section.heading, section.text)))
        found.append(_Part(section.id, where, text, section.level))
    return found


def _counted(counts: dict[Level, int], section: Section) -> str:
    """Count a section plainly: “II.3.a”; one without a number belongs to the last that has."""
    if section.level in counts:
        counts[section.level] += 1
        below = _COUNTED[_COUNTED.index(section.level) + 1 :]
        counts.update(dict.fromkeys(below, 0))
    part, point, sub, letter_ = (counts[level] for level in _COUNTED)
    shown = (part and roman(part), point, sub, letter_ and letter(letter_))
    return ".".join(str(figure) for figure in shown if figure)


def _duties(duties: Sequence[Duty]) -> list[_Part]:
    return [_Part(one.id, str(at), _duty(one)) for at, one in enumerate(duties, 1)]


def _duty(duty: Duty) -> str:
    cells = (duty.what, duty.lead.name, duty.joins, duty.due, duty.evidence)
    return " | ".join(filter(None, cells))


def _recipients(recipients: Sequence[Recipient]) -> list[str]:
    return [f"{one.party.name} ({one.note})" if one.note else one.party.name for one in recipients]


def _appendices(appendices: Sequence[Appendix]) -> list[_Part]:
    return [
        _Part(
            one.id, one.title, "\n".join(filter(None, (one.title, one.text.replace("\t", " | "))))
        )
        for one in appendices
    ]
