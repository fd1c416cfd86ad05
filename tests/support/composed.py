"""Texts of documents as people write them, without a database, for compose and what follows."""

from dataclasses import dataclass, replace
from datetime import date

from portal.features.documents.body import (
    Appendix,
    Body,
    Duty,
    Head,
    Level,
    Party,
    Recipient,
    Section,
    SectionRole,
    Signature,
)
from portal.features.documents.paper.annexes import UnitLine


@dataclass(frozen=True)
class Written:
    """What compose needs of a document: a plan of the Party, until told otherwise."""

    body: Body
    type_code: str = "ke_hoach"
    format_code: str = "party-hd36"
    number: int | None = None
    number_text: str = ""
    dated_on: date | None = None
    state: str = "draft"


def section(level: Level, heading: str = "", text: str = "") -> Section:
    """Make a section that plays no role."""
    return Section(level=level, heading=heading, text=text)


def recipient(name: str, note: str = "") -> Recipient:
    """Make a line of “Nơi nhận”."""
    return Recipient(Party(name), note)


BODY = Body(
    head=Head("TỈNH ỦY BẮC GIANG", "BCĐ THỰC HIỆN QCDC TỈNH", "BCĐ", "Bắc Giang"),
    summary="Tổ chức khảo sát, lấy ý kiến của cán bộ, công chức về việc thực hiện quy chế dân chủ "
    "tại cơ quan cấp xã[[Cơ quan Đảng ủy, Ủy ban nhân dân.]]",
    bases=("Căn cứ Luật Thực hiện dân chủ ở cơ sở năm 2022;", "Căn cứ Công văn số 2858-CV/TU."),
    opening="Ban Chỉ đạo xây dựng Kế hoạch như sau:",
    sections=(
        section(Level.PART, "Mục đích, yêu cầu"),
        section(Level.POINT, "", "Thu thập thông tin[[Qua phiếu.]] nhanh."),
        section(Level.PART, "Nội dung"),
        section(Level.POINT, "Đối tượng", "Cán bộ cấp xã.\nCông chức cấp xã."),
        section(Level.POINT, "Cách làm"),
        section(Level.SUBPOINT, "Công cụ", "Mã QR."),
        section(Level.DASH, "", "Niêm yết."),
        Section("giao", Level.PART, "Tổ chức thực hiện", "Theo bảng:", SectionRole.DUTIES),
        section(Level.PART, "Điều khoản"),
    ),
    duties=(
        Duty("v1", "Lập danh sách", Party("Khối Dân vận"), "", "trước ngày 15/5/2024", ""),
        Duty("v2", "Báo cáo", Party("Huyện ủy"), "", "trong tháng 5", ""),
    ),
    closing="Trên đây là Kế hoạch, đề nghị các đơn vị thực hiện.",
    signature=Signature("", "TRƯỞNG BAN kiêm PHÓ BÍ THƯ", "Nguyễn Văn Mẫu"),
    recipients=(recipient("Ban Dân vận Trung ương", "b/c"), recipient("Các huyện ủy;")),
)
PLAN = Written(BODY)
ISSUED = replace(
    PLAN, number=191, number_text="Số 191-KH/BCĐ", dated_on=date(2024, 3, 26), state="issued"
)
STATE = replace(
    PLAN,
    format_code="state-nd30",
    body=replace(
        BODY,
        head=Head("", "ỦY BAN NHÂN DÂN PHƯỜNG BẮC KẠN", "UBND", "Bắc Kạn"),
        signature=Signature("T/M ỦY BAN NHÂN DÂN", "K/T CHỦ TỊCH\nPHÓ CHỦ TỊCH", "Nguyễn Văn Mẫu"),
    ),
)
"""A ward's plan under NĐ 30, no number yet."""


def listing(document: Written, *appendices: Appendix) -> Written:
    """Give a document with these appendices."""
    return replace(document, body=replace(document.body, appendices=appendices))


def units(count: int) -> tuple[UnitLine, ...]:
    """Make communes with their codes."""
    return tuple(
        UnitLine(f"Xã {n}", "Huyện Mẫu", f"k7rm-{n:04}", f"https://danchu.example.vn/k7rm{n:04}")
        for n in range(1, count + 1)
    )
