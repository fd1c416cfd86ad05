"""Where a code leads: the unit, the campaign and its questions, kept in memory for a moment."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import exists, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import aliased, joinedload

from portal.core import clock
from portal.core.database import session
from portal.core.keep import Kept
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.phase import Phase, State
from portal.features.org_units.models import Unit
from portal.features.questionnaires.definition import Definition


class Standing(StrEnum):
    """Whether a form can be answered here and now."""

    OPEN = "open"
    EARLY = "early"
    CLOSED = "closed"
    REVOKED = "revoked"
    CANCELLED = "cancelled"


_STANDING = {
    Phase.DRAFT: Standing.EARLY,
    Phase.READY: Standing.EARLY,
    Phase.OPEN: Standing.OPEN,
    Phase.CLOSED: Standing.CLOSED,
    Phase.REPORTED: Standing.CLOSED,
    Phase.CANCELLED: Standing.CANCELLED,
}


def standing(
    *, revoked: bool, state: str, opens_on: date, closes_on: date, sealed: bool
) -> Standing:
    """Say how a code stands on this day of Vietnam's calendar."""
    if revoked:
        return Standing.REVOKED
    if sealed:
        return Standing.CLOSED
    return _STANDING[Phase.at(State(state), opens_on, closes_on, clock.today())]


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
    minutes: int
    organisation: str
    opens_on: date
    closes_on: date
    state: str
    sealed: bool
    revoked_on: date | None
    revoke_reason: str
    replaced: bool
    """The unit has a newer code in the same campaign."""

    @property
    def standing(self) -> Standing:
        """Say how the code stands now."""
        return standing(
            revoked=self.revoked_on is not None, state=self.state, opens_on=self.opens_on,
            closes_on=self.closes_on, sealed=self.sealed,
        )  # fmt: skip


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


def _load(code: str) -> Place | None:
    newer = aliased(QrCode)
    replaced = exists().where(
        newer.campaign_id == QrCode.campaign_id,
        newer.unit_id == QrCode.unit_id,
        newer.revoked_on.is_(None),
    )
    query = (
        select(QrCode, replaced)
        .where(QrCode.code == code)
        .options(
            joinedload(QrCode.campaign).joinedload(Campaign.organisation),
            joinedload(QrCode.campaign).joinedload(Campaign.questionnaire_version),
            joinedload(QrCode.unit).joinedload(Unit.parent).joinedload(Unit.parent),
        )
    )
    found = session().execute(query).one_or_none()
    return None if found is None else _place(found[0], replaced=found[1])


def _place(code: QrCode, *, replaced: bool) -> Place:
    campaign, unit, version = code.campaign, code.unit, code.campaign.questionnaire_version
    return Place(
        code=code.code,
        unit_id=unit.id,
        unit_name=unit.full_name,
        unit_running=unit.running_name,
        unit_line=unit.line_above,
        campaign_id=campaign.id,
        campaign_version=campaign.version,
        version_id=version.id,
        digest=version.digest,
        definition=_definition(version.content),
        headline=campaign.headline,
        about=campaign.about,
        minutes=campaign.minutes,
        organisation=campaign.organisation.name,
        opens_on=campaign.opens_on,
        closes_on=campaign.closes_on,
        state=campaign.state,
        sealed=campaign.is_sealed,
        revoked_on=code.revoked_on,
        revoke_reason=code.revoke_reason,
        replaced=code.revoked_on is not None and replaced,
    )


@lru_cache(maxsize=64)
def _definition(content: str) -> Definition:
    return Definition.from_json(content)
