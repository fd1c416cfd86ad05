"""Lines of a head: where a long name or summary is broken, so that both renderers agree.

The rule: never within a fixed phrase (“ỦY BAN NHÂN DÂN”) if one line more avoids it; else as few
lines as fit, rather before the word for a unit (“PHƯỜNG …”), and then as even as can be.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from math import inf

MM_PER_PT = 25.4 / 72
_BOLD = dict(zip(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz .,:;/-()",
    (722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944,
     722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667,
     500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833,
     556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444,
     250, 250, 250, 333, 333, 278, 333, 333, 333), strict=True,
))  # fmt: skip
"""Widths of Times Bold in thousandths of its size; marks add nothing."""
_OTHER = 500
_PHRASES = tuple(phrase.split() for phrase in (
    "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "ỦY BAN", "MẶT TRẬN", "TỔ QUỐC", "BAN CHỈ ĐẠO",
    "BAN THƯỜNG VỤ",
    "BAN CHẤP HÀNH", "BAN DÂN VẬN", "QUY CHẾ DÂN CHỦ", "DÂN CHỦ", "CƠ SỞ", "THỰC HIỆN", "VIỆT NAM",
    "ĐẢNG ỦY", "TỈNH ỦY", "HUYỆN ỦY", "THÀNH ỦY", "THỊ ỦY", "ĐẢNG BỘ", "THÀNH PHỐ", "THỊ TRẤN",
    "THỊ XÃ", "XÃ, PHƯỜNG, THỊ TRẤN", "TỔ DÂN PHỐ", "NGƯỜI DÂN", "CÁN BỘ", "CÔNG CHỨC",
    "VIÊN CHỨC", "KẾT QUẢ", "Ý KIẾN", "TỔ CHỨC", "KHẢO SÁT", "KẾ HOẠCH", "ĐỊA BÀN", "HÒM THƯ",
    "DỰ THẢO", "QUY CHẾ", "VỀ VIỆC", "ĐỐI VỚI", "CẤP XÃ", "CẤP HUYỆN", "CẤP TỈNH", "NÔNG THÔN",
    "NÔNG NGHIỆP", "PHÁT TRIỂN", "CHÍNH QUYỀN", "THÂN THIỆN", "TỔ CÔNG TÁC", "MÃ QR",
    "PHÓ TRƯỞNG BAN", "THƯỜNG TRỰC", "PHÓ CHỦ TỊCH", "PHÓ BÍ THƯ", "DÂN VẬN",
))  # fmt: skip
_UNITS = tuple(kind.split() for kind in (
    "THÀNH PHỐ", "THỊ TRẤN", "THỊ XÃ", "ĐẶC KHU", "PHƯỜNG", "XÃ", "HUYỆN", "QUẬN", "TỈNH",
))  # fmt: skip
_LEADING = frozenset(("SỐ", "NGÀY", "THÁNG", "NĂM"))
"""What follows these stays on their line."""
_NAME_WORDS = 2
"""So many words after “PHƯỜNG” are its name, as a rule."""
_WITHIN_PHRASE, _ONE_MORE_LINE, _BEFORE_UNIT = 10.0, 4.0, -0.12
_MOST_LINES = 5


def width_mm(text: str, size: float) -> float:
    """Give about how wide a text is in bold Times of a size in pt."""
    letters = unicodedata.normalize("NFD", text).replace("Đ", "D").replace("đ", "d")
    units = sum(_BOLD.get(sign, _OTHER) for sign in letters if not unicodedata.combining(sign))
    return units / 1000 * size * MM_PER_PT


def broken(text: str, size: float, room_mm: float) -> tuple[str, ...]:
    """Break a text over as few lines as fit, at the best places.

    Args:
        text: a name or a summary; line ends in it are kept as they are.
        size: of the letters, in pt.
        room_mm: how wide a line may be.
    """
    return tuple(
        line for given in text.split("\n") for line in _broken(given.split(), size, room_mm)
    )


def _broken(words: list[str], size: float, room: float) -> list[str]:
    text = _Text(words, [width_mm(word, size) for word in words], width_mm(" ", size), room)
    greedy = text.greedy()
    if len(greedy) < 2 or len(greedy) > _MOST_LINES:  # Too long for a head: any break does.
        return text.joined(greedy)
    cost, best = min(text.best(len(greedy)), text.best(len(greedy) + 1))
    return text.joined(best if cost < inf else greedy)


@dataclass(frozen=True)
class _Text:
    """Words with their widths, to be put on lines; lines are told by where they start."""

    words: list[str]
    widths: list[float]
    space: float
    room: float

    def length(self, start: int, end: int) -> float:
        return sum(self.widths[start:end]) + self.space * (end - start - 1)

    def greedy(self) -> tuple[int, ...]:
        starts = [0] if self.words else []
        for place in range(1, len(self.words)):
            if self.length(starts[-1], place + 1) > self.room:
                starts.append(place)
        return tuple(starts)

    def best(self, count: int) -> tuple[float, tuple[int, ...]]:
        """Give what the best way to fill this many lines costs, and the way."""
        end, even = len(self.words), self.length(0, len(self.words)) / count

        def line(start: int, stop: int) -> float:
            length = self.length(start, stop)
            return inf if length > self.room else ((length - even) / self.room) ** 2

        @cache
        def rest(start: int, lines: int) -> tuple[float, tuple[int, ...]]:
            if lines == 1:
                return line(start, end), (start,)
            ways = ((line(start, place) + self.cut(place), rest(place, lines - 1))
                    for place in range(start + 1, end)
                    if self.length(start, place) <= self.room)  # fmt: skip
            return min(((own + cost, (start, *tail)) for own, (cost, tail) in ways),
                       default=(inf, ()))  # fmt: skip

        cost, starts = rest(0, count)
        return cost + _ONE_MORE_LINE * count, starts

    def cut(self, place: int) -> float:
        """Give what it costs to begin a line here."""
        if place in self.glued:
            return _WITHIN_PHRASE
        return _BEFORE_UNIT if _begins_unit(self.words, place) else 0

    @cached_property
    def glued(self) -> frozenset[int]:
        """Give the places that lie within a fixed phrase or a unit's name."""
        upper = [word.upper() for word in self.words]
        within = {
            place
            for phrase in _PHRASES
            for start in range(len(upper) - len(phrase) + 1)
            if upper[start : start + len(phrase)] == phrase
            for place in range(start + 1, start + len(phrase))
        }
        within.update(place for place, word in enumerate(upper[:-1], 1) if word in _LEADING)
        for start in range(len(upper)):
            if kind := _begins_unit(self.words, start):
                within.update(range(start + 1, start + kind + _NAME_WORDS))
        return frozenset(within)

    def joined(self, starts: tuple[int, ...]) -> list[str]:
        return [" ".join(self.words[a:b]) for a, b in pairwise((*starts, len(self.words)))]


def _begins_unit(words: list[str], place: int) -> int:
    """Say of how many words the kind of a named unit is that begins here; 0 if none does."""
    for kind in _UNITS:
        after = place + len(kind)
        here = [word.upper() for word in words[place:after]]
        if here == kind and after < len(words) and words[after][:1].isupper():
            return len(kind)
    return 0
