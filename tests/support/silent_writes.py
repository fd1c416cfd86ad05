"""A gate in every test: what an official changes must be on the record (DESIGN rule 7)."""

from typing import Any

from flask import g, has_request_context
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from portal.features.audit.models import AuditEntry

RECORDED = frozenset(
    {
        "campaign_units", "campaigns", "deliveries", "document_comments", "document_files",
        "document_waivers", "letterheads", "org_units", "organisations", "qr_codes",
        "questionnaire_versions", "questionnaires", "register_entries", "registers", "settings",
        "tasks", "users",
    }
)  # fmt: skip
_KEY = "changed_in_request"


def watch() -> None:
    """Have a request fail that commits a change of a recorded table and no line of the record."""
    if not event.contains(Session, "after_flush", _note):
        event.listen(Session, "after_flush", _note)
        event.listen(Session, "before_commit", check)
        event.listen(Engine, "before_cursor_execute", _note_line)


def _note(session: Session, *_: Any) -> None:  # noqa: ANN401 - as SQLAlchemy calls it
    if has_request_context():
        rows = [*session.new, *session.dirty, *session.deleted]
        session.info.setdefault(_KEY, set()).update(row.__tablename__ for row in rows)


def _note_line(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:  # noqa: ANN401
    # Lines of the record are stored many at once, which no session notices.
    if has_request_context() and statement.startswith(f"INSERT INTO {AuditEntry.__tablename__}"):
        g.recorded = True


def check(session: Session) -> None:
    """Raise if the session's request changed something silently."""
    changed = session.info.pop(_KEY, set())
    silent = changed & RECORDED
    if silent and not (has_request_context() and g.pop("recorded", False)):
        raise AssertionError(f"changed without a line of the record: {sorted(silent)}")
