"""Many opinions at once: the same answer to several, all that is written, all that waits."""

from collections.abc import Collection
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
) -> int:
    """Write the same answer to several opinions that wait for one.

    Returns:
        To how many.

    Raises:
        Invalid: by field; also when nothing is ticked, or nothing is written.
        Forbidden, Refused: as `explaining.write_down`.
    """
    if not opinion_ids:
        raise Invalid({"opinions": NONE_TICKED})
    if not given.decision or not given.explanation.strip():
        raise Invalid({"explanation": BOTH})
    with write(OPINION.name):
        chosen = _of(consultation, State.NEW, Opinion.id.in_(opinion_ids))
        for one in chosen:
            explaining.write_down(author, one, given, one.version)
    return len(chosen)


def submit_written(author: Author, consultation: Consultation) -> int:
    """Hand in everything that is explained, at most `MOST` at once; gives how many."""
    written = (Opinion.decision != "", Opinion.explanation != "")
    return _fire(author, _of(consultation, State.NEW, *written), "submit", Permission.OPINION_EDIT)


def approve_waiting(author: Author, consultation: Consultation) -> int:
    """Approve everything that waits and that others wrote, at most `MOST`; gives how many."""
    others = Opinion.drafted_by_id != author.user_id
    waiting = _of(consultation, State.SUBMITTED, others)
    return _fire(author, waiting, "approve", Permission.OPINION_APPROVE)


def _of(consultation: Consultation, state: State, *also: ColumnElement[bool]) -> list[Opinion]:
    query = select(Opinion).where(*queries.standing(consultation.id), Opinion.state == state, *also)
    return list(session().scalars(query.order_by(Opinion.key, Opinion.id).limit(MOST)))


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
