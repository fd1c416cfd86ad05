"""Vietnamese text at the boundary: what is kept, how it is searched and how it is sorted.

The facts are those of the Vietnamese locale (CLDR ``vi``) and of Unicode; the rules on control
and direction signs are the portal's own, so that no pasted sign breaks an export or hides text.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ZWJ: Final = "\u200d"  # joins family and profession emoji, the one invisible sign worth keeping
_LINE_ENDS: Final = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE: Final = frozenset({"Cc", "Cf", "Cs"})
_D_WITH_STROKE: Final = str.maketrans("đðɖ", "ddd")  # no decomposition; ð and ɖ are look-alikes

_TONES: Final = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES: Final = {"a\u0306": "a1", "a\u0302": "a2", "e\u0302": "e1", "o\u0302": "o1"} | {
    "o\u031b": "o2",
    "u\u031b": "u1",
}
_SORT_TOKEN: Final = re.compile(r"[0-9]+|[^\W\d_][\u0300-\u036f]*|[\W_]+")
_TRIM: Final = re.compile(r"^[\W_]+|[^\w\u0300-\u036f]+$")

_MOJIBAKE: Final = re.compile("á[º»]|Ã[¡-¿]|Æ[°¡]|Ä[‘\u0090\u0091]|â€|\ufffd")
_TCVN3: Final = re.compile(
    "[a-zà-ÿ][©®µ¸¹¨ª¬«¶·»¼½¾][a-zà-ÿ]|(?<![^\\W\\d_])®[a-zÀ-ÿµ¸¹¶·©ª«¬]|[a-z][ÆÇÈÊËÌÎÏÐÑÒÔÖØÜÞß]"
)
_VNI: Final = re.compile("[aeoy]ù|[aeo][âõ]|a[êáàãéè]|e[áàã]|uõ|uû", re.IGNORECASE)
_FOREIGN: Final = re.compile("[aeouy][øûïåäëü]|ñ[a-zö]|[a-z][ûüïîñ]", re.IGNORECASE)


def N_(text: str) -> str:  # noqa: N802 - the name gettext's extraction looks for
    """Mark a text for the message catalogue where nobody can translate yet, and return it."""
    return text


def clean(text: str, *, multiline: bool = False) -> str:
    r"""Return the text as it is stored: NFC, one kind of space, nothing invisible.

    Args:
        text: Anything a person typed or pasted.
        multiline: Keep line ends, written as ``\n``; otherwise they become spaces.

    Returns:
        The text without control, direction and zero-width signs (the joiner of emoji apart),
        without half characters, with runs of spaces folded and the ends trimmed.
    """
    text = _LINE_ENDS.sub("\n" if multiline else " ", text).replace("\t", " ")
    kept = "".join(sign for sign in text if _is_kept(sign))
    lines = unicodedata.normalize("NFC", kept).split("\n")
    folded = "\n".join(_fold_spaces(line) for line in lines)
    return folded.strip(f" \n{_ZWJ}")


@lru_cache(maxsize=4096)
def _is_kept(sign: str) -> bool:
    if sign in (_ZWJ, "\n"):
        return True
    if unicodedata.category(sign) in _UNPRINTABLE:
        return False
    # The last two places of every plane are no characters; XML, and so .docx, refuses them.
    return ord(sign) & 0xFFFE != 0xFFFE


def _fold_spaces(text: str) -> str:
    return " ".join(text.split())


def fold(text: str) -> str:
    """Return the text for searching: no marks, no capitals, ``đ`` as ``d``, single spaces."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _fold_spaces(bare.translate(_D_WITH_STROKE))


def search_terms(query: str) -> list[str]:
    """Return the folded words of a query, to be found in any order.

    A query of signs alone is kept as it stands, so that it finds what it says and not everything.
    """
    folded = fold(query)
    return re.findall(r"\w+", folded) or folded.split()


def like_pattern(term: str) -> str:
    r"""Return the LIKE pattern that finds the term anywhere; its escape sign is ``\``."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", term) + "%"


def sort_key(text: str) -> str:
    """Return a key of lower-case letters and digits that sorts as Vietnamese does.

    Letters come first (a ă â b c d đ e ê …), tones decide only between texts of the same letters
    (none, huyền, hỏi, ngã, sắc, nặng), numbers by value, spaces before everything. Every token
    has a width of its own, so any collation, also PostgreSQL's, gives the order of bytes.

    Args:
        text: The text as displayed; composed or decomposed, capitals do not matter.

    Returns:
        At most about three times the length of a Vietnamese text; longer for other scripts.
    """
    letters, tones = [], []
    decomposed = unicodedata.normalize("NFD", text.casefold())
    for token in _SORT_TOKEN.findall(_TRIM.sub("", decomposed)):
        if token[0].isalpha():
            letters.append(_letter_key(token))
            tones.append(max((_TONES.get(mark, "0") for mark in token[1:]), default="0"))
        else:
            letters.append(_number_key(token) if token.isascii() and token.isdigit() else "1")
    return "".join(letters) + "0" + "".join(tones)


def _letter_key(token: str) -> str:
    letter = token[0]
    if letter in "đðɖ":
        return "d1"
    if not letter.isascii():
        return f"z9{ord(letter):06x}"
    return next((_SHAPES[letter + m] for m in token[1:] if letter + m in _SHAPES), letter + "0")


def _number_key(digits: str) -> str:
    value = digits.lstrip("0")
    return f"2{min(len(value), 99):02}{value}"


def person_sort_key(name: str) -> str:
    """Return the key that sorts people by given name, then by family and middle names."""
    rest, _, given = _fold_spaces(name).rpartition(" ")
    return sort_key(given) + sort_key(rest)


def looks_legacy_encoded(text: str) -> bool:
    """Tell whether the text was pasted from .VnTime or VNI fonts or is UTF-8 read as Latin.

    A warning, never a refusal: one foreign name (Haïti, Müller) is let through, two oddities
    are not.
    """
    composed = unicodedata.normalize("NFC", text)
    if any(pattern.search(composed) for pattern in (_MOJIBAKE, _TCVN3, _VNI)):
        return True
    return len(_FOREIGN.findall(composed)) > 1
