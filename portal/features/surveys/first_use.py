"""That somebody has come by a code: known from the fold alone, never from one answer.

An answer keeps no code, only its point and its channel; so the day goes to the live code of that
place, unless an older one was withdrawn on or after the day of the latest of these answers.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import exists, update
from sqlalchemy.orm import aliased

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns.models import QrCode
from portal.features.surveys.channels import Channel

_older = aliased(QrCode)


def note(campaign_id: int, unit_id: int, rows: Iterable[Any]) -> None:
    """Write today into the codes of a unit by which these answers are the first (inside a write).

    Args:
        campaign_id: the campaign.
        unit_id: the unit, of which at least k answers are folded at once.
        rows: answers with their day, channel and point.
    """
    latest: dict[int | None, date] = {}
    for row in rows:
        if row.channel == Channel.QR:
            latest[row.point_id] = max(row.day, latest.get(row.point_id, row.day))
    for point_id, day in latest.items():
        _mark(campaign_id, unit_id, point_id, day)


def _mark(campaign_id: int, unit_id: int, point_id: int | None, day: date) -> None:
    withdrawn_since = exists().where(
        _older.campaign_id == campaign_id,
        _older.unit_id == unit_id,
        _older.point_id.is_not_distinct_from(point_id),
        _older.revoked_on >= day,
    )
    first = update(QrCode).where(
        QrCode.campaign_id == campaign_id,
        QrCode.unit_id == unit_id,
        QrCode.point_id.is_not_distinct_from(point_id),
        QrCode.revoked_on.is_(None),
        QrCode.used_on.is_(None),
        ~withdrawn_since,
    )
    session().execute(first.values(used_on=clock.today()))
