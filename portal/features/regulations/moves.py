"""Where comments stand after a new version: with their provision, or where a person put them.

A comment keeps the key it was written on. What a later version no longer has waits in the queue
“ý kiến chưa có chỗ” until somebody says where its comments belong.
"""

from collections.abc import Collection, Iterable

from portal.core.database import write
from portal.core.errors import Forbidden, Invalid
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents.recording import Author
from portal.features.regulations import queries, reading
from portal.features.regulations.models import Draft, ProvisionMove
from portal.policy.permissions import Permission
from portal.policy.table import allows


def stands(
    draft_id: int, keys: Iterable[str], standing: Collection[str] | None = None
) -> dict[str, str | None]:
    """Say for keys of provisions where their comments stand in the latest published version.

    Args:
        draft_id: of the draft.
        keys: on which there are comments.
        standing: the keys of that version, for whoever has read it already.

    Returns:
        A key of that version, by key; "" for the draft as a whole; None while it waits for a place.
    """
    there = _standing(draft_id) if standing is None else standing
    moved = queries.moves(draft_id)
    return {key: _follow(key, there, moved) for key in keys}


def resolve(draft_id: int, keys: Iterable[str]) -> dict[str, str]:
    """Say for keys of provisions where their comments stand in the latest published version.

    Returns:
        A key of that version, by key; "" for the draft as a whole, and for what is waiting for a
        place (`unplaced` tells these apart).
    """
    return {key: to or "" for key, to in stands(draft_id, keys).items()}


def unplaced(draft_id: int, keys: Iterable[str]) -> list[str]:
    """List those among some keys whose comments have no place: gone, and nobody said where to."""
    return [key for key, to in stands(draft_id, keys).items() if to is None]


def place(author: Author, draft: Draft, key: str, to_key: str) -> None:
    """Say where the comments on a provision that is gone belong; said again, it replaces.

    Args:
        author: of the body that drafts.
        draft: the draft.
        key: of a provision that the latest published version no longer has.
        to_key: of one that it has; "" for the draft as a whole.

    Raises:
        Invalid: under "to_key", the provision is still there or the new place is none.
        Forbidden: the author may not.
    """
    if not allows(author, Permission.DRAFT_EDIT, draft):
        raise Forbidden
    was = reading.places(draft.id)
    with write(f"regulation:{draft.id}") as current:
        standing, moved = _standing(draft.id), queries.moves(draft.id)
        if key in standing or key not in was:
            raise Invalid({"to_key": STILL_THERE})
        if to_key and to_key not in standing:
            raise Invalid({"to_key": NO_PLACE})
        if key in moved:
            known = current.query(ProvisionMove).filter_by(draft_id=draft.id, key=key).one()
            known.to_key = to_key
        else:
            current.add(ProvisionMove(draft_id=draft.id, key=key, to_key=to_key))
        to = was[to_key].place if to_key else ""
        audit.record(author, Act(
            "draft:comments_moved", "draft", draft.id, subject_name=draft.name,
            unit_id=draft.unit_id, changes={"place": [was[key].place, to]},
        ))  # fmt: skip


def _standing(draft_id: int) -> frozenset[str]:
    latest = queries.published(draft_id)
    return frozenset(queries.keys(latest.id)) if latest else frozenset()


def _follow(key: str, standing: Collection[str], moved: dict[str, str]) -> str | None:
    """Go from place to place as people said; None if it ends nowhere."""
    seen: set[str] = set()
    while key and key not in standing:
        if key in seen or key not in moved:
            return None
        seen.add(key)
        key = moved[key]
    return key


STILL_THERE = N_("Điều khoản này vẫn còn trong bản mới nhất.")
NO_PLACE = N_("Bản mới nhất không có điều khoản này.")
