"""Names and telephone numbers of people as they come out of Excel, and as they are kept."""

import re
from typing import Final

from portal.core.text import N_, clean, fold

LONGEST_NAME: Final = 100
NO_NAME: Final = N_("Chưa có họ và tên.")
ODD_NAME: Final = N_("Họ và tên chỉ gồm chữ.")
LONG_NAME: Final = N_("Họ và tên dài quá 100 ký tự.")
LETTER_O: Final = N_("Có chữ O trong số.")
ODD_PHONE: Final = N_("Số điện thoại có 10 chữ số, bắt đầu bằng 0.")
_ADDRESS: Final = re.compile(r"^(?:đ/c|đồng chí|ông/bà|ông|bà)[.:]?\s+(?=\S+\s+\S)", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NAME: Final = re.compile(r"[^\W\d_][^\d_]*")
_JOINTS: Final = re.compile(r"[\s.()+-]")
_PHONE: Final = re.compile(r"0[235789]\d{8,9}")
_WITHOUT_ZERO: Final = re.compile(r"[35789]\d{8}")


def person_name(typed: str) -> str:
    """Give a name as it is kept: NFC, without “đ/c”, not all in capitals: “Nguyễn Văn A”.

    Raises:
        ValueError: with the sentence (msgid) why it is no name.
    """
    name = _ADDRESS.sub("", clean(typed))
    if not name:
        raise ValueError(NO_NAME)
    if len(name) > LONGEST_NAME:
        raise ValueError(LONG_NAME)
    if not _NAME.fullmatch(name):
        raise ValueError(ODD_NAME)
    if len(name) > 1 and name in {name.upper(), name.lower()}:
        return _LETTERS.sub(lambda word: word[0].capitalize(), name)
    return name


def phone(typed: str) -> str:
    """Give a Vietnamese number as it is kept: “0912 000 004”; "" for none.

    Excel takes the zero in front away, people write +84 and dots.

    Raises:
        ValueError: with the sentence (msgid) why it is no number.
    """
    digits = _JOINTS.sub("", clean(typed))
    if not digits:
        return ""
    if "o" in fold(digits) and digits.upper().replace("O", "0").isdecimal():
        raise ValueError(LETTER_O)
    if digits.startswith("84") and len(digits) > 10:
        digits = f"0{digits[2:].removeprefix('0')}"
    if _WITHOUT_ZERO.fullmatch(digits):
        digits = f"0{digits}"
    if not _PHONE.fullmatch(digits):
        raise ValueError(ODD_PHONE)
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}"


def same_person_key(name: str) -> str:
    """Give what two writings of one name share: “Hoà”, “Hòa” and “Hoa” are one."""
    return fold(name)
