"""The sample's inspections in the open survey: done, planned, overdue; the people are made up."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from portal.cli.sample import accounts
from portal.core import clock
from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.inspections import following, queries, services
from portal.features.inspections.checklist import points
from portal.features.inspections.following import FollowUp
from portal.features.inspections.models import Inspection, Point, Verdict
from portal.features.inspections.services import Findings, Visits
from portal.features.org_units.models import Unit

_WARD, _COMMUNE = "07207", "07576"
_CITY, _DISTRICT, _INSPECTOR = "huyen.tpbacgiang", "huyen.lucngan", "tinh.kiemtra"
_PLACE = "Bộ phận một cửa"
_TWO = "Nguyễn Văn A (mẫu), Phó Trưởng ban; Trần Thị B (mẫu), chuyên viên"
_REMARKS = {
    "roster": "Lịch phân công mới có buổi sáng, chưa có buổi chiều",
    "channel_loa_truyen_thanh": "Tổ dân phố số 4 chưa phát",
}


def create(campaign: Campaign) -> None:
    """Have the districts and the province visit some communes, some of it still ahead."""
    first, today = campaign.opens_on, clock.today()
    ward = _visit(campaign, _CITY, [_WARD], first)[0]
    _record(_CITY, ward, first, _REMARKS)
    _follow_up(ward)
    services.reply(
        accounts.acting("xa.ngoquyen"), ward,
        "Phường đã bổ sung lịch buổi chiều và phát loa ở tổ dân phố số 4 ngay trong ngày.",
    )  # fmt: skip
    _visit(campaign, _CITY, ["07210", "07213", "07216"], today + timedelta(days=1))
    _visit(campaign, _DISTRICT, [_COMMUNE], today - timedelta(days=1))
    by_province = _visit(campaign, accounts.DRAFTER, [_COMMUNE], first + timedelta(days=1))[0]
    _record(_INSPECTOR, by_province, first + timedelta(days=1), {})


def _visit(campaign: Campaign, who: str, codes: list[str], day: date) -> list[Inspection]:
    units = session().scalars(select(Unit.id).where(Unit.code.in_(codes)).order_by(Unit.id))
    actor, wanted = accounts.acting(who), frozenset(units)
    services.plan(actor, campaign, Visits(wanted, day, _TWO, _PLACE))
    every = queries.of_campaign(actor, campaign.id)
    return [one for one in every if one.unit_id in wanted and one.planned_on == day]


def _record(who: str, inspection: Inspection, day: date, missed: Mapping[str, str]) -> None:
    looked = tuple(
        Point(one.key, one.text, Verdict.MISSED if one.key in missed else Verdict.MET,
              missed.get(one.key, ""))
        for one in points(inspection)
    )  # fmt: skip
    words = "Nơi tiếp dân gọn gàng, có chỗ ngồi chờ; người hướng dẫn nắm việc, không gợi ý."
    found = Findings(day, _TWO, _PLACE, looked, words)
    services.save(accounts.acting(who), inspection, found, inspection.version, finish=True)


def _follow_up(inspection: Inspection) -> None:
    doer, what = following.doers(inspection)[0], following.suggested(inspection)
    wanted = FollowUp(what, doer.id, clock.today() + timedelta(days=1))
    following.order(accounts.acting(_CITY), inspection, wanted)
