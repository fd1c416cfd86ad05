"""What two communes of the sample have made public: one nearly everything, one a beginning."""

from datetime import date, timedelta
from importlib.resources import files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont
from werkzeug.datastructures import FileStorage

from portal.cli.sample import accounts
from portal.core import clock
from portal.features.campaigns.models import Campaign
from portal.features.evidence import services as evidence
from portal.features.evidence.services import Photo
from portal.features.publicity import services
from portal.features.publicity.taking import NewPosting

_WARD, _COMMUNE = "xa.ngoquyen", "xa.quyson"


def create(campaign: Campaign) -> None:
    """Record it all; photos are drawn and look it."""
    ward = accounts.acting(_WARD)
    first = min(campaign.opens_on - timedelta(days=3), clock.today())
    both = ("plan", "roster")
    board = NewPosting(both, "niem_yet", first, place="Bảng tin bộ phận một cửa")
    services.record(ward, board, campaign, _photos("Bảng tin phường (ảnh mẫu)"))
    page = NewPosting(both, "trang_tin_dien_tu", first)
    services.record(ward, page, campaign, links=["https://ngoquyen.example.vn/ke-hoach-khao-sat"])
    loud = NewPosting(both, "loa_truyen_thanh", first, first + timedelta(days=4),
                      place="Loa 6 tổ dân phố", times="5:30, 17:00")  # fmt: skip
    services.record(ward, loud, campaign)
    services.record(ward, NewPosting(("plan",), "zalo", first), campaign)
    begun = NewPosting(("plan",), "niem_yet", first, place="Trụ sở xã")
    services.record(accounts.acting(_COMMUNE), begun, campaign, _photos("Bảng tin xã (ảnh mẫu)"))
    _of_the_law(clock.today())


def _of_the_law(today: date) -> None:
    ward = accounts.acting(_WARD)
    budget = NewPosting(
        ("ngan_sach",), "niem_yet", today - timedelta(days=12), today + timedelta(days=17),
        title="Dự toán ngân sách phường (mẫu)", place="Trụ sở phường",
        decided_on=today - timedelta(days=16),
    )  # fmt: skip
    services.record(ward, budget, None, _photos("Dự toán ngân sách (ảnh mẫu)"))
    road = NewPosting(
        ("dat_dai_du_an",), "niem_yet_thon", today - timedelta(days=60),
        today - timedelta(days=41), title="Dự án đường Tổ dân phố số 3 (mẫu)",
        place="Nhà văn hóa tổ dân phố số 3",
    )  # fmt: skip
    services.record(ward, road, None, _photos("Nhà văn hóa (ảnh mẫu)"))


def _photos(words: str) -> list[Photo]:
    """Draw a board with a few sheets of paper on it."""
    sheet = Image.new("RGB", (1200, 900), "#c9b99a")
    pen = ImageDraw.Draw(sheet)
    for n in range(3):
        left = 90 + n * 360
        pen.rectangle((left, 140, left + 300, 620), fill="#fffdf7", outline="#857e6e", width=3)
        for row in range(11):
            right = left + 270 - (row * 37 + n * 53) % 90
            pen.line((left + 30, 200 + row * 36, right, 200 + row * 36), fill="#8a93a0", width=7)
    pen.rectangle((0, 760, 1200, 900), fill="#1d4b86")
    font = ImageFont.truetype(str(files("portal.fonts") / "BeVietnamPro-600.ttf"), 44)
    pen.text((40, 795), words, fill="#ffffff", font=font)
    stream = BytesIO()
    sheet.save(stream, "JPEG")
    stream.seek(0)
    return evidence.read_photos([FileStorage(stream, filename="mau.jpg")])
