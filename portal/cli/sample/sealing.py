"""Keys of the sample's steering bodies above the ward: opened by the password of their account."""

from pathlib import Path

from portal.cli.sample import accounts
from portal.features.sealing import services

_HOLDERS = ("huyen.tpbacgiang", accounts.APPROVER)


def create(data_dir: Path) -> None:
    """Make them; the page where a key is opened says in a sample which words open it."""
    passwords = {one.username: one.password for one in accounts.stored(data_dir)}
    for username in _HOLDERS:
        services.make_key(accounts.acting(username), passwords[username], judged=False)
