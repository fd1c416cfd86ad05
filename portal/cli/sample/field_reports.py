"""The sample's daily reports: every day of the open survey, some late, one corrected, two odd."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from portal.cli.sample.campaigns import SHOWN
from portal.core import clock
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.campaigns import queries
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Denominator
from portal.features.field_reports.models import DailyEntry, Explanation
from portal.features.org_units.models import Organisation, Unit
from portal.features.surveys import participation

_USUAL = (0.62, 0.88)
_EAGER, _SHY = 41, 77
"""Every so many units one is above the band, or below it."""
_LATE, _CORRECTED, _NOT_TODAY = 23, 31, 4
_STAFF = "Nguyễn Văn A, cán bộ Hội Nông dân xã\nTrần Thị B, hội viên Hội Nông dân xã"


def create(campaign: Campaign) -> None:
    """Report every day of a survey until today; the commune of the demo has today's still ahead.

    Args:
        campaign: open, with answers.
    """
    answers = participation.by_unit_and_day([campaign.id])[campaign.id]
    units = sorted(queries.unit_ids(campaign.id))
    shown, able = {unit.id for unit in _shown()}, _with_a_body()
    rows = [
        row
        for place, unit in enumerate(units)
        if unit in able
        for row in _of_unit(campaign, unit, place, answers.get(unit, {}), unit in shown)
    ]
    with write() as current:
        current.execute(
            update(Campaign).where(Campaign.id == campaign.id)
            .values(denominator=Denominator.VISITS)
        )  # fmt: skip
        current.execute(insert(DailyEntry), rows)
        current.add(Explanation(
            campaign_id=campaign.id, unit_id=units[_EAGER], side="high", percent=125,
            text="Nhiều người nhận mã QR ở nhà văn hóa thôn rồi trả lời ở nhà, không đến làm thủ "
            "tục.", given_at=clock.now(), given_by="Cán bộ mẫu",
        ))  # fmt: skip
        audit.record(audit.OPERATOR, audit.Act(
            "daily_report:sample", "campaign", campaign.id, subject_name=campaign.name,
            changes={"entries": [0, len(rows)]},
        ))  # fmt: skip


def _shown() -> list[Unit]:
    return session().query(Unit).filter_by(code=SHOWN).order_by(Unit.id).all()


def _with_a_body() -> set[int]:
    """Give the units where somebody could report at all."""
    return set(session().scalars(select(Organisation.unit_id).order_by(Organisation.unit_id)))


def _of_unit(
    campaign: Campaign, unit: int, place: int, answers: Mapping[date, int], shown: bool
) -> Iterator[dict[str, Any]]:
    chance, today = random.Random(f"{unit}"), clock.today()  # noqa: S311 - a sample
    rate = 1.25 if place % _SHY == _EAGER else 0.3 if place % _SHY == 0 else chance.uniform(*_USUAL)
    for n in range((today - campaign.opens_on).days + 1):
        day = campaign.opens_on + timedelta(days=n)
        if day == today and (shown or place % _NOT_TODAY == 0):
            continue
        came = answers.get(day, 0)
        visits = round(came / rate) if came else chance.randint(2, 6)
        late = (place + n) % _LATE == 0
        entry = {
            "campaign_id": campaign.id, "unit_id": unit, "day": day, "number": 1,
            "visits": visits, "helped": round(visits * 0.7), "staff": _STAFF, "remarks": "",
            "reason": "", "late": late, "reported_by": "Cán bộ mẫu",
            "reported_at": clock.day_start(day) + timedelta(hours=18 if late else 16, minutes=20),
        }  # fmt: skip
        yield entry
        if (place + n) % _CORRECTED == 0:
            yield entry | {
                "number": 2, "visits": visits + 1, "reason": "Cộng sót một lượt buổi chiều.",
                "late": True, "reported_at": clock.day_start(day) + timedelta(hours=19),
            }  # fmt: skip
