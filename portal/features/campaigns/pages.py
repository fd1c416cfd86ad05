"""What the pages about campaigns show."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.core.text import N_
from portal.features.campaigns import drafting, places, queries
from portal.features.campaigns.drafting import DayOff
from portal.features.campaigns.history import Event, history
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import PHASE_LABELS, Phase
from portal.features.campaigns.standing import Words, span, standing
from portal.features.campaigns.wording import headline_for
from portal.features.documents import queries as documents
from portal.features.documents.models import Document
from portal.features.org_units.models import Unit
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


@dataclass(frozen=True)
class Link:
    """Where to go next: an endpoint that takes the campaign's id, and its verb (msgid)."""

    endpoint: str
    label: str


@dataclass(frozen=True)
class Row:
    """A campaign in the list."""

    campaign: Campaign
    span: str
    standing: Words
    next: Link


@dataclass(frozen=True)
class Tab:
    """A phase that occurs, with the number of campaigns in it; "" for all."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Listing:
    """The list of campaigns."""

    tabs: tuple[Tab, ...]
    chosen: str
    rows: tuple[Row, ...]


def listing(actor: Actor, chosen: str = "") -> Listing:
    """Give the campaigns an actor may see, those of one phase if `chosen` names it."""
    campaigns = queries.listed(actor)
    counts = Counter(campaign.phase for campaign in campaigns)
    tabs = [Tab("", N_("Tất cả"), len(campaigns))]
    tabs += [Tab(p, PHASE_LABELS[p], counts[p]) for p in _TAB_ORDER if counts[p]]
    if chosen not in counts:
        chosen = ""
    shown = [campaign for campaign in campaigns if chosen in {"", campaign.phase}]
    rows = tuple(Row(each, span(each), standing(each), _next(actor, each)) for each in shown)
    return Listing(tuple(tabs), chosen, rows)


def _next(actor: Actor, campaign: Campaign) -> Link:
    may = {permission for permission in _NEXT_ASKS if allows(actor, permission, campaign)}
    phase = campaign.phase
    if phase == Phase.DRAFT and Permission.CAMPAIGN_APPROVE in may:
        return Link("office.campaign", N_("Xem để duyệt"))
    if phase == Phase.DRAFT and Permission.CAMPAIGN_EDIT in may:
        return Link("office.edit_campaign", N_("Soạn tiếp"))
    if phase in {Phase.READY, Phase.OPEN}:
        return Link("office.codes", N_("Mã QR, áp phích"))
    if phase in {Phase.CLOSED, Phase.REPORTED} and Permission.RESULT_READ in may:
        return Link("office.results", N_("Xem kết quả"))
    return Link("office.campaign", N_("Xem đợt"))


@dataclass(frozen=True)
class Places:
    """Where a campaign asks, as far as the reader reaches."""

    districts: int
    communes: int
    of_all: bool
    names: tuple[str, ...]
    """Each district with its communes' number, or the communes themselves if they are few."""


@dataclass(frozen=True)
class Detail:
    """The page of one campaign."""

    campaign: Campaign
    headline: str
    """As the people of the first of these places read it."""
    standing: Words
    places: Places
    warnings: tuple[DayOff, ...]
    shares_name: bool
    """Another campaign of the owner is called the same."""
    awaits_approval: bool
    """It is a draft, and the reader is not who approves it."""
    timeline: tuple[Event, ...]
    links: tuple[Link, ...]
    may_edit: bool
    plan: Document | None
    """The plan that orders it, and the document that changed its days since."""
    amended_by: Document | None
    may_change_window: bool


def detail(actor: Actor, campaign: Campaign) -> Detail:
    """Give what one actor may see of a campaign; the history is its owner's alone."""
    owner = actor.reaches(campaign.unit_id)
    units = [code.unit for code in queries.codes(campaign.id, actor.unit_id)]
    upcoming = campaign.phase in {Phase.DRAFT, Phase.READY}
    draft = campaign.phase == Phase.DRAFT
    return Detail(
        campaign=campaign,
        headline=headline_for(campaign, units[0]) if units else campaign.headline,
        standing=standing(campaign),
        places=_places(campaign, units),
        warnings=_warnings(campaign) if owner and upcoming else (),
        shares_name=owner
        and upcoming
        and queries.is_name_taken(campaign.unit_id, campaign.name, campaign.id),
        awaits_approval=draft and not allows(actor, Permission.CAMPAIGN_APPROVE, campaign),
        timeline=tuple(history(campaign)) if owner else (),
        links=tuple(_links(actor, campaign)),
        may_edit=draft and allows(actor, Permission.CAMPAIGN_EDIT, campaign),
        plan=documents.get_visible(actor, campaign.plan_id) if campaign.plan_id else None,
        amended_by=_amendment(actor, campaign),
        may_change_window=campaign.plan_id is not None
        and campaign.phase in {Phase.READY, Phase.OPEN}
        and allows(actor, Permission.CAMPAIGN_APPROVE, campaign),
    )


@dataclass(frozen=True)
class OfPlan:
    """The campaigns of a plan, on its page."""

    campaigns: tuple[Campaign, ...]
    may_add: bool
    """Whether the reader may make one by this plan."""
    drafts: tuple[Campaign, ...]
    """Those without a plan that it could be tied to."""


def of_plan(actor: Actor, document: Document) -> OfPlan:
    """Give what the page of a document says of campaigns."""
    may_add = queries.is_plan(document, actor.unit_id) and allows(actor, Permission.CAMPAIGN_CREATE)
    drafts = queries.without_plan(actor) if may_add else []
    return OfPlan(tuple(queries.ordered_by(actor, document)), may_add, tuple(drafts))


def _amendment(actor: Actor, campaign: Campaign) -> Document | None:
    found = campaign.amended_by_id
    return documents.get_visible(actor, found) if found else None


def _links(actor: Actor, campaign: Campaign) -> Iterator[Link]:
    begun = campaign.phase in {Phase.OPEN, Phase.CLOSED, Phase.REPORTED}
    for permission, endpoint, label, before in _LINKS:
        if (begun or before) and allows(actor, permission, campaign):
            yield Link(endpoint, label)


def _warnings(campaign: Campaign) -> tuple[DayOff, ...]:
    return tuple(drafting.warnings(campaign.opens_on, campaign.closes_on))


def _places(campaign: Campaign, units: Sequence[Unit]) -> Places:
    groups = places.by_district(units)
    few = len(units) <= 8 or len(groups) == 1
    names = [unit.full_name for unit in units] if few else [_counted(group) for group in groups]
    every = places.available(campaign.unit_id, campaign.opens_on, campaign.closes_on)
    return Places(len(groups), len(units), len(units) == len(every), tuple(names))


def _counted(group: places.District) -> str:
    return f"{group.unit.full_name} ({len(group.communes)})"


_TAB_ORDER = (
    Phase.OPEN, Phase.READY, Phase.DRAFT, Phase.CLOSED, Phase.REPORTED, Phase.CANCELLED,
)  # fmt: skip
_NEXT_ASKS = (Permission.CAMPAIGN_APPROVE, Permission.CAMPAIGN_EDIT, Permission.RESULT_READ)
# The last word: whether there is anything to see before the campaign opens.
_LINKS = (
    (Permission.CODE_READ, "office.codes", N_("Mã QR và áp phích"), True),
    (Permission.PARTICIPATION_READ, "office.participation", N_("Tình hình tham gia"), False),
    (Permission.RESULT_READ, "office.results", N_("Kết quả"), False),
)
