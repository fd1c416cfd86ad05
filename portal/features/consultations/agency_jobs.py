"""Work about agencies outside a request."""

from datetime import timedelta

from portal.core.jobs import Kind, Running
from portal.features.consultations import letter_files


def _tidy(_running: Running) -> str | None:
    return str(letter_files.tidy() or "") or None


TIDY = Kind("agency_letters:tidy", _tidy, every=timedelta(days=1))
