"""What the pages show on which a letter is written, looked over and acknowledged."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from portal.core import clock
from portal.core.text import N_
from portal.features.letters import drafts, warnings
from portal.features.letters.drafts import Photo
from portal.features.letters.form_keys import FormKey
from portal.features.letters.kinds import CATEGORY_LABELS, WRITTEN
from portal.features.letters.reading import MOST, Draft, Problem
from portal.features.letters.warnings import TELLING, Found, Kind
from portal.features.mailbox.queries import Place
from portal.features.sealing import queries as keys


class Notice(Enum):
    """Why a letter comes back: its heading, and a sentence under it."""

    WRONG = (N_("Thư chưa gửi được"), N_("Những gì đã chọn và gõ vẫn còn nguyên."))
    NOT_STORED = (
        N_("Thư CHƯA được lưu"),
        N_("Máy chủ đang bận hoặc hết chỗ ghi. Thư vẫn còn nguyên dưới đây; xin chờ một phút rồi "
           "gửi lần nữa."),
    )  # fmt: skip
    ANOTHER = (
        N_("Thư này CHƯA được gửi"),
        N_("Trang này đã gửi một thư khác; thư ấy đã được nhận và có mã riêng. Chữ dưới đây là "
           "một thư mới: ông/bà xem lại rồi gửi để nhận mã của thư này. Ảnh thì xin chọn lại."),
    )  # fmt: skip
    STALE = (
        N_("Thư chưa được nhận, xin gửi lại"),
        N_("Trang này mở đã lâu. Chữ vẫn còn dưới đây; ảnh thì xin chọn lại."),
    )

    @property
    def heading(self) -> str:
        """Give the heading, marked for translation."""
        return self.value[0]

    @property
    def text(self) -> str:
        """Give the sentence, marked for translation."""
        return self.value[1]


@dataclass(frozen=True)
class Readers:
    """Who reads a letter to a box, by their names."""

    plain: str
    runner: str
    runner_reads: tuple[str, ...]
    """Words of the categories that whoever runs the box reads too."""
    above: str
    """The body to which a letter about an official is sealed; "" if none has a key."""

    @classmethod
    def of(cls, place: Place) -> "Readers":
        """Look who reads."""
        key = keys.key_above(place.box.unit_id)
        too = tuple(CATEGORY_LABELS[one] for one in WRITTEN if one in place.box.runner_reads)
        box = place.box
        return cls(
            box.reader.name, box.organisation.name, too, key.organisation.name if key else ""
        )


@dataclass(frozen=True)
class WritingPage:
    """A letter on its way: empty, come back, or looked over."""

    place: Place
    key: str
    """The form's number."""
    draft: Draft
    readers: Readers
    photos: list[Photo]
    errors: dict[str, Problem] = field(default_factory=dict)
    notice: Notice | None = None
    twin: bool = False
    """The same words came today already: its writer may have gone back."""
    another: bool = False
    """The form it came from has sent another letter before."""

    most = MOST
    most_photos = drafts.MOST

    @property
    def categories(self) -> list[tuple[str, str]]:
        """List what a letter can be, with its words."""
        return [(one, CATEGORY_LABELS[one]) for one in WRITTEN]

    @property
    def category(self) -> str:
        """Give the word of what it is."""
        return CATEGORY_LABELS.get(self.draft.category, "")

    @property
    def pieces(self) -> list[tuple[str, Kind | None]]:
        """Give the text in pieces, with what was found in it."""
        marked = TELLING | ({Kind.POST, Kind.PERSON} if self.posts else set())
        found = warnings.pieces(self.draft.text)
        return [(words, kind if kind in marked else None) for words, kind in found]

    @property
    def telling(self) -> list[Found]:
        """List by what a reader could know who writes, one of each kind."""
        return _one_of_each([each for each in self._found if each.kind in TELLING])

    @property
    def posts(self) -> list[Found]:
        """Give the first post or person that is named, if the letter could go past the unit."""
        named = [each for each in self._found if each.kind in (Kind.POST, Kind.PERSON)]
        return [] if self.draft.names_official or not self.readers.above else named[:1]

    @property
    def sealed(self) -> bool:
        """Say whether it will be sealed to the level above."""
        return self.draft.names_official and bool(self.readers.above)

    @property
    def reads_too(self) -> bool:
        """Say whether whoever runs the box reads this very letter too."""
        return self.draft.category in self.place.box.runner_reads and not self.sealed

    @property
    def arrives_on(self) -> date:
        """Give the morning on which it reaches its readers."""
        return clock.today() + timedelta(days=1)

    @property
    def due_on(self) -> date:
        """Give the day by which it is to be answered."""
        return clock.today() + timedelta(days=self.place.box.answer_days)

    @property
    def _found(self) -> list[Found]:
        return warnings.find(self.draft.text)


def page(
    place: Place, key: str, draft: Draft, read: FormKey | None,
    errors: dict[str, Problem] | None = None, notice: Notice | None = None, *, twin: bool = False,
    another: bool = False,
) -> WritingPage:  # fmt: skip
    """Draw a letter as it stands, with the photos that lie under its form's number."""
    photos = drafts.load(read, draft.photos) if read else []
    return WritingPage(
        place, key, draft, Readers.of(place), photos, errors or {}, notice, twin=twin,
        another=another,
    )  # fmt: skip


def _one_of_each(found: list[Found]) -> list[Found]:
    return list({each.kind: each for each in reversed(found)}.values())[::-1]
