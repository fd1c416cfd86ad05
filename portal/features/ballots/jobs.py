"""Lists of voters are taken away by themselves when their time is over."""

from datetime import timedelta

from sqlalchemy import text

from portal.core import clock
from portal.core.database import dialect, empty_wal, session
from portal.core.jobs import Kind, Running
from portal.features.ballots import voters


def _erase(_running: Running) -> str | None:
    gone = voters.erase_due(clock.today())
    if gone:
        _leave_nothing()
    return str(gone or "") or None


def _leave_nothing() -> None:
    """Write the table anew, so that no page and no log keeps a name."""
    empty_wal()
    if dialect() != "postgresql":
        return
    current = session()
    current.rollback()
    with current.get_bind().engine.connect() as connection:
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.execute(text("VACUUM (FULL) ballot_voters"))


ERASE = Kind("ballots:erase", _erase, every=timedelta(hours=12))
"""Of a list of voters nothing is left some days after the households' last day."""
