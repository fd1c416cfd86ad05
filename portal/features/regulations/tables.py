"""Tables within a provision: kept as lines with bars between the cells, drawn as tables again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

_BAR: Final = re.compile(r"(?:^|\s)\|(?=\s|$)")


@dataclass(frozen=True)
class Grid:
    """A table: rows of as many cells each."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def has_head(self) -> bool:
        """Say whether the first row names the columns: words in every cell, and no figure."""
        return all(cell and not cell[0].isdigit() for cell in self.rows[0])


def written(rows: Sequence[Sequence[str]]) -> list[str]:
    """Write a table as lines; rows without words are left out, short ones filled up."""
    wide = max(map(len, rows), default=0)
    filled = ([*row, *[""] * (wide - len(row))] for row in rows if any(row))
    return [" | ".join(map(_flat, row)) for row in filled]


def width(line: str) -> int:
    """Count the cells of a line; 1 if it is none of a table."""
    return len(_BAR.findall(line)) + 1


def grid(lines: Sequence[str]) -> Grid | None:
    """Give lines that follow each other, of one width, as a table; None if they are none."""
    if len(lines) < 2 or width(lines[0]) < 2:
        return None
    return Grid(tuple(tuple(cell.strip() for cell in _BAR.split(line)) for line in lines))


def blocks(text: str) -> Iterator[str | Grid]:
    """Take a text apart into its paragraphs and tables, in reading order."""
    for _width, same in groupby(filter(None, text.split("\n")), key=width):
        lines = list(same)
        table = grid(lines)
        yield from [table] if table else lines


def _flat(cell: str) -> str:
    """Write a cell on one line; bars within it would be read as those between cells."""
    return _BAR.sub(";", cell.replace("\n", " "))
