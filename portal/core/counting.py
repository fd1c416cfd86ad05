"""Several counts in one query."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, select

from portal.core.database import session


def counted(counts: Mapping[str, ColumnElement[int]]) -> dict[str, int]:
    """Give some counts by their names, in one query.

    Args:
        counts: what each name counts, as a part of a query; one at least.
    """
    [row] = session().execute(select(*counts.values()))
    return dict(zip(counts, row, strict=True))
