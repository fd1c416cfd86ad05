"""Lists of voters are taken away by themselves when their time is over."""

from datetime import timedelta

from portal.core import clock
from portal.core.erasing import empty_wal, rewrite
from portal.core.jobs import Kind, Running
from portal.features.ballots import voters


def _erase(_running: Running) -> str | None:
    gone = voters.erase_due(clock.today())
    # No page and no log keeps a name. Even if nothing is gone now: a run before may have been
    # stopped between the two, and households are taken off lists by hand as well.
    empty_wal()
    rewrite("ballot_voters")
    return str(gone or "") or None


ERASE = Kind("ballots:erase", _erase, every=timedelta(hours=12))
"""Of a list of voters nothing is left some days after the households' last day."""
