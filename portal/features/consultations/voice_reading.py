"""Reading what somebody sends from the public page of a draft: comments and agreements by place."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from portal.core.text import N_, clean
from portal.features.consultations.comments import LONGEST
from portal.features.letters.reading import Problem

COMMENT, AGREES = "y-", "t-"
"""What a field's name begins with; the key of the provision follows."""
WHOLE: Final = "chung"
"""What stands for the whole draft in names and addresses."""
WHOLE_MARK: Final = "*"
"""What stands for it among the keys that a delivered sending agrees to."""
MOST: Final = 100
"""Comments of one sending."""


class Fields(Protocol):
    """Posted fields."""

    def __iter__(self) -> Iterator[str]:
        """Give their names."""

    def getlist(self, key: str) -> list[str]:
        """Give every value of a name."""


@dataclass(frozen=True)
class Sending:
    """What one person says of a draft, by keys of provisions; "" is the draft as a whole."""

    comments: tuple[tuple[str, str], ...] = ()
    agrees: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether it says nothing."""
        return not (self.comments or self.agrees)

    def packed(self) -> str:
        """Give it as it waits for the morning."""
        return json.dumps({"agrees": self.agrees, "comments": self.comments}, ensure_ascii=False)


def unpack(content: str) -> Sending:
    """Read what `Sending.packed` gave."""
    whole = json.loads(content)
    comments = tuple((key, text) for key, text in whole["comments"])
    return Sending(comments, tuple(whole["agrees"]))


def read(fields: Fields, known: Collection[str]) -> Sending:
    """Read what a form says, in the order of the draft.

    Args:
        fields: as posted; a comment on what the draft never had is one on the whole.
        known: keys of every provision that people were ever shown, in reading order.
    """
    order = {"": -1} | {key: at for at, key in enumerate(known)}
    comments: dict[str, str] = {}
    agrees: set[str] = set()
    for name in fields:
        kind, key = name[: len(COMMENT)], _key(name[len(COMMENT) :])
        if kind == COMMENT:
            key = key if key in order else ""
            said = clean("\n".join(fields.getlist(name)), multiline=True)
            comments[key] = "\n".join(filter(None, (comments.get(key), said)))
        elif kind == AGREES and key in order:
            agrees.add(key)
    written = sorted(filter(lambda one: one[1], comments.items()), key=lambda one: order[one[0]])
    return Sending(tuple(written), tuple(sorted(agrees, key=order.__getitem__)))


def problems(sending: Sending) -> dict[str, Problem]:
    """Say what cannot be taken: by key of the provision, or under "" for the whole sending."""
    if sending.is_empty:
        return {"": Problem(NOTHING)}
    if len(sending.comments) > MOST:
        return {"": Problem(TOO_MANY, {"n": len(sending.comments), "most": MOST})}
    return {
        key or WHOLE: Problem(TOO_LONG, {"n": len(text), "most": LONGEST})
        for key, text in sending.comments
        if len(text) > LONGEST
    }


def _key(written: str) -> str:
    return "" if written == WHOLE else written


NOTHING = N_("Ông/bà chưa viết ý kiến nào và chưa chọn “Nhất trí” ở đâu.")
TOO_MANY = N_("Mỗi lần gửi nhiều nhất %(most)s ý kiến, ở đây có %(n)s. Xin gửi làm hai lần.")
TOO_LONG = N_("Ý kiến dài %(n)s ký tự, nhiều nhất là %(most)s. Xin viết gọn hơn.")
