"""A long list a page at a time."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func, select

from portal.core.database import session

Row = TypeVar("Row")
SIZE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page, and where it lies."""

    rows: list[Row]
    number: int
    pages: int
    total: int


def paginate(query: Select[Row], number: int, size: int = SIZE) -> Page[Row]:
    """Give one page of an ordered query.

    Args:
        query: selects one entity, in order.
        number: from 1; a page that does not exist gives the nearest one.
        size: rows a page.
    """
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = session().scalar(counted) or 0
    pages = max(1, -(-total // size))
    number = min(max(1, number), pages)
    rows = session().scalars(query.limit(size).offset((number - 1) * size))
    return Page(list(rows), number, pages, total)
