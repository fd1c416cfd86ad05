"""What may be stored as the text of a document: cleaned, within limits, every part with its id."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from portal.core.errors import Invalid
from portal.core.text import N_, clean
from portal.features.documents.body import Appendix, Body, Data, new_id

CONTENT_LIMIT = 1024 * 1024
"""Bytes of the whole text: several times the longest plan with its appendices."""
SUMMARY_LIMIT = 500
"""As in the register (NĐ 30/2020 Annex VI)."""
LIMITS = {"sections": 500, "duties": 500, "recipients": 300, "bases": 200, "appendices": 50}
LINE_LIMIT = 500
"""Characters of what stands on one line: names, titles, a deadline."""
_LINES = frozenset(
    {"symbol", "place", "heading", "due", "summary", "signer", "note", "name", "group", "keeper"}
)
"""Fields of one line; the others keep their line ends."""
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")


def checked(body: Body) -> Body:
    """Give a body as it is stored.

    Raises:
        Invalid: it is too large in some part; each error under the name of the field.
    """
    cleaned: Body = _cleaned(body)
    cleaned = replace(
        cleaned,
        bases=tuple(basis for basis in cleaned.bases if basis),
        sections=tuple(_with_ids(cleaned.sections)),
        duties=tuple(_with_ids(cleaned.duties)),
        appendices=tuple(_with_ids(cleaned.appendices)),
    )
    if errors := _errors(cleaned):
        raise Invalid(errors)
    return cleaned


def _cleaned(data: Any) -> Any:  # noqa: ANN401 - any part of a body
    values: dict[str, Any] = {}
    for field in fields(data):
        value = getattr(data, field.name)
        if isinstance(value, Data):
            values[field.name] = _cleaned(value)
        elif isinstance(value, tuple):
            values[field.name] = tuple(_cleaned_part(part) for part in value)
        elif type(value) is str:  # and no word of a fixed list
            values[field.name] = _text(data, field.name, value)
    return replace(data, **values)


def _cleaned_part(part: Data | str) -> Data | str:
    return clean(part) if isinstance(part, str) else _cleaned(part)


def _text(data: Data, name: str, value: str) -> str:
    if isinstance(data, Appendix) and name == "text":
        return _table(value)
    return clean(value, multiline=name not in _LINES)


def _table(text: str) -> str:
    """Clean the rows of an appendix; the tabs between its cells stay."""
    rows = clean(text.replace("\t", _CELL), multiline=True).split("\n")
    return "\n".join("\t".join(map(str.strip, row.split(_CELL))) for row in rows)


_CELL = "\ue000"
"""Stands for a tab while the text is cleaned; no font has it."""


def _with_ids(parts: Iterable[Any]) -> Iterator[Any]:
    seen: set[str] = set()
    for part in parts:
        sound = _ID.fullmatch(part.id) and part.id not in seen
        kept = part if sound else replace(part, id=new_id())
        seen.add(kept.id)
        yield kept


def _errors(body: Body) -> dict[str, str]:
    errors = {
        name: N_("Nhiều dòng quá. Mời tách bớt sang phụ lục hoặc văn bản khác.")
        for name, most in LIMITS.items()
        if len(getattr(body, name)) > most
    }
    if len(body.summary) > SUMMARY_LIMIT:
        errors["summary"] = N_("Trích yếu dài quá 500 ký tự.")
    errors |= {name: TOO_LONG for name, text in _short(body) if len(text) > LINE_LIMIT}
    if len(body.to_json().encode()) > CONTENT_LIMIT:
        errors["content"] = N_("Văn bản dài quá 1 MB. Mời tách bớt sang văn bản khác.")
    return errors


def _short(body: Body) -> Iterator[tuple[str, str]]:
    for name in ("head", "signature", "second"):
        part = getattr(body, name)
        yield from ((f"{name}-{field.name}", getattr(part, field.name)) for field in fields(part))
    yield "keeper", body.keeper
    for recipient in body.recipients:
        yield "recipients", recipient.party.name + recipient.note
    for duty in body.duties:
        yield "duties", max(duty.due, duty.lead.name, key=len)
    for section in body.sections:
        yield f"section-{section.id}-heading", section.heading


TOO_LONG = N_("Mục này dài quá 500 ký tự.")
