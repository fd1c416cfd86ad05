"""The provisions of a version as rows: read, checked, stored, recorded."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core.errors import Forbidden
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents.recording import Author
from portal.features.regulations import queries
from portal.features.regulations.models import Draft, DraftVersion, Level, Provision
from portal.features.regulations.parsing import LONGEST, MOST, TOO_MANY, Part
from portal.policy.permissions import Permission
from portal.policy.table import allows

LONGEST_PREAMBLE = 60_000


def parts_of(version: DraftVersion) -> list[Part]:
    """Give the provisions of a version as they can be typed."""
    return [
        Part(one.key, Level(one.level), one.number, one.heading, one.text)
        for one in queries.provisions(version.id)
    ]


def digest(version: DraftVersion) -> str:
    """Give the sum over everything that a version says."""
    rows = [(one.key, one.level, one.number, one.heading, one.text) for one in parts_of(version)]
    said = json.dumps([version.preamble, rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def store(current: Session, version: DraftVersion, parts: Sequence[Part]) -> None:
    """Put these provisions in the place of those a version has (inside `write()`)."""
    current.execute(delete(Provision).where(Provision.version_id == version.id))
    current.add_all(
        Provision(
            version_id=version.id, position=position, key=part.key, level=part.level,
            number=part.number, heading=part.heading, text=part.text,
        )
        for position, part in enumerate(parts, 1)
    )  # fmt: skip
    current.flush()


def cleaned(part: Part) -> Part:
    """Give a provision as it is stored."""
    return replace(
        part, number=clean(part.number).rstrip(".)"), heading=clean(part.heading),
        text=clean(part.text, multiline=True),
    )  # fmt: skip


def errors(parts: Sequence[Part], preamble: str) -> dict[str, str]:
    """Give what cannot be stored, by field."""
    found = {
        f"{name}-{part.key}": TOO_LONG
        for part in parts
        for name, most in LONGEST.items()
        if len(getattr(part, name)) > most
    }
    if not any(part.level is Level.ARTICLE for part in parts):
        found["version"] = N_("Dự thảo phải còn ít nhất một Điều.")
    if len(parts) > MOST:
        found["version"] = TOO_MANY
    if len(preamble) > LONGEST_PREAMBLE:
        found["preamble"] = TOO_LONG
    return found


def may_edit(author: Author, item: Draft | DraftVersion) -> None:
    """Raise Forbidden unless the author drafts it."""
    if not allows(author, Permission.DRAFT_EDIT, item):
        raise Forbidden


def about(version: DraftVersion) -> dict[str, object]:
    """Say for the record which version."""
    return {"version": version.number}


def record(
    author: Author, draft: Draft, verb: str, changes: Mapping[str, object] | None = None
) -> None:
    """Have an act on a draft recorded (inside `write()`)."""
    audit.record(author, Act(
        f"draft:{verb}", "draft", draft.id, subject_name=draft.name, unit_id=draft.unit_id,
        changes=changes or {},
    ))  # fmt: skip


TOO_LONG = N_("Mục này quá dài.")
FROZEN = N_("Bản này đã công bố nên không sửa được. Mời lập bản mới.")
