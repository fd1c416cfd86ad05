"""Reading a posted letter: what was written, and what is missing."""

from dataclasses import dataclass, field
from typing import Final, Protocol

from portal.core.text import N_, clean
from portal.features.letters import drafts
from portal.features.letters.kinds import WRITTEN
from portal.features.mailbox.models import Mailbox

MOST: Final = 2000
"""Letters and signs of a text, as a person counts them."""

CATEGORY, FIELD, ABOUT, TEXT = "loai", "linh_vuc", "ve", "noi_dung"
PHOTOS, KEPT_PHOTOS, UNSEALED = "anh", "giu_anh", "khong_niem"
WORK, OFFICIAL = "viec", "can_bo"


class Fields(Protocol):
    """A posted form."""

    def getlist(self, key: str, /) -> list[str]:
        """Give all values of a field."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a field, in a marked sentence with its values."""

    message: str
    values: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A letter as it is written, sound or not."""

    category: str = ""
    field: str = ""
    """Field of work; "" for none in particular."""
    about: str = ""
    """"viec" for a matter, "can_bo" for a unit or an official of the box's unit."""
    text: str = ""
    photos: tuple[int, ...] = ()
    """Places in the form that hold a photo (`drafts`)."""
    unsealed: bool = False
    """Its writer wants it sent although nobody above has a key to which it could be sealed."""

    @property
    def names_official(self) -> bool:
        """Say whether it goes past those it is about."""
        return self.about == OFFICIAL

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was written or chosen."""
        return not (self.category or self.about or self.text or self.photos)


def read(fields: Fields) -> Draft:
    """Read what a form says, as it stands."""
    return Draft(
        category=_first(fields, CATEGORY),
        field=clean(_first(fields, FIELD)),
        about=_first(fields, ABOUT),
        text=clean(_first(fields, TEXT), multiline=True),
        photos=_places(fields.getlist(KEPT_PHOTOS)),
        unsealed=bool(_first(fields, UNSEALED)),
    )


def problems(box: Mailbox, draft: Draft, *, can_seal: bool) -> dict[str, Problem]:
    """Say what is missing in a letter to a box, by field.

    Args:
        box: where it goes.
        draft: the letter.
        can_seal: whether a level above has a key.
    """
    found: dict[str, Problem] = {}
    if draft.category not in WRITTEN:
        found[CATEGORY] = Problem(PICK)
    if draft.field and draft.field not in box.field_names:
        found[FIELD] = Problem(UNKNOWN_FIELD)
    if draft.about not in (WORK, OFFICIAL):
        found[ABOUT] = Problem(PICK_ABOUT)
    elif draft.names_official and not can_seal and not draft.unsealed:
        found[ABOUT] = Problem(NOBODY_ABOVE)
    if not draft.text:
        found[TEXT] = Problem(WRITE)
    elif len(draft.text) > MOST:
        found[TEXT] = Problem(TOO_LONG, {"n": len(draft.text), "most": MOST})
    return found


def _first(fields: Fields, name: str) -> str:
    given = fields.getlist(name)
    return given[0] if given else ""


def _places(values: list[str]) -> tuple[int, ...]:
    known = {str(slot): slot for slot in range(drafts.MOST)}
    return tuple(sorted({known[value] for value in values if value in known}))


PICK = N_("Xin chọn thư là khen ngợi, góp ý hay phản ánh.")
PICK_ABOUT = N_("Xin chọn thư nói về ai, để thư đi đúng chỗ.")
UNKNOWN_FIELD = N_("Xin chọn một lĩnh vực có trong danh sách.")
WRITE = N_("Xin viết nội dung thư.")
TOO_LONG = N_("Thư dài %(n)s ký tự, nhiều nhất là %(most)s. Xin viết gọn hơn.")
NOBODY_ABOVE = N_("Cấp trên chưa có khóa để niêm phong thư này. Xin đánh dấu ô dưới đây nếu vẫn "
                  "muốn gửi, hoặc gửi thẳng cấp trên bằng đơn.")  # fmt: skip
