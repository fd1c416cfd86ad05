"""Finding keys: the one to which a unit's letters are sealed, those that an account can open."""

from sqlalchemy import Select, case, select
from sqlalchemy.orm import joinedload

from portal.core.database import session
from portal.features.org_units.existing import exists
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation, Unit
from portal.features.sealing.models import KeyHolder, SealKey
from portal.features.users.models import User
from portal.policy.predicates import Actor

_NAMES = (joinedload(SealKey.organisation), joinedload(SealKey.unit))


def get(key_id: int) -> SealKey | None:
    """Give a key with its body."""
    return session().get(SealKey, key_id, options=_NAMES)


def get_visible(actor: Actor, key_id: int) -> SealKey | None:
    """Give a key of the actor's own body, or one that it holds: bodies merge, holders stay."""
    found = get(key_id)
    if found is None or found.organisation_id == actor.organisation_id:
        return found
    return found if holds(actor, key_id) else None


def get_holder(actor: Actor, holder_id: int) -> KeyHolder | None:
    """Give an account, joined or invited, that holds a key of the actor's own body."""
    query = select(KeyHolder).join(KeyHolder.key).where(
        KeyHolder.id == holder_id, KeyHolder.user_id.is_not(None),
        SealKey.organisation_id == actor.organisation_id,
    ).options(joinedload(KeyHolder.key), joinedload(KeyHolder.user))  # fmt: skip
    return session().scalar(query)


def key_above(unit_id: int) -> SealKey | None:
    """Give the key to which a letter about a unit is sealed: of the nearest level above with one.

    Where several bodies of that level have a key, the steering body's comes first.
    """
    above = _parent(unit_id)
    while above is not None:
        if found := session().scalar(_live_at(above)):
            return found
        above = _parent(above)
    return None


def holds(actor: Actor, key_id: int) -> bool:
    """Say whether the actor can open what is sealed to a key, once it has typed its passphrase."""
    return holder(actor.user_id, key_id) is not None


def holder(user_id: int, key_id: int) -> KeyHolder | None:
    """Give how an account holds a key; None if it does not, or has only been invited."""
    query = select(KeyHolder).where(
        KeyHolder.key_id == key_id, KeyHolder.user_id == user_id, KeyHolder.kind == "account"
    )
    return session().scalar(query.order_by(KeyHolder.id))


def invitation(user_id: int, key_id: int) -> KeyHolder | None:
    """Give how an account was invited to hold a key and has not come yet."""
    query = select(KeyHolder).where(
        KeyHolder.key_id == key_id, KeyHolder.user_id == user_id, KeyHolder.kind == "invited"
    )
    return session().scalar(query.order_by(KeyHolder.id))


def sheet(key_id: int) -> KeyHolder | None:
    """Give what the recovery sheet of a key opens."""
    query = select(KeyHolder).where(KeyHolder.key_id == key_id, KeyHolder.kind == "sheet")
    return session().scalar(query.order_by(KeyHolder.id.desc()))


def colleagues(key: SealKey) -> list[User]:
    """List the open accounts of a key's body that do not hold it yet, by name."""
    holding = select(KeyHolder.user_id).where(
        KeyHolder.key_id == key.id, KeyHolder.kind == "account"
    )
    query = select(User).where(
        User.organisation_id == key.organisation_id, User.active, User.id.not_in(holding)
    )
    return list(session().scalars(query.order_by(User.sort_key, User.id)))


def held_by(user_id: int) -> list[KeyHolder]:
    """List what an account holds, the latest key first."""
    query = select(KeyHolder).where(KeyHolder.user_id == user_id, KeyHolder.kind == "account")
    return list(session().scalars(query.order_by(KeyHolder.key_id.desc())))


def of_body(organisation_id: int) -> list[SealKey]:
    """List a body's keys: the live one, then the retired ones, latest first."""
    query = select(SealKey).where(SealKey.organisation_id == organisation_id).options(*_NAMES)
    live_first = SealKey.retired_on.is_not(None)
    return list(session().scalars(query.order_by(live_first, SealKey.id.desc())))


def live_key(organisation_id: int) -> SealKey | None:
    """Give the key to which letters for a body are sealed now."""
    query = select(SealKey).where(
        SealKey.organisation_id == organisation_id, SealKey.retired_on.is_(None)
    )
    return session().scalar(query.options(*_NAMES).order_by(SealKey.id))


def holders(key_id: int) -> list[KeyHolder]:
    """List who holds a key, in the order in which they came: accounts, the invited, the sheet."""
    query = select(KeyHolder).where(KeyHolder.key_id == key_id).options(joinedload(KeyHolder.user))
    return list(session().scalars(query.order_by(KeyHolder.kind, KeyHolder.id)))


def _parent(unit_id: int) -> int | None:
    return session().scalar(select(Unit.parent_id).where(Unit.id == unit_id))


def _live_at(unit_id: int) -> Select[SealKey]:
    steering_first = case((Organisation.kind == OrganisationKind.STEERING, 0), else_=1)
    return (
        select(SealKey)
        .join(SealKey.organisation)
        .where(SealKey.unit_id == unit_id, SealKey.retired_on.is_(None), exists(Organisation))
        .options(*_NAMES)
        .order_by(steering_first, SealKey.id)
        .limit(1)
    )
