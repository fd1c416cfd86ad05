"""Finding what was made public, always inside what the actor may see; and what everybody may."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import defer, joinedload

from portal.core import clock
from portal.core.database import session
from portal.core.pagination import Page, paginate
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.phase import State
from portal.features.documents import publicity as documents
from portal.features.documents.models import Document
from portal.features.evidence import queries as evidence
from portal.features.org_units.models import Unit, UnitScope
from portal.features.publicity.models import Posting
from portal.features.rosters import queries as rosters
from portal.policy.predicates import Actor
from portal.policy.roles import Role

KIND = "posting"
"""How evidence and the record call one."""
ANNOUNCED = (State.READY, State.REPORTED)
MOST_SHOWN = 200


class Line(NamedTuple):
    """The columns of a posting that say where it stands."""

    id: int
    unit_id: int
    object: str
    channel: str
    from_on: date
    to_on: date | None
    taken_down_on: date | None
    times: str
    told: bool


def visible_to(actor: Actor) -> Select[Posting]:
    """Select the postings of the actor's unit and of those below; a draft's are its owner's."""
    if actor.role == Role.ADMIN:
        return select(Posting).where(Posting.id.is_(None))
    query = select(Posting).where(Posting.unit_id.in_(_reached(actor)))
    if actor.role == Role.PROVINCE:
        return query
    announced = select(Campaign.id).where(Campaign.state.in_(ANNOUNCED))
    return query.where(or_(Posting.campaign_id.is_(None), Posting.campaign_id.in_(announced)))


def get_visible(actor: Actor, posting_id: int) -> Posting | None:
    """Give a posting that the actor may see, with what its page shows."""
    return session().scalar(visible_to(actor).where(Posting.id == posting_id).options(*_NAMES))


def listed(actor: Actor, search: str, page: int) -> Page[Posting]:
    """List what was made public without a campaign, the latest first.

    Args:
        actor: who looks.
        search: a code of `contents`, "" for all.
        page: from 1.
    """
    query = visible_to(actor).where(Posting.campaign_id.is_(None))
    if search:
        query = query.where(Posting.object == search)
    query = query.options(*_NAMES).order_by(Posting.from_on.desc(), Posting.id.desc())
    return paginate(query, page)


def lines(actor: Actor, campaign_id: int) -> dict[int, list[Line]]:
    """Give the postings of a campaign by unit, mistakes apart."""
    columns = [getattr(Posting, name) for name in Line._fields]
    query = visible_to(actor).where(Posting.campaign_id == campaign_id, ~Posting.mistaken)
    found: dict[int, list[Line]] = defaultdict(list)
    for row in session().execute(query.with_only_columns(*columns).order_by(Posting.id)):
        found[row.unit_id].append(Line(*row))
    return found


def of_unit(campaign_id: int | None, unit_id: int) -> list[Posting]:
    """List the postings of one unit, for a campaign or for none, the earliest first."""
    query = select(Posting).where(Posting.unit_id == unit_id)
    query = query.where(
        Posting.campaign_id.is_(None) if campaign_id is None
        else Posting.campaign_id == campaign_id
    )  # fmt: skip
    return list(session().scalars(query.options(*_NAMES).order_by(Posting.from_on, Posting.id)))


def same(one: Posting) -> list[Posting]:
    """List the postings of the same content by the same channel, this one among them."""
    return [
        other for other in of_unit(one.campaign_id, one.unit_id)
        if (other.object, other.title, other.channel) == (one.object, one.title, one.channel)
        and not other.mistaken
    ]  # fmt: skip


def pieces(campaign_id: int | None, unit_id: int | None = None) -> dict[int, int]:
    """Count photos and links by posting, of a campaign or (None) of what has none."""
    ids = select(Posting.id).where(
        Posting.campaign_id.is_(None) if campaign_id is None
        else Posting.campaign_id == campaign_id
    )  # fmt: skip
    return evidence.counts(KIND, ids if unit_id is None else ids.where(Posting.unit_id == unit_id))


def asked(actor: Actor, campaign: Campaign, unit_id: int) -> Unit | None:
    """Give a unit that the actor reaches and in which a campaign asks."""
    query = select(Unit).join(CampaignUnit, CampaignUnit.unit_id == Unit.id)
    query = query.where(CampaignUnit.campaign_id == campaign.id, Unit.id == unit_id)
    return session().scalar(query.where(Unit.id.in_(_reached(actor))))


def documents_of(unit_id: int) -> list[Document]:
    """List the issued documents of a unit that can be what is made public, the latest first."""
    query = select(Document).where(Document.unit_id == unit_id, Document.number_text != "")
    query = query.options(defer(Document.content)).limit(MOST_SHOWN)
    return list(session().scalars(query.order_by(Document.dated_on.desc(), Document.id.desc())))


def known_since(
    campaign: Campaign | None, unit_id: int, objects: Collection[str]
) -> date | None:  # fmt: skip
    """Give the first day on which all of some contents of a campaign existed, as far as is known.

    Args:
        campaign: None for what the law wants public anyway.
        unit_id: whose roster it is.
        objects: codes of `contents`.
    """
    if campaign is None:
        return None
    plan = session().get(Document, campaign.plan_id) if campaign.plan_id else None
    days = {"plan": plan.dated_on if plan else None,
            "roster": rosters.first_sent(campaign.id, unit_id)}  # fmt: skip
    known = [day for code in objects if (day := days.get(code))]
    return max(known) if known else None


def plan_of(campaign: Campaign) -> Document | None:
    """Give the plan of a campaign if everybody may read it."""
    return documents.get_public(campaign.plan_id) if campaign.plan_id else None


def shown(unit_id: int) -> list[Posting]:
    """List what everybody may see of a unit, the latest first: nothing of drafts, no mistakes."""
    query = _shown().where(Posting.unit_id == unit_id).options(*_NAMES)
    return list(session().scalars(query.order_by(Posting.from_on.desc(), Posting.id.desc())
                                  .limit(MOST_SHOWN)))  # fmt: skip


def is_shown(posting_id: int) -> bool:
    """Say whether everybody may see a posting, and so its photos."""
    return session().scalar(_shown().where(Posting.id == posting_id)) is not None


def _shown() -> Select[Posting]:
    announced = select(Campaign.id).where(Campaign.state.in_(ANNOUNCED))
    of_ours = or_(Posting.campaign_id.is_(None), Posting.campaign_id.in_(announced))
    return select(Posting).where(of_ours, ~Posting.mistaken, Posting.from_on <= clock.today())


def public_documents(unit_id: int, most: int) -> list[Document]:
    """List the public documents of a unit, the newest first."""
    query = documents.public().where(Document.unit_id == unit_id)
    query = query.options(defer(Document.content), joinedload(Document.organisation))
    return list(session().scalars(query.order_by(Document.dated_on.desc(), Document.id.desc())
                                  .limit(most)))  # fmt: skip


def public_unit(unit_id: int) -> Unit | None:
    """Give a unit, for its public page."""
    return session().get(Unit, unit_id, options=[joinedload(Unit.parent)])


def public_units(search: Collection[str]) -> list[Unit]:
    """List the communes with something public, by name; those whose name has every word."""
    query = select(Unit).where(Unit.id.in_(_shown().with_only_columns(Posting.unit_id)))
    for word in search:
        query = query.where(Unit.folded.contains(word, autoescape=True))
    return list(session().scalars(query.order_by(Unit.sort_key, Unit.id).limit(MOST_SHOWN)))


def _reached(actor: Actor) -> Select[int]:
    return select(UnitScope.unit_id).where(UnitScope.above_id == actor.unit_id)


_NAMES = (
    joinedload(Posting.unit).joinedload(Unit.parent),
    joinedload(Posting.campaign),
    joinedload(Posting.document).defer(Document.content),
)
