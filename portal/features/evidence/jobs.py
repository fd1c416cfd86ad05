"""Work of the evidence feature outside a request."""

from datetime import timedelta

from portal.core.jobs import Kind, Running
from portal.features.evidence import files, queries


def _tidy(_running: Running) -> str | None:
    return str(files.PHOTOS.tidy(queries.stored_names()) or "") or None


TIDY = Kind("evidence:tidy", _tidy, every=timedelta(days=1))
