"""Many opinions at once: the same answer to several, all that is written, all that waits."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from sqlalchemy import ColumnElement, select

from portal.core.database import session, write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_
from portal.features.consolidation import explaining, queries
from portal.features.consolidation.explaining import Explained
from portal.features.consolidation.models import Opinion, State
from portal.features.consolidation.workflow import OPINION
from portal.features.consultations.models import Consultation
from portal.features.documents.recording import Author
from portal.policy.permissions import Permission
from portal.policy.table import allows

MOST: Final = 200
"""At once: each leaves its own line on the record."""


def answer_alike(
    author: Author, consultation: Consultation, opinion_ids: Collection[int], given: Explained
) -> tuple[int, int]:
    """Write the same answer to several opinions that wait for one and have none begun.

    Returns:
        To how many; and how many somebody had written on already, which stay as they are.

    Raises:
        Invalid: by field; also when nothing is ticked, or nothing is written.
        Forbidden, Refused: as `explaining.write_down`.
    """
    if not opinion_ids:
        raise Invalid({"opinions": NONE_TICKED})
    if not given.decision or not given.explanation.strip():
        raise Invalid({"explanation": BOTH})
    with write(OPINION.name):
        waiting = (Opinion.state == State.NEW, Opinion.id.in_(opinion_ids))
        chosen = _of(*queries.standing(consultation.id), *waiting)
        empty = [one for one in chosen if not (one.decision or one.explanation)]
        for one in empty:
            alike = replace(given, category=given.category or one.category)
            explaining.write_down(author, one, alike, one.version)
    return len(empty), len(chosen) - len(empty)


def submit_written(author: Author, consultation: Consultation) -> int:
    """Hand in everything that is explained, at most `MOST` at once; gives how many."""
    written = _of(*queries.written(consultation.id))
    return _fire(author, written, "submit", Permission.OPINION_EDIT)


def approve_waiting(author: Author, consultation: Consultation) -> int:
    """Approve everything that waits and that others wrote, at most `MOST`; gives how many."""
    waiting = _of(*queries.waiting(consultation.id, author.user_id))
    return _fire(author, waiting, "approve", Permission.OPINION_APPROVE)


def _of(*conditions: ColumnElement[bool]) -> list[Opinion]:
    query = select(Opinion).where(*conditions).order_by(Opinion.key, Opinion.id)
    return list(session().scalars(query.limit(MOST)))


def _fire(author: Author, chosen: list[Opinion], act: str, permission: Permission) -> int:
    allowed = [one.id for one in chosen if allows(author, permission, one)]
    if not allowed:
        raise Refused(NOTHING)
    with write(OPINION.name):
        for opinion_id in allowed:
            OPINION.fire(author, opinion_id, act)
    return len(allowed)


NONE_TICKED = N_("Chưa đánh dấu ý kiến nào.")
BOTH = N_("Chọn tiếp thu hay không và viết giải trình.")
NOTHING = N_("Không có ý kiến nào đang ở bước này mà đồng chí được làm.")
