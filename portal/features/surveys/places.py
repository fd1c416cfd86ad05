"""Where a code leads: the unit, the campaign and its questions, kept in memory for a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, exists, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import aliased

from portal.core import clock
from portal.core.database import session
from portal.core.keep import Kept
from portal.features.campaigns import queries
from portal.features.campaigns.changes import Change, explaining
from portal.features.campaigns.models import Campaign, CampaignUnit, QrCode, WindowChange
from portal.features.campaigns.phase import Phase, State
from portal.features.campaigns.rounds import held
from portal.features.campaigns.wording import headline_in, says_all
from portal.features.documents.deadlines import Span
from portal.features.org_units.models import Organisation, Point, Unit, running_name
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.models import QuestionnaireVersion
from portal.features.surveys.channels import Channel


class Standing(StrEnum):
    """Whether a form can be answered here and now."""

    OPEN = "open"
    EARLY = "early"
    BETWEEN = "between"
    CLOSED = "closed"
    REVOKED = "revoked"
    CANCELLED = "cancelled"


_STANDING = {
    Phase.DRAFT: Standing.EARLY,
    Phase.READY: Standing.EARLY,
    Phase.OPEN: Standing.OPEN,
    Phase.BETWEEN: Standing.BETWEEN,
    Phase.CLOSED: Standing.CLOSED,
    Phase.REPORTED: Standing.CLOSED,
    Phase.CANCELLED: Standing.CANCELLED,
}


_BEGUN = frozenset({Phase.OPEN, Phase.BETWEEN, Phase.CLOSED})


def standing(
    *, revoked: bool, state: str, rounds: Sequence[Span], sealed: bool, until_sealed: bool = False
) -> Standing:
    """Say how a code stands on this day of Vietnam's calendar.

    Args:
        revoked: nobody may use it any more.
        state: what people decided of the campaign.
        rounds: the windows of the unit.
        sealed: the totals are frozen.
        until_sealed: what was filled in within the windows may still be typed after them (paper).
    """
    if revoked:
        return Standing.REVOKED
    if sealed:
        return Standing.CLOSED
    phase = Phase.at(State(state), rounds, clock.today())
    return Standing.OPEN if until_sealed and phase in _BEGUN else _STANDING[phase]


@dataclass(frozen=True)
class Place:
    """What the pages behind a code show."""

    code: str
    unit_id: int
    unit_name: str
    unit_running: str
    unit_line: str
    campaign_id: int
    campaign_version: int
    version_id: int
    digest: str
    definition: Definition
    headline: str
    about: str
    headline_says_all: bool
    """What it is about stands in the headline already."""
    minutes: int
    organisation: str
    rounds: tuple[Span, ...]
    """The windows in which this unit is asked, in order."""
    point_id: int | None
    point_name: str
    state: str
    sealed: bool
    revoked_on: date | None
    revoke_reason: str
    replaced: bool
    """The unit has a newer code in the same campaign."""
    changes: tuple[Change, ...] = ()
    """What documents did to the days after they were announced, the earliest first."""
    channel: Channel = Channel.QR
    paper_batch_id: int | None = None
    """Whose sheets are typed here."""
    day: date | None = None
    """When they were filled in; None for today."""

    @property
    def standing(self) -> Standing:
        """Say how the code stands now."""
        return standing(
            revoked=self.revoked_on is not None, state=self.state, rounds=self.rounds,
            sealed=self.sealed, until_sealed=self.channel == Channel.PAPER,
        )  # fmt: skip

    @property
    def change(self) -> Change | None:
        """Give the change of the days because of which nobody is asked here today."""
        return explaining(self.changes, self.rounds, clock.today())

    @property
    def was_open(self) -> bool:
        """Say whether a form may have been sent here at some time."""
        never = {Standing.EARLY, Standing.CANCELLED}
        return self.standing not in never and self.opens_on <= clock.today()

    @property
    def opens_on(self) -> date:
        """Give the first day of the round that runs or comes next, or of the last one."""
        return self._round.first

    @property
    def closes_on(self) -> date:
        """Give the last day of the same round."""
        return self._round.last

    @property
    def _round(self) -> Span:
        today = clock.today()
        return next((one for one in self.rounds if one.last >= today), self.rounds[-1])


_places: Kept[str, Place] = Kept(4000, seconds=0)


def keep_for(seconds: float) -> None:
    """Say how long a place may be shown from memory (the factory does), and begin anew."""
    _places.seconds = seconds
    _places.clear()


def find(code: str) -> Place | None:
    """Give the place behind a code, None if there is none.

    While the database is away, a place that was known before is still shown: whoever is
    answering keeps the page, and is told honestly when an answer could not be stored.
    """
    try:
        return _places.get(code, lambda: _load(code))
    except (OperationalError, PoolTimeout):
        if (known := _places.last(code)) is None:
            raise
        return known


def of_unit() -> ColumnElement[bool]:
    """Give what joins a code to its unit's part in the campaign, which says its round."""
    same_campaign = CampaignUnit.campaign_id == QrCode.campaign_id
    return same_campaign & (CampaignUnit.unit_id == QrCode.unit_id)


def rounds_in(found: Any) -> tuple[Span, ...]:  # noqa: ANN401 - a row with these columns
    """Give the windows in which a unit is asked, out of a row of campaign and unit."""
    every = found.rounds or (Span(found.opens_on, found.closes_on),)
    return held(every, found.round_number if found.one_round else None)


_above, _top, _newer = aliased(Unit), aliased(Unit), aliased(QrCode)
SHOWN = (
    Unit.id.label("unit_id"), Unit.name, Unit.full_name,
    _above.full_name.label("above"), _top.full_name.label("top"),
    Campaign.id.label("campaign_id"), Campaign.version.label("campaign_version"),
    Campaign.version_id, Campaign.headline, Campaign.about, Campaign.minutes,
    Campaign.opens_on, Campaign.closes_on, Campaign.rounds, Campaign.one_round,
    CampaignUnit.round_number, Campaign.state, Campaign.sealed_on,
    exists().where(WindowChange.campaign_id == Campaign.id).label("has_changed"),
    Point.id.label("point_id"), Point.name.label("point"),
    Organisation.name.label("organisation"), QuestionnaireVersion.digest,
)  # fmt: skip
"""What of a unit and its campaign the pages show, wherever their readers come from."""


def with_names(query: Any) -> Any:  # noqa: ANN401 - a select of whatever columns
    """Join what `SHOWN` takes besides the unit, the campaign and the point."""
    return (
        query.join(Organisation, Organisation.id == Campaign.organisation_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Campaign.version_id)
        .outerjoin(_above, _above.id == Unit.parent_id)
        .outerjoin(_top, _top.id == _above.parent_id)
    )


_FOUND = with_names(
    select(
        QrCode.code, QrCode.revoked_on, QrCode.revoke_reason, *SHOWN,
        exists().where(
            _newer.campaign_id == QrCode.campaign_id, _newer.unit_id == QrCode.unit_id,
            _newer.point_id.is_not_distinct_from(QrCode.point_id), _newer.revoked_on.is_(None),
        ).label("has_live_code"),
    )
    .join(Campaign, Campaign.id == QrCode.campaign_id)
    .join(Unit, Unit.id == QrCode.unit_id)
    .outerjoin(CampaignUnit, of_unit())
    .outerjoin(Point, Point.id == QrCode.point_id)
    .where(QrCode.code == bindparam("code"))
)  # fmt: skip


def _load(code: str) -> Place | None:
    # Columns, not objects: every code is asked for again every few seconds.
    found = session().connection().execute(_FOUND, {"code": code}).one_or_none()
    if found is None:
        return None
    return placed(
        found,
        code=found.code,
        revoked_on=found.revoked_on,
        revoke_reason=found.revoke_reason,
        replaced=found.revoked_on is not None and found.has_live_code,
    )


def placed(found: Any, **own: Any) -> Place:  # noqa: ANN401 - a row of `SHOWN`, and what it lacks
    """Give the place that a row says, with what only the way there knows."""
    return Place(
        unit_id=found.unit_id,
        unit_name=found.full_name,
        unit_running=running_name(found.full_name),
        unit_line=", ".join(running_name(name) for name in (found.above, found.top) if name),
        campaign_id=found.campaign_id,
        campaign_version=found.campaign_version,
        version_id=found.version_id,
        digest=found.digest,
        definition=_definition(found.digest),
        headline=headline_in(found.headline, found.name, found.full_name),
        about=found.about,
        headline_says_all=says_all(found.headline, found.about),
        minutes=found.minutes,
        organisation=found.organisation,
        rounds=rounds_in(found),
        point_id=found.point_id,
        point_name=found.point or "",
        state=found.state,
        sealed=found.sealed_on is not None,
        changes=_changes(found) if found.has_changed else (),
        **own,
    )


def _changes(found: Any) -> tuple[Change, ...]:  # noqa: ANN401 - a row of `SHOWN`
    number = found.round_number if found.one_round else None
    return tuple(
        Change(
            one.kind, one.reason, running_name(document.number_text),
            held(one.before, number), held(one.after, number),
        )
        for one, document in queries.changes_of(found.campaign_id)
    )  # fmt: skip


@lru_cache(maxsize=64)
def _definition(digest: str) -> Definition:
    query = select(QuestionnaireVersion.content).where(QuestionnaireVersion.digest == digest)
    return Definition.from_json(session().scalars(query).one())
