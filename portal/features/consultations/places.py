"""What people write to say where in a draft: “khoản 2 Điều 7”, “đ.7 k.2”, “toàn văn”.

Pure: provisions are known by what they offer, so that any table somebody fills in can be read.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from portal.core.pasting import Remark, remark
from portal.core.text import N_, clean, fold

ARTICLE, CLAUSE, POINT = "article", "clause", "point"
CHAPTER, SECTION = "chapter", "section"
_ORDER: Final = (POINT, CLAUSE, ARTICLE, SECTION, CHAPTER)
"""As the law cites: from the smallest to the largest."""

_WHOLE: Final = frozenset({
    "toan van", "toan bo", "toan bo du thao", "toan van du thao", "ca du thao", "chung",
    "gop y chung", "y kien chung", "noi dung chung", "chung ca du thao", "du thao", "bo cuc",
    "ten du thao", "ten goi", "the thuc", "can cu", "phan can cu", "phan mo dau", "khac",
    "noi dung khac", "y kien khac", "quy che", "du thao quy che", "toan bo quy che",
})  # fmt: skip
_KIND: Final = re.compile(
    r"(?P<chapter>chương|chuong)[\s.:]*(?P<c>[ivxlc]+|\d+)(?!\w)"
    r"|(?P<section>mục|muc)[\s.:]*(?P<s>[ivxlc]+|\d+)(?!\w)"
    r"|(?P<article>điều|dieu|đ|d)[\s.:]*(?P<a>\d+[a-zđ]?)(?!\w)"
    r"|(?P<clause>khoản|khoan|k)[\s.:]*(?P<k>\d+[a-zđ]?)(?!\w)"
    r"|(?P<point>điểm|diem|tiết|tiet|đ|d)[\s.:]*[“\"']?(?P<p>[a-zđ]\d*)(?!\w)[”\"']?"
)
_NUMBERS: Final = {CHAPTER: "c", SECTION: "s", ARTICLE: "a", CLAUSE: "k", POINT: "p"}
_BETWEEN: Final = re.compile(r"(?:[\s,;.:/\-–—()“”\"'‘’]|\b(?:của|cua|tại|tai|thuộc|thuoc)\b)*")
_BARE: Final = re.compile(r"(\d+[a-zđ]?)(?:\.(\d+[a-zđ]?)(?:\.([a-zđ]\d*))?)?[.)]?")
_CLAUSE_AFTER: Final = re.compile(r"\.(\d+[a-zđ]?)(?:\.([a-zđ]\d*))?(?!\w)")
_MORE: Final = re.compile(r"\s*(?:[,;+&\-–—]|và\b|va\b|đến\b|den\b)\s*(?:\d+[a-zđ]?|[a-zđ])(?!\w)")
"""“khoản 1, 2”, “Điều 7-9”: several places in one cell."""
_GLUED: Final = re.compile(r"(?<=\d)(?=(?:đ|d|k)[\s.:]*\d)")
"""“đ7k2”: what belongs apart."""
_ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Provision(Protocol):
    """A provision, as `regulations.reading.Entry` offers it."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def level(self) -> str:
        """“chapter”, “section”, “article”, “clause”, “point”."""

    @property
    def number(self) -> str:
        """As written: “II”, “2a”, “đ”."""

    @property
    def heading(self) -> str:
        """Its heading, "" if none."""

    @property
    def text(self) -> str:
        """Its own words, "" if none."""

    @property
    def place(self) -> str:
        """“điểm đ khoản 2 Điều 7”."""

    @property
    def parent(self) -> str:
        """The key of what it lies in, "" if nothing."""


class Unplaced(Exception):
    """A text names no single provision of the draft."""

    def __init__(self, why: Remark) -> None:
        super().__init__(why.message)
        self.why = why


@dataclass(frozen=True)
class Placed:
    """Where a text points to."""

    key: str
    """"" for the draft as a whole."""
    leant: bool = False
    """Whether it was understood from the row above: “khoản 3” below “Điều 7”."""


def parts(text: str) -> Mapping[str, str]:
    """Read what a text names, by level; {} if it names nothing.

    Raises:
        Unplaced: it names several places at once.
    """
    plain = _plain(text)
    if bare := _BARE.fullmatch(plain):
        return _named(zip((ARTICLE, CLAUSE, POINT), bare.groups(), strict=True))
    plain = _GLUED.sub(" ", plain)
    found: dict[str, str] = {}
    at = _after(_BETWEEN, plain, 0)
    while match := _KIND.match(plain, at):
        level = next(name for name in _NUMBERS if match[name])
        if level in found:
            raise Unplaced(remark(SEVERAL))
        found[level] = match[_NUMBERS[level]]
        at = match.end()
        if level == ARTICLE and CLAUSE not in found and (more := _CLAUSE_AFTER.match(plain, at)):
            found |= _named(zip((CLAUSE, POINT), more.groups(), strict=True))
            at = more.end()
        if _MORE.match(plain, at) and not _KIND.match(plain, _after(_BETWEEN, plain, at)):
            raise Unplaced(remark(SEVERAL))
        at = _after(_BETWEEN, plain, at)
    if found and _KIND.search(plain, at) and re.match(r"(?:và|va|đến|den)\b", plain[at:]):
        raise Unplaced(remark(SEVERAL))
    return found


def is_whole(text: str) -> bool:
    """Say whether a text means the draft as a whole."""
    folded = re.sub(r"[^\w\s]+", " ", fold(text))
    folded = " ".join(folded.split())
    return folded in _WHOLE or folded.startswith(("toan van ", "toan bo ", "gop y chung "))


class Finder:
    """Finds the provisions of one version by what people write."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        """Take the provisions of a version, in reading order."""
        self._all = list(provisions)
        self._by_key = {one.key: one for one in self._all}

    @property
    def provisions(self) -> Sequence[Provision]:
        """Give the provisions in reading order."""
        return self._all

    def place(self, key: str) -> str:
        """Give how a provision is called; "" for the whole and for what is not there."""
        found = self._by_key.get(key)
        return found.place if found else ""

    def find(self, text: str, above: str = "") -> Placed:
        """Find the provision that a text names.

        Args:
            text: as somebody wrote it, in any of the usual ways, with or without marks.
            above: the key to which the row above points; “khoản 3” alone is read within its Điều.

        Raises:
            Unplaced: it names none, or more than one; says why.
        """
        if is_whole(text):
            return Placed("")
        named = parts(text)
        if not named:
            return self._by_heading(text)
        found = self._matching(named)
        if found and not {ARTICLE, CHAPTER, SECTION} & named.keys():
            return self._within(named, found, above)
        if len(found) > 1:
            raise Unplaced(remark(AMBIGUOUS, place=written(named)))
        if found:
            return Placed(found[0].key)
        raise Unplaced(self._missing(named))

    def _matching(self, named: Mapping[str, str]) -> list[Provision]:
        """Give what ends with the smallest named part and lies within the others."""
        levels = [level for level in _ORDER if level in named]
        lowest = levels[0]
        for same in (_same, _alike):  # “d” typed without its stroke only if nothing fits as it is
            found = [
                one for one in self._all
                if one.level == lowest and same(one.number, named[lowest])
                and all(self._lies_in(one, level, named[level]) for level in levels[1:])
            ]  # fmt: skip
            if found:
                break
        if lowest == POINT and ARTICLE in named and CLAUSE not in named and len(found) > 1:
            found = [one for one in found if self._parent_level(one) == ARTICLE] or found
        return found

    def _within(self, named: Mapping[str, str], found: list[Provision], above: str) -> Placed:
        """Read “khoản 3” or “điểm b” alone: within what the row above names."""
        for around in self._line(above):
            if self._by_key[around].level in {SECTION, CHAPTER}:
                break
            near = [one for one in found if around in self._line(one.key)[1:]]
            if len(near) == 1:
                return Placed(near[0].key, leant=True)
        raise Unplaced(remark(NO_ARTICLE, place=written(named)))

    def _line(self, key: str) -> list[str]:
        """Give a key and those of what it lies in, outwards."""
        line = []
        while key in self._by_key:
            line.append(key)
            key = self._by_key[key].parent
        return line

    def _lies_in(self, one: Provision, level: str, number: str) -> bool:
        line = (self._by_key[key] for key in self._line(one.key)[1:])
        return any(each.level == level and _same(each.number, number) for each in line)

    def _parent_level(self, one: Provision) -> str:
        above = self._by_key.get(one.parent)
        return above.level if above else ""

    def _by_heading(self, text: str) -> Placed:
        wanted = fold(text).strip(" .:")
        found = [one for one in self._all if wanted and fold(one.heading).strip(" .:") == wanted]
        if len(found) == 1:
            return Placed(found[0].key)
        raise Unplaced(remark(UNREAD, text=clean(text)[:60]))

    def _missing(self, named: Mapping[str, str]) -> Remark:
        """Say what is missing, and what is there instead."""
        wider = {level: named[level] for level in named if level != _lowest(named)}
        around = self._matching(wider) if wider else []
        if len(around) == 1:
            return remark(NOT_WITHIN, place=written(named), around=around[0].place)
        return remark(NOT_THERE, place=written(named))


def written(named: Mapping[str, str]) -> str:
    """Write what was named as the law cites it: “điểm đ khoản 2 Điều 7”."""
    words = {POINT: "điểm {}", CLAUSE: "khoản {}", ARTICLE: "Điều {}", SECTION: "Mục {}",
             CHAPTER: "Chương {}"}  # fmt: skip
    said = {level: number.upper() if level == CHAPTER else number
            for level, number in named.items()}  # fmt: skip
    return " ".join(words[level].format(said[level]) for level in _ORDER if level in said)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", clean(text)).casefold()


def _after(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _named(pairs: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    return {level: number for level, number in pairs if number}


def _lowest(named: Mapping[str, str]) -> str:
    return next(level for level in _ORDER if level in named)


def _same(one: str, other: str) -> bool:
    return _number(one) == _number(other)


def _alike(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def _number(text: str) -> str:
    """Give a number for comparing: “II” and “2” are the same chapter, “07” and “7” one Điều."""
    text = text.casefold().strip(" .")
    if text and set(text) <= _ROMAN.keys() and len(text.strip("iv")) < len(text):
        values = [_ROMAN[sign] for sign in text]
        signed = (-one if one < after else one
                  for one, after in zip(values, [*values[1:], 0], strict=True))  # fmt: skip
        return str(sum(signed))
    return text.lstrip("0") or text


SEVERAL = N_("Ô này ghi nhiều điều khoản. Mời tách mỗi dòng một chỗ, hoặc ghi điều chung.")
AMBIGUOUS = N_("Dự thảo có nhiều chỗ gọi là %(place)s. Mời ghi rõ hơn.")
NO_ARTICLE = N_("Chưa rõ %(place)s của Điều nào. Mời ghi cả số Điều.")
NOT_WITHIN = N_("Không có %(place)s; dự thảo có %(around)s.")
NOT_THERE = N_("Dự thảo không có %(place)s.")
UNREAD = N_("Chưa hiểu “%(text)s” là chỗ nào. Mời ghi như “khoản 2 Điều 7”, hoặc “chung”.")
