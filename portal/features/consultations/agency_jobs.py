"""Work about agencies outside a request."""

from datetime import timedelta

from portal.core.jobs import Kind, Running
from portal.features.consultations import agency_queries


def _tidy(_running: Running) -> str | None:
    gone = agency_queries.LETTERS.tidy(agency_queries.stored_letters())
    return str(gone or "") or None


TIDY = Kind("agency_letters:tidy", _tidy, every=timedelta(days=1))
