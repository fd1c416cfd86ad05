"""Texts in TCVN3, VNI and broken UTF-8: recognised, turned into Unicode, the rest untouched."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core import legacy
from portal.core.legacy import convert, detect, from_tcvn3, from_vni, is_syllable

LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
"""Every letter of Vietnamese that is not plain Latin."""
IN_TCVN3 = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ"
IN_VNI = [
    "aø",
    "aù",
    "aû",
    "aõ",
    "aï",
    "aê",
    "aè",
    "aé",
    "aú",
    "aü",
    "aë",
    "aâ",
    "aà",
    "aá",
    "aå",
    "aã",
    "aä",
    "ñ",
    "eø",
    "eù",
    "eû",
    "eõ",
    "eï",
    "eâ",
    "eà",
    "eá",
    "eå",
    "eã",
    "eä",
    "ì",
    "í",
    "æ",
    "ó",
    "ò",
    "oø",
    "où",
    "oû",
    "oõ",
    "oï",
    "oâ",
    "oà",
    "oá",
    "oå",
    "oã",
    "oä",
    "ô",
    "ôø",
    "ôù",
    "ôû",
    "ôõ",
    "ôï",
    "uø",
    "uù",
    "uû",
    "uõ",
    "uï",
    "ö",
    "öø",
    "öù",
    "öû",
    "öõ",
    "öï",
    "yø",
    "yù",
    "yû",
    "yõ",
    "î",
]
TCVN3 = dict(zip(LETTERS, IN_TCVN3, strict=True)) | dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
VNI = dict(zip(LETTERS, IN_VNI, strict=True))
VNI |= {letter.upper(): signs.upper() for letter, signs in VNI.items()}

SYLLABLES = st.sampled_from(sorted(legacy._RIMES)).flatmap(
    lambda rime: st.sampled_from(["", "b", "ch", "đ", "kh", "l", "ng", "ph", "th", "tr"]).map(
        lambda onset: onset + rime
    )
)
SENTENCES = st.lists(SYLLABLES, min_size=1, max_size=12).map(" ".join)
CLEAR = "ủy ban nhân dân phường tổ chức lấy ý kiến của người dân, "
"""So many words leave no doubt of how they were written."""


def encoded(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in text)


@pytest.mark.parametrize(
    ("name", "spoiled", "meant"),
    [
        ("tcvn3", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("tcvn3", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("tcvn3", "UBND ph\xadêng B¾c K¹n", "UBND phường Bắc Kạn"),
        ("vni", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("vni", "ÑOÄC LAÄP - TÖÏ DO - HAÏNH PHUÙC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
        ("vni", "Ấn".replace("Ấ", "AÁ") + " ñònh phöôøng", "Ấn định phường"),
        ("mojibake", "HÃ\xa0 Ná»™i, phÆ°á»\x9dng BÃ¬nh", "Hà Nội, phường Bình"),
        ("mojibake", "lÃ  ngÆ°á»i dÃ¢n â€œtá»‘tâ€\x9d", "là người dân “tốt”"),
    ],
)
def test_known_texts_are_recognised_and_read(name: str, spoiled: str, meant: str):
    if "á»i" in spoiled:
        spoiled = spoiled.replace("á»i", "á»\x9di")
    assert (detect(spoiled), convert(spoiled)) == (name, meant)


def test_every_letter_is_in_both_tables():
    assert from_tcvn3(encoded(LETTERS, TCVN3)) == LETTERS
    assert from_vni(encoded(LETTERS, VNI)) == LETTERS
    assert from_vni(encoded(LETTERS.upper(), VNI)) == LETTERS.upper()
    assert from_tcvn3(encoded("ĂÂÊÔƠƯĐ", TCVN3)) == "ĂÂÊÔƠƯĐ"


def test_a_capital_in_vni_may_bear_a_small_mark():
    assert from_vni("Uûy ban, Ñaûng uûy, Ôû xaõ") == "Ủy ban, Đảng ủy, Ở xã"


def test_capitals_of_vntimeh_are_known_by_the_other_letters_of_the_line():
    assert convert("CéNG HßA X· HéI\nTæ d©n phè sè 4") == "CỘNG HÒA XÃ HỘI\nTổ dân phố số 4"


@settings(deadline=None, max_examples=150)
@given(SENTENCES, st.sampled_from([("tcvn3", TCVN3), ("vni", VNI)]))
def test_what_was_encoded_comes_back(text: str, encoding: tuple[str, dict[str, str]]):
    name, table = encoding
    spoiled = encoded(CLEAR + text, table)
    assert detect(spoiled) == name
    assert convert(spoiled) == CLEAR + text


@settings(deadline=None, max_examples=150)
@given(SENTENCES)
def test_broken_utf8_comes_back(text: str):
    spoiled = (CLEAR + text).encode().decode("latin-1")
    assert convert(spoiled) == CLEAR + text


@settings(deadline=None, max_examples=300)
@given(SENTENCES, st.sampled_from([str.lower, str.upper, str.title]))
def test_vietnamese_in_unicode_is_never_changed(text: str, cased):
    written = cased(text)
    assert detect(written) is None
    assert convert(written) == written
    assert convert(unicodedata.normalize("NFD", written)) == unicodedata.normalize("NFD", written)


@pytest.mark.parametrize(
    "text",
    [
        "", "UBND", "Tôi là cô bé", "hoà bình, quý, uý, hòa, là", "cấp xã¹", "xã¹ cô bé",
        "LÀ BÃ”", "«LÃ»", "quá» ", "25 µm và 3 m²", "© 2024", "Coca-Cola®", "½ ngày",
        "São Paulo, Köln, Müller, Haïti", "élève, forêt, où, été", "El Niño", "Pelé", "naïve",
        "Krông Pa, Ea H'leo, Y Moan Êban", "🌾 “Hòm thư” – góp ý…", "中文 ý", "\x00\ud800",
    ],
)  # fmt: skip
def test_other_texts_are_left_alone(text: str):
    assert detect(text) is None
    assert convert(text) == text


def test_only_the_spoiled_lines_of_a_mixed_text_are_turned():
    text = "Tôi là cán bộ phường\nTæ chøc lÊy ý kiÕn nh©n d©n\nlà cô bé"
    assert convert(text) == "Tôi là cán bộ phường\nTổ chức lấy ý kiến nhân dân\nlà cô bé"


def test_a_part_is_read_as_the_whole_was_recognised():
    assert convert("cã") == "cã"
    assert convert("cã", "tcvn3") == "có"


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60))
def test_any_text_can_be_asked_about(text: str):
    name = detect(text)
    assert name in {None, "tcvn3", "vni", "mojibake"}
    assert name is not None or convert(text) == text


def test_syllables_are_told_from_what_only_looks_like_one():
    assert all(map(is_syllable, ("nghiêng", "quốc", "gì", "Giếng", "UỶ", "hoà", "hòa", "khuya")))
    assert not any(map(is_syllable, ("caùc", "xaõ", "UBND", "Köln", "kr", "đ", "")))
