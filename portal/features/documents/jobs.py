"""Work of the documents feature outside a request."""

from datetime import timedelta

from portal.core.jobs import Kind, Running
from portal.features.documents import files


def _tidy(_running: Running) -> str | None:
    return str(files.UPLOADS.tidy(files.stored_names()) or "") or None


TIDY = Kind("documents:tidy", _tidy, every=timedelta(days=1))
