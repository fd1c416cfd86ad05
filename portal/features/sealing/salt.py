"""The salt of this installation's receipts: random, and kept in the database.

It is no secret. A backup carries it, so that receipts which are out there are good after a restore.
"""

import secrets

from sqlalchemy import insert

from portal.core.database import session, write
from portal.core.sealing import SALT_BYTES
from portal.features.settings.models import Setting

_NAME = "receipt_salt"


def installation_salt() -> bytes:
    """Give the salt, made at its first use."""
    stored = session().get(Setting, _NAME)
    if stored is None:
        with write("settings") as current:
            stored = current.get(Setting, _NAME)
            if stored is None:
                # Nobody's act: the first citizen who sends a letter has it made.
                made = {"name": _NAME, "value": secrets.token_hex(SALT_BYTES)}
                current.execute(insert(Setting).values(made))
                stored = current.get_one(Setting, _NAME)
    return bytes.fromhex(stored.value)
