"""What the public pages of a draft show: contents, one Điều with its boxes, what was written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from functools import cached_property

from portal.core import clock
from portal.core.text import N_
from portal.features.consultations.comments import LONGEST
from portal.features.consultations.voice_places import Place
from portal.features.consultations.voice_reading import WHOLE, Sending
from portal.features.letters import warnings
from portal.features.letters.reading import Problem
from portal.features.letters.warnings import TELLING, Found
from portal.features.regulations.models import Level
from portal.features.regulations.reading import Entry, below

_ABOVE = frozenset({Level.CHAPTER, Level.SECTION})


class Notice(Enum):
    """Why a sending comes back: its heading, and a sentence under it."""

    WRONG = (N_("Ý kiến chưa gửi được"), N_("Những gì đã gõ và chọn vẫn còn nguyên dưới đây."))
    NOT_STORED = (
        N_("Ý kiến CHƯA được lưu"),
        N_("Máy chủ đang bận hoặc hết chỗ ghi. Ý kiến vẫn còn nguyên dưới đây; xin chờ một phút "
           "rồi gửi lần nữa."),
    )  # fmt: skip
    STALE = (
        N_("Ý kiến chưa được nhận, xin gửi lại"),
        N_("Trang này mở đã lâu. Những gì đã gõ vẫn còn dưới đây."),
    )
    ANOTHER = (
        N_("Đây là ý kiến khác, CHƯA được gửi"),
        N_("Ý kiến gửi lần trước từ trang này đã được nhận. Những gì dưới đây thì chưa: xin bấm "
           "gửi, ông/bà có một mã riêng."),
    )  # fmt: skip
    SECOND = (
        N_("Máy này đã gửi ý kiến một lần"),
        N_("Những gì dưới đây CHƯA được gửi. Nếu ông/bà nói thêm, hoặc người khác trong nhà góp ý "
           "trên máy này, xin bấm “Gửi ý kiến”."),
    )  # fmt: skip
    TOO_FAST = (
        N_("Ý kiến chưa được nhận: máy này gửi quá nhanh"),
        N_("Một máy gửi được nhiều nhất 20 lần trong một phút. Những gì đã gõ và chọn vẫn còn "
           "nguyên; xin chờ một phút rồi bấm “Gửi ý kiến” lần nữa."),
    )  # fmt: skip

    @property
    def heading(self) -> str:
        """Give the heading, marked for translation."""
        return self.value[0]

    @property
    def text(self) -> str:
        """Give the sentence, marked for translation."""
        return self.value[1]


@dataclass(frozen=True)
class Outline:
    """A published version as it is leafed through: a page for every Điều."""

    number: int
    published_on: date | None
    preamble: str
    entries: tuple[Entry, ...]
    note: str = ""
    """What is different from the version before, "" in the first one."""

    @cached_property
    def parts(self) -> list[Entry]:
        """List what has a page of its own: articles, and whatever else holds words above them."""
        return [one for one in self.entries if self.part(one.key) == one.key]

    @property
    def contents(self) -> list[Entry]:
        """List what stands in the table of contents."""
        shown = {one.key for one in self.parts}
        return [one for one in self.entries if one.level in _ABOVE or one.key in shown]

    @property
    def articles(self) -> int:
        """Count the articles."""
        return sum(one.is_article for one in self.entries)

    def entry(self, key: str) -> Entry | None:
        """Give a provision by its key."""
        return self._known.get(key)

    def part(self, key: str) -> str:
        """Give the key of the page on which a provision stands; "" if it is only a heading."""
        found = self._known.get(key)
        if found is None or (found.level in _ABOVE and not found.text):
            return ""
        while (above := self._known.get(found.parent)) and above.level not in _ABOVE:
            found = above
        return found.key

    def heading(self, part: Entry) -> Entry | None:
        """Give the chapter in which a page lies."""
        found = self.entry(part.parent)
        while found is not None and found.level is not Level.CHAPTER:
            found = self.entry(found.parent)
        return found

    @cached_property
    def _known(self) -> dict[str, Entry]:
        return {one.key: one for one in self.entries}


@dataclass(frozen=True)
class ContentsPage:
    """A draft as a whole."""

    place: Place
    outline: Outline
    key: str
    """The form's number; "" where nothing is taken."""
    voices: int
    """How many sendings there are, with those of today."""

    most = LONGEST


@dataclass(frozen=True)
class PartPage:
    """One Điều, with a box at every provision."""

    place: Place
    outline: Outline
    key: str
    part: Entry
    others: Mapping[str, int] = field(default_factory=dict)
    """How many comments everybody may read, by key of provision."""

    most = LONGEST

    @property
    def lines(self) -> list[Entry]:
        """Give its own words and those of all that lies in it."""
        if self.part.level in _ABOVE:
            return [self.part]
        return below(self.outline.entries, self.part.key)

    @property
    def chapter(self) -> Entry | None:
        """Give the chapter in which it lies."""
        return self.outline.heading(self.part)

    @property
    def before(self) -> Entry | None:
        """Give the page before it."""
        at = self.outline.parts.index(self.part)
        return self.outline.parts[at - 1] if at else None

    @property
    def after(self) -> Entry | None:
        """Give the page after it."""
        return next(iter(self.outline.parts[self.outline.parts.index(self.part) + 1 :]), None)


@dataclass(frozen=True)
class Written:
    """One comment on its way."""

    key: str
    place: str
    """"" for the draft as a whole."""
    quoted: str
    """The words it is about."""
    text: str
    problem: Problem | None = None

    @property
    def name(self) -> str:
        """Give what stands for its provision in names of fields."""
        return self.key or WHOLE

    @property
    def telling(self) -> list[Found]:
        """List by what a reader could know who writes, one of each kind."""
        found = [each for each in warnings.find(self.text) if each.kind in TELLING]
        return list({each.kind: each for each in reversed(found)}.values())[::-1]


@dataclass(frozen=True)
class ReviewPage:
    """Everything that one person says, before it is sent."""

    place: Place
    key: str
    comments: list[Written]
    agrees: list[tuple[str, str]]
    """Names of fields with places, "" for the draft as a whole."""
    notice: Notice | None = None
    problem: Problem | None = None
    """What is wrong with the whole."""

    most = LONGEST

    @property
    def arrives_on(self) -> date:
        """Give the morning on which it reaches its readers."""
        return clock.today() + timedelta(days=1)


def review(
    place: Place, key: str, sending: Sending, places: Mapping[str, Entry],
    errors: Mapping[str, Problem] | None = None, notice: Notice | None = None,
) -> ReviewPage:  # fmt: skip
    """Draw what somebody says, place by place.

    Args:
        place: where it goes.
        key: the form's number.
        sending: what is said.
        places: every provision that people were ever shown, by key.
        errors: see `voice_reading.problems`.
        notice: why it came back.
    """
    errors = errors or {}
    comments = [
        _written(said, text, places, errors.get(said or WHOLE)) for said, text in sending.comments
    ]
    agrees = [(one or WHOLE, places[one].place if one else "") for one in sending.agrees]
    return ReviewPage(place, key, comments, agrees, notice, errors.get(""))


def _written(key: str, text: str, places: Mapping[str, Entry], problem: Problem | None) -> Written:
    entry = places.get(key)
    if entry is None:
        return Written("", "", "", text, problem)
    return Written(key, entry.place, _quoted(entry), text, problem)


def _quoted(entry: Entry) -> str:
    words: Sequence[str] = (entry.heading, entry.text)
    return next((one for one in words if one), "")
