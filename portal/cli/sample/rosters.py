"""Two rosters of the sample's open survey: one sent and accepted, one still being made."""

from datetime import timedelta

from sqlalchemy import select

from portal.cli.sample import accounts
from portal.core.database import session, write
from portal.core.pasting import Table, of_rows
from portal.features.campaigns.models import Campaign, CampaignStep
from portal.features.org_units.models import Unit
from portal.features.rosters import queries, sending, services
from portal.features.rosters.checking import COLUMNS
from portal.features.rosters.queries import Desk
from portal.features.rosters.sending import Sending

_PLACE = "Bộ phận một cửa"
_PEOPLE = tuple("ABCDEGHIKLMN")
_FAMILIES = ("Nguyễn Văn", "Trần Thị", "Lê Văn", "Phạm Thị", "Hoàng Văn", "Vũ Thị")


def create(campaign: Campaign) -> None:
    """Make them; names and numbers are made up and look it."""
    _set_way(campaign)
    _sent(_desk(campaign, "07207"))
    making = _desk(campaign, "07576")
    services.take(accounts.acting("xa.quyson"), making, _table(making, 3), replaces=False)


def _set_way(campaign: Campaign) -> None:
    """Let the lists go by the association to Ban Dân vận, as in plan 001."""
    way = (
        ("commune", "working_team"), ("province", "farmers"), ("province", "mass_mobilisation"),
    )  # fmt: skip
    with write() as current:
        current.add_all(
            CampaignStep(campaign_id=campaign.id, number=number, level=level, kind=kind)
            for number, (level, kind) in enumerate(way, 1)
        )


def _sent(desk: Desk) -> None:
    ward = accounts.acting("xa.ngoquyen")
    services.take(ward, desk, _table(desk, len(desk.days)), replaces=False)
    roster = queries.of_unit(desk.campaign.id, desk.unit.id)
    assert roster is not None
    sending.send(ward, desk, Sending(told=True, version=roster.version))
    sending.judge(accounts.acting("tinh.hoinongdan"), [roster.id], "accept")


def _desk(campaign: Campaign, code: str) -> Desk:
    unit_id = session().scalars(select(Unit.id).where(Unit.code == code)).one()
    desk = queries.desk_of(campaign, unit_id)
    assert desk is not None
    return desk


def _village(desk: Desk) -> str:
    """Give what the parts of a unit are called: a ward has no thôn."""
    return "tổ dân phố" if desk.unit.full_name.startswith("Phường") else "thôn"


def _table(desk: Desk, days: int) -> Table:
    """Give two people a day, one on its own in the afternoon."""
    rows = []
    for at in range(days):
        day = f"{desk.days[0] + timedelta(days=at):%d/%m/%Y}"
        for place, half in enumerate(("Sáng", "Cả ngày", "Chiều")[: 2 if at % 3 else 3]):
            n = (at * 2 + place) % len(_PEOPLE)
            name = f"{_FAMILIES[n % len(_FAMILIES)]} {_PEOPLE[n]}"
            where = _PLACE if place < 2 else f"Nhà văn hóa {_village(desk)} số 2"
            rows.append((name, "Hội Nông dân", f"0912 000 {n + 1:03}", day, half, where))
    return of_rows(rows, COLUMNS)
