"""The sample's surveys: open, closed with results, announced, still a draft; one of two tiers."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from portal.cli.sample import accounts, answers
from portal.core import clock
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.campaigns import code_queries, issuing, queries, services
from portal.features.campaigns.drafting import CampaignInput
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.campaigns.phase import Phase
from portal.features.campaigns.wording import minutes_needed
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.org_units.models import Unit
from portal.features.surveys import fold
from portal.web.actor import Account

SHOWN = "07207"
"""Phường Ngô Quyền: the commune whose codes the demo links lead to."""
_REISSUED = "07213"
_PROVINCE, _TWO_TIERS = "24", "19"
_WARD_ANSWERS = 41
_SILENT, _SMALL, _CROWDED = 8, 6, 2


@dataclass(frozen=True)
class _Words:
    """What people read of a survey."""

    questionnaire: str
    headline: str
    about: str
    audience: str
    supporter: str
    fallback_supporter: str = ""


_DEMOCRACY = _Words(
    "PKS03",
    "Ông/bà thấy dân chủ ở [đơn vị] ta ra sao?",
    "Kết quả thực hiện quy chế dân chủ ở xã, phường, thị trấn",
    "Người dân đến làm thủ tục tại Bộ phận tiếp nhận và trả kết quả của xã, phường, thị trấn",
    "Hội Nông dân xã, phường, thị trấn",
    "Khối Dân vận, nơi không có Hội Nông dân",
)
_FRIENDLINESS = _Words(
    "PKS07",
    "Ông/bà hài lòng với chính quyền [đơn vị] ta đến đâu?",
    "Mức độ hài lòng của người dân đối với chính quyền thân thiện",
    "Người dân trong các nhóm Zalo của Tổ dân vận cộng đồng",
    "Tổ, Nhóm Dân vận cộng đồng",
)
_OFFICES = _Words(
    "PKS01",
    "Đồng chí thấy dân chủ ở cơ quan [đơn vị] ra sao?",
    "Thực hiện quy chế dân chủ trong cơ quan xã, phường, thị trấn",
    "Cán bộ, công chức làm việc tại cơ quan xã, phường, thị trấn",
    "Công đoàn các cấp",
)


def create_all(today: date) -> None:
    """Make them all, with answers where there would be some by today."""
    past = today - timedelta(days=30)
    closed = _draft(_FRIENDLINESS, today, today, f"PKS 07 tháng {past:%m/%Y}")
    _approve(closed)
    _move_back(closed, past, past + timedelta(days=6))
    _fill(closed, _spread(closed, median=55, silent=0, small=3, seed="closed"), today)
    fold.seal_closed()
    create_open(today)
    soon, later = today + timedelta(days=4), today + timedelta(days=30)
    announced = _draft(_OFFICES, soon, soon + timedelta(days=2), f"PKS 01 năm {soon.year}")
    _approve(announced)
    _draft(_FRIENDLINESS, later, later + timedelta(days=6), f"PKS 07 tháng {later:%m/%Y}")


def create_open(today: date, name: str = "") -> None:
    """Make one that is open for two weeks more, and the same in the ward of two tiers."""
    name = name or f"PKS 03 năm {today.year}"
    opens_on, closes_on = today - timedelta(days=4), today + timedelta(days=13)
    campaign = _draft(_DEMOCRACY, opens_on, closes_on, name)
    _approve(campaign)
    spread = _spread(campaign, median=42, silent=_SILENT, small=_SMALL, seed="open")
    _fill(campaign, spread, today)
    operator = accounts.operator_for(_TWO_TIERS)
    ward = _draft(_DEMOCRACY, opens_on, closes_on, name, operator)
    _approve(ward, operator)
    _fill(ward, dict.fromkeys(_units(ward), _WARD_ANSWERS), today)
    fold.fold_pending()
    places = code_queries.points_at([unit.id for unit in _units(campaign)])
    issuing.issue_for_points(accounts.acting(accounts.DRAFTER), campaign, places)
    _date_codes(campaign)
    issuing.reissue(
        accounts.acting(accounts.DRAFTER), _code(campaign, _REISSUED),
        "Áp phích cũ bị thất lạc, phường đã dán áp phích mới.",
    )  # fmt: skip


def keep_one_open(today: date) -> bool:
    """Open a further survey when the last one is over; say whether that was needed."""
    if open_one() is not None:
        return False
    create_open(today, f"PKS 03 mở ngày {clock.format_date(today - timedelta(days=4))}")
    return True


def open_one() -> Campaign | None:
    """Give the province's survey that is open now."""
    return next((one for one in _of_province() if one.phase == Phase.OPEN), None)


def links() -> dict[str, str]:
    """Give an address of every kind of answer a citizen can meet, as paths."""
    found: dict[str, str] = {}
    kinds = {Phase.OPEN: "survey", Phase.CLOSED: "survey_closed", Phase.READY: "survey_early"}
    for campaign in _of_province():
        if (kind := kinds.get(campaign.phase)) and (shown := _shown(campaign)):
            found[kind] = f"/{shown}"
    withdrawn = select(QrCode.code).where(QrCode.revoked_on.is_not(None)).order_by(QrCode.code)
    if code := session().scalar(withdrawn.limit(1)):
        found["survey_revoked"] = f"/{code}"
    return found


def _shown(campaign: Campaign) -> str | None:
    """Give the code of the ward that is shown; its last one if a reform has ended it since."""
    query = select(QrCode.code).join(Unit, Unit.id == QrCode.unit_id)
    mine = (QrCode.campaign_id == campaign.id) & QrCode.point_id.is_(None) & (Unit.code == SHOWN)
    return session().scalar(
        query.where(mine).order_by(QrCode.revoked_on.is_not(None), QrCode.code).limit(1)
    )


def _of_province() -> list[Campaign]:
    query = select(Campaign).join(Unit, Unit.id == Campaign.unit_id).where(Unit.code == _PROVINCE)
    return list(session().scalars(query.order_by(Campaign.opens_on, Campaign.id)))


def _draft(
    words: _Words, opens_on: date, closes_on: date, name: str, author: Account | None = None
) -> Campaign:
    author = author or accounts.acting(accounts.DRAFTER)
    version = queries.asked_by(author.unit_id, words.questionnaire)
    assert version is not None, words.questionnaire
    given = CampaignInput(
        version_id=version.id, name=name, opens_on=opens_on, closes_on=closes_on,
        headline=words.headline, about=words.about, audience=words.audience,
        supporter=words.supporter, fallback_supporter=words.fallback_supporter,
        minutes=minutes_needed(version.definition),
    )  # fmt: skip
    return services.create(author, given)


def _approve(campaign: Campaign, approver: Account | None = None) -> None:
    CAMPAIGN.fire(approver or accounts.acting(accounts.APPROVER), campaign.id, "approve")


def _move_back(campaign: Campaign, opens_on: date, closes_on: date) -> None:
    """Pretend that it was some time ago: the one thing here that no page can do."""
    with write() as current:
        current.refresh(campaign)
        before = campaign.closes_on
        campaign.opens_on, campaign.closes_on = opens_on, closes_on
        audit.record(audit.OPERATOR, audit.Act(
            "campaign:moved_back", "campaign", campaign.id, subject_name=campaign.name,
            unit_id=campaign.unit_id, reason="Dữ liệu mẫu",
            changes={"closes_on": [before, closes_on]},
        ))  # fmt: skip


def _date_codes(campaign: Campaign) -> None:
    """Pretend that the codes were made before the opening, and used from its second day on."""
    of_it = update(QrCode).where(QrCode.campaign_id == campaign.id)
    with write() as current:
        current.execute(of_it.values(issued_on=campaign.opens_on - timedelta(days=7)))
        used = of_it.where(QrCode.used_on.is_not(None))
        current.execute(used.values(used_on=campaign.opens_on + timedelta(days=1)))


def _fill(campaign: Campaign, spread: Mapping[Unit, int], today: date) -> None:
    length = (min(campaign.closes_on, today) - campaign.opens_on).days + 1
    days = [campaign.opens_on + timedelta(days=n) for n in range(length)]
    answers.invent(
        campaign.id, campaign.questionnaire_version.definition, spread, days, campaign.name
    )


def _spread(
    campaign: Campaign, *, median: int, silent: int, small: int, seed: str
) -> dict[Unit, int]:
    """Say how many answered where: most around the median, a few none, few or very many."""
    luck = random.Random(seed)  # noqa: S311 - made-up answers
    units = sorted(_units(campaign), key=lambda unit: unit.code)
    spread = {unit: max(10, round(median * luck.lognormvariate(0, 0.38))) for unit in units}
    quiet = [unit for unit in units if unit.code != SHOWN]
    odd = luck.sample(quiet, silent + small + _CROWDED)
    spread |= dict.fromkeys(odd[:silent], 0)
    spread |= {unit: luck.randint(1, 4) for unit in odd[silent : silent + small]}
    spread |= {unit: median * luck.randint(6, 8) for unit in odd[silent + small :]}
    return spread


def _units(campaign: Campaign) -> Sequence[Unit]:
    query = select(Unit).where(Unit.id.in_(queries.unit_ids(campaign.id)))
    return session().scalars(query.options(joinedload(Unit.parent)).order_by(Unit.id)).all()


def _code(campaign: Campaign, unit_code: str) -> QrCode:
    query = select(QrCode).join(Unit, Unit.id == QrCode.unit_id)
    mine = query.where(QrCode.campaign_id == campaign.id, QrCode.revoked_on.is_(None))
    return session().scalars(mine.where(Unit.code == unit_code)).one()
