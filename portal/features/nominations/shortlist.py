"""The list that goes up: how it stands, closing it, opening it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Refused
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Job
from portal.features.documents.models import Document
from portal.features.documents.models import State as DocumentState
from portal.features.documents.recording import Author
from portal.features.nominations import queries
from portal.features.nominations.models import NominationList
from portal.features.nominations.workflow import LIST_CLOSED, NOMINATION
from portal.features.tasks import services as tasks
from portal.policy.predicates import Actor
from portal.workflow.engine import MAX_REASON, REASON_NEEDED, REASON_TOO_LONG

GIVEN_UP = frozenset({DocumentState.CANCELLED, DocumentState.WITHDRAWN})
"""A paper in one of these says nothing any more."""


@dataclass(frozen=True)
class GoingUp:
    """The list that goes up: how full it is, closed or not, its papers."""

    count: int
    least: int
    most: int
    waiting: int
    """How many nominations nobody has judged yet."""
    row: NominationList | None

    @property
    def is_closed(self) -> bool:
        """Say whether nothing on it changes any more."""
        return self.row is not None and self.row.closed_at is not None

    @property
    def is_enough(self) -> bool:
        """Say whether it may be closed."""
        return self.least <= self.count <= self.most

    @property
    def proposal(self) -> Document | None:
        """Give the tờ trình, unless it has been given up."""
        return standing(self.row.proposal) if self.row else None

    @property
    def decision(self) -> Document | None:
        """Give the decision, unless it has been given up."""
        return standing(self.row.decision) if self.row else None


def going_up(campaign: Campaign, rules: Rules) -> GoingUp:
    """Give how the list of a campaign stands."""
    least, most = max(rules.nominations_min, 1), rules.nominations_max
    count = queries.count_shortlisted(campaign.id)
    waiting = queries.count_considered(campaign.id)
    return GoingUp(count, least, most, waiting, queries.list_of(campaign.id))


def close(actor: Author, campaign: Campaign, *, sure: bool = False) -> None:
    """Close the list: from now on its names go up. The province's task is handed in with it.

    Args:
        actor: of the province.
        campaign: whose list.
        sure: whether those that nobody has judged yet may be left aside.

    Raises:
        Refused: there are fewer or more on it than the plan asks for, some wait, or it is closed.
    """
    with write(NOMINATION.name):
        row = opened(campaign.id)
        if row.closed_at is not None:
            raise Refused(LIST_CLOSED)
        stands = going_up(campaign, fieldwork.of(campaign))
        if not stands.is_enough:
            raise Refused(NOT_SO_MANY, n=stands.count, least=stands.least, most=stands.most)
        if stands.waiting and not sure:
            raise Refused(SOME_WAIT, n=stands.waiting)
        row.closed_at, row.closed_by = clock.now(), actor.display_name
        _follow(actor, campaign, "submit", "")
        record(actor, "closed", campaign, {"shortlisted": ["", stands.count]})


def reopen(actor: Author, campaign: Campaign, reason: str) -> None:
    """Open a closed list again, as long as no paper has been made of it.

    Raises:
        Refused: it is open, a paper stands on it, or no reason.
    """
    reason = clean(reason, multiline=True)
    if not reason or len(reason) > MAX_REASON:
        raise Refused(REASON_TOO_LONG if reason else REASON_NEEDED)
    with write(NOMINATION.name):
        row = opened(campaign.id)
        if row.closed_at is None:
            raise Refused(LIST_OPEN)
        if standing(row.proposal) or standing(row.decision):
            raise Refused(PAPER_STANDS)
        row.closed_at, row.closed_by = None, ""
        _follow(actor, campaign, "reopen", reason)
        record(actor, "reopened", campaign, {}, reason)


def standing(paper: Document | None) -> Document | None:
    """Give a paper unless it has been given up."""
    return paper if paper is not None and paper.state not in GIVEN_UP else None


def opened(campaign_id: int) -> NominationList:
    """Give the row of a campaign's list, locked; make it if there is none (inside `write()`)."""
    current = session()
    row = current.get(NominationList, campaign_id, with_for_update=True, populate_existing=True)
    if row is None:
        row = NominationList(campaign_id=campaign_id, closed_by="")
        current.add(row)
        current.flush()
    return row


def _follow(actor: Actor, campaign: Campaign, name: str, reason: str) -> None:
    plan_id, unit_id = campaign.plan_id, campaign.unit_id
    tasks.follow(actor, plan_id, Job.NOMINATION, unit_id, name, reason=reason)


def record(
    actor: Author, verb: str, campaign: Campaign, changes: Mapping[str, Any], reason: str = ""
) -> None:
    """Have an act on the list of a campaign recorded (inside `write()`)."""
    audit.record(actor, Act(
        f"nomination_list:{verb}", "nomination_list", campaign.id, subject_name=campaign.name,
        unit_id=campaign.unit_id, reason=reason, changes=changes,
    ))  # fmt: skip


LIST_OPEN = N_("Danh sách trình đang mở.")
NOT_SO_MANY = N_(
    "Danh sách trình đang có %(n)s; kế hoạch cần từ %(least)s đến %(most)s tập thể, cá nhân."
)
SOME_WAIT = N_(
    "Còn %(n)s đề cử chưa xét. Mời xét trước, hoặc đánh dấu là chốt mà không chờ các đề cử ấy."
)
PAPER_STANDS = N_(
    "Đã có tờ trình hoặc quyết định theo danh sách này. Mời hủy bản thảo trước khi mở lại."
)
