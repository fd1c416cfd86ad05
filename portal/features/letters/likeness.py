"""Letters that may be about the same matter: proposed by the words they share, merged by people."""

import re
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select

from portal.core.database import session
from portal.features.letters import queries
from portal.features.letters.kinds import Side, State
from portal.features.letters.models import Letter, LetterMessage
from portal.policy.predicates import Actor

LEAST: Final = 0.3
_COMPARED, _SHOWN = 300, 5
_WORD = re.compile(r"\w+")
_COMMON = frozenset((
    "cua", "va", "la", "co", "khong", "duoc", "cho", "den", "tu", "voi", "mot", "nhung", "cac",
    "nay", "do", "thi", "toi", "ong", "ba", "da", "se", "dang", "ma", "tai", "trong", "ra", "vao",
    "nguoi", "chung", "rat", "qua", "nhieu", "phuong", "xa", "can", "bo", "de", "nghi",
))  # fmt: skip


@dataclass(frozen=True)
class Alike:
    """A letter that says much the same, and how much."""

    letter: Letter
    share: float
    text: str
    """"" until the actor's body has opened it."""


def can_join(letter: Letter, other: Letter) -> bool:
    """Say whether a letter can be answered together with another."""
    apart = other.id != letter.id and not letter.is_sealed and not other.is_sealed
    gone = (State.MERGED, State.HIDDEN, State.WITHDRAWN)
    same = other.box_id == letter.box_id and other.reader_id == letter.reader_id
    return apart and same and other.state not in gone


def alike(actor: Actor, letter: Letter) -> list[Alike]:
    """Propose letters of the same box that share many words with one, the nearest first."""
    if letter.is_sealed:
        return []
    mine = words_of(_folded(letter.id))
    query = (
        queries.visible_to(actor)
        .join(LetterMessage, LetterMessage.letter_id == Letter.id)
        .where(
            LetterMessage.number == 0, LetterMessage.side == Side.SENDER,
            LetterMessage.folded.is_not(None), Letter.box_id == letter.box_id,
            Letter.reader_id == letter.reader_id, Letter.id != letter.id,
        )
        .add_columns(LetterMessage.text, LetterMessage.folded)
        .order_by(Letter.day.desc(), Letter.id)
        .limit(_COMPARED)
    )  # fmt: skip
    rows = session().execute(query).all()
    found = [
        Alike(other, shared(mine, words_of(folded)), text or "")
        for other, text, folded in rows
        if can_join(letter, other)
    ]
    near = sorted((one for one in found if one.share >= LEAST), key=lambda one: -one.share)
    ids = queries.opened_by(actor.organisation_id, [one.letter.id for one in near[:_SHOWN]])
    return [one if one.letter.id in ids else replace(one, text="") for one in near[:_SHOWN]]


def words_of(folded: str) -> frozenset[str]:
    """Give the words of a folded text that say something."""
    return frozenset(word for word in _WORD.findall(folded) if word not in _COMMON)


def shared(mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Give how much of the shorter of two texts stands in the other, by words: 0 to 1."""
    shorter = min(len(mine), len(theirs))
    return len(mine & theirs) / shorter if shorter > 2 else 0.0


def _folded(letter_id: int) -> str:
    query = select(LetterMessage.folded).where(
        LetterMessage.letter_id == letter_id, LetterMessage.number == 0
    )
    return session().scalar(query) or ""
