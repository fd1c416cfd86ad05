"""Where a code leads: the unit, the campaign and its questions, kept in memory for a moment."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import bindparam, exists, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import aliased

from portal.core import clock
from portal.core.database import session
from portal.core.keep import Kept
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.phase import Phase, State
from portal.features.campaigns.wording import headline_in
from portal.features.org_units.models import Organisation, Unit, running_name
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.models import QuestionnaireVersion


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

    @property
    def was_open(self) -> bool:
        """Say whether a form may have been sent here at some time."""
        never = {Standing.EARLY, Standing.CANCELLED}
        return self.standing not in never and self.opens_on <= clock.today()


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


_above, _top, _newer = aliased(Unit), aliased(Unit), aliased(QrCode)
_FOUND = (
    select(
        QrCode.code, QrCode.unit_id, QrCode.revoked_on, QrCode.revoke_reason,
        Unit.name, Unit.full_name, _above.full_name.label("above"), _top.full_name.label("top"),
        Campaign.id.label("campaign_id"), Campaign.version.label("campaign_version"),
        Campaign.version_id, Campaign.headline, Campaign.about, Campaign.minutes,
        Campaign.opens_on, Campaign.closes_on, Campaign.state, Campaign.sealed_on,
        Organisation.name.label("organisation"), QuestionnaireVersion.digest,
        exists().where(
            _newer.campaign_id == QrCode.campaign_id, _newer.unit_id == QrCode.unit_id,
            _newer.revoked_on.is_(None),
        ).label("has_live_code"),
    )
    .join(Campaign, Campaign.id == QrCode.campaign_id)
    .join(Unit, Unit.id == QrCode.unit_id)
    .join(Organisation, Organisation.id == Campaign.organisation_id)
    .join(QuestionnaireVersion, QuestionnaireVersion.id == Campaign.version_id)
    .outerjoin(_above, _above.id == Unit.parent_id)
    .outerjoin(_top, _top.id == _above.parent_id)
    .where(QrCode.code == bindparam("code"))
)  # fmt: skip


def _load(code: str) -> Place | None:
    # Columns, not objects: every code is asked for again every few seconds.
    found = session().connection().execute(_FOUND, {"code": code}).one_or_none()
    if found is None:
        return None
    return Place(
        code=found.code,
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
        minutes=found.minutes,
        organisation=found.organisation,
        opens_on=found.opens_on,
        closes_on=found.closes_on,
        state=found.state,
        sealed=found.sealed_on is not None,
        revoked_on=found.revoked_on,
        revoke_reason=found.revoke_reason,
        replaced=found.revoked_on is not None and found.has_live_code,
    )


@lru_cache(maxsize=64)
def _definition(digest: str) -> Definition:
    query = select(QuestionnaireVersion.content).where(QuestionnaireVersion.digest == digest)
    return Definition.from_json(session().scalars(query).one())
