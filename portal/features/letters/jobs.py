"""What letters have done outside a request."""

import json
from datetime import timedelta

from sqlalchemy import select

from portal.core.database import session
from portal.core.erasing import rewrite
from portal.core.jobs import Kind, Running
from portal.features.letters import delivery, files
from portal.features.letters.models import LetterIntake, LetterPhoto


def _deliver(_running: Running) -> None:
    # How many is not kept: with the minute of the job it would date them.
    delivery.deliver()


def _tidy(_running: Running) -> None:
    files.tidy(named_files())


def _vacuum(_running: Running) -> None:
    rewrite("letter_intake", "letter_messages", "letters")


def named_files() -> set[str]:
    """Give every file that a letter names."""
    stored = session().execute(select(LetterPhoto.stored, LetterPhoto.small))
    names = {name for pair in stored for name in pair}
    for photos in session().scalars(select(LetterIntake.photos)):
        names |= {name for pair in json.loads(photos) for name in pair}
    return names


DELIVER = Kind("letters:deliver", _deliver, every=timedelta(minutes=10))
"""Whatever came before today: soon after midnight, or as soon as the portal is on again."""
TIDY = Kind("letters:tidy", _tidy, every=timedelta(hours=6))
VACUUM = Kind("letters:vacuum", _vacuum, every=timedelta(days=1))
