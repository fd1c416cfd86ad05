"""Text pasted from Word becomes the parts of a document; whatever is pasted, no word is lost."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.text import clean
from portal.features.documents import deadlines, schedule
from portal.features.documents.body import Body, Level, SectionRole
from portal.features.documents.importing import outline

FRAME = """TỈNH ỦY MẪU                         ĐẢNG CỘNG SẢN VIỆT NAM
BCĐ THỰC HIỆN QCDC TỈNH
*
Số 191-KH/BCĐ                       Nơi Mẫu, ngày 26 tháng 3 năm 2026

KẾ HOẠCH
khảo sát cán bộ, công chức tại
cơ quan cấp xã¹
-----

Căn cứ Luật Thực hiện dân chủ ở cơ sở; Nghị định số 59/2023/NĐ-CP ngày 14/8/2023 của Chính phủ,

Ban Chỉ đạo xây dựng Kế hoạch như sau:

I. MỤC ĐÍCH

1. Nắm ý kiến của cán bộ, công chức.

¹ Cơ quan Đảng ủy, Ủy ban nhân dân.

II. NỘI DUNG

1. Thời gian, địa điểm: Trong ngày 15/4/2026, tại các xã.

2. Cách làm

2.1. Công cụ: Mã QR.

a) Ai cũng tự trả lời.

- Không trả lời thay.

+ Không ghi tên./.

Nơi nhận:
- Ban Dân vận Tỉnh ủy (b/c),
- Lưu: Văn thư.

T/M BAN CHỈ ĐẠO
TRƯỞNG BAN

Người Ký Mẫu
"""


def test_a_plan_falls_into_its_parts():
    read = outline.split(FRAME)
    assert (read.type_code, read.number_text) == ("ke_hoach", "Số 191-KH/BCĐ")
    assert (read.head.parent_name, read.head.issuer_name) == (
        "TỈNH ỦY MẪU", "BCĐ THỰC HIỆN QCDC TỈNH",
    )  # fmt: skip
    assert (read.head.symbol, read.head.place) == ("BCĐ", "Nơi Mẫu")
    assert read.summary == (
        "khảo sát cán bộ, công chức tại cơ quan cấp xã[[Cơ quan Đảng ủy, Ủy ban nhân dân.]]"
    )
    assert [basis.partition(" số")[0] for basis in read.bases] == [
        "Căn cứ Luật Thực hiện dân chủ ở cơ sở", "Căn cứ Nghị định",
    ]  # fmt: skip
    assert read.opening == "Ban Chỉ đạo xây dựng Kế hoạch như sau:"
    assert (read.signature.authority, read.signature.titles, read.signature.signer) == (
        "T/M BAN CHỈ ĐẠO", "TRƯỞNG BAN", "Người Ký Mẫu",
    )  # fmt: skip
    assert [(one.party.name, one.note) for one in read.recipients] == [
        ("Ban Dân vận Tỉnh ủy", "b/c")
    ]
    assert (read.keeper, read.notices) == ("Văn thư", ())


def test_every_level_of_the_outline_is_told():
    levels = [one.level for one in outline.split(FRAME).sections]
    assert levels == [
        Level.PART, Level.POINT, Level.PART, Level.POINT, Level.POINT, Level.SUBPOINT,
        Level.LETTER, Level.DASH, Level.PLUS,
    ]  # fmt: skip


def test_the_days_of_the_survey_are_known_after_bringing_a_plan_in():
    body = outline.split(FRAME).into(Body())
    window = deadlines.read("ngày 15/4/2026")
    assert window is not None
    assert schedule.windows(body, 2026) == window.spans
    section = body.section(SectionRole.SURVEY_WINDOW)
    assert section is not None
    assert section.heading == "Thời gian, địa điểm"


def test_a_plan_on_a_draft_has_the_window_of_a_consultation():
    draft = FRAME.replace("khảo sát cán bộ, công chức tại", "lấy ý kiến về dự thảo của")
    assert outline.split(draft).into(Body()).section(SectionRole.CONSULTATION_WINDOW)


@pytest.mark.parametrize("line", ["Thời gian tới: tiếp tục phát huy.", "Thời gian: hằng ngày."])
def test_words_about_time_without_a_day_are_no_window(line):
    read = outline.split(f"KẾ HOẠCH\nthử\nI. NỘI DUNG\n1. {line}")
    assert not any(one.role for one in read.sections)


def test_days_that_cannot_be_are_pointed_at_and_kept():
    read = outline.split("I. NỘI DUNG\n1. Thời gian: ngày 31/02/2026\n2. Hạn: trước ngày 9/11/26")
    assert [one.message % one.values for one in read.notices] == [
        "Không có ngày “ngày 31/02/2026”.", "“trước ngày 9/11/26”: năm cần viết đủ bốn chữ số.",
    ]  # fmt: skip
    assert [one.text for one in read.sections[1:]] == ["ngày 31/02/2026", "trước ngày 9/11/26"]


def test_a_decomposed_text_comes_in_as_any_other():
    decomposed = outline.split(unicodedata.normalize("NFD", FRAME)).into(Body())
    composed = outline.split(FRAME).into(Body())
    assert [one.text for one in decomposed.sections] == [one.text for one in composed.sections]


def test_lines_broken_where_the_page_was_are_joined():
    line = "Thực hiện công khai kế hoạch khảo sát, lấy ý kiến của người dân về quy chế dân chủ ở"
    text = f"I. NỘI DUNG\n1. {line}\nxã, phường, thị trấn và danh sách người hỗ trợ.\n" * 8
    points = [one.text for one in outline.split(text).sections if one.level == Level.POINT]
    assert points == [f"{line} xã, phường, thị trấn và danh sách người hỗ trợ."] * 8


def test_two_hundred_pages_are_split_in_no_time():
    line = "- Thực hiện công khai kế hoạch khảo sát, lấy ý kiến của người dân và danh sách. " * 3
    text = "\n".join(
        f"{n}. Mục {n}\n" + f"{line}\n" * 8 for n in range(1, 201)
    )  # fmt: skip
    started = time.process_time()
    read = outline.split(text)
    assert len(read.sections) == 1800
    assert time.process_time() - started < 2


WORDS = st.sampled_from(
    ["I.", "II.", "1.", "1.1.", "a)", "-", "+", "*", "Căn cứ", "Nơi nhận:", "KẾ HOẠCH", "Số",
     "/KH-UBND", "Lưu:", "VT", "TM.", "CHỦ TỊCH", "Thời gian:", "từ ngày 06/5", "31/02/2026",
     "Phụ lục", "\n", "\n", "\t", "¹", "./.", "dân chủ", "Người Ký"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_no_paste_breaks_the_reader_or_makes_words_up(text):
    body = outline.split(text).into(Body(keeper=""))
    said = set(re.findall(r"\w+", clean(text).casefold())) | {"căn", "cứ", "kiêm"}
    sections = " ".join(f"{one.heading} {one.text}" for one in body.sections)
    assert set(re.findall(r"\w+", sections.casefold())) <= said
    assert Body.from_json(body.to_json()) == body
