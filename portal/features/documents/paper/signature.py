"""Who decides and who signs: on whose behalf, with which title; two titles joined by “kiêm”."""

import re

from portal.features.documents.body import Body, Signature
from portal.features.documents.formats import DocumentType, Format
from portal.features.documents.paper import SIGNATURE_SHARE
from portal.features.documents.paper.inline import lines
from portal.features.documents.paper.lines import broken

_MARK = re.compile(r"^(TUQ|T/?M|K/?T|T/?L|Q)[.\s]\s*", re.IGNORECASE)
_TWO_OFFICES = re.compile(r"\s+kiêm\s+", re.IGNORECASE)
_STANDING = ("BAN THƯỜNG VỤ", "BAN THƯỜNG TRỰC", "BAN CHẤP HÀNH")
CONCURRENTLY = "kiêm"
_MARGIN_MM = 3
"""What a line keeps off the edges of its column."""


def authority_lines(signature: Signature, form: Format) -> tuple[str, ...]:
    """Give the lines on whose behalf it is signed: “TM. ỦY BAN NHÂN DÂN”, “T/M ĐẢNG ỦY”."""
    return _fitting([_marked(line, form) for line in lines(signature.authority)], form)


def title_lines(signature: Signature, form: Format) -> tuple[str, ...]:
    """Give the signer's titles in capitals, “kiêm” between two on a line of its own.

    For a collective a deputy of the Party signs without “K/T” (HD 05; plan 000).
    """
    shown = [line for title in lines(signature.titles) for line in _offices(title, form)]
    marks = form.authority_marks
    collective = any(line.startswith(marks["TM"]) for line in authority_lines(signature, form))
    if collective and not form.deputy_for_collective:
        shown = [line for line in shown if not line.startswith(marks["KT"])]
    return _fitting(shown, form)


def deciding(body: Body, kind: DocumentType) -> str:
    """Name in capitals who decides (NĐ 30 Annex III; Party guides).

    It is the body itself, its standing part if that is signed for (“T/M BAN THƯỜNG VỤ”), or its
    head if he signs in his own name.
    """
    issuer = " ".join(body.head.issuer_name.upper().split())
    authority, titles = lines(body.signature.authority), lines(body.signature.titles)
    behalf = _unmarked(authority[0]) if authority else ""
    if behalf in _STANDING:
        return f"{behalf} {issuer}"
    if kind.collective or behalf or not titles:
        return issuer
    return f"{_unmarked(titles[0])} {issuer}"


def _unmarked(line: str) -> str:
    return _MARK.sub("", line).upper()


def _fitting(shown: list[str], form: Format) -> tuple[str, ...]:
    room, size = form.text_mm * SIGNATURE_SHARE - _MARGIN_MM, form.sizes["signature"]
    return tuple(part for line in shown for part in broken(line, size, room))


def _offices(title: str, form: Format) -> list[str]:
    if title.lower() == CONCURRENTLY:
        return [CONCURRENTLY]
    first, *others = _TWO_OFFICES.split(title)
    shown = [_marked(first, form)]
    for other in others:
        shown += [CONCURRENTLY, _marked(other, form)]
    return shown


def _marked(line: str, form: Format) -> str:
    """Write a line in capitals, its mark as the format has it: “TM.” or “T/M”."""
    match = _MARK.match(line)
    if match is None:
        return line.upper()
    key = match[1].upper().replace("/", "")
    return f"{form.authority_marks[key]} {line[match.end() :].upper()}"
