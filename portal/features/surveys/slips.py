"""Slips for one answer each: their sixteen signs, and where they lead (docs/adr/0009).

A slip is known by its hash alone. That it is used follows from the form keys: the hash of a form
sent by a slip is the slip's own, so that the database itself counts it once.
"""

import re
import secrets
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import bindparam, exists, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portal.core.database import session
from portal.core.keep import Kept
from portal.features.campaigns.codes import ALPHABET
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.org_units.models import Point, Unit
from portal.features.surveys import form_keys, places
from portal.features.surveys.channels import Channel
from portal.features.surveys.models import FormKey, Slip, SlipBatch
from portal.features.surveys.places import Place

LENGTH: Final = 16
PRINTED: Final = "printed"
"""The state of a batch whose slips are good; once it is counted they are not."""
_SLIP: Final = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
_FOUND = places.with_names(
    select(
        *places.SHOWN, (SlipBatch.state != PRINTED).label("revoked"),
        exists().where(FormKey.hash == Slip.hash).label("used"),
    )
    .select_from(Slip)
    .join(SlipBatch, SlipBatch.id == Slip.batch_id)
    .join(Campaign, Campaign.id == SlipBatch.campaign_id)
    .join(Unit, Unit.id == SlipBatch.unit_id)
    .join(
        CampaignUnit,
        (CampaignUnit.campaign_id == Campaign.id) & (CampaignUnit.unit_id == Unit.id),
    )
    .outerjoin(Point, Point.id.is_(None))
    .where(Slip.hash == bindparam("hash"))
)  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A slip that this portal has printed."""

    place: Place
    """Where it leads; its code is the slip itself."""
    used: bool
    withdrawn: bool
    """Its batch has been counted: what was left over is good no more."""


_opened: Kept[str, Found] = Kept(2000, seconds=0)


def new() -> str:
    """Give a new random slip: 27 signs at 16 places are 76 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalise(text: str) -> str | None:
    """Give a slip as it is hashed, None when the text cannot be one.

    Args:
        text: as typed: capitals, spaces and any dashes between the signs do not matter.
    """
    bare = re.sub(r"[\s\-\u2010-\u2015]", "", text).lower()
    return bare if _SLIP.fullmatch(bare) else None


def find(slip: str) -> Found | None:
    """Give where a slip leads, None if there is none, or none any more after the sealing.

    While the database is away, a slip that was opened before still leads there: whoever is
    answering keeps the page, and is told honestly that the answer could not be stored.
    """
    try:
        return _opened.get(slip, lambda: _load(slip))
    except (OperationalError, PoolTimeout):
        if (known := _opened.last(slip)) is None:
            raise
        return known


def _load(slip: str) -> Found | None:
    row = fresh(slip)
    if row is None:
        return None
    place = places.placed(row, code=slip, revoked_on=None, revoke_reason="", replaced=False)
    return Found(replace(place, channel=Channel.SLIP), row.used, row.revoked)


def fresh(slip: str) -> Any:  # noqa: ANN401 - a row, None if there is no such slip
    """Give how a slip, its batch and its campaign stand at this moment."""
    found = session().connection().execute(_FOUND, {"hash": form_keys.of_slip(slip).hash})
    return found.one_or_none()
