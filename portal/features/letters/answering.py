"""Answers: drafted by one account, approved or returned by another; sealed as the letter is."""

from typing import Final, Protocol

from sqlalchemy import func, select, update

from portal.core import clock
from portal.core.database import random_key, session, write
from portal.core.errors import Invalid
from portal.core.text import N_, clean
from portal.features.letters import content
from portal.features.letters.content import Payload
from portal.features.letters.kinds import Side
from portal.features.letters.models import Letter, LetterMessage
from portal.features.letters.workflow import LETTER
from portal.policy.predicates import Actor

MOST: Final = 5000


class Writer(Actor, Protocol):
    """An account that writes for its body."""

    @property
    def organisation_name(self) -> str:
        """The body, as the sender reads it."""

    @property
    def display_name(self) -> str:
        """The account's name."""


def answer(actor: Writer, letter: Letter, typed: str) -> Letter:
    """Write an answer and hand it in to be approved.

    Raises:
        Invalid: nothing, or too much.
        Forbidden, Missing, Refused: as the workflow says.
    """
    text = entered(typed, "answer")
    with write(LETTER.name):
        letter = LETTER.fire(actor, letter.id, "answer")
        add_message(actor, letter, Side.OFFICE, text)
    return letter


def entered(typed: str, name: str) -> str:
    """Give what was typed, cleaned.

    Raises:
        Invalid: nothing, or too much; under the field's name.
    """
    text = clean(typed, multiline=True)
    if not text or len(text) > MOST:
        raise Invalid({name: TOO_LONG if text else WRITE})
    return text


def add_message(actor: Writer, letter: Letter, side: Side, text: str) -> LetterMessage:
    """Add a text to a letter; call it inside `write()`.

    Of a sealed letter it is sealed too: to its readers, and to its sender what is meant for it.
    """
    latest = select(func.coalesce(func.max(LetterMessage.number), 0))
    number = session().scalars(latest.where(LetterMessage.letter_id == letter.id)).one() + 1
    message = LetterMessage(
        key=random_key(), letter_id=letter.id, number=number, side=side, day=clock.today(),
        author=actor.organisation_name, author_id=actor.user_id, returned_why="",
    )  # fmt: skip
    if letter.seal_key is None:
        message.text = text
    else:
        message.for_reader, for_sender = content.seal_twice(
            letter.seal_key.public, letter.sender_key, Payload(text)
        )
        message.for_sender = for_sender if side == Side.OFFICE else None
    session().add(message)
    session().flush()
    session().expire(letter, ["messages"])
    return message


def keep_approval(letter: Letter, actor: Actor, _reason: str) -> None:
    """Let the sender see the answer, and those of the letters merged into it (effect)."""
    today, draft = clock.today(), letter.draft
    if draft is None:  # pragma: no cover - the guard has asked
        return
    draft.approved_on, draft.approved_by_id = today, actor.user_id
    letter.answered_on = letter.answered_on or today
    merged = update(Letter).where(Letter.merged_into_id == letter.id, Letter.answered_on.is_(None))
    session().execute(merged.values(answered_on=today))


def keep_letter_return(letter: Letter, _actor: Actor, reason: str) -> None:
    """Keep why an answer was not approved; the draft stays for its readers (effect)."""
    if letter.draft is not None:
        letter.draft.returned_why = reason.strip()


WRITE = N_("Xin viết nội dung.")
TOO_LONG = N_("Nội dung dài quá 5.000 ký tự.")
