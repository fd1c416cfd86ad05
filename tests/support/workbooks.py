"""Reading spreadsheets again."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any

from python_calamine import CalamineWorkbook


def sheets_of(write: Callable[[IO[bytes]], None]) -> dict[str, list[list[Any]]]:
    """Give the rows of every sheet that a function writes."""
    stream = BytesIO()
    write(stream)
    return read(stream.getvalue())


def read(content: bytes) -> dict[str, list[list[Any]]]:
    """Give the rows of every sheet of a file."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
