"""Names and telephone numbers of people as they come out of Excel, and as they are kept."""

import re
from collections.abc import Collection
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
_PLAIN: Final = re.compile(r"[^\W\d_]+(?:[ '’-]+[^\W\d_]+)*")
"""A name of nothing but words; beside brackets and commas small words may be no names."""
_PARTICLES: Final = frozenset({"bin", "binti", "da", "de", "del", "der", "di", "la", "le", "van",
                               "von"})  # fmt: skip
_NUMERALS: Final = {"II": "II", "III": "III"}
_JOINTS: Final = re.compile(r"[\s.()+-]")
_PHONE: Final = re.compile(r"0[235789]\d{8,9}")
_WITHOUT_ZERO: Final = re.compile(r"[35789]\d{8}")


def person_name(typed: str, *, keep: bool = False) -> str:
    """Give a name as it is kept: NFC, without “đ/c”, capitals only where names have them.

    “NGUYỄN THỊ Hà” becomes “Nguyễn Thị Hà”; particles (“de la Cruz”), initials and forms that are
    mixed within a word (“H'Hen”, “McDonald”) stay.

    Args:
        typed: what was typed or pasted.
        keep: whether the capitals are meant as they were typed (`is_doubtful`).

    Raises:
        ValueError: with the sentence (msgid) why it is no name.
    """
    name = _bare(typed)
    if not name:
        raise ValueError(NO_NAME)
    if len(name) > LONGEST_NAME:
        raise ValueError(LONG_NAME)
    if not _NAME.fullmatch(name):
        raise ValueError(ODD_NAME)
    return name if keep else _with_capitals(name)


def is_doubtful(typed: str) -> bool:
    """Say whether capitals are put right that may have been meant: only some words have them."""
    name = _bare(typed)
    return not _is_even(name) and _with_capitals(name) != name


def is_retyped(typed: str, stored: Collection[str]) -> bool:
    """Say whether the capitals of a name that is typed over stored ones are meant.

    They are if it stood so already, or if they were put right before and stand there once more.
    """
    if _bare(typed) in stored:
        return True
    return is_doubtful(typed) and _with_capitals(_bare(typed)) in stored


def _bare(typed: str) -> str:
    return _ADDRESS.sub("", clean(typed))


def _is_even(name: str) -> bool:
    """Say whether all of it is in capitals, or nothing."""
    return name in {name.upper(), name.lower()}


def _with_capitals(name: str) -> str:
    if _is_even(name):
        return _capitalised(name) if len(name) > 1 else name
    plain = _PLAIN.fullmatch(name) is not None
    return " ".join(_word(word, plain=plain) for word in name.split(" "))


def _word(word: str, *, plain: bool) -> str:
    loud = word.isupper() and any(len(part) > 1 for part in _LETTERS.findall(word))
    low = plain and word.islower() and word not in _PARTICLES
    return _capitalised(word) if loud or low else word


def _capitalised(text: str) -> str:
    return _LETTERS.sub(lambda found: _NUMERALS.get(found[0].upper()) or found[0].capitalize(),
                        text)  # fmt: skip


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
