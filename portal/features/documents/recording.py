"""Whoever works on documents, and how the record names what was done."""

from collections.abc import Mapping
from typing import Protocol

from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents.models import Document
from portal.policy.predicates import Actor


class Author(Actor, Protocol):
    """An account that works on documents."""

    @property
    def display_name(self) -> str:
        """The account's name, for the record."""


def record(
    author: Author,
    verb: str,
    document: Document,
    changes: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Have an act on a document recorded (call inside `write()`)."""
    audit.record(
        author,
        Act(
            action=f"document:{verb}",
            subject_kind="document",
            subject_id=document.id,
            subject_name=document.name,
            unit_id=document.unit_id,
            reason=reason,
            changes=changes or {},
        ),
    )
