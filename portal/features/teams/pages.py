"""What the pages of working teams show: one team, and how far those of a campaign are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.core import clock
from portal.core.pasting import Remark, remark
from portal.core.text import N_, fold
from portal.features.campaigns import fieldwork, parts, takeovers
from portal.features.campaigns.models import Campaign
from portal.features.documents import queries as documents
from portal.features.documents.models import Document
from portal.features.documents.recording import Author
from portal.features.org_units.models import Organisation, Unit
from portal.features.teams import decision, queries
from portal.features.teams.models import Member, Part, State, Team, TeamVersion
from portal.features.teams.workflow import not_over
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


class Standing(StrEnum):
    """Where a unit stands, as those above see it."""

    NONE = "none"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REFORMING = "reforming"
    """It was sent and is being changed; what was sent holds until then."""


STANDING_LABELS = {
    Standing.NONE: N_("Chưa lập"),
    Standing.DRAFT: N_("Đang soạn"),
    Standing.SUBMITTED: N_("Đã nộp"),
    Standing.RETURNED: N_("Trả lại"),
    Standing.ACCEPTED: N_("Được nhận"),
    Standing.REFORMING: N_("Đang kiện toàn"),
}
SENT = frozenset({Standing.SUBMITTED, Standing.ACCEPTED, Standing.REFORMING})


def standing_of(team: Team | None) -> Standing:
    """Say where a unit stands with its team, None if nobody has begun one."""
    if team is None or not team.version:
        return Standing.NONE
    if team.state == State.DRAFT and team.number:
        return Standing.REFORMING
    return Standing(team.state)


@dataclass(frozen=True)
class Row:
    """A unit in the list; its team as it was sent last."""

    unit: Unit
    team: Team | None
    sent: TeamVersion | None
    due_on: date | None
    ended: bool = False
    """Whether the unit was merged away meanwhile."""

    @property
    def standing(self) -> Standing:
        """Say where it stands."""
        return standing_of(self.team)

    @property
    def members(self) -> tuple[Member, ...]:
        """Give who was sent."""
        return self.sent.members if self.sent else ()

    @property
    def head(self) -> Member | None:
        """Give who leads."""
        return next((one for one in self.members if one.part == Part.HEAD), None)

    @property
    def is_late(self) -> bool:
        """Say whether the day has gone by without a team."""
        open_ = self.standing in {Standing.NONE, Standing.DRAFT, Standing.RETURNED}
        return open_ and self.due_on is not None and self.due_on < clock.today()

    @property
    def document(self) -> Document | None:
        """Give the decision that belongs to what was sent."""
        return self.sent.document if self.sent else None


@dataclass(frozen=True)
class Wanted:
    """Which units are wanted."""

    district: int | None = None
    standing: str = ""


@dataclass(frozen=True)
class Listing:
    """The teams of a campaign as far as an actor reaches."""

    rows: tuple[Row, ...]
    total: int
    counts: Counter[Standing]
    """Of all units, whatever is wanted."""
    districts: tuple[Unit, ...]
    wanted: Wanted
    judged: frozenset[int]
    """Teams that the actor may accept now."""

    @property
    def sent(self) -> int:
        """Count the units with a team."""
        return sum(self.counts[one] for one in SENT)


def listing(actor: Actor, campaign: Campaign, wanted: Wanted) -> Listing:
    """Give the teams of the units that an actor reaches, by district and name."""
    every = rows(actor, campaign)
    shown = tuple(row for row in every if _is_wanted(row, wanted))
    judged = frozenset(
        row.team.id for row in shown
        if row.team and row.team.state == State.SUBMITTED
        and allows(actor, Permission.TEAM_JUDGE, row.team)
    )  # fmt: skip
    districts = {row.unit.parent: None for row in every if row.unit.parent}
    standing = [row for row in every if not row.ended]
    counts = Counter(row.standing for row in standing)
    return Listing(shown, len(standing), counts, tuple(districts), wanted, judged)


def rows(actor: Actor, campaign: Campaign) -> list[Row]:
    """Give a row for every unit that is asked, then those of units that have ended."""
    teams = {team.unit_id: team for team in queries.listed(actor, campaign.id)}
    sent = {one.team_id: one for one in reversed(queries.versions([t.id for t in teams.values()]))}
    due = queries.due_days(campaign)
    gone = takeovers.of(campaign.id).ended
    found = []
    for part in parts.listed(campaign, actor.unit_id):
        team = teams.get(part.unit_id)
        found.append(Row(part.unit, team, sent.get(team.id) if team else None,
                         due.get(part.unit_id)))  # fmt: skip
    ended = (team for team in teams.values() if team.unit_id in gone)
    return found + [Row(team.unit, team, sent.get(team.id), None, ended=True) for team in ended]


def _is_wanted(row: Row, wanted: Wanted) -> bool:
    if wanted.district and row.unit.parent_id != wanted.district:
        return False
    if wanted.standing == LATE:
        return row.is_late
    return not wanted.standing or row.standing == wanted.standing


LATE = "late"


@dataclass(frozen=True)
class TeamPage:
    """One team."""

    campaign: Campaign
    team: Team
    standing: Standing
    members: tuple[Member, ...]
    """As its unit writes them; for others as they were sent."""
    versions: tuple[TeamVersion, ...]
    due_on: date | None
    earlier: Team | None
    """A team of before that can be copied."""
    hints: tuple[Remark, ...]
    organs: tuple[Organisation, ...]
    """Who can decide; () where no letterhead is set, or the actor does not draft."""
    decision: Document | None
    is_reform: bool
    """Whether a decision has set it up before."""
    may_read_decision: bool
    differs: bool
    """Whether the decision names other members."""
    may_edit: bool
    may_draft: bool
    refusal: str | None
    """Why nothing can be changed any more (msgid)."""

    @property
    def unit(self) -> Unit:
        """Give whose team it is."""
        return self.team.unit

    @property
    def is_late(self) -> bool:
        """Say whether the day has gone by."""
        return Row(self.unit, self.team, None, self.due_on).is_late


def page(actor: Author, campaign: Campaign, team: Team) -> TeamPage:
    """Give one team as an actor may see it."""
    over = not_over(team)
    edits = allows(actor, Permission.TEAM_EDIT, team) and over is None
    versions = tuple(queries.versions([team.id])) if team.version else ()
    inside = team.unit_id == actor.unit_id
    sent = versions[0].members if versions else ()
    members = team.members if inside else sent
    drafts = edits and allows(actor, Permission.DOCUMENT_CREATE)
    paper = decision.in_force(team)
    return TeamPage(
        campaign=campaign,
        team=team,
        standing=standing_of(team),
        members=members,
        versions=versions,
        due_on=queries.due_days(campaign).get(team.unit_id),
        earlier=queries.earlier(actor, team) if edits and not members else None,
        hints=tuple(hints(campaign, team.members)) if inside and over is None else (),
        organs=tuple(decision.organs(actor)) if drafts else (),
        decision=paper,
        is_reform=decision.is_reform(team),
        may_read_decision=paper is not None and documents.get_visible(actor, paper.id) is not None,
        differs=inside and decision.differs(team),
        may_edit=edits and team.is_open,
        may_draft=drafts,
        refusal=over,
    )


def hints(campaign: Campaign, members: Sequence[Member]) -> Iterator[Remark]:
    """Say what is missing in a team, or looks odd; it can be sent all the same but without head."""
    rules = fieldwork.of(campaign)
    head = next((one for one in members if one.part == Part.HEAD), None)
    if members and head is None:
        yield remark(N_("Chưa có tổ trưởng nên chưa nộp được."))
    if head and rules.team_head and not _holds(head, rules.team_head):
        yield remark(N_("Kế hoạch ghi tổ trưởng là %(title)s; %(name)s đang ghi chức vụ khác."),
                     title=rules.team_head, name=head.name)  # fmt: skip
    if members and rules.reports and all(one.part != Part.DATA_ENTRY for one in members):
        yield remark(N_("Chưa có ai nhập dữ liệu báo cáo ngày."))


def _holds(head: Member, title: str) -> bool:
    """Say whether somebody's post has the words of a title, those for the kind of place apart."""
    wanted = set(fold(title).replace(",", " ").split()) - _ANYWHERE
    return wanted <= set(fold(head.post).replace(",", " ").split())


_ANYWHERE = frozenset(fold("cấp xã phường thị trấn cơ quan đảng ủy của").split())
