"""The paragraphs before the first section: what a document rests on, and what it then does."""

import re
from collections.abc import Sequence
from typing import Final

CITING: Final = re.compile(r"[-–+]?\s*(?:Căn cứ|Thực hiện|Xét|Theo|Trên cơ sở)\b")
_ACTS: Final = (
    "Hiến pháp|Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Chỉ thị|Kết luận|Quy định|"
    "Quy chế|Điều lệ|Thông tư|Thông báo|Thông tri|Hướng dẫn|Kế hoạch|Chương trình|Công văn|"
    "Tờ trình|Báo cáo|Đề án"
)
_ACT: Final = re.compile(rf"(?:{_ACTS})\b")
_NEXT_BASIS: Final = re.compile(
    rf"\s*;\s*(?=(?:{_ACTS}|Căn cứ|Thực hiện|Xét|Theo)\b)|,\s*(?=(?:Căn cứ|Thực hiện|Xét)\s+[A-ZĐ])"
)
_DOING: Final = re.compile(
    rf"[,;]\s+(?!{_ACTS}|Căn cứ|Thực hiện)(?=[^\W\d][^,;]{{2,90}}\s(?:xây dựng|ban hành|thông báo|"
    r"báo cáo|đề nghị|kính|trình|hướng dẫn|tổ chức)\b)"
)
_ENACTING: Final = re.compile(r".{0,80}\b(?:QUYẾT ĐỊNH|QUYẾT NGHỊ)\s*:")


def told_apart(paragraphs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Tell the bases from the paragraphs that follow them.

    Args:
        paragraphs: all before the first section. A long one that cites several acts, “Căn cứ …;
            Nghị định …, UBND phường xây dựng …”, becomes as many bases and an opening.

    Returns:
        The bases without the sign at their end, and the opening's paragraphs.
    """
    bases: list[str] = []
    opening: list[str] = []
    for paragraph in paragraphs:
        if _ENACTING.fullmatch(paragraph):
            continue
        stated, doing = _stated(paragraph, after_basis=bool(bases))
        if stated and not opening:
            bases += [_basis(one) for one in _NEXT_BASIS.split(stated)]
        else:
            opening += [stated] if stated else []
        opening += [doing] if doing else []
    return bases, opening


def _stated(paragraph: str, *, after_basis: bool) -> tuple[str, str]:
    """Part “Căn cứ …, UBND phường xây dựng …” into what is cited and what is done."""
    match = _DOING.search(paragraph)
    begins = CITING.match(paragraph) or (after_basis and _ACT.match(paragraph))
    if begins and match and paragraph.rstrip()[-1:] in ":.":
        return paragraph[: match.start()], paragraph[match.end() :]
    cites = begins and not paragraph.rstrip().endswith(":")
    return (paragraph, "") if cites else ("", paragraph)


def _basis(text: str) -> str:
    text = text.strip(" ;,.").lstrip("-–+ ")
    return f"Căn cứ {text}" if _ACT.match(text) else text
