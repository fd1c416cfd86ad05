"""Comments on a draft: the one way in which all three tracks store what was said.

Whoever answers comments (a later feature) listens, so that no comment is ever without an opinion
of its own, and none goes while somebody counts on it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from portal.core.database import random_id
from portal.core.errors import Invalid
from portal.core.text import N_, clean, fold
from portal.features.consultations.models import Comment, Consultation, TrackKind

LONGEST: Final = 10_000
"""Signs of one comment: some four pages."""
TOO_LONG: Final = N_("Một ý kiến dài nhất 10.000 chữ cái. Xin tách thành nhiều ý kiến.")
EMPTY: Final = N_("Ý kiến không thể để trống. Muốn bỏ thì xóa ý kiến này.")


@dataclass(frozen=True)
class Said:
    """One thing that somebody said."""

    key: str
    """Of the provision; "" for the draft as a whole."""
    text: str
    households: int = 1
    """How many ballots of one group say the same."""


@dataclass(frozen=True)
class Source:
    """On which way it came: exactly one of the three numbers is given."""

    consultation: Consultation
    track: TrackKind
    day: date
    submission_id: int | None = None
    ballot_group_id: int | None = None
    voice_id: int | None = None


Listener = Callable[[Session, Sequence[Comment]], None]
"""Takes the session and stored comments, in the same transaction. It may refuse by raising."""


@dataclass(frozen=True)
class Listeners:
    """What a later feature does about comments."""

    added: Listener
    """They are new, flushed, and have no `opinion_id` yet: the listener gives them one."""
    changed: Listener
    """Their text or their number of households was put right; it is flushed."""
    leaving: Listener
    """They are deleted right after; their `opinion_id` is already None if this returns."""


_listeners: list[Listeners] = []


def listen(listeners: Listeners) -> None:
    """Have a feature told (the registry says so), once however often it is registered."""
    if listeners not in _listeners:
        _listeners.append(listeners)


def tidy(text: str) -> str:
    """Give a comment as it is stored: clean, with its lines.

    Raises:
        Invalid: it is longer than `LONGEST`; nothing is cut.
    """
    text = clean(text, multiline=True)
    if len(text) > LONGEST:
        raise Invalid({"text": TOO_LONG})
    return text


def add(current: Session, source: Source, said: Iterable[Said]) -> list[Comment]:
    """Store what was said (inside `write()`), each under a random number; empty ones are left out.

    Returns:
        The comments in the order of `said`, each with its opinion once somebody listens.

    Raises:
        Invalid: one is too long.
    """
    return add_each(current, [(source, each) for each in said])


def add_each(current: Session, said: Iterable[tuple[Source, Said]]) -> list[Comment]:
    """Store what many said, in one go; otherwise as `add`."""
    tidied = [(source, each, tidy(each.text)) for source, each in said]
    comments = [_comment(source, each, text) for source, each, text in tidied if text]
    current.add_all(comments)
    _tell(current, comments, [each.added for each in _listeners])
    return comments


def change(current: Session, comment: Comment, text: str, households: int = 1) -> Comment:
    """Put right what was typed in from paper or from a letter (inside `write()`).

    Raises:
        Invalid: it is empty or too long.
        Refused: a listener counts on it as it is.
    """
    text = tidy(text)
    if not text:
        raise Invalid({"text": EMPTY})
    comment.text, comment.folded, comment.households = text, fold(text), households
    _tell(current, [comment], [each.changed for each in _listeners])
    return comment


def told_again(current: Session, comment: Comment) -> None:
    """Tell that a comment was hidden, or shown again (inside `write()`): who counts looks anew."""
    _tell(current, [comment], [each.changed for each in _listeners])


def remove(current: Session, comments: Sequence[Comment]) -> None:
    """Take out what was typed in wrongly (inside `write()`); what citizens sent never goes.

    Raises:
        Refused: a listener counts on one of them.
    """
    _tell(current, comments, [each.leaving for each in _listeners])
    for comment in comments:
        current.delete(comment)
    current.flush()


def _comment(source: Source, said: Said, text: str) -> Comment:
    return Comment(
        id=random_id(), consultation_id=source.consultation.id,
        unit_id=source.consultation.unit_id, track=source.track, day=source.day,
        submission_id=source.submission_id, ballot_group_id=source.ballot_group_id,
        voice_id=source.voice_id, key=said.key, text=text, folded=fold(text),
        households=said.households,
    )  # fmt: skip


def _tell(current: Session, comments: Sequence[Comment], listeners: Iterable[Listener]) -> None:
    current.flush()
    if comments:
        for listener in listeners:
            listener(current, comments)
        current.flush()
