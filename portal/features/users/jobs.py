"""Work of the users feature outside a request."""

from datetime import timedelta

from portal.core.jobs import Kind, Running
from portal.features.users import services


def _tidy(_running: Running) -> None:
    services.forget_expired()


TIDY = Kind("users:tidy", _tidy, every=timedelta(hours=1))
