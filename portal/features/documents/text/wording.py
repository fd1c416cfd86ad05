"""Small rules of wording: capital letters, organ names in running text, symbols, dates."""

import re
import unicodedata
from datetime import date

from portal.features.documents.formats import Format

GAP = "\u00a0" * 3
"""Room for a number or a day that is not known yet; ordinary spaces would fall together."""
_ABBREVIATIONS = frozenset(("UBND", "HĐND", "BTV", "BCĐ", "QCDC", "MTTQ", "CCB", "TU", "CP", "TW"))
_LONG = {
    "BCĐ": "Ban Chỉ đạo", "QCDC": "Quy chế dân chủ", "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "BTV": "Ban Thường vụ",
}  # fmt: skip
_OWN_NAMES = ("Ban Chỉ đạo", "Ban Dân vận", "Ban Thường vụ", "Ban Chấp hành", "Mặt trận Tổ quốc",
              "Liên đoàn Lao động", "Hội Nông dân", "Đoàn Thanh niên", "Quy chế dân chủ",
              "Tỉnh ủy", "Huyện ủy", "Thành ủy", "Thị ủy", "Đảng ủy", "Việt Nam",
              "Hội Liên hiệp Phụ nữ", "Hội Cựu chiến binh", "Khối Dân vận", "Ủy ban nhân dân",
              "Hội đồng nhân dân", "Văn hóa - Xã hội", "Kinh tế, Hạ tầng và Đô thị")  # fmt: skip
"""Names with capitals of their own also in a sentence."""
_FIELDS = re.compile(
    r"^((?:văn phòng|phòng|sở|chi cục|cục|trung tâm|trạm|trường|thanh tra)\s+)"
    r"(?!(?:thành phố|thị trấn|thị xã|đặc khu|phường|xã|huyện|quận|tỉnh)\s)(\w)"
)
"""A division's field begins with a capital: “Phòng Văn hóa - Xã hội” (NĐ 30/2020, Annex II)."""
_NAMED = re.compile(
    r"\b(tỉnh ủy|huyện ủy|thành ủy|thị ủy|quận ủy|thành phố|thị trấn|thị xã|đặc khu|phường|"
    r"(?<!- )(?<!, )(?<!và )xã|huyện|quận|tỉnh)\s+"
    r"(?!(?:tỉnh|huyện|thành|thị|phường|xã|quận)\b)(.+)$"
)


def lower_first(text: str) -> str:
    """Begin with a small letter, unless an abbreviation or a proper name stands there."""
    first, _, rest = text.partition(" ")
    proper = first[1:] != first[1:].lower() or (rest[:1].isupper() and first[:1].isupper())
    return text if proper else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def running_name(name: str) -> str:
    """Write an organ's name from a head, in capitals, as it is written in a sentence.

    “ỦY BAN NHÂN DÂN PHƯỜNG BẮC KẠN” is “Ủy ban nhân dân phường Bắc Kạn”; a name that is no
    longer in capitals is left.
    """
    name = " ".join(name.split())
    if name != name.upper():
        return name
    lowered = " ".join(word if _is_abbreviation(word) else word.lower() for word in name.split())
    named = _NAMED.sub(lambda m: f"{m[1]} {_titled(m[2])}", lowered)
    for own in _OWN_NAMES:
        named = named.replace(own.lower(), own)
    return upper_first(_FIELDS.sub(lambda m: m[1] + m[2].upper(), named))


def spelled_out(name: str) -> str:
    """Write an organ's name without abbreviations, as it stands where it is first mentioned."""
    return " ".join(_LONG.get(word, word) for word in name.split())


def tidy_symbol(text: str) -> str:
    """Take the spaces out of a number and symbol: “/KH - UBND” is “/KH-UBND” (plan 004)."""
    return re.sub(r"\s*([-–/])\s*", lambda m: m[1].replace("–", "-"), text).strip()


def date_words(form: Format, place: str, day: date | None, year: int) -> str:
    """Write place and date: “Bắc Giang, ngày 05 tháng 02 năm 2026”.

    Args:
        form: has the pattern.
        place: địa danh.
        day: None while there is none; gaps are left for day and month.
        year: the year that is printed as long as there is no day.
    """
    shown = form.date_pattern.format(
        place=place,
        day=f"{day.day:02}" if day else GAP,
        month=month_text(day) if day else GAP,
        year=day.year if day else year,
    )
    return shown.removeprefix(", ")


def month_text(day: date) -> str:
    """Write the month: 01 and 02 with a nought, the others without (NĐ 30, HD 36, HD 05)."""
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def _is_abbreviation(word: str) -> bool:
    bare = word.strip(".,;()-").upper()
    vowels = set(unicodedata.normalize("NFD", bare)) & set("AEIOUY")
    return bare in _ABBREVIATIONS or (len(bare) > 1 and not vowels)


def _titled(text: str) -> str:
    return " ".join(word if _is_abbreviation(word) else upper_first(word) for word in text.split())
