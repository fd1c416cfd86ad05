"""A gate in every test: whatever is put on the record has words by which a person reads it."""

import json
from typing import Any

from sqlalchemy import event

from portal.features.audit import fields, words
from portal.features.audit.models import AuditEntry
from portal.features.registry import WORKFLOWS

ACTIONS = words.ACTIONS.keys() | {
    f"{flow.name}:{line}" for flow in WORKFLOWS.values() for line in flow.transitions
}
KINDS = words.KINDS.keys() | WORKFLOWS.keys()


def watch() -> None:
    """Have a test fail that puts on the record what `features/audit/words.py` does not name."""
    if not event.contains(AuditEntry, "init", _check):
        event.listen(AuditEntry, "init", _check)


def _check(_entry: AuditEntry, _args: Any, given: dict[str, Any]) -> None:  # noqa: ANN401
    if unknown := unworded(given["action"], given["subject_kind"], given["changes"]):
        raise AssertionError(f"recorded, but without words in features/audit: {unknown}")


def unworded(action: str, kind: str, changes: str) -> list[str]:
    """Give what of a line of the record nobody has put into words."""
    unknown = sorted(json.loads(changes).keys() - fields.FIELDS.keys())
    return [*{action} - ACTIONS, *{kind} - KINDS, *unknown]
