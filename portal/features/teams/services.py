"""Putting a working team together, sending it, judging it; its tasks move along."""

from collections.abc import Collection, Sequence
from typing import Protocol

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents.body import Job
from portal.features.tasks import services as tasks
from portal.features.teams import queries
from portal.features.teams.models import (
    Member,
    Part,
    State,
    Team,
    TeamVersion,
    to_json,
)
from portal.features.teams.workflow import TEAM, not_over
from portal.policy.predicates import Actor

MOST_MEMBERS = 60


class Doer(Actor, Protocol):
    """An account that acts."""

    @property
    def display_name(self) -> str:
        """The account's name, for the record."""


def save(doer: Doer, team: Team, members: Sequence[Member], version: int) -> Team:
    """Set the members of a team, all of them.

    Args:
        doer: of the unit.
        team: as `queries.at` gives it, stored or not.
        members: checked by `checking`.
        version: the one that the doer was shown; 0 for a team that nobody has begun.

    Raises:
        Invalid: nobody, too many, or two heads.
        Refused: it was sent; it is to be taken up for a change first. Or the campaign is over.
        Stale: somebody else saved first; `theirs["members"]` holds theirs.
    """
    if errors := _errors(members):
        raise Invalid(errors, most=MOST_MEMBERS)
    content = to_json(members)
    with write(f"team:{team.campaign_id}:{team.unit_id}") as current:
        kept = queries.stored(team.campaign_id, team.unit_id)
        if kept is not None:
            # Of this row alone: PostgreSQL locks no outer join of the load.
            current.refresh(kept, with_for_update={"of": Team})
        if (kept.version if kept else 0) != version:
            theirs = kept.members if kept else ()
            raise Stale(STALE, {"members": theirs})
        if refusal := (None if kept is None or kept.is_open else SENT) or not_over(kept or team):
            raise Refused(refusal)
        if kept is None:
            kept = Team(
                campaign_id=team.campaign_id, unit_id=team.unit_id, changed_at=clock.now(),
                changed_by=doer.display_name,
            )  # fmt: skip
            current.add(kept)
        if kept.content != content:
            before = len(kept.members) if kept.content else 0
            kept.content, kept.changed_at = content, clock.now()
            kept.changed_by = doer.display_name
            current.flush()
            _record(doer, kept, {"members": [before, len(members)]})
            tasks.follow(doer, kept.campaign.plan_id, Job.TEAM, kept.unit_id, "start")
    return kept


def accept_many(doer: Doer, team_ids: Collection[int]) -> int:
    """Accept several teams at once; those that somebody else has judged meanwhile are left.

    Returns:
        How many were accepted.
    """
    done = 0
    for team_id in sorted(set(team_ids)):
        try:
            TEAM.fire(doer, team_id, "accept")
        except Refused:
            continue
        done += 1
    return done


def keep_sent(team: Team, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Keep what was sent as the next number: the effect "keep_sent" of submitting."""
    name = getattr(actor, "display_name", "")
    team.number += 1
    session().add(TeamVersion(
        team_id=team.id, number=team.number, content=team.content, document_id=team.document_id,
        reason=team.note if team.number > 1 else "", sent_at=clock.now(), sent_by=name,
    ))  # fmt: skip
    team.note, team.changed_at, team.changed_by = "", clock.now(), name
    tasks.follow(actor, team.campaign.plan_id, Job.TEAM, team.unit_id, "submit",
                 reason=f"{len(team.members)} người")  # fmt: skip


def keep_judged(team: Team, actor: Actor, reason: str) -> None:
    """Keep what those above say of what was sent: the effect "keep_judged"."""
    sent = queries.version(team, team.number)
    if sent:
        sent.verdict, sent.verdict_note = team.state, reason.strip()
        sent.verdict_at, sent.verdict_by = clock.now(), getattr(actor, "display_name", "")
    team.note = reason.strip()
    name = "accept" if team.state == State.ACCEPTED else "return"
    tasks.follow(actor, team.campaign.plan_id, Job.TEAM, team.unit_id, name, reason=team.note)


def keep_why(team: Team, actor: Actor, reason: str) -> None:  # noqa: ARG001 - an effect
    """Keep why a team is changed; it gets a decision of its own: the effect "keep_why"."""
    team.note, team.document_id = reason.strip(), None


def _errors(members: Sequence[Member]) -> dict[str, str]:
    if not members:
        return {"members": NOBODY}
    if len(members) > MOST_MEMBERS:
        return {"members": TOO_MANY}
    if sum(one.part == Part.HEAD for one in members) > 1:
        return {"members": TWO_HEADS}
    return {}


def _record(doer: Doer, team: Team, changes: dict[str, list[int]]) -> None:
    audit.record(doer, Act(
        "team:saved", "team", team.id, subject_name=team.name, unit_id=team.unit_id,
        changes=changes,
    ))  # fmt: skip


NOBODY = N_("Tổ chưa có ai.")
TOO_MANY = N_("Tổ có nhiều nhất %(most)s người.")
TWO_HEADS = N_("Tổ chỉ có một tổ trưởng.")
SENT = N_("Danh sách đã nộp. Muốn đổi, mời bấm “Kiện toàn tổ” và ghi lý do.")
STALE = N_("Có người vừa lưu tổ này trước đồng chí.")
