"""What may tell who writes, or whom a letter is about."""

import pytest

from portal.features.letters import warnings
from portal.features.letters.warnings import Kind


def kinds(text):
    return [one.kind for one in warnings.find(text)]


@pytest.mark.parametrize("text", [
    "gọi 0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "+84 912 345 678",
    "84912345678 nhé", "máy bàn 0204 3854 321", "SĐT:0987654321.",
])  # fmt: skip
def test_telephones_however_they_are_spaced(text):
    assert kinds(text) == [Kind.PHONE]


@pytest.mark.parametrize("text", ["CCCD 024099001234", "024 099 001 234", "CMND 121234567"])
def test_numbers_of_identity_cards(text):
    assert kinds(text) == [Kind.ID_NUMBER]


@pytest.mark.parametrize("text", [
    "Tôi ở số 12 ngõ 5 đường Lê Lợi", "số nhà 27B", "nhà số 4, tổ dân phố 3",
    "Gia đình tôi ở thôn Đồng Tâm", "ngõ 12 đường Nguyễn Thị Lưu",
])  # fmt: skip
def test_addresses_of_houses(text):
    assert Kind.ADDRESS in kinds(text)


@pytest.mark.parametrize("text", [
    "Chủ tịch phường vắng mặt", "ông phó chủ tịch UBND", "Bí thư Đảng ủy", "trưởng công an",
    "tổ trưởng tổ dân phố", "cán bộ địa chính", "cảnh sát khu vực",
])  # fmt: skip
def test_posts_of_officials(text):
    assert kinds(text) == [Kind.POST]


@pytest.mark.parametrize("text", [
    "Ông Bình nhận tiền", "đồng chí Nguyễn Văn An", "bà Ước ở quầy hai",
])  # fmt: skip
def test_people_who_are_named(text):
    assert kinds(text) == [Kind.PERSON]


@pytest.mark.parametrize("text", [
    "Ông bà đã về", "anh đến muộn",
    "Nộp 120.000 đồng ngày 02/5/2024", "Hồ sơ chậm 15 ngày", "Nghị định 30/2020/NĐ-CP",
    "Từ năm 2019 đến 2024 đã ba lần", "Phường làm tốt", "Ngõ rất bẩn", "giá 1.234.567 đồng",
    "Kế hoạch số 12-KH/ĐU", "quầy số 3 phục vụ nhanh",
])  # fmt: skip
def test_what_is_near_and_harmless_is_left_alone(text):
    assert kinds(text) == []


def test_covering_takes_the_number_and_leaves_the_rest():
    text = "Gọi 0912 345 678 hoặc tới số nhà 12, gặp chủ tịch phường."
    assert warnings.cover(text) == "Gọi ▪▪▪ hoặc tới ▪▪▪, gặp chủ tịch phường."
    assert warnings.cover(text, [Kind.PHONE]).count("▪▪▪") == 1


def test_pieces_give_the_whole_text_again():
    text = "A 0912345678 b, số nhà 3."
    assert "".join(words for words, _ in warnings.pieces(text)) == text
    assert warnings.pieces("") == []
