"""The record in words a person reads."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.core import clock
from portal.features.audit.fields import FIELDS, OF_FIELD, VALUES
from portal.features.audit.models import AuditEntry
from portal.features.audit.words import ACTIONS

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Change:
    """One field: its name (msgid) and the words before and after (msgids or plain text)."""

    field: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Line:
    """One entry, ready to be shown."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    reason: str
    changes: list[Change]


def line(
    entry: AuditEntry,
    actions: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
) -> Line:
    """Put an entry into words.

    Args:
        entry: as recorded.
        actions: names of further acts (the workflows' own); unknown ones show as recorded.
        words: names of further values.
    """
    known = {**ACTIONS, **(actions or {})}
    return Line(
        number=entry.number, at=entry.at, actor=entry.actor_name,
        action=known.get(entry.action, entry.action),
        subject=entry.subject_name, reason=entry.reason,
        changes=_changes(entry, {**VALUES, **(words or {})}),
    )  # fmt: skip


def _changes(entry: AuditEntry, known: Mapping[str, str]) -> list[Change]:
    changes = []
    for field, value in json.loads(entry.changes).items():
        before, after = value if _is_pair(value) else (None, value)
        words = {**known, **OF_FIELD.get(field, {})}
        changes.append(
            Change(FIELDS.get(field, field), _words(before, words), _words(after, words))
        )
    return changes


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2


def _words(value: object, words: Mapping[str, str]) -> list[str]:
    if value is None or value in ("", []):
        return []
    parts = value if isinstance(value, list) else [value]
    return [words.get(str(part), _written(str(part))) for part in parts]


def _written(text: str) -> str:
    return clock.format_date(date.fromisoformat(text)) if _DAY.fullmatch(text) else text
