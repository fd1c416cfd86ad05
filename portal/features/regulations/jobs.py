"""Work of drafts outside a request."""

from datetime import timedelta

from portal.core.jobs import Kind, Running
from portal.features.regulations import files


def _tidy(_running: Running) -> str | None:
    return str(files.DRAFTS.tidy(files.names()) or "") or None


TIDY = Kind("regulations:tidy", _tidy, every=timedelta(days=1))
