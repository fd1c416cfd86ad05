"""Round 1 of plan 000, whole: the ward's electronic suggestion box (issue 6).

Its days are the plan's: the first round opens on Monday 22/01/2024. Twenty letters come at three
points and online; two weeks are counted.
"""

from dataclasses import dataclass, field
from io import BytesIO

import pytest

from portal.core.database import session
from portal.features.campaigns import queries as campaigns
from portal.features.mailbox import queries as mailbox
from portal.features.mailbox.models import Mailbox, MailboxPoint
from tests.journeys import desk, ward
from tests.journeys.carrying import World
from tests.journeys.citizens import CODE
from tests.journeys.desk import SECOND
from tests.journeys.ward import BOARD, CITY, POINTS, READER, WARD, YOUTH, Citizen
from tests.support import pictures

REFERRED_TO = "Chủ tịch Ủy ban nhân dân thành phố Bắc Giang"
OFFICIAL = "Cán bộ địa chính Nguyễn Văn Mẫu hẹn ba lần không gặp, nói phải có quà mới làm."
QUEUE = "Máy lấy số ở bộ phận một cửa hỏng từ thứ Hai, bà con chờ không biết đến lượt."
QUEUE_TOO = "Máy lấy số bộ phận một cửa hỏng mấy hôm nay, chờ mãi không biết đến lượt ai."
BRIBE = "Tôi tố cáo người ở tổ quản lý chợ thu tiền không biên lai, kèm ảnh tờ thu."


@dataclass
class Story:
    """Who is there, and the slips that citizens have kept."""

    world: World
    letters: dict[str, Citizen] = field(default_factory=dict)

    @property
    def box(self) -> Mailbox:
        return session().query(Mailbox).one()

    @property
    def codes(self) -> list[str]:
        """Give the codes that hang at the three points, then the box's own."""
        points = session().query(MailboxPoint).order_by(MailboxPoint.id)
        return [*(one.code for one in points), self.box.code]

    def writes(self, name: str, at: int, text: str, **told: object) -> Citizen:
        """Let somebody new write a letter at a point, 3 for online."""
        self.letters[name] = Citizen(self.world).writes(self.codes[at], text, **told)
        return self.letters[name]


@pytest.fixture
def story(app, monkeypatch):
    return Story(ward.world(app, monkeypatch))


def test_round_1_of_plan_000(story):
    the_plan_is_issued_and_the_youth_union_reads_its_duties(story)
    the_city_makes_its_key_for_two_holders(story)
    the_box_is_set_up_from_the_plan(story)
    it_hangs_at_three_points_with_posters_and_photos(story)
    round_1_opens_by_the_clock(story)
    people_write_on_the_first_day(story)
    the_first_morning_brings_them_shuffled(story)
    the_ward_cannot_open_what_is_about_its_official(story)
    the_city_opens_and_answers_it(story)
    letters_are_sorted_answered_approved_and_published(story)
    people_write_in_the_first_week(story)
    the_same_matter_is_merged(story)
    the_denunciation_goes_where_the_law_says(story)
    hiding_is_decided_above(story)
    the_first_week_is_counted_by_two(story)
    people_write_in_the_second_week(story)
    the_second_week_is_counted_by_two(story)
    senders_find_their_answers(story)
    everybody_reads_what_became_of_it(story)


# --- before


def the_plan_is_issued_and_the_youth_union_reads_its_duties(story):
    ward.issues_the_plan(story.world)
    text = story.world.at(WARD, YOUTH).page("/nhiem-vu").text
    assert "Xây dựng bộ câu hỏi, lập mã QR và hòm thư góp ý điện tử" in text
    assert "Hướng dẫn người dân góp ý; tổng hợp số lượng ý kiến" in text


def the_city_makes_its_key_for_two_holders(story):
    world = story.world
    assert "Phiếu khôi phục" in ward.makes_the_key(world).text
    world.at(CITY, BOARD, SECOND)
    page = world.at(CITY, BOARD).page("/khoa-mo-thu")
    page = page.follow("Mở khóa để đọc thư").submit("Mở khóa", words=ward.WORDS)
    page = page.submit("Tạo mã mời")
    code = CODE.findall(page.text)[0]
    page = world.at(CITY, BOARD, SECOND).page("/khoa-mo-thu").follow("Nhận giữ khóa")
    page = page.submit("Nhận giữ khóa", code=code, words=WORDS_TOO, again=WORDS_TOO)
    assert "Đồng chí đã giữ khóa mở thư." in page.text


WORDS_TOO = "bốn con thuyền giấy trôi xuôi"


def the_box_is_set_up_from_the_plan(story):
    story.world.comes(-7)
    client = story.world.at(WARD, YOUTH)
    page = client.page("/hom-thu").follow("Lập theo kế hoạch này")
    assert page.form("Lưu bản nháp").fields["rounds"].splitlines()[0] == "22/01/2024 – 25/03/2024"
    page = page.submit("Lưu bản nháp", runner_reads=["praise"])
    assert "Đã lưu bản nháp." in page.text, page.text
    page = page.submit("Thêm điểm đã chọn")
    assert "Đã thêm 3 điểm; mỗi điểm có mã riêng." in page.text
    assert story.box.reader.name == "Khối Dân vận phường Ngô Quyền"
    assert client.page(f"/h/{story.box.code}", status=404)
    story.world.at(WARD, READER)  # a box opens when somebody can read
    page = client.page(f"/hom-thu/{story.box.id}").submit("Mở hòm thư")
    assert "Đã mở hòm thư" in page.text, page.text


def it_hangs_at_three_points_with_posters_and_photos(story):
    world, box = story.world, story.box
    world.comes(-3)
    for name in POINTS:
        page = ward.puts_it_up(world, box, name)
        assert "Ngang tầm mắt" in page.text
    client = world.at(WARD, YOUTH)
    poster = client.get(f"/hom-thu/{box.id}/in.pdf?diem=tat-ca")
    assert poster.data.startswith(b"%PDF")
    page = client.page(f"/hom-thu/{box.id}/diem").follow("Nhà văn hóa tổ dân phố số 4")
    page = page.submit("Ghi đã quét thử", typed=story.codes[2][-4:])
    assert "Đã ghi: mã đặt ở đây quét được." in page.text
    assert "3/3 điểm đã có ảnh lắp đặt." in page.text
    page = client.page(f"/hom-thu/{box.id}").submit("Treo phiếu đánh giá")
    assert "Đã treo phiếu đánh giá kèm hòm thư; mỗi điểm có mã riêng." in page.text
    [ratings] = campaigns.of_plan(box.plan_id)
    assert mailbox.get(box.id).campaign_id == ratings.id
    done = client.page("/nhiem-vu").follow("Đã nộp, đã xong").text
    assert "Đặt hòm thư tại bộ phận một cửa và các nhà văn hóa" in done


# --- the first day


def round_1_opens_by_the_clock(story):
    story.world.comes(-1, hour=23, minute=59)
    citizen = Citizen(story.world).client
    assert citizen.page(f"/h/{story.codes[0]}").h1 == "Hòm thư chưa mở"
    story.world.comes(0, hour=0, minute=1)
    page = citizen.page(f"/h/{story.codes[0]}")
    assert page.h1 == "Gửi ý kiến"
    assert "Ai đọc? Khối Dân vận phường Ngô Quyền." in page.text


def people_write_on_the_first_day(story):
    story.world.comes(0)
    happy = story.writes("praise", 0, "Cô ở quầy hộ tịch hướng dẫn tận tình.", loai="praise")
    assert "hài lòng" in happy.noted.follow("Đánh giá phục vụ, không gắn với thư").text
    story.writes(
        "paper", 3, "Giấy hẹn trả ngày 15/01 mà nay chưa có, nhà ở 12 ngõ 5 đường Lê Lợi.",
        linh_vuc="Hộ tịch, chứng thực",
    )  # fmt: skip
    story.writes("lamp", 1, "Đèn đường trước nhà văn hóa tổ 2 tắt đã một tuần.", loai="report")
    paper = (BytesIO(pictures.told()), "giay.jpg")
    looked = Citizen(story.world).looks_over(story.codes[0], OFFICIAL, loai="report", anh=paper)
    assert "gửi thẳng cấp trên" in looked.text
    above = looked.submit("Gửi thẳng cấp trên")
    assert "Chỉ Ban Chỉ đạo thành phố Bắc Giang." in above.text
    story.letters["official"] = Citizen(story.world).sends(above)
    gone = story.writes("regretted", 3, "Tôi viết lúc nóng giận, xin bỏ.")
    assert gone.withdraws().h1 == "Ông/bà đã rút thư này"
    looked = Citizen(story.world).looks_over(story.codes[2], "Xin gọi tôi số 0912 345 678.")
    assert "Trong thư có số điện thoại." in looked.text
    story.letters["phone"] = Citizen(story.world).sends(looked.submit("Bỏ số này"))


def the_first_morning_brings_them_shuffled(story):
    world = story.world
    assert "Chưa có thư nào" in world.at(WARD, READER).page("/thu").text
    assert ward.morning(world, 1) == 6
    page = world.at(WARD, READER).page("/thu")
    assert len(page.rows()) == 1 + 6
    assert "Người gửi đã rút, nội dung đã xóa" in page.text
    assert page.text.count("Chưa mở đọc") == 4, page.text
    for words in ("Xin gọi tôi số", "Nguyễn Văn Mẫu", "Đèn đường"):  # nobody has opened any yet
        assert words not in page.text
    assert "Xin gọi tôi số ▪▪▪." in desk.opens(world, "Xin gọi tôi").text
    assert len(world.at(WARD, YOUTH).page("/thu").rows()) == 1 + 1
    assert "Chưa có thư nào" in world.at(WARD, "").page("/thu").text


def the_ward_cannot_open_what_is_about_its_official(story):
    page = desk.opens_sealed(story.world, WARD, READER)
    assert "Thư niêm phong – chỉ cấp trên mở được" in page.text
    assert "Mở khóa để đọc" not in page.text
    assert "Phân loại, giao giải quyết" not in page.buttons


def the_city_opens_and_answers_it(story):
    world = story.world
    page = desk.opens_sealed(world, CITY, BOARD)
    assert "Nguyễn Văn Mẫu" not in page.text
    page = desk.unlocks(page)
    assert OFFICIAL in page.text
    page = desk.answers(desk.sorts(page), "Ban Chỉ đạo thành phố đã kiểm tra và kiểm điểm.")
    page = desk.unlocks(desk.opens_sealed(world, CITY, BOARD, SECOND), WORDS_TOO)
    assert "đã kiểm tra và kiểm điểm" in page.text
    page = page.submit("Duyệt, trả lời người gửi")
    assert "Đã trả lời người gửi" in page.text, page.text


def letters_are_sorted_answered_approved_and_published(story):
    world = story.world
    page = desk.sorts(desk.opens(world, "Giấy hẹn"), body="Ban Phường Ngô Quyền")
    assert "Duyệt, trả lời người gửi" not in page.buttons
    page = desk.opens(world, "Giấy hẹn", body="")
    page = desk.answers(page, "Giấy đã ký, mời ông/bà tới nhận từ thứ Năm.")
    page = desk.opens(world, "Giấy hẹn")
    page = page.submit("Duyệt, trả lời người gửi")
    assert "Đã trả lời người gửi" in page.text
    desk.publishes(world, "Giấy hẹn")
    desk.handles(world, "Cô ở quầy", "Cảm ơn ông/bà, phường đã chuyển lời khen.")
    page = desk.answers(desk.sorts(desk.opens(world, "Đèn đường")), "Sẽ thay.")
    assert "Duyệt, trả lời người gửi" not in page.buttons
    page = desk.opens(world, "Đèn đường", who=SECOND)
    page = page.submit("Trả lại để viết lại", reason="Ghi rõ ngày thay")
    page = desk.answers(desk.opens(world, "Đèn đường"), "Thay bóng xong ngày 24/01.")
    desk.opens(world, "Đèn đường", who=SECOND).submit("Duyệt, trả lời người gửi")
    desk.publishes(world, "Đèn đường")


# --- the first week


def people_write_in_the_first_week(story):
    story.writes("queue", 0, QUEUE, loai="report")
    story.writes("queue too", 0, QUEUE_TOO, loai="report")
    story.writes("bribe", 3, BRIBE, loai="report", anh=(BytesIO(pictures.picture()), "thu.jpg"))
    story.writes("rude", 2, "Thằng trưởng khu ấy đúng là đồ vô học, cả nhà nó cũng thế.")
    story.writes("bench", 2, "Xin thêm ghế ngồi chờ ở nhà văn hóa số 4.")
    story.world.comes(3)
    story.writes("fee", 3, "Bảng thu phí nên dán ngay cửa ra vào.", linh_vuc="Tài chính, thuế, phí")
    story.writes("smile", 0, "Cán bộ trẻ chào hỏi niềm nở hơn trước.", loai="praise")
    assert ward.morning(story.world, 4) == 7


def the_same_matter_is_merged(story):
    world = story.world
    page = desk.opens(world, "mấy hôm nay")
    first = desk.opens(world, "hỏng từ thứ Hai").path.rsplit("/", 1)[1]
    page = page.submit("Gộp với thư cùng việc", into_id=first)
    assert "Đã gộp; người gửi mỗi thư đều thấy trả lời." in page.text, page.text
    desk.handles(world, "hỏng từ thứ Hai", "Máy lấy số đã sửa xong ngày 26/01.")


def the_denunciation_goes_where_the_law_says(story):
    page = desk.sorts(desk.opens(story.world, "tố cáo"), category="denunciation")
    assert page.form("Chuyển cơ quan có thẩm quyền").fields["referral_due_on"] == "06/02/2024"
    page = page.submit("Chuyển cơ quan có thẩm quyền", referred_to=REFERRED_TO)
    assert "Đã ghi chuyển cơ quan có thẩm quyền." in page.text, page.text
    assert f"{page.path}/cong-khai" not in [link.href.partition("?")[0] for link in page.links]


def hiding_is_decided_above(story):
    world = story.world
    desk.asks_to_hide(desk.opens(world, "Bảng thu phí"), "Nghe khó chịu")
    desk.asks_to_hide(desk.opens(world, "Xin thêm ghế"), "Không đúng việc")
    desk.asks_to_hide(desk.opens(world, "vô học"), "Lời xúc phạm gia đình người khác")
    page = desk.opens(world, "vô học")
    assert "Đồng ý ẩn" not in page.buttons
    city = world.at(CITY, BOARD)
    page = city.page("/thu")
    assert "Có 3 đề nghị ẩn thư chờ quyết định." in page.text
    for link in [one for one in page.links if one.text.startswith("Thư ") and "/thu/" in one.href]:
        page = city.page(link.href)
        insulting = "Lời xúc phạm gia đình người khác" in page.text
        page = page.submit("Đồng ý ẩn" if insulting else "Không ẩn", reason="Đã xem nguyên văn")
        assert ("Đã ẩn thư" if insulting else "Không đồng ý ẩn") in page.text
    text = world.at(WARD, READER).page("/thu").text
    assert "vô học" not in text
    assert "Bảng thu phí" in text


def the_first_week_is_counted_by_two(story):
    world = story.world
    world.comes(6)
    monday = desk.week(world.first, 1)
    page = world.at(WARD, YOUTH).page(f"/hom-thu/{story.box.id}/tuan/{monday}")
    assert "Lập và ký" not in page.buttons
    assert ward.morning(world, 7) == 0
    page = desk.counts_the_week(world, story.box, monday)
    assert "Báo cáo đã ban hành." in page.text, page.text
    assert "13 thư mới" in page.text
    board = world.at(WARD, BOARD).page("/van-ban-den")
    assert "tổng hợp hòm thư góp ý điện tử" in board.text.lower()


# --- the second week


def people_write_in_the_second_week(story):
    story.writes("late", 1, "Họp tổ dân phố nên báo trước ba ngày.")
    story.writes("again", 1, "Rác ở đầu ngõ 5 hai ngày chưa thu.", loai="report")
    story.writes("taken back", 0, "Bí mật: tôi thấy ở quầy ba một phong bì.", loai="report")
    assert ward.morning(story.world, 8) == 3
    desk.opens(story.world, "phong bì")
    assert story.letters["taken back"].withdraws().h1 == "Ông/bà đã rút thư này"
    story.world.comes(9)
    for n in range(4):
        story.writes(f"more {n}", n, f"Góp ý số {n}: giờ mở cửa nên dán ở cổng {n}.")
    assert ward.morning(story.world, 10) == 4
    assert len(story.letters) == 20
    assert "phong bì" not in story.world.at(WARD, READER).page("/thu").text


def the_second_week_is_counted_by_two(story):
    assert ward.morning(story.world, 14) == 0
    page = desk.counts_the_week(story.world, story.box, desk.week(story.world.first, 2))
    assert "Báo cáo đã ban hành." in page.text
    assert "7 thư mới" in page.text
    board = story.world.at(WARD, BOARD).page("/van-ban-den").text
    for first in ("22/01/2024", "29/01/2024"):
        assert f"tuần từ ngày {first}" in board


# --- what people find


def senders_find_their_answers(story):
    found = story.letters
    spoken = found["paper"].receipt.replace("-", " ").lower()
    page = found["paper"].follows(spoken)
    assert "Giấy đã ký, mời ông/bà tới nhận từ thứ Năm." in page.text
    assert "Ban Phường Ngô Quyền" in page.text
    page = found["official"].follows()
    assert OFFICIAL in page.text
    assert "Ban Chỉ đạo thành phố đã kiểm tra và kiểm điểm." in page.text
    opened = page.text.split("Ai đã mở thư")[1]
    assert "Ban Chỉ đạo thành phố Bắc Giang (cấp huyện)" in opened
    assert "Khối Dân vận" not in opened
    assert "Máy lấy số đã sửa xong" in found["queue too"].follows().text
    page = found["bribe"].follows()
    assert REFERRED_TO in page.text
    assert "06/02/2024" in page.text
    page = found["rude"].follows()
    assert page.h1 == "Thư đã bị ẩn"
    assert "Lời xúc phạm gia đình người khác" in page.text
    assert "vô học" in page.text
    assert found["bench"].follows().h1 != "Thư đã bị ẩn"
    page = found["taken back"].follows()
    assert page.h1 == "Ông/bà đã rút thư này"
    assert "phong bì" not in page.text
    assert "Khối Dân vận phường Ngô Quyền (cấp xã)" in page.text
    page = found["lamp"].follows().follow("Chứng minh thư nằm trong số đã công bố")
    assert "1 trong 6 thư" in page.text
    page = found["lamp"].follows().submit("Gửi câu hỏi lại", noi_dung="Bóng mới lại tắt rồi.")
    assert page.h1 == "Thư đang được xem xét"


def everybody_reads_what_became_of_it(story):
    page = Citizen(story.world).client.page(f"/hom-thu-cong-khai/{story.codes[1]}")
    assert "20–24 thư đã gửi" in page.text, page.text
    assert "dưới 5" in page.text.split("Người gửi tự rút")[1][:20]
    assert "Giấy đã ký, mời ông/bà tới nhận từ thứ Năm." in page.text
    assert "Lê Lợi" not in page.text
    assert "Nguyễn Văn Mẫu" not in page.text
    assert "Bóng mới lại tắt" not in page.text
    assert "dưới 5 thư" in page.text.split("Các tháng trước")[1]
