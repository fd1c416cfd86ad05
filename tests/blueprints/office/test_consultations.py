"""The pages of a consultation: setting it up, its warnings, publishing, more days, its end."""

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.features.consultations import queries
from portal.features.consultations.models import Consultation
from portal.features.consultations.workflow import CONSULTATION
from portal.features.documents.body import Job
from portal.features.tasks.models import Task
from portal.policy.roles import Duty
from tests.support import cased
from tests.support.cased import day


@pytest.fixture
def made(client):
    found = cased.ward()
    client.sign_in(found.user())
    return found


@pytest.fixture
def one(made):
    return made.case(made.actor())


@pytest.fixture
def published(made):
    return made.published(made.actor())


def typed(n: int) -> str:
    return clock.format_date(day(n))


def at(one, *more: str) -> str:
    return "/".join((f"/lay-y-kien/{one.id}", *more))


def test_a_case_is_set_up_its_warnings_kept_and_published(client, made):
    page = client.page("/lay-y-kien").follow("Lập đợt lấy ý kiến")
    page = page.submit(
        "Lưu bản nháp", agency_from=typed(0), agency_to=typed(4), public_from=typed(0),
        public_to=typed(9), groups="Phạm vi điều chỉnh | Điều 1", report_due_on=typed(12),
    )  # fmt: skip
    assert "là 10 ngày" in page.text
    assert "Còn lưu ý chưa ghi lý do giữ" in page.text
    page = page.submit("Lưu lý do", **{f"ly-do-{code}": "Theo kế hoạch đã ban hành"
                                       for code in ("days", "agency", "plan")})  # fmt: skip
    page = page.submit("Công bố")
    assert "Đang lấy ý kiến, đến hết" in page.text
    [found] = session().scalars(select(Consultation))
    assert (found.state, found.groups[0].keys) == ("published", "a0000001")


def test_the_form_begins_with_the_latest_draft(client, made):
    fields = client.page("/lay-y-kien/moi").form("Lưu bản nháp").fields
    assert fields["draft_id"] == str(made.draft.id)
    assert fields["name"] == "Lấy ý kiến dự thảo Quy chế thực hiện dân chủ"


@pytest.mark.parametrize(
    ("typed_", "message"),
    [
        ({"public_to": ""}, "Ghi cả ngày đầu và ngày cuối."),
        ({"public_to": "31/02/2026"}, "31/02/2026"),
        ({"groups": "Phạm vi\nHiệu lực | Điều 99"}, "Dòng 2: dự thảo không có Điều 99."),
        ({"public_to": "01/01/2020"}, "Ngày cuối không trước ngày đầu."),
        ({"name": ""}, "Mục này chưa được điền."),
        ({"household_from": "", "household_to": ""}, "Ghi ngày phát phiếu trước."),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field_and_kept(client, one, typed_, message):
    page = client.page(at(one, "sua")).submit("Lưu", **typed_)
    assert page.status == 422
    assert message in page.text
    fields = page.form("Lưu").fields
    assert {name: fields[name] for name in typed_} == typed_


def test_a_day_that_cannot_be_read_is_told_once(client, one):
    page = client.page(at(one, "sua")).submit("Lưu", household_from="31/02/2026", household_to="")
    assert page.status == 422
    assert "31/02/2026" in page.text
    assert "Ghi ngày phát phiếu trước." not in page.text


def test_warnings_stand_beside_their_fields(client, one):
    text = client.page(at(one, "sua")).text
    assert "cần ít nhất 20 ngày" in text
    assert "mỗi tổ dân phố chọn một ngày" in text


def test_whoever_saves_second_sees_both_texts_and_can_save_again(client, one):
    form = client.page(at(one, "sua")).form("Lưu")
    with write() as current:
        current.refresh(one)
        one.name = "Người khác đặt"
    page = form.submit("Lưu", name="Tôi đặt", public_to=typed(6))
    assert page.status == 409
    assert "Người khác đặt" in page.text
    assert page.submit("Lưu").h1 == "Tôi đặt"


def test_a_published_case_is_prolonged_with_a_reason(client, published):
    page = client.page(at(published)).follow("Kéo dài")
    refused = page.submit("Kéo dài", public_to=typed(2), reason="Ít việc")
    assert "chỉ kéo dài được, không rút ngắn" in refused.text
    page = page.submit("Kéo dài", public_to=typed(7), reason="Bà con còn ý kiến")
    assert f"đến hết {typed(7)}" in page.text


@pytest.mark.parametrize("page", ["keo-dai", "quyet-dinh"])
def test_what_is_done_to_a_case_has_its_pages_beside_it(client, published, page):
    elements = client.page(at(published, page)).html.elements("a")
    links = {(one.get("href"), one.get("aria-current")) for one in elements}
    assert links >= {(at(published), "page"), (at(published, "y-kien"), None)}


def test_what_is_passed_on_leads_to_the_public_page(client, published):
    page = client.page(at(published))
    assert f"/g/{published.code}" in page.text
    assert f"/g/{published.code}" in client.page(at(published, "loi-moi")).text
    assert client.get(at(published, "ma.png")).data[:4] == b"\x89PNG"
    assert client.get(at(published, "in.pdf")).data[:4] == b"%PDF"
    assert client.get(at(published, "in.pdf?mau=khong-co")).status_code == 404


def test_the_ward_says_whether_everybody_reads_what_others_wrote(client, published):
    page = client.page(at(published)).submit("Cho hiện")
    assert "Mọi người đọc được" in page.text
    assert queries.get(published.id).shows_comments
    assert "Không hiện" in page.submit("Thôi hiện").text


def test_the_front_notes_what_it_saw_and_the_division_does_not(client, made, published):
    assert "Ghi nhận xét" not in client.page(at(published)).text
    assert client.get(at(published, "giam-sat")).status_code == 403
    client.sign_in(made.user(body=made.front))
    page = client.page(at(published)).follow("Ghi nhận xét")
    assert page.submit("Lưu", note="").status == 422
    assert "Niêm yết đủ" in page.submit("Lưu", note="Niêm yết đủ.").text


def test_the_end_the_answers_the_decision_and_the_case_is_closed(client, made, published):
    with write():
        for track in published.tracks:
            track.opens_on, track.closes_on = day(-9), day(-1)
    CONSULTATION.fire(made.actor(), published.id, "report")
    page = client.page(at(published)).submit("Công khai giải trình")
    page = page.follow("Ghi Quyết định")
    assert page.submit("Lưu", name="").status == 422
    page = page.submit("Lưu", name="Quyết định số 12/QĐ-UBND", on=typed(0))
    assert "Đã kết thúc" in page.submit("Kết thúc đợt").text


def test_whoever_only_drafts_sees_no_button_to_publish(client, made, one):
    client.sign_in(made.user(Duty.DRAFT))
    page = client.page(at(one))
    assert "Công bố" not in page.buttons
    assert client.post(at(one, "cong-bo")).status_code in {400, 403}


def test_those_above_see_it_published_and_change_nothing(client, made, published):
    client.sign_in(made.user(body=made.above))
    page = client.page("/lay-y-kien").follow(published.name)
    assert "Sửa" not in [link.text for link in page.links]
    assert client.get(at(published, "keo-dai")).status_code == 403


def test_a_draft_of_below_is_nobody_elses(client, made, one):
    client.sign_in(made.user(body=made.above))
    assert one.name not in client.page("/lay-y-kien").text
    client.page(at(one), status=404)


def test_a_draft_can_be_thrown_away(client, one):
    client.page(at(one)).submit("Bỏ bản nháp")
    assert session().scalar(select(Consultation.id)) is None


def test_the_wards_public_page_leads_to_the_draft(client, made, published):
    page = client.page(f"/cong-khai/don-vi/{published.unit_id}")
    assert page.follow(published.draft.title).status == 200
    assert "Đang lấy ý kiến, đến hết" in page.text


def test_home_says_what_a_case_asks_of_each(client, made):
    one = made.case(made.actor())
    assert "Xem và công bố đợt lấy ý kiến" in client.page("/xa").text
    client.sign_in(made.user(Duty.DRAFT))
    assert "Hoàn thiện đợt lấy ý kiến" in client.page("/xa").text
    cased.keep_all(made.actor(), one)
    CONSULTATION.fire(made.actor(), one.id, "publish")
    assert "đợt lấy ý kiến" not in client.page("/xa").text
    with write():
        for track in one.tracks:
            track.opens_on, track.closes_on = day(-9), day(-1)
    assert "Tổng hợp, giải trình ý kiến" in client.page("/xa").text
    CONSULTATION.fire(made.actor(), one.id, "report")
    client.sign_in(made.user(Duty.APPROVE))
    assert "Công khai giải trình, ghi Quyết định" in client.page("/xa").text


def test_a_plan_leads_to_its_case_from_the_list_and_from_the_duty(client, made):
    cased.letterhead(made.host)
    author = made.actor()
    plan = cased.plan(author, *(day(n) for n in (1, 1, 5, 2, 7, 6, 7, 8, 10)))
    task = session().scalars(select(Task).where(Task.job == Job.CONSULTATION)).one()
    page = client.page(f"/nhiem-vu/{task.id}").follow("Lập đợt lấy ý kiến")
    assert page.form("Lưu bản nháp").fields["plan_id"] == str(plan.id)
    assert page.form("Lưu bản nháp").fields["groups"].count("\n") == 6
    page = client.page("/lay-y-kien").follow("Lập theo kế hoạch này").submit("Lưu bản nháp")
    assert plan.symbol in page.text
    assert client.page(f"/nhiem-vu/{task.id}").follow("Công bố dự thảo").h1 == page.h1
