"""“Dán từ Excel” from request to request: pasted or sent, looked at, corrected in place, saved.

The whole table travels in one hidden field; the cells of rows with a fault are fields of their own,
so that a table of 2,000 rows is one field and a few, and nothing is kept on the server.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from flask import request
from flask_babel import gettext as _

from portal.core import pasting
from portal.core.errors import Invalid
from portal.core.pasting import Column, Row, Table
from portal.core.text import clean

MOST_EDITED = 100
"""Rows whose cells can be corrected at once; the others after these."""


@dataclass(frozen=True)
class Sent:
    """What came in."""

    table: Table | None = None
    """None: nothing yet, nothing readable, or the person wants to paste again."""
    text: str = ""
    """What stands in the box where it is pasted."""
    errors: Mapping[str, str] = field(default_factory=dict)
    """What is wrong, under "text" or "file"."""
    saves: bool = False
    """Whether “save” was pressed, not “look again”."""

    @property
    def status(self) -> int:
        """Give the status of the page with the box."""
        return 422 if self.errors else 200


def received(columns: Sequence[Column]) -> Sent:
    """Read what was pasted, sent as a file, or corrected."""
    if request.method != "POST":
        return Sent()
    if "held" in request.form:
        return _corrected(columns)
    text = request.form.get("text", "")
    file = request.files.get("file")
    try:
        if file is not None and file.filename:
            return Sent(pasting.read_file(file.read(), columns))
        return Sent(pasting.read_text(text, columns))
    except Invalid as invalid:
        return Sent(text=text, errors=_said(invalid))


def _said(invalid: Invalid) -> dict[str, str]:
    """Say what is wrong, columns by their heads in the reader's language."""
    heads = [_(head) for head in cast(list[str], invalid.values.get("columns", []))]
    values = {"columns": ", ".join(heads)} if heads else {}
    return {name: _(message, **values) for name, message in invalid.errors.items()}


def _corrected(columns: Sequence[Column]) -> Sent:
    try:
        table = pasting.held(request.form["held"], columns)
    except Invalid as invalid:
        return Sent(errors=_said(invalid))
    rows = [_edited(row, table.columns) for row in table.rows if not _is_dropped(row)]
    table = replace(table, rows=tuple(replace(row, number=n) for n, row in enumerate(rows, 1)))
    command = request.form.get("command", "look")
    if command == "again" or not rows:
        return Sent(text=typed(table))
    return Sent(table, saves=command == "save")


def typed(table: Table) -> str:
    """Give the table as it would be pasted, its heads in the reader's language."""
    heads = "\t".join(_(column.head) for column in table.columns)
    return "\n".join((heads, *table.to_text().split("\n")[1:]))


def _is_dropped(row: Row) -> bool:
    return f"drop-{row.number}" in request.form


def _edited(row: Row, columns: Sequence[Column]) -> Row:
    sent = {
        column.name: clean(request.form[name])
        for column in columns
        if (name := f"cell-{row.number}-{column.name}") in request.form
    }
    return replace(row, cells={**row.cells, **sent}) if sent else row
