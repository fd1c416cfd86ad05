"""What units hold, counted in a few queries however many units there are."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager

from portal.core.database import session
from portal.features.campaigns import succession
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode
from portal.features.campaigns.phase import Phase
from portal.features.documents.models import PUBLISHED_STATES, Delivery, Document
from portal.features.documents.models import State as DocumentState
from portal.features.org_units.models import Organisation, Point, Unit, UnitSuccession
from portal.features.tasks.models import UNFINISHED, Task
from portal.features.users.models import User

_ASKING = frozenset({Phase.OPEN, Phase.BETWEEN})
_FINISHED = (*PUBLISHED_STATES, DocumentState.CANCELLED)


@dataclass(frozen=True)
class Holding:
    """What a unit, or a body, holds that somebody has to go on with."""

    running: frozenset[int] = frozenset()
    """Campaigns that ask now, there or in its name; a set, for several units share one."""
    planned: frozenset[int] = frozenset()
    """Campaigns that are to ask, drafts among them."""
    codes: int = 0
    points: int = 0
    organisations: int = 0
    accounts: int = 0
    tasks: int = 0
    letters: int = 0
    """In the inbox and not handled."""
    drafts: int = 0

    def __bool__(self) -> bool:
        """Say whether it holds anything."""
        return self != _NOTHING

    @property
    def work(self) -> int:
        """Count what nobody but an organisation that exists can go on with."""
        return self.tasks + self.letters + self.drafts

    @property
    def needs_heir(self) -> bool:
        """Say whether something is lost where nobody takes over."""
        return bool(self.running or self.planned or self.accounts or self.work)

    def __add__(self, other: "Holding") -> "Holding":
        """Give what two units hold together."""
        pairs = ((name, held, getattr(other, name)) for name, held in vars(self).items())
        return Holding(**{
            name: one | two if isinstance(one, frozenset) else one + two
            for name, one, two in pairs
        })  # fmt: skip


_NOTHING = Holding()


def of_units(unit_ids: Collection[int]) -> dict[int, Holding]:
    """Count what each of these units holds; those that hold nothing are there too."""
    found: dict[int, dict[str, Any]] = {unit: {} for unit in unit_ids}
    campaigns = succession.running() if unit_ids else []
    asked = [campaign.id for campaign in campaigns]
    for name, query in _by_unit(unit_ids, asked) if unit_ids else ():
        for unit, n in session().execute(query):
            found[unit][name] = n
    running = _of_campaigns([one for one in campaigns if one.phase in _ASKING])
    planned = _of_campaigns([one for one in campaigns if one.phase not in _ASKING])
    return {
        unit: Holding(frozenset(running[unit]), frozenset(planned[unit]), **counts)
        for unit, counts in found.items()
    }


def of_bodies(body_ids: Collection[int]) -> dict[int, Holding]:
    """Count what each of these organisations holds; those that hold nothing are there too."""
    found: dict[int, dict[str, Any]] = {body: {} for body in body_ids}
    for name, query in _by_body(body_ids) if body_ids else ():
        for body, n in session().execute(query):
            found[body][name] = n
    return {body: Holding(**counts) for body, counts in found.items()}


def bodies_at(unit_ids: Collection[int]) -> list[Organisation]:
    """List the organisations of these units that exist, by unit and name."""
    query = (
        select(Organisation)
        .join(Organisation.unit)
        .where(Organisation.unit_id.in_(unit_ids), Organisation.valid_to.is_(None))
        .options(contains_eager(Organisation.unit))
        .order_by(Unit.sort_key, Unit.id, Organisation.sort_key, Organisation.id)
    )
    return list(session().scalars(query))


def ended_without_heir(last_day: date, heirs: Collection[int]) -> list[Unit]:
    """List the units that have ended by a day and of which nobody has taken over.

    Args:
        last_day: the day, inclusive.
        heirs: units that have an heir, though it is not stored yet.
    """
    succeeded = select(UnitSuccession.unit_id)
    query = select(Unit).where(Unit.valid_to <= last_day, Unit.id.not_in(succeeded))
    found = session().scalars(query.order_by(Unit.level.desc(), Unit.sort_key, Unit.id))
    return [unit for unit in found if unit.id not in heirs]


def ended(codes: Collection[str]) -> frozenset[int]:
    """Give the ids of the units of these codes that have an end."""
    query = select(Unit.id).where(Unit.code.in_(codes), Unit.valid_to.is_not(None))
    return frozenset(session().scalars(query.order_by(Unit.id)))


def _of_campaigns(campaigns: Sequence[Campaign]) -> Mapping[int, set[int]]:
    """Give by unit the campaigns that ask there, or that the unit itself holds."""
    found: dict[int, set[int]] = defaultdict(set)
    for campaign in campaigns:
        found[campaign.unit_id].add(campaign.id)
    mine = CampaignUnit.campaign_id.in_([campaign.id for campaign in campaigns])
    query = select(CampaignUnit.unit_id, CampaignUnit.campaign_id).where(mine)
    for unit, campaign_id in session().execute(query.order_by(CampaignUnit.unit_id)):
        found[unit].add(campaign_id)
    return found


def _by_unit(
    ids: Collection[int], asked: Collection[int]
) -> Iterator[tuple[str, Select[int, int]]]:
    at_units = Organisation.unit_id.in_(ids)
    yield "codes", _counted(
        QrCode.unit_id, QrCode.unit_id.in_(ids), QrCode.campaign_id.in_(asked),
        QrCode.revoked_on.is_(None),
    )  # fmt: skip
    yield "points", _counted(Point.unit_id, Point.unit_id.in_(ids), Point.valid_to.is_(None))
    yield "organisations", _counted(Organisation.unit_id, at_units, Organisation.valid_to.is_(None))
    bodies = Organisation.id == User.organisation_id
    yield "accounts", _counted(Organisation.unit_id, at_units, bodies, User.active.is_(True))
    yield "tasks", _counted(Task.unit_id, Task.unit_id.in_(ids), Task.state.in_(UNFINISHED))
    received = Organisation.id == Delivery.organisation_id
    waiting = Delivery.handled_at.is_(None)
    yield "letters", _counted(Organisation.unit_id, at_units, received, waiting)
    yield (
        "drafts",
        _counted(Document.unit_id, Document.unit_id.in_(ids), Document.state.not_in(_FINISHED)),
    )


def _by_body(ids: Collection[int]) -> Iterator[tuple[str, Select[int, int]]]:
    yield (
        "accounts",
        _counted(User.organisation_id, User.organisation_id.in_(ids), User.active.is_(True)),
    )
    todo = Task.state.in_(UNFINISHED)
    yield "tasks", _counted(Task.organisation_id, Task.organisation_id.in_(ids), todo)
    yield (
        "letters",
        _counted(
            Delivery.organisation_id,
            Delivery.organisation_id.in_(ids),
            Delivery.handled_at.is_(None),
        ),
    )
    yield "drafts", _counted(
        Document.organisation_id, Document.organisation_id.in_(ids),
        Document.state.not_in(_FINISHED),
    )  # fmt: skip


def _counted(by: InstrumentedAttribute[Any], *conditions: ColumnElement[bool]) -> Select[int, int]:
    return select(by, func.count()).where(*conditions).group_by(by).order_by(by)
