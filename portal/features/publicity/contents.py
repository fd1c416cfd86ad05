"""What is made public and for how long the law wants it, by which channels, and what shows it.

The durations are data of the library, after Law 10/2022/QH15 on grassroots democracy, Articles 11
to 13 and 28. Plans and rosters of a survey have none: nothing is invented for them.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from portal.core.text import N_
from portal.features.campaigns import fieldwork


@dataclass(frozen=True)
class Content:
    """One kind of content."""

    code: str
    name: str
    basis: str = ""
    """The article of the law."""
    within: int | None = None
    """Working days after the document by which it is to be public (Article 12)."""
    posted: int | None = None
    """Days on end on the board at least (Article 13)."""
    broadcast: int | None = None
    """Days on end on the loudspeakers at least (Article 13)."""
    open_for: int | None = None
    """Days that people have to say what they think, by whatever channel (Article 28)."""

    def least(self, channel: str) -> int | None:
        """Give for how many days on end it has to be public by a channel; None if nobody says."""
        if self.open_for:
            return self.open_for if channel in BOARDS | PAGES else None
        if channel in BOARDS:
            return self.posted
        return self.broadcast if channel == LOUDSPEAKER else None


class Proof(StrEnum):
    """What shows that something was made public by a channel, besides photos and links."""

    NONE = "none"
    HOURS = "hours"
    """When it was broadcast."""
    TICK = "tick"
    """Somebody's word: where people are told, there is no link."""


LOUDSPEAKER = "loa_truyen_thanh"
BOARDS = frozenset({"niem_yet", "niem_yet_thon"})
PAGES = frozenset({"trang_tin_dien_tu"})
TOLD = frozenset({"truong_thon", "to_dan_van", "hoi_nghi"})
CHANNELS = fieldwork.CHANNELS
SHORT = {
    "niem_yet": N_("Niêm yết trụ sở"),
    "niem_yet_thon": N_("Niêm yết thôn, tổ"),
    "trang_tin_dien_tu": N_("Trang điện tử"),
    "truong_thon": N_("Trưởng thôn, tổ trưởng"),
}
"""Where the name of a channel is long for a cell."""


def proof_of(channel: str) -> Proof:
    """Say what, besides photos and links, shows a channel."""
    if channel == LOUDSPEAKER:
        return Proof.HOURS
    return Proof.TICK if channel in TOLD else Proof.NONE


@cache
def legal() -> dict[str, Content]:
    """Give the contents of the law, in the library's order."""
    text = (files("portal.library") / "publicity.json").read_text("utf-8")
    return {row["code"]: Content(**row) for row in json.loads(text)}


def content(code: str) -> Content:
    """Give a kind of content by its code: of a campaign, or of the law."""
    return _of_campaigns()[code] if code in fieldwork.OBJECTS else legal()[code]


def is_known(code: str) -> bool:
    """Say whether there is such a kind."""
    return code in fieldwork.OBJECTS or code in legal()


@cache
def _of_campaigns() -> dict[str, Content]:
    return {code: Content(code, name) for code, name in fieldwork.OBJECTS.items()}
