"""The sample's nominations in the open survey, in almost every state; the people are made up."""

from sqlalchemy import select

from portal.cli.sample import accounts
from portal.core.database import session
from portal.features.campaigns.models import Campaign
from portal.features.nominations import queries, services
from portal.features.nominations.models import Kind
from portal.features.nominations.services import NominationInput
from portal.features.nominations.workflow import NOMINATION, needs_district
from portal.features.org_units.models import Unit

_WARD, _COMMUNE, _QUIET = "07207", "07576", "07210"
_CITY, _DISTRICT = "huyen.tpbacgiang", "huyen.lucngan"
_INSPECTOR, _LEADER = "tinh.kiemtra", accounts.APPROVER
_TEAM = "Tổ công tác"
_ON_TIME = (
    "Niêm yết, phát loa đủ và đúng hạn; bố trí người hỗ trợ cả hai buổi ở bộ phận một cửa. Báo cáo "
    "ngày đầy đủ, có ảnh.\nCách làm hay: đặt mã QR ngay chỗ chờ lấy số, người dân trả lời trong "
    "lúc chờ."
)
_HELPS = (
    "Trực tiếp hướng dẫn người cao tuổi mở phiếu trên điện thoại, không trả lời thay. Vận động các "
    "tổ dân vận cộng đồng chuyển lời mời trong ngày đầu."
)
_SPREAD = "Đưa lời mời đến đủ các nhóm Zalo của thôn; họp thôn nói rõ phiếu không hỏi tên."

# Who proposes, for which unit, a body's first words or a person, what was done; then whose step.
_Steps = tuple[tuple[str, str, str], ...]
_NOMINATIONS: tuple[tuple[str, str, str, str, str, str, _Steps], ...] = (
    ("xa.ngoquyen", _WARD, _TEAM, "", "", _ON_TIME,
     ((_CITY, "endorse", ""), (_LEADER, "shortlist", ""))),
    ("xa.ngoquyen", _WARD, "", "Nguyễn Văn A (mẫu)", "Tổ trưởng tổ dân phố số 2", _HELPS, ()),
    (_DISTRICT, _COMMUNE, "", "", "", _SPREAD, ((_LEADER, "shortlist", ""),)),
    ("xa.quyson", _COMMUNE, _TEAM, "Trần Thị B (mẫu)", "Công chức Văn phòng - Thống kê", _HELPS,
     ((_DISTRICT, "endorse", "Đồng chí B làm tốt nhiều đợt liền."),)),
    (_INSPECTOR, _QUIET, "", "", "", "Qua kiểm tra ngày đầu: nơi niêm yết dễ thấy, có người hướng "
     "dẫn.", ()),
    (_CITY, _WARD, "", "Lê Văn C (mẫu)", "Phó trưởng khối Dân vận", _SPREAD,
     ((_LEADER, "reject", "Thành tích chung với Tổ công tác, đã có trong danh sách."),)),
)  # fmt: skip


def create_all(campaign: Campaign) -> None:
    """Have units, a district and an inspector propose, and those above judge some of it.

    Args:
        campaign: its rules ask for three to five.
    """
    for who, code, body, name, position, achievement, steps in _NOMINATIONS:
        unit = session().scalars(select(Unit).where(Unit.code == code)).one()
        bodies = [one.id for one in queries.bodies(unit.id) if body and one.name.startswith(body)]
        given = NominationInput(
            Kind.PERSON if name else Kind.COLLECTIVE, next(iter(bodies), None), name, position,
            achievement,
        )  # fmt: skip
        actor = accounts.acting(who)
        made = services.create(actor, campaign, unit, given)
        NOMINATION.fire(actor, made.id, "propose")
        for judge, step, reason in steps:
            if step == "endorse" and not needs_district(made):
                continue
            NOMINATION.fire(accounts.acting(judge), made.id, step, reason)
