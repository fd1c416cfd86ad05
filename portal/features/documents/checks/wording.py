"""Words: citations, old encodings, and slips that come back from year to year."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from portal.core import legacy
from portal.core.text import N_, looks_legacy_encoded
from portal.features.documents.body import Body
from portal.features.documents.checks.found import (
    Fix,
    Paper,
    Warning,
    rewritten,
    warning,
    words,
)
from portal.features.documents.text import citations


def cited(paper: Paper) -> Iterator[Warning]:
    """Documents cited in part at first, or in full again (NĐ 30/2020, Annex I)."""
    for one in citations.mistakes(paper.body):
        yield warning("citation", one.message, one.section_id, words=one.text)


def old_encoding(paper: Paper) -> Iterator[Warning]:
    """Text typed in TCVN3 or VNI fonts."""
    for place, text in _texts(paper.body):
        if looks_legacy_encoded(text):
            yield warning("encoding", OLD_ENCODING, place, words=text[:40])


def lost_marks(paper: Paper) -> Iterator[Warning]:
    """A text without accents, as a bad scan gives (003)."""
    if legacy.has_lost_marks("\n".join(text for _place, text in _texts(paper.body))):
        yield warning("marks", NO_MARKS)


def slips(paper: Paper) -> Iterator[Warning]:
    """Words that are known slips of earlier plans; one warning for each, it mends them all."""
    seen: dict[tuple[str, str], str] = {}
    for place, text in _texts(paper.body):
        for pattern, right in _SLIPS:
            for match in pattern.finditer(text):
                seen.setdefault((match[0], right), place)
    for (found, better), place in seen.items():
        fix = Fix(WRITE, _respelled(found, better), {"words": better})
        yield warning("slip", SLIP, place, fix, words=found, better=better)


def two_makers(paper: Paper) -> Iterator[Warning]:
    """The list of codes made by one body, and again by another (000)."""
    texts = list(_texts(paper.body))
    maker = next((m for _place, text in texts if (m := _MAKER.search(text))), None)
    for place, text in texts if maker else ():
        if _MAKES.search(text) and not _MAKER.search(text):
            yield warning("makers", TWO_MAKERS, place, words=maker[0] if maker else "")


RULES: Final = (cited, old_encoding, lost_marks, slips, two_makers)
_MAKER: Final = re.compile(
    r"danh sách mã QR[^.;]{0,20}?\b(?:do|cho)\s+[A-ZĐ][^.;)]{3,60}?\s+lập", re.IGNORECASE
)
_MAKES: Final = re.compile(r"\b(?:tạo|lập)\s+(?:danh sách\s+)?mã QR", re.IGNORECASE)
_SLIPS: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        (r"của người trên địa bàn", "của người dân trên địa bàn"),
        (r"\bnhập dữ trên", "nhập dữ liệu trên"),
        (r"\bBan Chi đạo", "Ban Chỉ đạo"),
        (r"^Kiểm$", "Kiêm"),
        (r"\bgcdc\.", "qcdc."),
        (r"\bBCSD\b", "BCSĐ"),
        (r"\bHDND\b", "HĐND"),
        (r"(?<=[^\s.])\s+\./\.?\s*$", "./."),
    )
)


def _texts(body: Body) -> Iterator[tuple[str, str]]:
    """Give every text with the section or duty in which it stands."""
    yield "", body.summary
    yield from (("", basis) for basis in body.bases)
    yield "", body.opening
    yield from ((one.id, words(one)) for one in body.sections)
    yield from ((one.id, one.what) for one in body.duties)
    yield "", body.closing
    yield from (("", line.strip()) for line in body.signature.titles.split("\n"))


def _respelled(wrong: str, right: str) -> Callable[[Body], Body]:
    def change(text: str) -> str:
        return text.replace(wrong, right)

    def apply(body: Body) -> Body:
        duties = tuple(replace(one, what=change(one.what)) for one in body.duties)
        signature = replace(body.signature, titles=change(body.signature.titles))
        return replace(
            rewritten(replace(body, duties=duties), change), signature=signature,
            summary=change(body.summary), opening=change(body.opening),
            closing=change(body.closing), bases=tuple(map(change, body.bases)),
        )  # fmt: skip

    return apply


OLD_ENCODING = N_("“%(words)s” gõ bằng phông cũ (TCVN3 hoặc VNI).")
NO_MARKS = N_("Văn bản không có dấu tiếng Việt, có lẽ chép từ bản quét.")
SLIP = N_("“%(words)s” có lẽ là “%(better)s”.")
WRITE = N_("Ghi “%(words)s”")
TWO_MAKERS = N_("Mục này giao tạo mã QR, nhưng chỗ khác ghi “%(words)s”.")
