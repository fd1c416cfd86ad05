"""Sending a roster: a dated copy that nobody changes; what follows when it is judged above."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.core.text import N_, clean
from portal.features.campaigns import fieldwork
from portal.features.documents.body import Job
from portal.features.rosters import entries, queries
from portal.features.rosters.entries import Entry
from portal.features.rosters.models import (
    Kind,
    Roster,
    RosterConsignment,
    RosterSubmission,
    State,
)
from portal.features.rosters.queries import Desk
from portal.features.rosters.services import Doer, follow
from portal.features.rosters.workflow import CONSIGNMENT, ROSTER
from portal.features.tasks import services as tasks
from portal.policy.predicates import Actor

LONGEST = 1000


@dataclass(frozen=True)
class Sending:
    """What is said when a roster is sent."""

    told: bool
    """That the supporters know: technical guidance only, people answer themselves (D15)."""
    version: int
    """Of the roster, as it was shown."""
    reason: str = ""
    """Why it is sent again."""


def send(doer: Doer, desk: Desk, sending: Sending) -> RosterSubmission:
    """Freeze a roster and send it to the first stop of its way.

    Args:
        doer: of the unit.
        desk: where the roster was made.
        sending: what is said with it.

    Raises:
        Invalid: the supporters have not been told, or an addendum has no reason; by field.
        Refused: there is nobody on it, or nothing new; or the campaign is over.
        Stale: somebody else changed it after it was shown.
    """
    with write(f"roster:{desk.campaign.id}:{desk.unit.id}") as current:
        roster = queries.of_unit(desk.campaign.id, desk.unit.id, desk.kind)
        if roster is None:
            raise Refused(NOBODY)
        now = [Entry.of(row) for row in queries.rows(roster)]
        past = queries.submissions(roster)
        _check(roster, sending, now, past)
        copy = RosterSubmission(
            roster_id=roster.id, number=len(past), content=entries.frozen(now),
            reason=clean(sending.reason, multiline=True), due_on=due_on(desk), told=sending.told,
            sent_at=clock.now(), sent_by=doer.display_name,
        )  # fmt: skip
        current.add(copy)
        _address(roster, desk, doer)
        current.flush()
        name = "submit" if roster.state in {State.DRAFT, State.RETURNED} else "amend"
        ROSTER.fire(doer, roster.id, name, copy.reason)
        note = f"{entries.people(now)} người, {len(now)} lượt phân công"
        follow(doer, roster, "submit", note)
    return copy


def _check(
    roster: Roster, sending: Sending, now: list[Entry], past: list[RosterSubmission]
) -> None:
    if not now:
        raise Refused(NOBODY)
    is_addendum = bool(past) and roster.state != State.RETURNED
    if is_addendum and not entries.change(entries.thawed(past[0].content), now):
        raise Refused(NOTHING_NEW)
    errors = {}
    if not sending.told and roster.kind == Kind.SUPPORT:
        errors["told"] = NOT_TOLD
    if is_addendum and not clean(sending.reason):
        errors["reason"] = N_("Cần ghi lý do bổ sung.")
    if len(sending.reason) > LONGEST:
        errors["reason"] = N_("Lý do dài quá 1.000 ký tự.")
    if errors:
        raise Invalid(errors)
    if roster.version != sending.version:
        raise Stale(CHANGED, {})


def _address(roster: Roster, desk: Desk, doer: Doer) -> None:
    """Write on it where it goes."""
    roster.sent_by_id = doer.user_id
    roster.organisation_id = desk.organisation_id
    roster.to_step = desk.to.step if desk.to else None
    roster.to_unit_id = desk.to.unit.id if desk.to else desk.campaign.unit_id
    roster.to_organisation_id = desk.to.organisation_id if desk.to else None


def due_on(desk: Desk) -> date | None:
    """Give the day by which a roster is due, None if nothing says so."""
    rules = fieldwork.of(desk.campaign)
    return rules.roster_due_on if desk.kind == Kind.SUPPORT else rules.inspectors_due_on


def judge(
    doer: Actor, roster_ids: Collection[int], name: str, reason: str = "",
    seen: Mapping[int, int] | None = None,
) -> int:  # fmt: skip
    """Accept or return several rosters at once; those that somebody has judged already are left.

    Args:
        doer: of the body that they were sent to, or above.
        roster_ids: which.
        name: "accept" or "return".
        reason: of a return.
        seen: the version of each as the doer saw it; what has changed since is left too.

    Returns:
        How many were judged.

    Raises:
        Missing: one of them is none of the doer's.
        Forbidden: the doer may not judge one of them.
        Refused: a return without a reason.
    """
    done = 0
    with write(ROSTER.name):
        for roster_id in sorted(set(roster_ids)):
            roster = queries.get_visible(doer, roster_id)
            if roster is None:
                raise Missing
            current = (seen or {}).get(roster_id, roster.version) == roster.version
            if not current or roster.state not in ROSTER.transitions[name].source:
                continue
            ROSTER.fire(doer, roster_id, name, reason)
            done += 1
    return done


def keep_roster_verdict(roster: Roster, actor: Actor, reason: str) -> None:
    """Keep what was said above, and move the unit's task: the effect "keep_roster_verdict"."""
    last = queries.submissions(roster)[0].number
    roster.note = clean(reason, multiline=True)
    roster.changed_at, roster.changed_by = clock.now(), getattr(actor, "display_name", "")
    if roster.state == State.ACCEPTED:
        roster.accepted_number = last
        _begin_consolidation(actor, roster)
    elif roster.accepted_number == last:
        roster.accepted_number = None
    follow(actor, roster, "accept" if roster.state == State.ACCEPTED else "return", roster.note)


def _begin_consolidation(actor: Actor, roster: Roster) -> None:
    """Begin the task of the body that it was sent to: it has something to consolidate."""
    if roster.kind == Kind.SUPPORT and roster.to_unit_id is not None:
        tasks.follow(
            actor, roster.campaign.plan_id, Job.CONSOLIDATION, roster.to_unit_id, "start"
        )  # fmt: skip


def keep_consignment_verdict(one: RosterConsignment, actor: Actor, reason: str) -> None:
    """Keep the same of a consolidated list: the effect "keep_consignment_verdict"."""
    one.note = clean(reason, multiline=True)
    name = "accept" if one.state == CONSIGNMENT.transitions["accept"].target else "return"
    tasks.follow(
        actor, one.campaign.plan_id, Job.CONSOLIDATION, one.unit_id, name, reason=one.note
    )  # fmt: skip


NOBODY = N_("Danh sách chưa có ai. Mời dán từ Excel hoặc thêm từng người.")
NOT_TOLD = N_("Mời xác nhận đã dặn người hỗ trợ: chỉ hướng dẫn kỹ thuật; người dân tự trả lời.")
NOTHING_NEW = N_("Danh sách không khác bản đã gửi.")
CHANGED = N_("Có người vừa sửa danh sách. Mời xem lại rồi gửi.")
