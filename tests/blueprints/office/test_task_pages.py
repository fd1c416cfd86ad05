"""The pages of tasks: doing one, judging many, and the table of all."""

from io import BytesIO

import pytest

from portal.core import clock
from portal.features.documents.body import Duty as Row
from portal.features.documents.body import Job, Party
from portal.features.tasks.workflow import TASK
from portal.policy.roles import Role
from tests.support import handed_out, papers, surveyed
from tests.support.officials import official
from tests.support.queries import counted

TODAY = clock.format_date(clock.today())
COMMUNES = Party("Các xã", group="commune:committee")
DUTY = Row(what="Niêm yết", lead=COMMUNES, due=f"trong ngày {TODAY}", evidence="Ảnh niêm yết")


@pytest.fixture
def place(app):
    return handed_out.province()


@pytest.fixture
def author(place):
    return papers.worker(place)


@pytest.fixture
def made(author):
    return handed_out.by_unit(papers.issued(author, duties=(DUTY,)))


@pytest.fixture
def sign_in(place, client):
    def signed_in(name, role):
        client.sign_in(surveyed.account(place, name, role, frozenset(papers.WORKS[:2])))
        return client

    return signed_in


def hand_in(place, task, note="Đã dán"):
    doer = official(place, Role.COMMUNE, *papers.WORKS, at=task.unit.name)
    TASK.fire(doer, task.id, "submit", note)


def test_a_task_is_handed_in_with_a_note_and_a_link(sign_in, made):
    client = sign_in("Xã 1", Role.COMMUNE)
    page = client.page(f"/nhiem-vu/{made['Xã 1'].id}")
    assert "Cần có: Ảnh niêm yết." in page.text
    page = page.submit("Nộp kết quả", note="Đã dán ở trụ sở", link="https://xa.example.vn/tin")
    assert "Đã nộp kết quả." in page.alerts[0]
    assert "Đã dán ở trụ sở" in page.text
    assert "https://xa.example.vn/tin" in [link.href for link in page.links]


def test_a_wrong_link_is_said_beside_its_field_and_the_note_is_kept(sign_in, made):
    client = sign_in("Xã 1", Role.COMMUNE)
    page = client.page(f"/nhiem-vu/{made['Xã 1'].id}")
    page = page.submit("Nộp kết quả", note="Đã dán ở trụ sở", link="trang của xã")
    assert page.status == 422
    assert page.form("Nộp kết quả").fields["note"] == "Đã dán ở trụ sở"


def test_what_is_no_photo_is_refused_and_nothing_is_handed_in(sign_in, made):
    client = sign_in("Xã 1", Role.COMMUNE)
    page = client.page(f"/nhiem-vu/{made['Xã 1'].id}")
    fields = dict(page.form("Nộp kết quả").fields)
    sent = fields | {"photos": (BytesIO(b"<svg/>"), "anh.jpg")}
    answer = client.post(f"/nhiem-vu/{made['Xã 1'].id}/nop", data=sent)
    assert answer.status_code == 422
    assert made["Xã 1"].state == "todo"


def test_work_begins_and_can_be_said_not_to_apply(sign_in, made):
    client = sign_in("Xã 1", Role.COMMUNE)
    page = client.page(f"/nhiem-vu/{made['Xã 1'].id}").submit("Bắt đầu làm")
    assert "Đang làm" in page.text
    page = page.submit("Đề nghị không áp dụng", reason="Xã không có trụ sở riêng")
    assert "Lý do đề nghị" in page.text
    assert "Xã không có trụ sở riêng" in client.page("/nhiem-vu?muc=xong").text


def test_handing_in_twice_does_no_harm(sign_in, made):
    client = sign_in("Xã 1", Role.COMMUNE)
    page = client.page(f"/nhiem-vu/{made['Xã 1'].id}")
    page.submit("Nộp kết quả", note="Đã dán")
    again = page.submit("Nộp kết quả", note="Đã dán")
    assert again.status == 200
    assert [alert for alert in again.alerts if "người khác" in alert] == []


def test_the_district_ticks_several_and_takes_them(sign_in, place, made):
    hand_in(place, made["Xã 1"])
    hand_in(place, made["Xã 2"])
    client = sign_in("Huyện A", Role.DISTRICT)
    page = client.page("/nhiem-vu/cho-nhan")
    assert "2 việc đã nộp chờ nhận" in page.text
    ids = [str(made[name].id) for name in ("Xã 1", "Xã 2")]
    page = page.submit("Nhận các việc đã chọn", task=ids)
    assert "Đã nhận: 2 việc." in page.alerts[0]
    assert "Không có việc nào chờ nhận" in page.text


def test_sending_back_wants_a_reason_and_keeps_what_was_ticked(sign_in, place, made):
    hand_in(place, made["Xã 1"])
    client = sign_in("Huyện A", Role.DISTRICT)
    chosen = str(made["Xã 1"].id)
    page = client.page("/nhiem-vu/cho-nhan").submit("Trả lại", task=[chosen])
    assert page.status == 422
    page = page.submit("Trả lại", reason="Ảnh mờ")
    assert made["Xã 1"].note == "Ảnh mờ"


def test_nothing_ticked_is_said(sign_in, place, made):
    hand_in(place, made["Xã 1"])
    client = sign_in("Huyện A", Role.DISTRICT)
    page = client.page("/nhiem-vu/cho-nhan").submit("Nhận các việc đã chọn")
    assert "Chưa chọn việc nào" in page.text


def test_a_cell_of_the_table_opens_its_task_and_takes_it(sign_in, place, made):
    hand_in(place, made["Xã 2"], "Đã dán ở nhà văn hóa")
    client = sign_in("Huyện A", Role.DISTRICT)
    page = client.page("/nhiem-vu/bang")
    assert "1/2 việc đã nộp hoặc được nhận" in page.text
    [cell] = [link.href for link in page.links if "&o=" in link.href and link.text == "Đã nộp"]
    page = client.page(cell)
    assert "Đã dán ở nhà văn hóa" in page.text
    page = page.submit("Nhận")
    assert made["Xã 2"].state == "accepted"
    assert page.path.startswith("/nhiem-vu/bang")


def test_a_task_still_to_be_done_offers_words_to_remind_by(sign_in, made):
    client = sign_in("Huyện A", Role.DISTRICT)
    page = client.page(f"/nhiem-vu/bang?o={made['Xã 1'].id}")
    assert "Việc “Niêm yết” theo" in page.text
    assert f"http://localhost/nhiem-vu/{made['Xã 1'].id}" in page.text


def test_a_cell_of_another_district_opens_nothing(sign_in, made):
    client = sign_in("Huyện A", Role.DISTRICT)
    assert "Diễn biến" not in client.page(f"/nhiem-vu/bang?o={made['Xã 3'].id}").text


def test_the_table_filters_and_its_spreadsheet_is_as_filtered(sign_in, place, made):
    client = sign_in("Tỉnh", Role.PROVINCE)
    page = client.page(f"/nhiem-vu/bang?huyen={place['Huyện B'].id}&tinh-trang=todo&tim=xã")
    assert [row[0] for row in page.rows()][-1] == "Xã 3"
    [sheet] = [link.href for link in page.links if ".xlsx" in link.href]
    assert f"huyen={place['Huyện B'].id}" in sheet
    assert client.get(sheet).status_code == 200
    for wrong in ("ke-hoach=999999", "huyen=x", "tinh-trang=king", "o=99999999999", "cap=lang"):
        client.page(f"/nhiem-vu/bang?{wrong}")


def test_the_table_takes_the_same_few_queries_however_much_there_is(sign_in, author, made):
    client = sign_in("Tỉnh", Role.PROVINCE)
    path = f"/nhiem-vu/bang?o={made['Xã 1'].id}&ke-hoach={made['Xã 1'].document_id}"
    client.page(path)
    with counted() as few:
        client.page(path)
    papers.issued(author, duties=(DUTY, Row(what="Phát loa", lead=COMMUNES, due="thường xuyên")))
    with counted() as many:
        client.page(path)
    assert len(many) == len(few) <= 20


def test_before_the_first_plan_the_table_says_what_to_do(sign_in):
    assert (
        "Chưa có việc nào để theo dõi" in sign_in("Tỉnh", Role.PROVINCE).page("/nhiem-vu/bang").text
    )


def test_a_duty_done_on_a_page_of_its_campaign_links_there(sign_in, place, author):
    duty = Row(what="Gửi mã QR", lead=COMMUNES, due=f"trong ngày {TODAY}", job=Job.KIT)
    plan = papers.issued(author, duties=(duty,))
    handed_out.campaign_of(place, plan)
    client = sign_in("Xã 1", Role.COMMUNE)
    page = client.page("/nhiem-vu")
    assert "/zalo/" in next(link.href for link in page.links if link.text == "Mở bộ gửi Zalo")
