"""What the pages about campaigns show."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.core.text import N_
from portal.features.campaigns import drafting, parts, places, queries
from portal.features.campaigns.amending import RUNNING
from portal.features.campaigns.drafting import DayOff, Step
from portal.features.campaigns.history import Event, history
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import PHASE_LABELS, Phase
from portal.features.campaigns.standing import Words, span, standing
from portal.features.campaigns.wording import headline_for
from portal.features.documents import queries as documents
from portal.features.documents.models import Document, State
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
    if phase in {Phase.READY, Phase.OPEN, Phase.BETWEEN}:
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
class Changed:
    """A change of a campaign's days: what was done, why, by which document."""

    kind: str
    reason: str
    number: str
    document: Document | None
    """None if the reader may not see it."""


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
    """The plan that orders it."""
    changes: tuple[Changed, ...]
    """What changed its days since, the latest first."""
    may_change_window: bool
    follows_plan: bool
    """Its days are a plan's, and change by what amends this alone."""
    late_choice: int
    """How many rounds are left to choose from when its first one has begun; 0 if it has not."""
    way: tuple[Step, ...]
    """Which body consolidates where, upwards."""
    own: parts.Row | None
    """The part of the reader's own unit, if it is asked there."""
    undecided: int
    """How many units within the reader's reach have not chosen their round."""


def detail(actor: Actor, campaign: Campaign) -> Detail:
    """Give what one actor may see of a campaign; the history is its owner's alone."""
    owner = actor.reaches(campaign.unit_id)
    units = [code.unit for code in queries.codes(campaign.id, actor.unit_id)]
    upcoming = campaign.phase in {Phase.DRAFT, Phase.READY}
    draft = campaign.phase == Phase.DRAFT
    own = parts.own_row(actor, campaign)
    return Detail(
        campaign=campaign,
        headline=headline_for(campaign, units[0]) if units else campaign.headline,
        standing=standing(campaign, own.rounds if own else ()),
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
        changes=tuple(_changes(actor, campaign)),
        may_change_window=campaign.phase in RUNNING
        and allows(actor, Permission.CAMPAIGN_APPROVE, campaign),
        follows_plan=queries.governing_plan(campaign) is not None,
        late_choice=parts.left_late(campaign) if owner and draft else 0,
        way=queries.way_of(campaign.id),
        own=own,
        undecided=parts.count_undecided(campaign, actor.unit_id),
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


@dataclass(frozen=True)
class Starts:
    """What a new campaign can begin from, beside a form."""

    plans: tuple[Document, ...]
    """Of the reader's unit, those in force first."""
    campaigns: tuple[Campaign, ...]


def starts(actor: Actor) -> Starts:
    """Give the plans that can order a campaign, and the campaigns that can be copied."""
    plans = queries.plans_of(actor.unit_id)
    plans.sort(key=lambda plan: plan.state != State.ISSUED)
    copied = [one for one in queries.listed(actor) if one.phase != Phase.CANCELLED]
    return Starts(tuple(plans[:MOST_STARTS]), tuple(copied[:MOST_STARTS]))


def _changes(actor: Actor, campaign: Campaign) -> Iterator[Changed]:
    for change, paper in reversed(queries.changes_of(campaign.id)):
        seen = documents.get_visible(actor, paper.id)
        yield Changed(change.kind, change.reason, paper.number_text, seen)


def _links(actor: Actor, campaign: Campaign) -> Iterator[Link]:
    begun = campaign.phase in {Phase.OPEN, Phase.BETWEEN, Phase.CLOSED, Phase.REPORTED}
    for permission, endpoint, label, before in _LINKS:
        if (begun or before) and allows(actor, permission, campaign):
            yield Link(endpoint, label)


def _warnings(campaign: Campaign) -> tuple[DayOff, ...]:
    return tuple(found for span in campaign.all_rounds for found in drafting.warnings(*span))


def _places(campaign: Campaign, units: Sequence[Unit]) -> Places:
    groups = places.by_district(units)
    few = len(units) <= 8 or len(groups) == 1
    names = [unit.full_name for unit in units] if few else [_counted(group) for group in groups]
    every = places.available(campaign.unit_id, campaign.opens_on, campaign.closes_on)
    return Places(len(groups), len(units), len(units) == len(every), tuple(names))


def _counted(group: places.District) -> str:
    return f"{group.unit.full_name} ({len(group.communes)})"


MOST_STARTS = 10
_TAB_ORDER = (
    Phase.OPEN, Phase.BETWEEN, Phase.READY, Phase.DRAFT, Phase.CLOSED, Phase.REPORTED,
    Phase.CANCELLED,
)  # fmt: skip
_NEXT_ASKS = (Permission.CAMPAIGN_APPROVE, Permission.CAMPAIGN_EDIT, Permission.RESULT_READ)
# The last word: whether there is anything to see before the campaign opens.
_LINKS = (
    (Permission.CODE_READ, "office.codes", N_("Mã QR và áp phích"), True),
    (Permission.PARTICIPATION_READ, "office.participation", N_("Tình hình tham gia"), False),
    (Permission.RESULT_READ, "office.results", N_("Kết quả"), False),
)
