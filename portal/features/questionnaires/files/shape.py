"""The sheets of a questionnaire as an .xlsx: their columns and the words in them."""

from collections.abc import Mapping
from typing import Final

from portal.core.workbook import Column
from portal.features.questionnaires.definition import Kind

ABOUT, QUESTIONS, GUIDE = "Phiếu", "Câu hỏi", "Hướng dẫn"
LANGUAGE: Final = "en"

ABOUT_COLUMNS: Final = (Column("Mục", 26), Column("Nội dung", 80), Column("Tiếng Anh", 80))
CODE, TITLE, INTRO, AUDIENCE = "Mã phiếu", "Tên phiếu", "Lời mở đầu", "Hỏi ai"
THRESHOLD, KEY = "Công bố từ (số phiếu)", "Câu đánh giá chung (số)"

COLUMNS: Final = (
    Column("Loại", 14), Column("Nội dung", 70), Column("Bắt buộc", 10), Column("Điểm", 8),
    Column("Chỉ hỏi khi", 30), Column("Gợi ý", 40), Column("Số chữ", 9), Column("Mã", 8),
    Column("Tiếng Anh", 60), Column("Gợi ý tiếng Anh", 40),
)  # fmt: skip
WHAT, TEXT, REQUIRED, SCORE, CONDITION, HINT, LENGTH, ID, SAID, HINT_SAID = range(len(COLUMNS))

SECTION, OPTION, APART, ROW = "Phần", "Lựa chọn", "Đứng riêng", "Dòng"
KINDS: Final[Mapping[Kind, str]] = {
    Kind.SINGLE: "Chọn một",
    Kind.MULTI: "Chọn nhiều",
    Kind.SCALE: "Thang đo",
    Kind.MATRIX: "Bảng",
    Kind.TEXT: "Câu viết",
}
WORDS: Final = (SECTION, *KINDS.values(), OPTION, APART, ROW)
"""What the first column may say."""

BETWEEN: Final = " | "
"""Between the answers of a condition: “11: Có | Không biết”."""
YES: Final = "x"

GUIDE_LINES: Final = (
    ("Thứ tự", "Mỗi dòng là một thứ, xếp từ trên xuống như trên phiếu: Phần, rồi các câu của phần, "
     "rồi các lựa chọn của câu."),
    ("Loại", f"Một trong các chữ: {', '.join(WORDS)}."),
    ("Bảng", "Ghi các Dòng trước hoặc sau các Lựa chọn; mọi dòng dùng chung các lựa chọn."),
    ("Đứng riêng", "Ý như “Không biết”, “Không có ý kiến”: không tính vào tỷ lệ."),
    ("Bắt buộc", "Ghi x nếu phải trả lời."),
    ("Điểm", "Cho thang đo, cao nhất là tốt nhất. Để trống cả câu thì cổng tự chấm từ trên xuống."),
    ("Chỉ hỏi khi", "Số của câu trước và câu trả lời: “11: Có”. Nhiều câu trả lời cách nhau bằng "
     "dấu |, nhiều điều kiện thì xuống dòng (Alt + Enter)."),
    ("Số chữ", "Cho câu viết, nhiều nhất 2.000. Để trống là 2.000."),
    ("Mã", "Để trống; cổng tự đặt. Giữ nguyên mã đã có để so được với phiên bản trước."),
)  # fmt: skip
