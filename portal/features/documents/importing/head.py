"""What stands above the text: issuer, number, place, date, the type's name, the summary."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from portal.core.text import N_, fold
from portal.features.documents.body import Head
from portal.features.documents.formats import types
from portal.features.documents.importing import Imported, Notice
from portal.features.documents.importing.lines import capitals, is_rule, marked

_NATIONAL: Final = re.compile(r"(cong hoa xa hoi|doc lap ?[-–] ?tu do|dang cong san viet nam).*")
# Scanners read “Số” as “S6”, and lose marks and spaces: “ngay26 thang 3”.
_NUMBER: Final = re.compile(r"(?:Số|Sô|S6|So)\s*:?\s*[\d…._]*\s*([-/].*)", re.IGNORECASE)
_DATE: Final = re.compile(
    r"(?:(.{1,40}?),\s*)?(ng[àa]y.{0,12}?\bth[áa]ng\b.{0,8}?\bn[ăa]m\b.*)", re.IGNORECASE
)
_SUBJECT: Final = re.compile(r"V\s*/\s*v\s*:?\s*(.*)", re.IGNORECASE)
_TO: Final = re.compile(r"Kính (?:gửi|mời)\s*:?\s*(.*)", re.IGNORECASE)
_BASIS: Final = re.compile(r"(can cu|thuc hien|xet|theo|tren co so|tiep theo)\b.*")
_WRAPPED_NAMES: Final = ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "BAN CHỈ ĐẠO")


@dataclass(frozen=True)
class Parts:
    """The lines of a text by where they stand."""

    head: Sequence[str]
    type_code: str
    summary: Sequence[str]
    addressees: Sequence[str]
    rest: int
    """Where the text itself begins."""


def type_by_title(line: str) -> str:
    """Give the type whose name stands alone on a line; "" if it is none."""
    folded = fold(line).strip(" :")
    return next((one.code for one in types() if one.titled and fold(one.name) == folded), "")


def taken_apart(lines: Sequence[str]) -> Parts:
    """Find where the head ends: at the type's name, at “Kính gửi”, or after the number.

    Args:
        lines: of the whole text; an empty one stands where a table does.
    """
    first = lines[:40]
    title = next((at for at, line in enumerate(first) if type_by_title(line)), None)
    above = [at for at, line in enumerate(first[:16]) if _belongs_above(line)]
    start = max(above, default=-1) + 1 if title is None else title
    kind = "" if title is None else type_by_title(lines[title])
    at = start if title is None else title + 1
    summary: list[str] = []
    while kind and at < len(lines) and len(summary) < 5 and _is_summary(lines[at], summary):
        summary += [lines[at]] if lines[at] else []
        at += 1
    addressees, rest = _addressees(lines, at)
    if addressees and not kind:
        kind = "cong_van"
    return Parts(lines[:start], kind, summary, addressees, rest)


def _belongs_above(line: str) -> bool:
    folded = fold(line)
    return bool(
        _NATIONAL.fullmatch(folded) or _NUMBER.fullmatch(line) or _SUBJECT.match(line)
        or (_DATE.fullmatch(line) and len(line) < 70)
    )  # fmt: skip


def _is_summary(line: str, before: Sequence[str]) -> bool:
    if not line:
        return True
    cites = line.lstrip("-– ")[:1].isupper() and _BASIS.fullmatch(fold(line).lstrip("-– "))
    stops = is_rule(line) or cites or _TO.match(line) or marked(line)
    return not (stops or line[-1] in ":;,." or (before and capitals(line)))


def _addressees(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """Read “Kính gửi”, on one line or with a list below it."""
    while at < len(lines) and (not lines[at] or is_rule(lines[at])):
        at += 1
    match = _TO.fullmatch(lines[at]) if at < len(lines) else None
    if match is None:
        return [], at
    found = [match[1]] if match[1] else []
    at += 1
    while at < len(lines) and (not lines[at] or lines[at][0] in "-–+"):
        found += [lines[at].lstrip("-–+ ")] if lines[at] else []
        at += 1
    return [name.rstrip(" ;.,") for name in found], at


def with_head(imported: Imported, parts: Parts) -> Imported:
    """Put in what the head tells."""
    number = next((line for line in parts.head if _NUMBER.fullmatch(line)), "")
    dates = [match for line in parts.head if (match := _DATE.fullmatch(line))]
    subject = _subject(parts.head)
    names = [line for line in parts.head if capitals(line) and not _belongs_above(line)]
    parent, issuer = _organs(names)
    head = Head(
        parent_name=parent, issuer_name=issuer, symbol=_organ_symbol(number),
        place=(dates[0][1] or "").strip() if dates else "",
    )  # fmt: skip
    match = _NUMBER.fullmatch(number)
    spaced = match and re.search(r"\S\s+\S", match[1])
    return replace(
        imported,
        head=head,
        notices=(Notice(SPACED, {"symbol": match[1]}),) if match and spaced else (),
        type_code=parts.type_code,
        number_text=number,
        date_text=dates[0][2] if dates else "",
        summary=" ".join(parts.summary) or subject,
        addressees="\n".join(parts.addressees),
    )


SPACED: Final = N_("Ký hiệu “%(symbol)s” có dấu cách.")


def _subject(head: Sequence[str]) -> str:
    """Read “V/v …” of a công văn, with the lines over which it runs."""
    found: list[str] = []
    for line in head:
        if match := _SUBJECT.fullmatch(line):
            found = [match[1]]
        elif found and line and not (_belongs_above(line) or capitals(line)):
            found.append(line)
        elif found:
            break
    return " ".join(found)


def _organs(names: list[str]) -> tuple[str, str]:
    for at, name in enumerate(names[:-1]):
        if name in _WRAPPED_NAMES:
            names = [*names[:at], f"{name} {names[at + 1]}", *names[at + 2 :]]
            break
    return (names[0], " ".join(names[1:])) if len(names) > 1 else ("", "".join(names))


def _organ_symbol(number: str) -> str:
    """Read the organ out of “Số 191-KH/BCĐ” or “Số: 05/KH-UBND”, spaces or not."""
    match = _NUMBER.fullmatch(number)
    symbol = re.sub(r"\s", "", match[1]).replace("–", "-") if match else ""
    if symbol.startswith("-"):
        return symbol.partition("/")[2]
    first, _, rest = symbol.removeprefix("/").partition("-")
    known = {text for one in types() for text in one.abbreviations.values() if text}
    return rest if first in known and rest else symbol.removeprefix("/")
