"""“Dán từ Excel” from request to request: pasted or sent, looked at, corrected in place, saved.

The whole table travels in one hidden field; the cells of rows with a fault are fields of their own,
so that a table of 2,000 rows is one field and a few. What was sent is looked at on an address of
its own (`pasted` keeps it so long): Back in the browser gives the box, the grid, or what was saved.
"""

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Protocol, cast

from flask import Response, abort, redirect, request, url_for
from flask_babel import gettext as _

from portal.core import pasting
from portal.core.errors import Invalid
from portal.core.pasting import Column, Row, Table
from portal.core.text import clean
from portal.web import pasted

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
    confirms: bool = False
    """Whether the cells that took over what stands above them were confirmed."""
    lacks: bool = False
    """Whether “save” was pressed without that."""
    others: Mapping[str, str] = field(default_factory=dict)
    """The other fields of the form, such as whether the table takes the place of another."""

    @property
    def status(self) -> int:
        """Give the status of the page with the box."""
        return 422 if self.errors else 200

    def told(self, **others: str) -> "Sent":
        """Give it with something to be remembered until it is shown again."""
        return replace(self, others={**self.others, **others})

    def takes(self, table: Table) -> bool:
        """Say whether a checked table is to be saved now."""
        return self.saves and not table.faults and (self.confirms or not table.filled)


class Reader(Protocol):
    """Whatever reads tables: `core.pasting`, or a feature that reads other files too."""

    def read_text(self, text: str, columns: Sequence[Column]) -> Table:
        """Read what was pasted."""

    def read_file(self, content: bytes, columns: Sequence[Column]) -> Table:
        """Read a file."""


def received(columns: Sequence[Column], reader: Reader = pasting, owner: str = "") -> Sent:
    """Read what was pasted, sent as a file, or corrected.

    Args:
        columns: those that are understood.
        reader: reads what was pasted or sent.
        owner: whoever sends it without an account (`portal.web.pasted`).

    Whatever is not to be saved is kept and shown again by a redirect to its own address, which
    this raises; saved by whom it is, it is kept no more.
    """
    if request.method != "POST":
        name = request.args.get("bang", "")
        return _kept(pasted.find(name, owner), columns) if name else Sent()
    sent = replace(_posted(columns, reader), others=_others(), confirms="filled" in request.form)
    if sent.saves:
        pasted.forget(owner)
        return sent
    with suppress(OSError):  # On a full disk the page itself is the answer.
        abort(redirect(_address(sent, owner), 303))
    return sent


def again(sent: Sent, owner: str = "") -> Response:
    """Show a table once more that could not be saved: the answer to its form."""
    return cast(Response, redirect(_address(sent, owner), 303))


def _address(sent: Sent, owner: str) -> str:
    values = {**(request.view_args or {}), "bang": pasted.keep(_written(sent), owner)}
    return url_for(cast(str, request.endpoint), **values)


def _written(sent: Sent) -> str:
    rows = sent.table.rows if sent.table else ()
    return json.dumps({
        "text": sent.text, "errors": sent.errors, "others": sent.others,
        "held": sent.table.to_held() if sent.table else None,
        "lacks": sent.saves and not sent.confirms,
        "ignored": sent.table.ignored if sent.table else (),
        "sure": {row.number: sorted(row.sure) for row in rows if row.sure},
    }, ensure_ascii=False)  # fmt: skip


def _kept(content: str | None, columns: Sequence[Column]) -> Sent:
    if content is None:
        return Sent()
    found = json.loads(content)
    table = pasting.held(found["held"], columns) if found["held"] is not None else None
    if table is not None:
        rows = (
            replace(row, sure=frozenset(found["sure"].get(str(row.number), ())))
            for row in table.rows
        )
        table = replace(table, rows=tuple(rows), ignored=tuple(found["ignored"]))
    return Sent(table, found["text"], found["errors"], lacks=found["lacks"], others=found["others"])


def _others() -> dict[str, str]:
    own = ("text", "held", "command", "csrf_token", "filled")
    prefixes = ("cell-", "drop-", "sure-", "all-", "wrong-")
    return {
        name: value for name, value in request.form.items()
        if name not in own and not name.startswith(prefixes)
    }  # fmt: skip


def _posted(columns: Sequence[Column], reader: Reader) -> Sent:
    if "held" in request.form:
        return _corrected(columns)
    text = request.form.get("text", "")
    file = request.files.get("file")
    try:
        if file is not None and file.filename:
            return Sent(reader.read_file(file.read(), columns))
        return Sent(reader.read_text(text, columns))
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
    table = _replaced(table)
    command = request.form.get("command", "look")
    if command == "again" or not rows:
        return Sent(text=typed(table))
    return Sent(table, saves=command == "save")


def _replaced(table: Table) -> Table:
    """Put a value in the place of a wrong one, wherever no cell of its own says another."""
    for column in table.columns:
        prefix = f"all-{column.name}-"
        for name in [one for one in request.form if one.startswith(prefix)]:
            wrong = clean(request.form.get(f"wrong-{column.name}-{name.removeprefix(prefix)}", ""))
            if wrong and (by := clean(request.form[name])):
                table = table.replaced(column.name, wrong, by)
    return table


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
    sure = (name for name in row.cells if f"sure-{row.number}-{name}" in request.form)
    return replace(row, cells={**row.cells, **sent}, sure=frozenset(sure))
