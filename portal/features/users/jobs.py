"""Work of the users feature outside a request."""

from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from portal.core.errors import Missing
from portal.core.exports import new_export
from portal.core.jobs import Kind, Running
from portal.features.settings import services as settings
from portal.features.users import handing_out, queries, services
from portal.features.users.handing_out import BATCH, PRINT, Strip
from portal.features.users.strips import strips_pdf


@dataclass(frozen=True)
class _Owner:
    user_id: int
    display_name: str


def _tidy(_running: Running) -> None:
    services.forget_expired()


def _print_passwords(running: Running) -> str:
    """Give a password to each account on the list and print them; a second run gives new ones.

    The passwords are in the file and in nothing else, and the file is gone after a day.
    """
    ids, address = cast(list[int], running.data["account_ids"]), str(running.data["address"])
    doer, strips = _owner(running.owner_id), list[Strip]()
    for start in range(0, len(ids), BATCH):
        running.progress(start, len(ids))
        strips += handing_out.give(doer, ids[start : start + BATCH])
    content = strips_pdf(strips, address, sample=settings.installation().sample)
    name = f"Mật khẩu dùng một lần {running.data.get('place', '')}".strip()
    with new_export(f"{name}.pdf", brief=True) as (export, stream):
        stream.write(content)
    running.progress(len(ids), len(ids))
    return export.to_result()


def _owner(user_id: int | None) -> _Owner:
    user = queries.get(user_id or 0)
    if user is None:
        raise Missing
    return _Owner(user.id, user.display_name)


TIDY = Kind("users:tidy", _tidy, every=timedelta(hours=1))
PRINT_PASSWORDS = Kind(PRINT, _print_passwords)
