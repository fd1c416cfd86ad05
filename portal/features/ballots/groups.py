"""Which groups of a ward take part in a consultation."""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, clean, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.ballots import queries, services, standing
from portal.features.ballots.models import BallotGroup, Voter
from portal.features.ballots.services import (
    HOUSEHOLDS,
    LOCK,
    MOST_HOUSEHOLDS,
    is_size,
    names,
    wrong_name,
)
from portal.features.consultations.models import Consultation
from portal.features.consultations.models import State as Case


def choose(doer: Doer, consultation: Consultation, wanted: Mapping[int, int]) -> int:
    """Let villages and groups of the ward's list take part; give how many are new.

    Args:
        doer: who does it.
        consultation: draft or published.
        wanted: the number of households by point; points that take part already are passed over.

    Raises:
        Invalid: nobody has so many households; under `households-<point>`.
        Refused: the comments have been brought together.
    """
    wrong = {f"households-{one}": HOUSEHOLDS for one, n in wanted.items() if not is_size(n)}
    if wrong:
        raise Invalid(wrong, most=MOST_HOUSEHOLDS)
    with write(LOCK) as current:
        _check_case(consultation)
        left = [one for one in queries.points_left(consultation) if one.id in wanted]
        taken = names(consultation)
        fresh = [one for one in left if fold(one.name) not in taken]
        for point in fresh:
            _put(current, consultation, point.name, wanted[point.id], point.id)
        if fresh:
            added = [one.name for one in fresh]
            audit.record(doer, _act("added", consultation, {"points": [None, added]}))
    return len(fresh)


def add(doer: Doer, consultation: Consultation, name: str, households: int) -> BallotGroup:
    """Let a group take part that is not on the ward's list.

    Raises:
        Invalid: under "group" or "households".
        Refused: the comments have been brought together.
    """
    name = clean(name)
    errors = wrong_name(name, names(consultation))
    if not is_size(households):
        errors["households"] = HOUSEHOLDS
    if errors:
        raise Invalid(errors, most=MOST_HOUSEHOLDS)
    with write(LOCK) as current:
        _check_case(consultation)
        group = _put(current, consultation, name, households, None)
        audit.record(doer, _act("added", consultation, {"points": [None, [name]]}))
    return group


def remove(doer: Doer, group: BallotGroup) -> None:
    """Take a group out that does not take part after all, with its list of voters.

    Raises:
        Refused: something of it was counted or typed in already, or it is settled.
    """
    with write(LOCK) as current:
        services.check_open(current, group)
        if group.entries or queries.remarks(group):
            raise Refused(COUNTED)
        audit.record(doer, services.act_of("removed", group))
        current.execute(delete(Voter).where(Voter.group_id == group.id))
        current.delete(group)


def _put(
    current: Session, consultation: Consultation, name: str, households: int, point_id: int | None
) -> BallotGroup:
    days = standing.days(consultation)
    group = BallotGroup(
        consultation_id=consultation.id, unit_id=consultation.unit_id, point_id=point_id,
        group=name, folded=fold(name), households=households,
        day=days[0] if len(days) == 1 else None,
    )  # fmt: skip
    current.add(group)
    current.flush()
    return group


def _check_case(consultation: Consultation) -> None:
    if consultation.state not in {Case.DRAFT, Case.PUBLISHED}:
        raise Refused(standing.CASE_OVER)


def _act(verb: str, consultation: Consultation, changes: Mapping[str, object]) -> Act:
    return Act(
        f"ballots:{verb}", "consultation", consultation.id, subject_name=consultation.name,
        unit_id=consultation.unit_id, changes=changes,
    )  # fmt: skip


COUNTED = N_("Tổ này đã có số đếm hoặc ý kiến ghi trên phiếu nên không bỏ được nữa.")
