"""What surveys have done outside a request."""

from datetime import timedelta

from portal.core.jobs import Kind, Running
from portal.features.surveys import fold


def _fold(_running: Running) -> str | None:
    # How many is not kept: with the minute of the job it would date a batch of that size.
    fold.fold_pending()
    return None


def _seal(_running: Running) -> str | None:
    sealed = fold.seal_closed()
    return str(sealed) if sealed else None


FOLD = Kind("fold", _fold, every=timedelta(seconds=20))
SEAL = Kind("seal", _seal, every=timedelta(seconds=60))
