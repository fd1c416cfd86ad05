"""Who was commended in a campaign, for everybody: names, where they belong, what for.

Law 06/2022/QH15 has commendations made known; of a person that is the name, the post and the unit,
and the words of the decision. What units wrote to propose somebody, the criteria and whoever was
not chosen stay inside. Nobody is named before the decision is issued, nor after it is withdrawn,
nor where the unit or whoever proposed has left the name off.
"""

from dataclasses import dataclass

from sqlalchemy import Select, select

from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import State as CampaignState
from portal.features.documents import publicity
from portal.features.documents.models import Document
from portal.features.documents.text.masking import hidden
from portal.features.nominations import queries
from portal.features.nominations.models import Kind, Nomination, NominationList, State

ANNOUNCED = (CampaignState.READY, CampaignState.REPORTED)


@dataclass(frozen=True)
class Awards:
    """Those commended in one campaign."""

    campaign: Campaign
    decision: Document
    names: tuple[Nomination, ...]
    """In the order of the list."""
    may_read: bool
    """Whether everybody may read the decision itself."""

    @property
    def words(self) -> str:
        """Give what the decision says of them: its first article."""
        sections = self.decision.body.sections
        return hidden(sections[0].text) if sections else ""

    @property
    def collectives(self) -> list[Nomination]:
        """List the bodies and units."""
        return [one for one in self.names if one.kind == Kind.COLLECTIVE]

    @property
    def people(self) -> list[Nomination]:
        """List the people."""
        return [one for one in self.names if one.kind == Kind.PERSON]


def awards(campaign_id: int) -> Awards | None:
    """Give who was commended in a campaign; None while there is nobody to be named."""
    campaign = session().get(Campaign, campaign_id)
    if campaign is None or not campaign.is_announced:
        return None
    row, names = queries.list_of(campaign_id), _listed(campaign_id)
    if row is None or row.decision is None or not names:
        return None
    readable = publicity.get_public(row.decision.id) is not None
    return Awards(campaign, row.decision, tuple(names), readable)


def _listed(campaign_id: int) -> list[Nomination]:
    """List those commended whom everybody may know, in the order of the list."""
    query = _named().where(Nomination.campaign_id == campaign_id).order_by(Nomination.id)
    return sorted(session().scalars(query), key=queries.list_order)


def of_unit(unit_id: int) -> list[Nomination]:
    """List those of one unit, the latest campaign first."""
    query = _named().join(Nomination.campaign).where(Nomination.unit_id == unit_id)
    order = Campaign.opens_on.desc(), Nomination.kind, Nomination.id
    return list(session().scalars(query.order_by(*order)))


def _named() -> Select[Nomination]:
    announced = select(Campaign.id).where(Campaign.state.in_(ANNOUNCED))
    decided = select(NominationList.campaign_id).where(NominationList.decision_id.is_not(None))
    query = select(Nomination).where(
        Nomination.state == State.AWARDED, ~Nomination.unnamed,
        Nomination.campaign_id.in_(announced), Nomination.campaign_id.in_(decided),
    )  # fmt: skip
    return query.options(*queries.WITH_NAMES)
