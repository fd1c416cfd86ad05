"""What two communes of the sample have made public: one nearly everything, one a beginning."""

from datetime import date, timedelta

from portal.cli.sample import accounts, pictures
from portal.core import clock
from portal.features.campaigns.models import Campaign
from portal.features.publicity import services
from portal.features.publicity.taking import NewPosting

_WARD, _COMMUNE = "xa.ngoquyen", "xa.quyson"


def create(campaign: Campaign) -> None:
    """Record it all; photos are drawn and look it."""
    ward = accounts.acting(_WARD)
    first = min(campaign.opens_on - timedelta(days=3), clock.today())
    both = ("plan", "roster")
    board = NewPosting(both, "niem_yet", first, place="Bảng tin bộ phận một cửa",
                       sure=True)  # fmt: skip
    services.record(ward, board, campaign, pictures.board("Bảng tin phường (ảnh mẫu)"))
    page = NewPosting(both, "trang_tin_dien_tu", first, sure=True)
    services.record(ward, page, campaign, links=["https://ngoquyen.example.vn/ke-hoach-khao-sat"])
    loud = NewPosting(both, "loa_truyen_thanh", first, first + timedelta(days=4),
                      place="Loa 6 tổ dân phố", times="5:30, 17:00", sure=True)  # fmt: skip
    services.record(ward, loud, campaign)
    services.record(ward, NewPosting(("plan",), "zalo", first, sure=True), campaign)
    begun = NewPosting(("plan",), "niem_yet", first, place="Trụ sở xã", sure=True)
    services.record(
        accounts.acting(_COMMUNE), begun, campaign, pictures.board("Bảng tin xã (ảnh mẫu)")
    )
    _of_the_law(clock.today())


def _of_the_law(today: date) -> None:
    ward = accounts.acting(_WARD)
    budget = NewPosting(
        ("ngan_sach",), "niem_yet", today - timedelta(days=12), today + timedelta(days=17),
        title="Dự toán ngân sách phường (mẫu)", place="Trụ sở phường",
        decided_on=today - timedelta(days=16),
    )  # fmt: skip
    services.record(ward, budget, None, pictures.board("Dự toán ngân sách (ảnh mẫu)"))
    road = NewPosting(
        ("dat_dai_du_an",), "niem_yet_thon", today - timedelta(days=60),
        today - timedelta(days=41), title="Dự án đường Tổ dân phố số 3 (mẫu)",
        place="Nhà văn hóa tổ dân phố số 3",
    )  # fmt: skip
    services.record(ward, road, None, pictures.board("Nhà văn hóa (ảnh mẫu)"))
