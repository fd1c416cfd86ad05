"""Number, place and signature as the formats want them (NĐ 30/2020, Annex I)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from portal.core.text import N_, fold
from portal.features.documents.body import Body
from portal.features.documents.checks.found import Fix, Paper, Warning, warning
from portal.features.documents.formats import organ_symbol


def symbol_spaces(paper: Paper) -> Iterator[Warning]:
    """No space stands within number and symbol: “/KH-UBND”, not “/KH - UBND” (004)."""
    symbol = paper.body.head.symbol
    better = organ_symbol(paper.kind, paper.form, symbol)
    if symbol != better:
        fix = Fix(WRITE, lambda body: _with_symbol(body, better), {"words": better})
        yield warning("symbol", SPACED if " " in symbol else NOT_ORGAN, "", fix, symbol=symbol)


def place_capitals(paper: Paper) -> Iterator[Warning]:
    """Every syllable of a place's name is a capital one (000: “P. Ngô quyền”)."""
    place = paper.body.head.place
    better = " ".join(word[:1].upper() + word[1:] for word in place.split())
    if place and place != better:
        fix = Fix(WRITE, lambda body: _with_place(body, better), {"words": better})
        yield warning("place", SMALL_PLACE, "", fix, place=place)


def unsigned(paper: Paper) -> Iterator[Warning]:
    """Nobody signs."""
    if not paper.body.signature.signer.strip():
        yield warning("no-signer", NO_SIGNER)


def sent_nowhere(paper: Paper) -> Iterator[Warning]:
    """Nobody receives it; who is addressed receives it too, and minutes are only kept."""
    body = paper.body
    named = any(one.party.name.strip() for one in body.recipients)
    addressed = paper.kind.addressed and body.addressees.strip()
    if paper.kind.is_sent and not named and not addressed:
        yield warning("no-recipient", NO_RECIPIENT)


def as_addressed(paper: Paper) -> Iterator[Warning]:
    """“Như kính gửi” among the recipients of a paper that is addressed to nobody (000)."""
    if paper.body.addressees.strip():
        return
    for one in paper.body.recipients:
        if re.match(r"nhu (kinh gui|tren)", fold(one.party.name)):
            yield warning(
                "addressed", NOT_ADDRESSED, "", Fix(DROP, _undirected), name=one.party.name
            )


def another_author(paper: Paper) -> Iterator[Warning]:
    """The opening says that another organ makes it than the one in its head (000, 001)."""
    found = _AUTHOR.search(paper.body.opening) if paper.body.head.issuer_name else None
    if found and not _same(found[1], paper.body.head.issuer_name):
        yield warning(
            "author",
            ANOTHER_AUTHOR,
            "",
            author=found[1].strip(),
            issuer=paper.body.head.issuer_name,
        )


RULES: Final = (symbol_spaces, place_capitals, unsigned, sent_nowhere, as_addressed, another_author)
_AUTHOR: Final = re.compile(
    r"(?:^|[\n,;.]\s*)([A-ZĐỦ][^,;.\n]{3,90}?)\s+(?:xây dựng|ban hành|lập)\s+(?:Kế hoạch|kế hoạch)"
)
_SHORT_FORMS: Final = {
    "bcd": "ban chi dao", "qcdc": "quy che dan chu", "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan", "bdv": "ban dan van",
}  # fmt: skip


def _same(one: str, other: str) -> bool:
    """Say whether two names may be one: abbreviations written out, one within the other."""
    full = [
        " ".join(_SHORT_FORMS.get(word, word) for word in fold(name).split())
        for name in (one, other)
    ]
    return full[0] in full[1] or full[1] in full[0]


def _with_symbol(body: Body, symbol: str) -> Body:
    return replace(body, head=replace(body.head, symbol=symbol))


def _with_place(body: Body, place: str) -> Body:
    return replace(body, head=replace(body.head, place=place))


def _undirected(body: Body) -> Body:
    kept = (
        r for r in body.recipients if not fold(r.party.name).startswith(("nhu kinh", "nhu tren"))
    )
    return replace(body, recipients=tuple(kept))


SPACED = N_("Ký hiệu “%(symbol)s” có dấu cách.")
NOT_ORGAN = N_("Ký hiệu cơ quan “%(symbol)s” có cả tên loại văn bản.")
WRITE = N_("Ghi “%(words)s”")
SMALL_PLACE = N_("Địa danh “%(place)s” chưa viết hoa đủ.")
NO_SIGNER = N_("Chưa có người ký.")
NO_RECIPIENT = N_("Chưa có nơi nhận.")
NOT_ADDRESSED = N_("Nơi nhận ghi “%(name)s” nhưng văn bản không có phần Kính gửi.")
DROP = N_("Bỏ dòng này")
ANOTHER_AUTHOR = N_("Cơ quan ban hành là %(issuer)s nhưng lời dẫn ghi “%(author)s”.")
