"""Citations: in full at first mention, short after it (NĐ 30/2020, Annex I)."""

import pytest

from portal.features.documents.body import Body, Section
from portal.features.documents.text.citations import TOO_LONG, TOO_SHORT, mentions, mistakes

FULL = (
    "Kế hoạch số 152-KH/BCSĐ-BDVTU ngày 18/4/2023 của Ban Cán sự Đảng UBND tỉnh và Ban Dân vận"
    " Tỉnh ủy về triển khai, xây dựng chính quyền thân thiện"
)


def said(*bases, text=""):
    body = Body(bases=bases, sections=(Section(id="s", text=text),))
    return [(one.message, one.text, one.section_id) for one in mistakes(body)]


@pytest.mark.parametrize(
    "basis",
    [
        FULL,
        "Nghị định số 59/2023/NĐ-CP ngày 14 tháng 8 năm 2023 của Chính phủ quy định chi tiết một số"
        " điều của Luật Thực hiện dân chủ ở cơ sở",
        "Nghị quyết số 180/NQ-HĐND ngày 15/5/2026 của Hội đồng nhân dân phường Bắc Kạn Quyết định"
        " các biện pháp",
        "Quyết định số 710/QĐ-UBND, ngày 17/4/2024 của UBND tỉnh về ban hành Bộ tiêu chí",
        "Luật Thực hiện dân chủ ở cơ sở năm 2022",
        "Chương trình công tác năm 2024 của Ban Chỉ đạo",
    ],
)
def test_a_full_citation_is_in_order(basis):
    assert said(basis) == []


@pytest.mark.parametrize(
    "basis",
    [
        "Công văn số 2858-CV/TU",
        "Công văn số 2858-CV/TU ngày 07/02/2024",
        "Công văn số 2858-CV/TU ngày 07/02/2024 của Ban Thường vụ Tỉnh ủy",
        "Công văn số 2858-CV/TU của Ban Thường vụ Tỉnh ủy về nâng cao chất lượng",
    ],
)
def test_a_first_mention_lacks_date_issuer_or_summary(basis):
    assert said(basis) == [(TOO_SHORT, "Công văn số 2858-CV/TU", "")]


def test_type_and_number_are_enough_afterwards():
    assert said(FULL, text="theo mẫu PKS 03 kèm theo Kế hoạch số 152-KH/BCSĐ-BDVTU") == []


def test_a_second_full_citation_is_too_long():
    assert said(FULL, text=f"theo {FULL}") == [
        (TOO_LONG, "Kế hoạch số 152-KH/BCSĐ-BDVTU", "s")
    ]  # fmt: skip


def test_what_another_summary_names_is_not_cited():
    basis = (
        "Kết luận số 54-KL/TU ngày 03/3/2021 của Ban Thường vụ Tỉnh ủy về tiếp tục thực hiện"
        " Nghị quyết 110-NQ/TU của Tỉnh ủy, Chỉ thị số 09-CT/TU ngày 10/8/2021 của Ban Thường vụ"
        " Tỉnh ủy về tiếp tục đẩy mạnh"
    )
    assert said(basis) == []
    symbols = [one.symbol for one in mentions(Body(bases=(basis,)))]
    assert symbols == ["54-KL/TU", "09-CT/TU"]
