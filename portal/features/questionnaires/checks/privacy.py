"""Questions that could tell who answered (DESIGN rule 4: anonymous by construction)."""

import re
from collections.abc import Iterator, Mapping
from math import prod
from typing import Final

from portal.core.text import N_
from portal.features.questionnaires.checks.found import Finding, warning
from portal.features.questionnaires.definition import Definition, Kind, Question

GROUPS: Final = 10
"""A unit of fifty answers parted into more groups than this leaves fewer than five in each."""
_SHORT: Final = 140
"""Questions about the person are short; longer ones only mention these words."""
_ABOUT: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(pattern)
    for name, pattern in {
        N_("tuổi"): r"\btuổi\b|năm sinh",
        N_("giới tính"): r"giới tính|nam hay nữ",
        N_("cơ quan"): r"cơ quan nào|công tác (?:tại|ở)|đơn vị công tác|nơi công tác|nơi làm việc"
        r"|làm việc (?:tại|ở)|thuộc (?:cơ quan|đơn vị|phòng|khối|bộ phận)",
        N_("chức vụ"): r"chức vụ|chức danh|vị trí (?:việc làm|công tác)|cương vị|ngạch",
        N_("dân tộc"): r"dân tộc (?:nào|gì|của)|thành phần dân tộc|người dân tộc",
        N_("tôn giáo"): r"tôn giáo",
        N_("đảng viên"): r"đảng viên",
        N_("trình độ"): r"học vấn|trình độ (?:văn hóa|chuyên môn|đào tạo)",
        N_("nghề nghiệp"): r"nghề nghiệp|làm nghề|công việc chính",
        N_("nơi ở"): r"(?:thôn|bản|tổ dân phố|khu phố|xóm|ấp|làng) nào|nơi (?:ở|cư trú)",
        N_("thâm niên"): r"thâm niên|năm công tác|công tác (?:bao|được)",
    }.items()
}
_WHO: Final = re.compile(
    r"họ và tên|họ tên|tên của (?:ông|bà|anh|chị|đồng chí)|số điện thoại|căn cước|cccd|số định danh"
    r"|địa chỉ (?:nhà|của|liên hệ|thường trú)|e-?mail"
)
_NOTICE: Final = re.compile(r"(?:không|đừng) ghi (?:họ )?tên")


def combinations(definition: Definition) -> Iterator[Finding]:
    """Find questions about the person that together part a small unit into single people."""
    found = [(name, question) for question in definition.questions if (name := _about(question))]
    groups = prod(len(_known(question)) for _, question in found)
    if found and groups > GROUPS:
        yield warning(
            "identifying",
            N_("Các câu về người trả lời (%(names)s) chia mỗi đơn vị thành tới %(groups)s nhóm: "
               "nơi có 50 phiếu thì mỗi nhóm chưa tới năm người, có thể đoán ra ai trả lời. "
               "Nên bỏ bớt câu hoặc gộp lựa chọn."),
            *(question.id for _, question in found),
            names=" × ".join(dict.fromkeys(name for name, _ in found)), groups=groups,
        )  # fmt: skip


def asks_who(definition: Definition) -> Iterator[Finding]:
    """Find free texts that ask for a name, a number or an address."""
    for question in definition.questions:
        text = question.text.lower()
        if not question.closed and _WHO.search(text) and not _NOTICE.search(text):
            yield warning(
                "asks_who",
                N_("Câu này hỏi tên, số điện thoại hoặc địa chỉ, trong khi phiếu hứa không hỏi."),
                question.id,
            )


def without_notice(definition: Definition) -> Iterator[Finding]:
    """Find free texts that do not say to leave one's name out."""
    for question in definition.questions:
        said = f"{question.text} {question.hint}".lower()
        if not question.closed and not _NOTICE.search(said):
            yield warning(
                "notice",
                N_("Câu viết nên nhắc “Xin không ghi họ tên, số điện thoại”, vì nội dung viết "
                   "ra có thể cho biết ai trả lời."),
                question.id,
            )  # fmt: skip


def _about(question: Question) -> str:
    text = question.text.lower()
    plain = question.kind in {Kind.SINGLE, Kind.MULTI} and not question.scored
    if not plain or len(text) > _SHORT:
        return ""
    return next((name for name, pattern in _ABOUT.items() if pattern.search(text)), "")


def _known(question: Question) -> list[str]:
    return [option.code for option in question.options if not option.unknown] or [""]
