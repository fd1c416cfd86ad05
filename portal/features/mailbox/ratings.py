"""The ratings that hang beside a box: an ordinary survey, counted as such, tied to no letter."""

from typing import Final

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Refused
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.campaigns import code_queries, issuing
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns import services as surveys
from portal.features.campaigns.drafting import CampaignInput, Scope
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import State as Readiness
from portal.features.campaigns.wording import minutes_needed
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.documents.deadlines import Span
from portal.features.mailbox import queries
from portal.features.mailbox.models import Mailbox
from portal.features.mailbox.queries import Place
from portal.features.mailbox.services import LOCK, Author, act
from portal.features.mailbox.standing import State

FORM: Final = "HTGY-DG"
"""Form HTGY without its free text and without a call back: what is written goes into a letter."""


def hang(author: Author, box: Mailbox) -> Campaign:
    """Hang the ratings beside a box in one go: those its plan has readied, or new ones.

    New ones have the rounds that are left, and are ready at once; both have a code at each point.

    Args:
        author: of the body that runs the box.
        box: open, without ratings.

    Raises:
        Refused: it has ratings, is not open, its rounds are over, or the form is missing.
    """
    with write(LOCK, issuing.LOCK, CAMPAIGN.name) as current:
        current.refresh(box, with_for_update={"of": Mailbox})
        if refusal := why_not(box):
            raise Refused(refusal)
        campaign = _of_plan(box) or _made(author, box)
        points = [one.point for one in queries.points_of(box.id)]
        issuing.issue_for_points(author, campaign, points)
        box.campaign_id = campaign.id
        audit.record(author, act("ratings_hung", box, {"campaign_id": [None, campaign.id]}))
    return campaign


def why_not(box: Mailbox) -> str | None:
    """Say why a box cannot have ratings hung beside it now; None if it can."""
    if box.campaign_id is not None:
        return N_("Hòm thư đã có phiếu đánh giá kèm theo.")
    if box.state != State.OPEN:
        return N_("Mở hòm thư trước, rồi mới treo phiếu đánh giá.")
    if not _left(box):
        return N_("Các đợt đều đã qua.")
    if campaigns.asked_by(box.unit_id, FORM) is None:
        return N_("Chưa có phiếu mẫu HTGY-DG.")
    return None


def code_for(place: Place) -> str | None:
    """Give the code of the ratings for whoever has opened a box there; None without ratings."""
    campaign_id, unit_id = place.box.campaign_id, place.box.unit_id
    if campaign_id is None:
        return None
    at = place.point.point_id if place.point else None
    found = code_queries.live(campaign_id, unit_id, at, below=unit_id) if at else None
    found = found or campaigns.live_code(campaign_id, unit_id)
    return found.code if found else None


def _of_plan(box: Mailbox) -> Campaign | None:
    """Give the survey that came of the box's plan when it was issued."""
    found = campaigns.of_plan(box.plan_id) if box.plan_id else []
    ready = (one for one in found if one.state == Readiness.READY)
    return next((one for one in ready if _asks_form(one)), None)


def _asks_form(campaign: Campaign) -> bool:
    return campaign.questionnaire_version.questionnaire.code == FORM


def _made(author: Author, box: Mailbox) -> Campaign:
    campaign = surveys.create(author, _given(box), plan_id=box.plan_id)
    CAMPAIGN.follow(author, campaign, "approve")
    return campaign


def _left(box: Mailbox) -> tuple[Span, ...]:
    return tuple(one for one in box.rounds if one.last >= clock.today())


def _given(box: Mailbox) -> CampaignInput:
    version, rounds = campaigns.asked_by(box.unit_id, FORM), _left(box)
    assert version is not None
    return CampaignInput(
        version_id=version.id, name=f"Đánh giá kèm {box.name}"[:120],
        opens_on=rounds[0].first, closes_on=rounds[-1].last,
        rounds=rounds if len(rounds) > 1 else (),
        headline="Ông/bà hài lòng với cán bộ, công chức [đơn vị] ta đến đâu?",
        about=box.subject[:220], audience=version.definition.audience,
        supporter=box.organisation.name[:200], minutes=minutes_needed(version.definition),
        scope=Scope.COMMUNES, communes=frozenset({box.unit_id}),
    )  # fmt: skip
