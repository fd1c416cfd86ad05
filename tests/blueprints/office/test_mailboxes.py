"""The pages of a box: setting it up, its points, what is printed and passed on, who may."""

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.features.campaigns.models import Campaign
from portal.features.mailbox import queries
from portal.features.mailbox.models import Mailbox, State
from portal.features.mailbox.services import HAS_ENDED
from portal.features.questionnaires import services as questionnaires
from portal.policy.roles import Duty, Role
from tests.support import boxed, lettered
from tests.support.lettered import BOX_CODE, POINT_CODE
from tests.support.pictures import upload


@pytest.fixture
def made(client):
    found = lettered.box()
    client.sign_in(found.account("runner", Role.YOUTH))
    return found


def days(*spans: tuple[int, int]) -> str:
    each = (boxed.span(*one) for one in spans)
    return "\n".join(" – ".join(map(clock.format_date, one)) for one in each)


def at(made, *more: str) -> str:
    return "/".join((f"/hom-thu/{made.box.id}", *more))


def test_the_youth_union_sets_a_box_up_and_opens_it(client, made):
    made.account("reader", Role.COMMUNE)
    page = client.page("/hom-thu").follow("Lập hòm thư")
    page = page.submit("Lưu bản nháp", name="Hòm thư năm nay", rounds=days((-1, 30), (40, 60)))
    assert page.h1 == "Điểm đặt hòm thư"
    box = session().scalars(select(Mailbox).where(Mailbox.name == "Hòm thư năm nay")).one()
    page = client.page(f"/hom-thu/{box.id}").submit("Mở hòm thư")
    assert queries.by_code(box.code).takes
    assert "Đang nhận thư, đợt 1" in page.text


def test_the_form_suggests_who_reads_and_what_it_is_about(client, made):
    fields = client.page("/hom-thu/moi").form("Lưu bản nháp").fields
    assert fields["reader_id"] == str(made.bodies["reader"].id)
    assert "Hộ tịch, chứng thực" in fields["fields"]


def test_each_line_that_is_no_round_is_named_by_its_number(client, made):
    page = client.page("/hom-thu/moi").submit(
        "Lưu bản nháp", rounds=f"{days((1, 9))}\n31/02/2026 – x\nmai"
    )
    assert page.status == 422
    assert "Dòng 2: không có ngày này" in page.text
    assert "Dòng 3: ghi ngày đầu – ngày cuối" in page.text


def test_shortening_the_open_round_is_refused_beside_its_field(client, made):
    page = client.page(at(made, "sua")).submit("Lưu", rounds=days((-10, 5)))
    assert page.status == 422
    assert "Đợt đang mở chỉ kéo dài được" in page.text


def test_whoever_saves_second_sees_both_texts_and_can_save_again(client, made):
    form = client.page(at(made, "sua")).form("Lưu")
    with write() as current:
        current.refresh(made.box)
        made.box.name = "Người khác đặt"
    page = form.submit("Lưu", name="Tôi đặt")
    assert page.status == 409
    assert "Người khác đặt" in page.text
    assert page.submit("Lưu").h1 == "Tôi đặt"


def test_a_box_that_ended_meanwhile_is_told_of_on_its_own_page(client, made):
    form = client.page(at(made, "sua")).form("Lưu")
    with write() as current:
        current.refresh(made.box)
        made.box.state = State.ENDED
    page = form.submit("Lưu", name="Tôi đặt")
    assert (page.status, page.path) == (200, at(made))
    assert HAS_ENDED in page.text
    assert made.box.name != "Tôi đặt"


def test_a_point_is_chosen_placed_with_a_photo_and_tried(client, made):
    page = client.page(at(made, "diem", str(made.point.id)))
    page = page.submit("Ghi đã đặt", placed_on=clock.format_date(clock.today()), photos=[upload()])
    assert "1/1 điểm đã có ảnh lắp đặt" in page.text
    page = client.page(at(made, "diem", str(made.point.id)))
    assert page.submit("Ghi đã quét thử", typed="xxxx").status == 422
    page = page.submit("Ghi đã quét thử", typed=POINT_CODE[-4:])
    assert "Quét thử" in page.rows()[0][2]


def test_without_a_photo_a_point_is_not_placed(client, made):
    page = client.page(at(made, "diem", str(made.point.id))).submit("Ghi đã đặt")
    assert page.status == 422
    assert "Cần một ảnh" in page.text


def test_a_point_that_the_list_lacks_is_added_on_the_spot(client, made):
    page = client.page(at(made, "diem"))
    page = page.submit("Thêm điểm này", kind="cultural_house", name="Nhà văn hóa số 4")
    assert [row[0] for row in page.rows()][1] == "Nhà văn hóa số 4"


def test_a_point_is_taken_down_with_a_reason(client, made):
    page = client.page(at(made, "diem", str(made.point.id)))
    assert page.submit("Ghi đã gỡ", reason=" ").status == 422
    page.submit("Ghi đã gỡ", reason="Nhà văn hóa sửa chữa")
    assert queries.points_of(made.box.id) == []


@pytest.mark.parametrize("form", ["ap-phich", "the-ban", "bien-gap", "tem"])
def test_prints_come_for_one_point_and_for_all(client, made, form):
    for which in (str(made.point.id), "tat-ca", ""):
        answer = client.get(at(made, "in.pdf"), query_string={"mau": form, "diem": which})
        assert answer.data.startswith(b"%PDF")


def test_pictures_of_code_and_poster(client, made):
    for name in ("ma.png", "ap-phich.png"):
        answer = client.get(at(made, name), query_string={"diem": made.point.id})
        assert answer.mimetype == "image/png"
    assert client.get(at(made, "in.pdf"), query_string={"mau": "khac"}).status_code == 404


def test_what_to_post_and_to_read_aloud_stands_ready(client, made):
    page = client.page(at(made, "loi-moi"))
    assert f"/h/{BOX_CODE}" in page.text
    assert "Kính thưa bà con phường Ngô Quyền" in page.text


def test_ratings_hang_after_one_press(client, made):
    questionnaires.load_library()
    client.page(at(made)).submit("Treo phiếu đánh giá")
    [campaign] = session().scalars(select(Campaign))
    assert client.page(at(made)).follow(campaign.name).h1 == campaign.name


def test_the_code_typed_without_what_stands_before_it_leads_to_the_box(client, made):
    client.sign_out()
    for code in (BOX_CODE, POINT_CODE):
        assert client.get(f"/{code}").headers["Location"].endswith(f"/h/{code}")


def test_a_draft_is_told_to_nobody_outside(client, made):
    draft = boxed.services.create(boxed.runner(made), boxed.given(made))
    client.sign_out()
    assert client.get(f"/{draft.code}").status_code == 404


def test_a_draft_is_thrown_away(client, made):
    number = boxed.services.create(boxed.runner(made), boxed.given(made)).id
    page = client.page(f"/hom-thu/{number}").submit("Bỏ bản nháp")
    assert page.h1 == "Hòm thư góp ý"
    assert session().get(Mailbox, number) is None


@pytest.mark.parametrize(
    ("body", "role"),
    [("reader", Role.COMMUNE), ("committee", Role.COMMUNE), ("city", Role.DISTRICT)],
)
def test_others_look_and_change_nothing(client, made, body, role):
    client.sign_in(made.account(body, role))
    page = client.page(at(made))
    assert not {"Sửa", "Thêm điểm, ghi đã đặt"} & {one.text for one in page.links}
    for path in ("sua", "diem", "danh-gia", "bo"):
        token = {"csrf_token": page.form("/dang-xuat").fields["csrf_token"]}
        assert client.post(at(made, path), data=token).status_code == 403


def test_whoever_only_inspects_handles_nothing(client, made):
    client.sign_in(made.account("runner", Role.YOUTH, Duty.INSPECT))
    assert client.get(at(made, "sua")).status_code == 403
    assert "Ghi đã đặt" not in client.page(at(made, "diem", str(made.point.id))).buttons


def test_the_home_of_the_youth_union_shows_its_box_and_what_is_short(client, made):
    page = client.page("/doan")
    assert "Ghi đã đặt hòm thư ở 1 điểm" in page.text
    assert "đang nhận thư" in page.text.casefold()
