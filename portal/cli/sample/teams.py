"""Two working teams of the sample's open survey: one accepted with its decision, one waiting."""

from sqlalchemy import select

from portal.cli.sample import accounts
from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Unit
from portal.features.teams import decision, queries, services
from portal.features.teams.models import Member, Part, Team
from portal.features.teams.workflow import TEAM

_WARD = (
    Member("Nguyễn Văn A", "Phó Bí thư Thường trực", "Đảng ủy phường", Part.HEAD, "0912 000 101"),
    Member("Trần Thị B", "Trưởng khối Dân vận", "Đảng ủy phường", Part.DEPUTY, "0912 000 102"),
    Member("Lê Văn C", "Chủ tịch", "Hội Nông dân phường", Part.MEMBER, "0912 000 103"),
    Member("Phạm Thị D", "Chủ tịch", "Ủy ban Mặt trận Tổ quốc phường"),
    Member("Hoàng Văn E", "Công chức Văn hóa - Xã hội", "Ủy ban nhân dân phường",
           Part.DATA_ENTRY, "0912 000 105"),
)  # fmt: skip
_COMMUNE = (
    Member("Vũ Văn G", "Phó Bí thư Thường trực", "Đảng ủy xã", Part.HEAD, "0912 000 201"),
    Member("Đỗ Thị H", "Chủ tịch", "Hội Nông dân xã"),
    Member("Bùi Văn K", "Công chức Văn phòng", "Ủy ban nhân dân xã", Part.DATA_ENTRY),
)  # fmt: skip


def create(campaign: Campaign) -> None:
    """Make them; names and numbers are made up and look it."""
    ward = accounts.acting("xa.ngoquyen")
    team = _sent("xa.ngoquyen", campaign, "07207", _WARD)
    organs = decision.organs(ward)
    if organs:
        decision.draft(ward, team, organs[0].id)
    TEAM.fire(accounts.acting("huyen.tpbacgiang"), team.id, "accept")
    _sent("xa.quyson", campaign, "07576", _COMMUNE)


def _sent(username: str, campaign: Campaign, code: str, members: tuple[Member, ...]) -> Team:
    actor = accounts.acting(username)
    unit_id = session().scalars(select(Unit.id).where(Unit.code == code)).one()
    begun = queries.at(actor, campaign, unit_id)
    assert begun is not None
    team = services.save(actor, begun, members, 0)
    return TEAM.fire(actor, team.id, "submit")
