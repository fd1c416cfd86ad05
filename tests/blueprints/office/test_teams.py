"""The pages of working teams: typing, pasting, copying, sending, judging, the list above."""

import pytest

from portal.core import spreadsheet
from portal.core.database import session
from portal.features.teams import queries, services
from portal.features.teams.models import Member, Part, Team
from portal.policy.roles import Role
from tests.support import carried, numbered, surveyed
from tests.support.officials import PLACES

HEAD = Member("Nguyễn Văn A", "Phó Bí thư thường trực", "Đảng ủy", Part.HEAD, "0912 000 001")
PASTED = (
    "Họ và tên\tChức vụ\tĐơn vị\tNhiệm vụ\tĐiện thoại\n"
    "NGUYỄN VĂN A\tPhó Bí thư thường trực\tĐảng ủy\tTổ trưởng\t912000001\n"
    "Trần Thị B\tCông chức\tỦy ban\tNhập dữ liệu\t0912 000 0O2"
)


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return carried.carry_out(place)


@pytest.fixture
def commune(place, client, campaign):
    account = surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset(carried.papers.WORKS))
    client.sign_in(account)
    return account


def home(campaign) -> str:
    return f"/dot-khao-sat/{campaign.id}/to-cong-tac"


def saved(account, campaign):
    actor = surveyed.actor(account)
    return services.save(actor, queries.at(actor, campaign, actor.unit_id), (HEAD,), 0)


def test_a_commune_types_its_team_and_sends_it(client, commune, campaign):
    page = client.page(home(campaign)).follow("Gõ danh sách")
    page = page.submit(
        "Lưu tổ công tác",
        name=["NGUYỄN VĂN A", "Trần Thị B", ""], position=["Phó Bí thư", "Công chức", ""],
        body=["Đảng ủy", "Ủy ban", ""], phone=["0912.000.001", "", ""],
        part=["head", "data_entry", "member"],
    )  # fmt: skip
    assert page.rows()[1][:3] == ["Nguyễn Văn A", "Phó Bí thư, Đảng ủy", "Tổ trưởng"]
    page = page.submit("Nộp danh sách tổ")
    assert "Đã nộp" in page.text
    assert "Sửa danh sách" not in page.text


def test_wrong_cells_are_said_beside_them_and_nothing_typed_is_lost(client, commune, campaign):
    page = client.page(f"{home(campaign)}/{commune.organisation.unit_id}/sua")
    page = page.submit(
        "Lưu tổ công tác",
        name=["Nguyễn Văn A", "Nguyen Van A", ""], position=["A", "B", ""], body=["C", "D", ""],
        phone=["12", "", ""], part=["head", "member", "member"],
    )  # fmt: skip
    assert page.status == 422
    assert page.form("Lưu tổ công tác").fields.getlist("phone")[0] == "12"
    assert "chỉ khác dấu" in page.text
    assert session().query(Team).count() == 0


def test_more_rows_store_nothing(client, commune, campaign):
    page = client.page(f"{home(campaign)}/{commune.organisation.unit_id}/sua")
    page = page.submit("Thêm dòng", name=["Nguyễn Văn A", "", ""])
    assert len(page.form("Lưu tổ công tác").fields.getlist("name")) == 4
    assert session().query(Team).count() == 0


def test_a_pasted_table_is_corrected_in_its_cells_and_saved(client, commune, campaign):
    page = client.page(home(campaign)).follow("Dán từ Excel")
    page = page.submit("Kiểm tra bảng", text=PASTED)
    assert page.status == 422
    assert "gốc NGUYỄN VĂN A" in page.text
    page = page.submit("Kiểm tra lại", **{"cell-2-phone": "0912 000 002"})
    page = page.submit("Lưu tổ 2 người")
    assert "0912 000 002" in page.text
    assert "Đã lưu tổ công tác 2 người" in page.text


def test_whoever_saves_second_sees_both_and_decides(client, commune, campaign):
    page = client.page(f"{home(campaign)}/{commune.organisation.unit_id}/sua")
    saved(commune, campaign)
    typed = {"name": ["Lê Văn C", "", ""], "position": ["X", "", ""], "body": ["Y", "", ""]}
    page = page.submit("Lưu tổ công tác", **typed)
    assert page.status == 409
    assert "Nguyễn Văn A" in page.text
    assert page.submit("Lưu tổ công tác").rows()[1][0] == "Lê Văn C"


def test_the_last_team_is_copied_into_the_form_and_not_saved_by_itself(
    place, client, commune, campaign
):
    saved(commune, campaign)
    later = surveyed.campaign(place, opens_in=20)
    page = client.page(home(later)).follow("Chép từ Đợt thử")
    assert page.form("Lưu tổ công tác").fields.getlist("name")[0] == "Nguyễn Văn A"
    assert page.submit("Lưu tổ công tác").rows()[1][0] == "Nguyễn Văn A"


def test_those_above_return_with_a_reason_and_the_commune_reads_it(
    app, place, client, commune, campaign
):
    saved(commune, campaign)
    client.page(home(campaign)).submit("Nộp danh sách tổ")
    above = app.test_client()
    above.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    page = above.page(home(campaign)).follow("Xã 1")
    page.submit("Trả lại", reason="Thiếu người nhập dữ liệu")
    assert "Thiếu người nhập dữ liệu" in client.page(home(campaign)).text


def test_those_above_accept_what_they_tick(app, place, client, commune, campaign):
    saved(commune, campaign)
    client.page(home(campaign)).submit("Nộp danh sách tổ")
    above = app.test_client()
    above.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    team_id = session().query(Team).one().id
    page = above.page(home(campaign)).submit("Nhận các tổ đã chọn", to=[str(team_id)])
    assert "Đã nhận 1 tổ" in page.text
    assert "1/2 xã" in page.text


def test_the_sheet_has_the_rows_of_the_filter(app, place, client, commune, campaign):
    saved(commune, campaign)
    client.page(home(campaign)).submit("Nộp danh sách tổ")
    above = app.test_client()
    above.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    answer = above.get(f"{home(campaign)}/danh-sach.xlsx?tinh-trang=submitted")
    units, people = spreadsheet.read_sheets(answer.data).values()
    assert [row[2] for row in units[1:]] == ["Xã 1"]
    assert people[1][3] == "Nguyễn Văn A"


def test_the_decision_is_one_button_away(place, client, commune, campaign):
    numbered.letterhead(place, "Xã 1")
    saved(commune, campaign)
    page = client.page(home(campaign)).submit("Soạn quyết định")
    assert "thành lập Tổ công tác" in page.text
    assert "Bản thảo quyết định" in client.page(home(campaign)).text


def test_without_a_letterhead_the_page_says_what_to_do(client, commune, campaign):
    saved(commune, campaign)
    assert "Mở thể thức văn bản" in client.page(home(campaign)).text


def test_others_below_and_beside_cannot_write(app, place, client, commune, campaign):
    saved(commune, campaign)
    unit = commune.organisation.unit_id
    other = app.test_client()
    other.sign_in(surveyed.account(place, "Xã 2", Role.COMMUNE))
    assert other.page(f"{home(campaign)}/{unit}", status=404)
    above = app.test_client()
    above.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    assert above.page(f"{home(campaign)}/{unit}/sua", status=403)


def test_every_version_that_was_sent_has_a_page(client, commune, campaign):
    saved(commune, campaign)
    page = client.page(home(campaign)).submit("Nộp danh sách tổ")
    page = page.submit("Kiện toàn tổ", reason="Chuyển công tác")
    assert "Bản 1 đã nộp vẫn có giá trị" in page.text
    assert "Nguyễn Văn A" in page.follow("Bản 1").text
    client.page(f"{home(campaign)}/{commune.organisation.unit_id}/ban-9", status=404)


def test_after_the_last_day_nothing_is_offered_and_no_address_changes_it(
    client, commune, campaign, monkeypatch
):
    saved(commune, campaign)
    surveyed.move_past(campaign, monkeypatch)
    client.sign_in(commune)  # The ticket of days ago is over.
    page = client.page(home(campaign))
    assert "Đợt khảo sát đã kết thúc" in page.text
    offered = {link.text for link in page.links} | set(page.buttons)
    assert not offered & {"Sửa danh sách", "Dán từ Excel", "Nộp danh sách tổ", "Soạn quyết định"}
    for way in ("sua", "dan"):
        client.page(f"{home(campaign)}/{surveyed.actor(commune).unit_id}/{way}", status=409)


def test_a_unit_taken_from_the_row_above_is_confirmed_and_capitals_are_kept_on_wish(
    client, commune, campaign
):
    rows = ["Họ và tên\tChức vụ\tĐơn vị", "Trần VH Anh\tTrưởng\tĐảng ủy", "Lê Văn B\tPhó\t"]
    page = client.page(home(campaign)).follow("Dán từ Excel")
    page = page.submit("Kiểm tra bảng", text="\n".join(rows)).submit("Lưu tổ 2 người")
    assert "Mời xem các ô lấy theo dòng trên" in page.text
    page = page.submit("Lưu tổ 2 người", filled="1", **{"sure-1-name": "1"})
    assert "Đã lưu tổ công tác 2 người" in page.text
    assert "Trần VH Anh" in page.text
    page = page.follow("Sửa danh sách").submit("Lưu tổ công tác")
    assert "Trần VH Anh" in page.text
