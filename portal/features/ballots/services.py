"""Groups of a consultation: which take part, on which day, with how many ballots, who counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_, clean, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.ballots import queries, standing
from portal.features.ballots.models import BallotCount, BallotGroup
from portal.features.consultations.models import Consultation
from portal.features.documents.body import Job
from portal.features.documents.recording import Author
from portal.features.tasks import services as tasks
from portal.policy.predicates import Actor

LOCK: Final = "ballots"
LONGEST: Final = {"group": 120, "place": 160, "team": 1000, "witnesses": 600, "complaints": 2000}
MOST_HOUSEHOLDS: Final = 5000
MOST_PAPERS: Final = 20_000
_FEWEST_COUNTING, _MOST_COUNTING = 3, 5


@dataclass(frozen=True)
class GroupInput:
    """What is entered of a group."""

    group: str
    households: int
    day: date | None
    printed: int | None
    stamped: int | None
    reason: str = ""
    """Why another day, where people go by the one before (`standing.is_day_fixed`)."""


@dataclass(frozen=True)
class TeamInput:
    """Who counts a group's ballots, where, and what was said about it; a person a line."""

    team: str
    witnesses: str
    place: str = ""
    complaints: str = ""


def change(author: Author, group: BallotGroup, given: GroupInput, version: int) -> None:
    """Put down what is known of a group: its households, its day, its ballots.

    When every group's ballots are stamped, the duty of the plan is handed in.

    Raises:
        Invalid: by field.
        Stale: somebody else saved first.
        Refused: it is settled, or the comments have been brought together.
    """
    name = clean(given.group)
    with write(LOCK) as current:
        check_open(current, group, version)
        others = names(group.consultation) - {group.folded}
        errors = wrong_name(name, others) | _wrong(group, given)
        if errors:
            raise Invalid(errors, most=MOST_HOUSEHOLDS, papers=MOST_PAPERS)
        values = {**vars(given), "group": name}
        reason = values.pop("reason")
        changes = {field: [getattr(group, field), value] for field, value in values.items()
                   if getattr(group, field) != value}  # fmt: skip
        for field, (_before, after) in changes.items():
            setattr(group, field, after)
        group.folded = fold(name)
        if changes:
            audit.record(author, act_of("changed", group, changes, reason))
            current.flush()
            _hand_in(author, group)


def choose_day(doer: Doer, group: BallotGroup, day: date) -> None:
    """Let a group's head choose the day on which it hands its ballots out.

    Raises:
        Invalid: the day is none of those that the plan names; under "day".
        Refused: it is settled, or the comments have been brought together; counts are entered; or
            people have been told another day, which the ward alone changes.
    """
    with write(LOCK) as current:
        check_open(current, group)
        if day not in standing.days(group.consultation):
            raise Invalid({"day": NOT_A_DAY})
        if day != group.day:
            if refusal := standing.why_no_day(group, clock.today()):
                raise Refused(refusal)
            before, group.day = group.day, day
            audit.record(doer, act_of("day_chosen", group, {"day": [before, day]}))


def keep_team(doer: Doer, group: BallotGroup, given: TeamInput, version: int) -> None:
    """Put down who counts, who sees it, where, and what was said about it.

    Raises:
        Invalid: too long, or nobody counts with so few or so many; by field.
        Stale: somebody else saved first.
        Refused: it is settled, or the comments have been brought together.
    """
    values = {name: _lines(text) for name, text in vars(given).items()}
    errors = {name: TOO_LONG for name, text in values.items() if len(text) > LONGEST[name]}
    if values["team"] and not (
        _FEWEST_COUNTING <= len(values["team"].splitlines()) <= _MOST_COUNTING
    ):
        errors.setdefault("team", TEAM_SIZE)
    if errors:
        raise Invalid(errors)
    with write(LOCK) as current:
        check_open(current, group, version, tuple(values))
        changed = [name for name, text in values.items() if getattr(group, name) != text]
        for name in changed:
            setattr(group, name, values[name])
        if changed:
            audit.record(doer, act_of("team_named", group))


def check_open(
    current: Session, group: BallotGroup, version: int | None = None,
    names: tuple[str, ...] = ("group", "households", "day", "printed", "stamped"),
) -> None:  # fmt: skip
    """Take a group as it is now, held until the end (inside `write()`).

    Args:
        current: the session.
        group: which.
        version: that stood on the page when the person began; None: of no matter.
        names: what stood on it.

    Raises:
        Stale: another version than the one that was shown.
        Refused: it cannot be changed any more.
    """
    current.refresh(group, with_for_update={"of": BallotGroup})
    if version is not None and group.version != version:
        raise Stale(CHANGED, {name: getattr(group, name) for name in names})
    if refusal := standing.why_no_change(group):
        raise Refused(refusal)


def keep_settler(group: BallotGroup, actor: Actor, _reason: str) -> None:
    """Keep who settled a group's numbers (an effect)."""
    group.settled_by = str(getattr(actor, "display_name", ""))
    group.settled_on = clock.today()


def forget_settled(group: BallotGroup, _actor: Actor, _reason: str) -> None:
    """Take the settled numbers back; both entries stay (an effect)."""
    group.settled_by, group.settled_on = "", None
    group.issued = group.returned = group.valid = group.invalid = group.blank = None
    session().execute(delete(BallotCount).where(BallotCount.group_id == group.id))


def all_settled(consultation: Consultation) -> str | None:
    """Say why a report cannot be made yet: which groups' ballots do not balance. None if all do."""
    left = [one.group for one in queries.unsettled(consultation.id)]
    if not left:
        return None
    more = f" và {len(left) - NAMED} tổ, thôn khác" if len(left) > NAMED else ""
    return f"Còn tổ dân phố chưa chốt số phiếu: {', '.join(left[:NAMED])}{more}."


def act_of(
    verb: str, group: BallotGroup, changes: Mapping[str, object] | None = None, reason: str = ""
) -> Act:
    """Give the act that is recorded of a group; names of voters never stand in it."""
    return Act(
        f"ballot_group:{verb}", "ballot_group", group.id, subject_name=group.name,
        unit_id=group.unit_id, reason=reason, changes=changes or {},
    )  # fmt: skip


def names(consultation: Consultation) -> set[str]:
    """Give the folded names of the groups that take part."""
    query = select(BallotGroup.folded).where(BallotGroup.consultation_id == consultation.id)
    return set(session().scalars(query.order_by(BallotGroup.id)))


def wrong_name(name: str, taken: set[str]) -> dict[str, str]:
    """Say what is wrong with the name of a group, by field; nothing if it can be taken."""
    if not name:
        return {"group": NO_NAME}
    if len(name) > LONGEST["group"]:
        return {"group": TOO_LONG}
    return {"group": TAKEN} if fold(name) in taken else {}


def _hand_in(author: Author, group: BallotGroup) -> None:
    """Move the task of printing and stamping along."""
    done = all(one.stamped is not None for one in queries.listed(group.consultation_id))
    name = "submit" if done else "start"
    tasks.follow(author, group.consultation.plan_id, Job.BALLOTS, group.unit_id, name)


def _wrong(group: BallotGroup, given: GroupInput) -> dict[str, str]:
    errors = {}
    if not is_size(given.households):
        errors["households"] = HOUSEHOLDS
    errors |= _wrong_day(group, given)
    if given.printed is not None and given.printed > MOST_PAPERS:
        errors["printed"] = PAPERS
    if given.stamped is not None and given.stamped > (given.printed or 0):
        errors["stamped"] = MORE_THAN_PRINTED
    return errors


def _wrong_day(group: BallotGroup, given: GroupInput) -> dict[str, str]:
    if given.day is not None and given.day not in standing.days(group.consultation):
        return {"day": NOT_A_DAY}
    if given.day == group.day:
        return {}
    if group.entries:
        return {"day": standing.COUNTED}
    told = standing.is_day_fixed(group, clock.today())
    return {"reason": WHY_ANOTHER_DAY} if told and not given.reason else {}


def is_size(households: int) -> bool:
    """Say whether a group can have so many households."""
    return 1 <= households <= MOST_HOUSEHOLDS


def _lines(text: str) -> str:
    lines = clean(text, multiline=True).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


HOUSEHOLDS = N_("Số hộ từ 1 đến %(most)s.")
NO_NAME = N_("Chưa ghi tên tổ, thôn.")
TOO_LONG = N_("Dài quá mức cho phép.")
TAKEN = N_("Tổ, thôn này đã có trong đợt.")
WHY_ANOTHER_DAY = N_("Ngày cũ đã qua, hoặc đã in lên giấy: mời ghi vì sao đổi ngày.")
NOT_A_DAY = N_("Mời chọn một trong những ngày kế hoạch cho phép.")
PAPERS = N_("Số phiếu nhiều nhất là %(papers)s.")
MORE_THAN_PRINTED = N_("Đóng dấu không thể nhiều hơn số phiếu đã in.")
TEAM_SIZE = N_("Tổ kiểm phiếu có từ 3 đến 5 người, mỗi người một dòng.")
CHANGED = N_("Có người vừa sửa tổ này trước đồng chí.")
NAMED: Final = 3
"""How many groups are named that hold up a report."""
