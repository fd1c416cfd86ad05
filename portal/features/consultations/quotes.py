"""Whether what a table quotes of the draft stands at the place that it names.

A form of an older version names provisions by that version's numbers: what it quotes tells so.
"""

import re
from collections.abc import Iterable
from typing import Final

from portal.core.pasting import Remark, remark
from portal.core.text import N_, fold
from portal.features.consultations.places import Provision
from portal.features.regulations.matching import SURE, similarity

_FEWEST_WORDS: Final = 4
"""“như trên”, “mức thu”: too little to be a quotation that is wrong."""
_CUT: Final = ("…", "...")


class Quotes:
    """The texts of one version, for comparing."""

    def __init__(self, provisions: Iterable[Provision]) -> None:
        """Take the provisions of a version, in reading order."""
        self._places: dict[str, str] = {}
        self._own: dict[str, str] = {}
        self._whole: dict[str, str] = {}
        parents: dict[str, str] = {}
        for one in provisions:
            key = one.key
            self._places[key], parents[key] = one.place, one.parent
            self._own[key] = self._whole[key] = _words(f"{one.heading} {one.text}")
            part = f" {_words(one.number)} {self._own[key]}"
            while key := parents.get(key, ""):
                self._whole[key] += part

    def doubt(self, key: str, quoted: str) -> Remark | None:
        """Say that a quotation is not what stands there; None if it may well be.

        Args:
            key: of the provision that is named; "" for the draft as a whole.
            quoted: what the table says of the draft there.
        """
        words = _words(quoted)
        here = [text for text in (self._own.get(key), self._whole.get(key)) if text]
        if not words or not here or any(_holds(text, words) for text in here):
            return None
        values = {"place": self._places[key]}
        elsewhere = self._with(words, is_cut=quoted.rstrip().endswith(_CUT))
        if len(elsewhere) == 1:
            return remark(ELSEWHERE, **values, other=self._places[elsewhere[0]])
        is_near = any(similarity(text, words) >= SURE for text in here)
        if is_near or len(words.split()) < _FEWEST_WORDS:
            return None
        return remark(OTHERWISE, **values)

    def _with(self, words: str, *, is_cut: bool) -> list[str]:
        wanted = _bare(words)
        return [key for key, own in self._own.items()
                if _bare(own) == wanted or (is_cut and _bare(own).startswith(wanted))]  # fmt: skip


def _holds(text: str, words: str) -> bool:
    """Say whether a quotation is a part of a text, or that text with its number."""
    mine, theirs = _bare(text), _bare(words)
    return theirs in mine or (mine in theirs and 2 * len(mine) > len(theirs))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def _bare(words: str) -> str:
    return words.replace(" ", "")


OTHERWISE = N_("Nay %(place)s ghi khác ô này, có thể bảng theo bản cũ. Mời sửa chỗ góp ý, hoặc "
               "đánh dấu giữ.")  # fmt: skip
ELSEWHERE = N_("Nội dung này nay ở %(other)s, không ở %(place)s. Mời sửa chỗ góp ý, hoặc đánh dấu "
               "giữ.")  # fmt: skip
DIFFERS = N_("khác lời hiện nay của %(place)s")
