"""The list of voters of a group: taken in, corrected, ticked, and taken away by itself at the end.

Names never reach the record of acts: they are gone when their time is over, and it is not.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core.database import session, write
from portal.core.errors import Invalid, Missing, Stale
from portal.core.pasting import Remark, Table
from portal.core.text import N_, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.ballots import checking, queries, services, standing
from portal.features.ballots.checking import Entry
from portal.features.ballots.models import BallotGroup, Voter
from portal.features.consultations.models import Consultation
from portal.features.settings import services as settings

KEEP_DAYS: Final = "voter_days"
"""The setting that says how long a list is kept after the households' last day."""


class Wrong(Exception):
    """A row that was typed cannot be taken; `faults` says why, by field."""

    def __init__(self, faults: Mapping[str, Remark]) -> None:
        """Keep what is wrong."""
        super().__init__()
        self.faults = dict(faults)


def take(
    doer: Doer, consultation: Consultation, table: Table, *,
    own: BallotGroup | None = None, replaces: bool = False,
) -> tuple[int, int]:  # fmt: skip
    """Take a pasted list in; give how many households are new, and how many were there.

    Args:
        doer: who does it.
        consultation: whose groups the rows name.
        table: as it was pasted and corrected.
        own: the group on whose page it was pasted.
        replaces: whether it takes the place of the lists of the groups it names.

    Raises:
        Invalid: a row is wrong after all; under "text".
        Refused: a group that it names is settled.
    """
    with write(services.LOCK) as current:
        groups = queries.listed(consultation.id)
        found = check(groups, table, own=own, replaces=replaces)
        if found.table.faults:
            raise Invalid({"text": CHANGED})
        ids = {one.group_id for one in found.entries}
        for group in groups:
            if group.id in ids:
                services.check_open(current, group)
        answered = _forget(current, ids) if replaces else set()
        for group in groups:
            if rows := [one for one in found.entries if one.group_id == group.id]:
                _put(current, group, rows, answered)
                changes = {"added": [None, len(rows)], "replaced": [None, replaces]}
                audit.record(doer, services.act_of("voters_taken", group, changes))
    return len(found.entries), found.kept


def check(
    groups: Sequence[BallotGroup], table: Table, *, own: BallotGroup | None, replaces: bool
) -> checking.Checked:
    """Check a pasted list beside what is stored."""
    stored = [] if replaces else queries.voters([one.id for one in groups])
    return checking.checked(groups, table, stored, own)


def add(doer: Doer, group: BallotGroup, cells: Mapping[str, str]) -> Voter:
    """Add one household, as somebody asked who did not find himself on the list.

    Raises:
        Wrong: by field.
        Refused: the group is settled.
    """
    with write(services.LOCK) as current:
        services.check_open(current, group)
        entry = _entry(group, cells, queries.voters([group.id]))
        _put(current, group, [entry], set())
        current.flush()
        stored = queries.voters([group.id])[-1]
        audit.record(doer, services.act_of("voter_added", group, {"row": [None, stored.number]}))
    return stored


def change(
    doer: Doer, group: BallotGroup, voter: Voter, cells: Mapping[str, str], seen: str
) -> None:
    """Put one household right; `seen` is what stood on the page (`Voter.line`).

    Raises:
        Wrong: by field.
        Stale: somebody else has put it right meanwhile.
        Refused: the group is settled.
    """
    with write(services.LOCK) as current:
        services.check_open(current, group)
        current.refresh(voter)
        if voter.line != seen:
            raise Stale(services.CHANGED, {name: getattr(voter, name) for name in cells})
        others = [one for one in queries.voters([group.id]) if one.id != voter.id]
        entry = _entry(group, cells, others)
        voter.household, voter.representative = entry.household, entry.representative
        voter.note = entry.note
        audit.record(doer, services.act_of("voter_changed", group, {"row": [None, voter.number]}))


def remove(doer: Doer, group: BallotGroup, voter_id: int) -> None:
    """Take one household off the list.

    Raises:
        Missing: it is not there any more.
        Refused: the group is settled.
    """
    with write(services.LOCK) as current:
        services.check_open(current, group)
        voter = queries.voter(group, voter_id)
        if voter is None:
            raise Missing
        audit.record(doer, services.act_of("voter_removed", group, {"row": [voter.number, None]}))
        current.delete(voter)


def tick(doer: Doer, group: BallotGroup, ticked: Collection[int], shown: Collection[int]) -> int:
    """Say which households have answered, never what; give how many have.

    Args:
        doer: who does it.
        group: whose list.
        ticked: the households whose ballots came back.
        shown: those that were ticked on the page before; whatever somebody else has ticked since,
            or taken back, stays as it is.

    Raises:
        Refused: the group is settled.
    """
    with write(services.LOCK) as current:
        services.check_open(current, group)
        before, after = 0, 0
        for voter in queries.voters([group.id]):
            before += voter.has_answered
            if (voter.id in ticked) != (voter.id in shown):
                voter.has_answered = voter.id in ticked
            after += voter.has_answered
        if before != after or set(ticked) != set(shown):
            changes = {"answered": [before, after]}
            audit.record(doer, services.act_of("voters_ticked", group, changes))
    return after


def note_download(doer: Doer, group: BallotGroup, kind: str) -> None:
    """Put on record that a list with names left the portal."""
    with write():
        audit.record(doer, services.act_of("voters_downloaded", group, {"file": [None, kind]}))


def kept_until(consultation: Consultation) -> date | None:
    """Give the last day on which the lists of a consultation are kept; None without households."""
    track = standing.window(consultation)
    return track.closes_on + timedelta(days=settings.number(KEEP_DAYS)) if track else None


def erase_due(today: date) -> int:
    """Take away the lists whose time is over; give how many households were on them.

    A consultation that goes without households any more has no use for a list either.
    """
    erased = 0
    for consultation in queries.with_voters():
        until = kept_until(consultation)
        if until is None or until < today:
            erased += _erase(consultation)
    return erased


def _erase(consultation: Consultation) -> int:
    with write(services.LOCK) as current:
        groups = select(Voter.group_id).join(BallotGroup, BallotGroup.id == Voter.group_id).where(
            BallotGroup.consultation_id == consultation.id
        )  # fmt: skip
        ids = set(current.scalars(groups.order_by(Voter.group_id)))
        gone = current.query(Voter).where(Voter.group_id.in_(ids)).delete()
        audit.record(audit.OPERATOR, Act(
            "ballots:voters_erased", "consultation", consultation.id,
            subject_name=consultation.name, unit_id=consultation.unit_id,
            changes={"households": [gone, 0]},
        ))  # fmt: skip
    return gone


def _entry(group: BallotGroup, cells: Mapping[str, str], others: Sequence[Voter]) -> Entry:
    entry, faults = checking.repaired(group, cells, others)
    if entry is None:
        raise Wrong(faults)
    return entry


def _forget(current: Session, ids: set[int]) -> set[tuple[int, str]]:
    """Take the lists of some groups away; give who of them had answered."""
    rows = queries.voters(sorted(ids))
    answered = {_whose(one.group_id, one.household, one.representative)
                for one in rows if one.has_answered}  # fmt: skip
    current.execute(delete(Voter).where(Voter.group_id.in_(ids)))
    current.expire_all()
    return answered


def _put(
    current: Session, group: BallotGroup, entries: Sequence[Entry], answered: set[tuple[int, str]]
) -> None:
    last = session().scalar(select(Voter.number).where(Voter.group_id == group.id)
                            .order_by(Voter.number.desc()).limit(1))  # fmt: skip
    current.add_all(
        Voter(
            group_id=group.id, number=number, household=one.household,
            representative=one.representative, note=one.note,
            has_answered=_whose(group.id, one.household, one.representative) in answered,
        )
        for number, one in enumerate(entries, (last or 0) + 1)
    )  # fmt: skip


def _whose(group_id: int, household: str, representative: str) -> tuple[int, str]:
    return group_id, fold(f"{household} {representative}")


CHANGED = N_("Danh sách vừa đổi ở chỗ khác. Mời xem lại bảng.")
