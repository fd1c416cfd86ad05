"""Bodies that have a key, to which letters can be sealed."""

from portal.features.sealing import queries, services
from portal.features.sealing.models import SealKey
from portal.features.users.models import User
from portal.web.actor import Account

WORDS = "nắng vàng trên mái ngói cũ"
"""What opens the keys of tests."""


def keeper(user: User) -> Account:
    """Give an account as the services know whoever acts."""
    body = user.organisation
    return Account(
        user_id=user.id, display_name=user.display_name, username=user.username,
        role=user.role_kind, duties=user.duties, unit_id=body.unit_id,
        unit_name=body.unit.full_name, unit_level=body.unit.level, organisation_id=body.id,
        organisation_name=body.name, must_change_password=False, sign_in_id=0, token="",
    )  # fmt: skip


def made_key(user: User, words: str = WORDS) -> SealKey:
    """Make the key of an account's body, with this account as its only holder."""
    return made_key_and_sheet(user, words)[0]


def made_key_and_sheet(user: User, words: str = WORDS) -> tuple[SealKey, str]:
    """Make the key of an account's body; give what is on its recovery sheet, too."""
    key, sheet = services.make_key(keeper(user), words)
    found = queries.get(key.id)
    assert found is not None
    return found, sheet


def private_key(user: User, words: str = WORDS) -> bytes:
    """Unlock the one key that an account holds."""
    [private] = services.unlock(keeper(user), words).values()
    return private
