"""What the page of a body's key shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.features.sealing import queries, services
from portal.features.sealing.models import KeyHolder, SealKey
from portal.features.users.models import User
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class Holder:
    """A line of the list of holders."""

    id: int
    name: str
    username: str
    since: date
    given_by: str
    invited: bool
    late: bool
    """The code of the invitation is too old."""
    closed: bool
    is_me: bool


@dataclass(frozen=True)
class KeyPage:
    """The key that is used now, who holds it, and what came before."""

    key: SealKey | None
    holders: Sequence[Holder]
    colleagues: Sequence[User]
    sheet_since: date | None
    holding: bool
    """Whether the reader holds it."""
    invited: bool
    retired: Sequence[SealKey]


def key_page(actor: Actor) -> KeyPage:
    """Give the page of the actor's own body."""
    keys = queries.of_body(actor.organisation_id)
    key = next((one for one in keys if one.retired_on is None), None)
    retired = [one for one in keys if one.retired_on is not None]
    if key is None:
        return KeyPage(None, [], [], None, holding=False, invited=False, retired=retired)
    held = queries.holders(key.id)
    mine = next((one.kind for one in held if one.user_id == actor.user_id), "")
    sheet = next((one.since for one in held if one.kind == "sheet"), None)
    return KeyPage(
        key=key,
        holders=[_holder(one, one.user, actor) for one in held if one.user],
        colleagues=queries.colleagues(key),
        sheet_since=sheet,
        holding=mine == "account",
        invited=mine == "invited",
        retired=retired,
    )


def _holder(one: KeyHolder, user: User, actor: Actor) -> Holder:
    return Holder(
        id=one.id, name=user.display_name, username=user.username, since=one.since,
        given_by=one.given_by, invited=one.kind == "invited",
        late=one.since + services.INVITED_FOR < clock.today(), closed=not user.active,
        is_me=user.id == actor.user_id,
    )  # fmt: skip
