"""Text typed for .VnTime (TCVN3) or VNI fonts, told apart and turned into Unicode.

Such fonts draw Vietnamese letters in the places of others: “Hµ Néi” (TCVN 5712:1993, second
set), “Haø Noäi” (VNI). UTF-8 read as Latin is a third way to spoil a text: “HÃ  Ná»™i”. What tells
them apart is the language: a word counts as spoiled if it is no Vietnamese syllable as it
stands, and is one when it is decoded.

Ask before `text.clean`: it drops the soft hyphen, which is “ư” in TCVN3, and control signs.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

_TCVN3_LETTERS: Final = (
    "µà¸á¶ả·ã¹ạ¨ă»ằ¾ắ¼ẳ½ẵÆặ©âÇầÊấÈẩÉẫËậ®đÌèÐéÎẻÏẽÑẹªêÒềÕếÓểÔễÖệ×ìÝíØỉÜĩÞị"
    "ßòãóáỏâõäọ«ôåồèốæổçỗéộ¬ơêờíớëởìỡîợïùóúñủòũôụ\xadưõừøứöử÷ữùựúỳýýûỷüỹþỵ"
    "¡Ă¢Â£Ê¤Ô¥Ơ¦Ư§Đ"
)
_TCVN3: Final = str.maketrans(_TCVN3_LETTERS[::2], _TCVN3_LETTERS[1::2])

# VNI writes a letter and, in the next place, its marks: “aá” is ấ. Capitals have capital marks.
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_HAT, _BREVE = "\u0302", "\u0306"
_VNI_TONES: Final = {"ù": _ACUTE, "ø": _GRAVE, "û": _HOOK, "õ": _TILDE, "ï": _DOT}
_VNI_HATS: Final = {"â": "", "á": _ACUTE, "à": _GRAVE, "å": _HOOK, "ã": _TILDE, "ä": _DOT}
_VNI_BREVES: Final = {"ê": "", "é": _ACUTE, "è": _GRAVE, "ú": _HOOK, "ü": _TILDE, "ë": _DOT}
_VNI_PAIRS: Final = (
    {letter + sign: letter + tone for letter in "aeouyôö" for sign, tone in _VNI_TONES.items()}
    | {letter + sign: letter + _HAT + tone for letter in "aeo" for sign, tone in _VNI_HATS.items()}
    | {"a" + sign: "a" + _BREVE + tone for sign, tone in _VNI_BREVES.items()}
)
_VNI_SINGLE: Final = str.maketrans("ôöñíìæóòîÔÖÑÍÌÆÓÒÎ", "ơưđíìỉĩịỵƠƯĐÍÌỈĨỊỴ")
_VNI_TOKEN: Final = re.compile("[aeo][âáàåãä]|a[êéèúüë]|[aeouyôö][ùøûõï]|.", re.I | re.S)

_TONES: Final = ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT)
# What may follow the first sounds of a syllable, the vowel that bears the tone last in the key.
_ENDS: Final = {
    "a": " c ch m n ng nh p t i o u y", "ă": "c m n ng p t", "â": "c m n ng p t u y",
    "e": " c m n ng p t o", "ê": " c ch m n ng nh p t u", "i": " c ch m n ng nh p t u a",
    "iê": "c m n ng p t u", "yê": "m n ng t u", "y": " t", "o": " c m n ng p t i",
    "oo": "c ng", "ô": " c m n ng p t i", "ơ": " m n p t i", "u": " c m n ng p t i a",
    "uô": "c m n ng t i", "ư": " c m n ng t i u a", "ươ": "c m n ng p t i u",
    "oa": " c ch m n ng nh p t i o y", "oă": "c m n ng p t", "oe": " m n o t",
    "uâ": "c n ng t y", "uê": " ch n nh", "uơ": " t", "uy": " ch n nh p t u a", "uyê": "m n t",
}  # fmt: skip
_FIRST_MAY_BEAR: Final = ("oa", "oe", "uy")
"""hòa as well as hoà, both are written."""
_ONSET: Final = re.compile("(?:ngh|ng|nh|gh|gi|g|kh|k|ph|p|qu|th|tr|t|ch|c|[bdđhlmnrsvx])?")
_WORD: Final = re.compile("[A-Za-z\xa1-\u024f\u1ea0-\u1ef9]+")
_UNICODE: Final = re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")

_BYTE: Final = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
# Where a no-break space has become a space on the way, “Ã ” is still à.
_MOJIBAKE: Final = re.compile(f"Ã |[ÃÄÅÆ]{_BYTE}|[áâ]{_BYTE}{{2}}")
_SURE_MOJIBAKE: Final = re.compile(
    "á[º»][\xa1-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\x80-\x9f]|Æ[°¡¯]|Ä[‘\x90\x91ƒ©]|Ã[¡¢£¨©ª¬\xad´µº½]"
)
_PLAIN_SIGNS: Final = frozenset("–—‘’“”…•")
_TCVN3_SIGNS: Final = re.compile("[µ¸¶·¨¾©®¬§¡¢£¤¥¦\xad]")
_MARKS: Final = re.compile("[ªº¹²³¼½«»]")


def detect(text: str) -> str | None:
    """Tell how a text was encoded.

    Args:
        text: as it was typed, pasted or read, before anything is cleaned.

    Returns:
        "tcvn3", "vni", "mojibake" (UTF-8 read as Latin), or None for Unicode as it should be.
    """
    lines = [line for line in text.splitlines() if not line.isascii() and not _is_unicode(line)]
    if any(_SURE_MOJIBAKE.search(line) for line in lines):
        return "mojibake"
    words = {word for line in lines for word in _WORD.findall(line)}
    spoiled = {word for word in words if not word.isascii() and not _is_written_well(word)}
    found = {
        name: [word for word in spoiled if is_syllable(decode(word))]
        for name, decode in (("tcvn3", from_tcvn3), ("vni", from_vni))
    }
    name, readable = max(found.items(), key=lambda one: len(one[1]))
    alone = len(words) <= 3 and any(len(word) > 2 for word in readable)
    enough = alone or len(readable) > 1
    return name if enough and len(readable) * 2 > len(spoiled) else None


def convert(text: str, name: str | None = None) -> str:
    """Turn a text of an old encoding into Unicode; any other text comes back unchanged.

    Lines that are Unicode already stay as they are. Capitals of .VnTimeH cannot be seen in the
    text: they come out small, save in lines whose other letters are all capitals.

    Args:
        text: as `detect` takes it.
        name: what `detect` said of a longer text that this one is a part of.
    """
    name = name or detect(text)
    if name is None:
        return text
    decode = _DECODERS[name]
    lines = text.splitlines(keepends=True)
    mixed = any(_is_unicode(line) for line in lines)
    return "".join(
        line if _is_unicode(line) or (mixed and detect(line) != name) else decode(line)
        for line in lines
    )


def has_lost_marks(text: str) -> bool:
    """Tell whether a text is Vietnamese without its marks, as bad scans give it.

    Scans keep some “é” and “à”; what they lose are the letters that only Vietnamese has, a sixth
    of all. A few words tell nothing.
    """
    letters = [sign for sign in text if sign.isalpha()]
    marks = sum(sign > "\u00ff" for sign in unicodedata.normalize("NFC", "".join(letters)))
    return len(letters) > 80 and marks < len(letters) * 0.03


def from_tcvn3(text: str) -> str:
    """Decode a text that was set in a font like .VnTime."""
    letters = "".join(filter(str.isascii, filter(str.isalpha, text)))
    decoded = text.translate(_TCVN3)
    return decoded.upper() if letters.isupper() and len(letters) > 1 else decoded


def from_vni(text: str) -> str:
    """Decode a text that was set in a font like VNI-Times."""
    return unicodedata.normalize("NFC", "".join(_vni_letters(text)))


def _vni_letters(text: str) -> Iterator[str]:
    for token in _VNI_TOKEN.findall(text):
        letters = _VNI_PAIRS.get(token.lower()) if len(token) == 2 else token
        assert letters is not None  # the expression finds the pairs of the table only
        if len(token) == 2:
            first = letters[0].upper() if token[0].isupper() else letters[0]
            letters = first + letters[1:]
        yield letters.translate(_VNI_SINGLE)


def _from_mojibake(text: str) -> str:
    return _MOJIBAKE.sub(lambda match: _read_again(match.group()), text)


def _read_again(signs: str) -> str:
    try:
        read = b"".join(map(_byte, signs.replace(" ", "\xa0"))).decode("utf-8")
    except UnicodeDecodeError:
        return signs
    return read if _is_vietnamese(read) or read in _PLAIN_SIGNS else signs


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")


def is_syllable(word: str) -> bool:
    """Tell whether a word could be a Vietnamese syllable, its tone where it belongs."""
    small = unicodedata.normalize("NFC", word).lower()
    longest = _ONSET.match(small)
    assert longest is not None  # it may match nothing, but always does
    starts = {longest.end(), min(1, longest.end()), 0}
    return any(small[start:] in _RIMES for start in starts)


def _is_written_well(word: str) -> bool:
    parts = _MARKS.split(word)  # footnote marks and quotes stand beside a word, not in it
    whole = all(part.isascii() or is_syllable(part) for part in parts)
    return whole and not _TCVN3_SIGNS.search(word)


def _is_unicode(line: str) -> bool:
    return _UNICODE.search(unicodedata.normalize("NFC", line)) is not None


def _is_vietnamese(sign: str) -> bool:
    return sign.isalpha() and (sign in "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý" or _is_unicode(sign))


def _rimes() -> Iterator[str]:
    for core, ends in _ENDS.items():
        for end in ends.split(" "):
            places = {len(core) - 1} | ({0} if core in _FIRST_MAY_BEAR and not end else set())
            for place in places:
                for tone in _TONES:
                    marked = core[: place + 1] + tone + core[place + 1 :] + end
                    yield unicodedata.normalize("NFC", marked)


_RIMES: Final = frozenset(_rimes())
_DECODERS: Final[dict[str, Callable[[str], str]]] = {
    "tcvn3": from_tcvn3,
    "vni": from_vni,
    "mojibake": _from_mojibake,
}
