"""Copies of an installation: one per kind of database, and the archive that holds them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class CopyError(Exception):
    """A copy could not be made or cannot be trusted; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class Counted:
    """What a copy holds."""

    counts: Mapping[str, int]
    """Rows by table, counted in the very snapshot that was copied."""
    reopened: bool
    """Whether the copy was opened again as a database and counted; else only listed."""


class Store(Protocol):
    """A database that can be copied and put back."""

    kind: str

    def dump(self, target: Path) -> Counted:
        """Copy everything, as of one moment, into a new file; open the copy and count it.

        Raises:
            CopyError: the copy differs from what was counted, or could not be made.
        """

    def load(self, source: Path) -> None:
        """Put a copy in the place of what is there.

        Raises:
            CopyError: it could not be put back.
        """

    def counts(self) -> Mapping[str, int]:
        """Give the rows by table; nothing when there are no tables.

        Raises:
            CopyError: the database cannot be read.
        """


def require_equal(expected: Mapping[str, int], found: Mapping[str, int]) -> None:
    """See that two counts agree.

    Raises:
        CopyError: naming the first table that differs.
    """
    for table in sorted(expected.keys() | found.keys()):
        if expected.get(table) != found.get(table):
            raise CopyError(
                f"Bảng {table}: cần {expected.get(table, 0)} dòng, bản sao có "
                f"{found.get(table, 0)}."
            )
