"""Vietnamese text: cleaning, searching, sorting."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.text import (
    N_,
    clean,
    fold,
    like_pattern,
    looks_legacy_encoded,
    person_sort_key,
    search_terms,
    sort_key,
)

ALPHABET = list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")


def ordered(texts: list[str], key: Callable[[str], str]) -> list[str]:
    """Sort from the wrong end, so that equal keys cannot pass for the right order."""
    backwards = texts[::-1]
    return sorted(backwards, key=key)


def test_a_marked_text_is_unchanged() -> None:
    assert N_("Gửi ý kiến") == "Gửi ý kiến"


def test_decomposed_input_is_stored_composed() -> None:
    assert clean(unicodedata.normalize("NFD", "Việt Yên")) == "Việt Yên"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Xã\u00a0Tân\t Sơn ", "Xã Tân Sơn"),
        ("an\u0000\u0007toàn", "antoàn"),
        ("\u202etxt\u202c \u2066ẩn\u2069", "txt ẩn"),
        ("Ngô\u200bQuyền\ufeff\u2060", "NgôQuyền"),
        ("dòng một\r\ndòng hai", "dòng một dòng hai"),
        ("nửa \ud83d ký tự\uffff", "nửa ký tự"),
        ("👩\u200d🌾", "👩\u200d🌾"),
        ("\u200d \u200b", ""),
    ],
)
def test_invisible_signs_are_dropped_and_spaces_folded(typed: str, stored: str) -> None:
    assert clean(typed) == stored


def test_lines_are_kept_with_one_kind_of_line_end_when_asked() -> None:
    assert clean(" một \r\n\rhai\u2028 ba\v\n", multiline=True) == "một\n\nhai\nba"


def test_folding_drops_marks_capitals_and_the_stroke_of_d() -> None:
    assert fold("  Thị trấn  ĐỨC Thắng, Ðường Ɖê") == "thi tran duc thang, duong de"


def test_both_ways_of_placing_a_tone_fold_to_the_same() -> None:
    assert fold("Ủy ban hòa giải") == fold("Uỷ ban hoà giải")


def test_a_query_becomes_folded_words() -> None:
    assert search_terms(" Quyền, NGÔ ") == ["quyen", "ngo"]
    assert search_terms("%_") == ["_"]
    assert search_terms("100 %") == ["100"]
    assert search_terms(" ?! ") == ["?!"]
    assert search_terms("") == []


def test_a_pattern_takes_wildcards_literally() -> None:
    assert like_pattern(r"5%_\x") == r"%5\%\_\\x%"


def test_names_sort_by_letter_first_and_tone_second() -> None:
    names = ["An", "An", "Ảnh", "Ánh", "Ăn", "Ân", "Dũng", "Đạt", "Đức"]
    assert ordered(names, sort_key) == names


def test_letters_follow_the_vietnamese_alphabet() -> None:
    assert ordered(ALPHABET, sort_key) == ALPHABET


@pytest.mark.parametrize("tones", ["a à ả ã á ạ", "ơ ờ ở ỡ ớ ợ", "y ỳ ỷ ỹ ý ỵ"])
def test_tones_follow_their_order(tones: str) -> None:
    assert ordered(tones.split(), sort_key) == tones.split()


def test_a_tone_decides_only_between_equal_letters() -> None:
    names = ["Hà", "Hả", "Ha Nam", "Hà Nam", "Hà Nội", "Hai", "Hạnh"]
    assert ordered(names, sort_key) == names


def test_numbers_sort_by_value() -> None:
    names = ["Tổ 2", "Tổ 02a", "Tổ 9", "Tổ 10", "Tổ dân phố 1"]
    assert ordered(names, sort_key) == names


def test_capitals_spaces_and_composition_do_not_change_the_order() -> None:
    assert sort_key(unicodedata.normalize("NFD", " ĐỨC  Thắng ")) == sort_key("đức thắng")


def test_people_sort_by_given_name_then_family_and_middle() -> None:
    names = ["Lê An", "Trần Văn An", "Lê Thị Ánh", "Vũ Ân", "An Đức", "Đào Hữu Đức"]
    assert ordered(names, person_sort_key) == names


@pytest.mark.parametrize(
    "pasted",
    [
        "Uû ban nh©n d©n",
        "tØnh B¾c Giang",
        "®¹i biÓu",
        "UÛy ban nhaân daân",
        "á»§y ban",
        "XÃ¢y",
        "ñaïi bieåu",
        "Báº¯c Giang",
        "Äại hội Ä‘ảng".replace("ại", "áº¡i"),
        "m\ufffdt",
    ],
)
def test_legacy_fonts_and_wrong_decoding_are_noticed(pasted: str) -> None:
    assert looks_legacy_encoded(pasted)


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân thị trấn Tây Yên Tử, huyện Sơn Động",
        "Quà cho tuân, thuê khoán, khoẻ, quý, yêu, hoà, thuỷ, xoã, khuỷu tay, ngoằn ngoèo",
        "XÃ\u00a0TÂN SƠN – “ĐÃ” DUYỆT, GIÀ, QUÁ, HOÁ ĐƠN",
        "© 2024, 5 µm, Haïti, Facebook®",
        "plain English text with queue, aerial, beauty and you",
    ],
)
def test_ordinary_text_is_not_taken_for_legacy(text: str) -> None:
    assert not looks_legacy_encoded(text)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    for multiline in (False, True):
        once = clean(text, multiline=multiline)
        assert clean(once, multiline=multiline) == once


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_sort_key_is_plain_ascii(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert key.isalnum()
    assert key == key.lower()


@given(st.text())
def test_cleaned_text_can_be_stored_and_printed(text: str) -> None:
    cleaned = clean(text, multiline=True)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.encode().decode() == cleaned
    assert not any(unicodedata.category(sign) == "Cc" for sign in cleaned if sign != "\n")
