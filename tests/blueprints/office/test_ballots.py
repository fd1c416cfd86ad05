"""The pages of households: groups, voters, counts, remarks, papers."""

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.features.audit.models import AuditEntry
from portal.features.ballots import queries, remarks, voters
from portal.features.ballots.models import Enterer, State
from portal.features.consultations.comments import Said
from portal.policy.roles import Duty
from tests.support import balloted, voiced
from tests.support.balloted import FIGURES, Balloted, table


@pytest.fixture
def ward(app) -> Balloted:
    return balloted.ward()


@pytest.fixture
def home(client, ward) -> str:
    client.sign_in(ward.place.user())
    return f"/lay-y-kien/{ward.case.id}/ho-gia-dinh"


def typed(**changed: str) -> dict[str, str]:
    return {name: str(value) for name, value in FIGURES.values.items()} | changed


def test_the_table_shows_every_group_and_leads_to_it(client, ward, home):
    page = client.page(home)
    assert page.h1 == "Phiếu hộ gia đình"
    assert [row[0] for row in page.rows()[1:]] == ["Tổ dân phố số 1", "Tổ dân phố số 2"]
    assert page.follow("Tổ dân phố số 2").h1 == "Tổ dân phố số 2"


def test_a_group_that_is_not_on_the_list_is_added(client, ward, home):
    page = client.page(f"{home}/them")
    wrong = page.submit("Thêm vào đợt", group="Khu tập thể", households="")
    assert wrong.status == 422
    assert wrong.form("Thêm vào đợt").fields["group"] == "Khu tập thể"
    done = wrong.submit("Thêm vào đợt", households="45")
    assert "Khu tập thể" in done.text


def test_a_list_is_pasted_looked_at_and_saved(client, ward, home):
    page = client.page(f"{home}/dan")
    lines = "Số hộ\tHọ và tên\tTổ\n1\tNGUYỄN VĂN A\tTổ 1\n2\tTrần Thị B\tTổ 9"
    looked = page.submit("Kiểm tra bảng", text=lines)
    assert looked.status == 422
    assert "Đợt này không có tổ, thôn tên như vậy." in looked.text
    fixed = looked.submit("Kiểm tra lại", **{"cell-2-group": "tổ 2"})
    done = fixed.submit("Lưu 2 hộ")
    assert "Đã lưu 2 hộ mới" in done.text
    assert [len(queries.voters([one.id])) for one in queries.listed(ward.case.id)] == [1, 1]


def test_every_file_of_names_is_on_record(client, ward, home):
    voters.take(ward.author, ward.case, table(("1", "Nguyễn Văn A", "1")))
    page = client.page(f"{home}/{ward.one.id}/danh-sach")
    form = page.form("Bản niêm yết .pdf")
    for kind in ("niem-yet", "ky-nhan", "xlsx"):
        answer = client.post(form.action, data={**form.fields, "tep": kind})
        assert answer.headers["Content-Disposition"].startswith("attachment")
    query = select(AuditEntry).where(AuditEntry.action == "ballot_group:voters_downloaded")
    assert len(session().scalars(query.order_by(AuditEntry.number)).all()) == 3
    assert client.post(form.action, data={**form.fields, "tep": "khac"}).status_code == 404


def test_a_household_is_put_right_ticked_and_taken_off(client, ward, home):
    lists = f"{home}/{ward.one.id}/danh-sach"
    added = client.page(f"{lists}/them").submit("Lưu", household="5", representative="Lê Văn C")
    assert "Đã thêm một hộ" in added.text
    [voter] = queries.voters([ward.one.id])
    assert "1 hộ đã có ý kiến" in added.submit("Lưu hộ đã có ý kiến", ho=[str(voter.id)]).text
    edit = client.page(f"{lists}/sua/{voter.id}")
    assert edit.submit("Lưu", representative="123").status == 422
    assert "Đã lưu" in edit.submit("Lưu", note="chủ hộ mới").text
    gone = client.page(f"{lists}/sua/{voter.id}").submit("Bỏ khỏi danh sách")
    assert "Chưa có danh sách" in gone.text


def test_the_ward_counts_blind_and_settles_what_differs(client, ward, home):
    ward.ready()
    ward.enter(Enterer.HEAD, FIGURES)
    page = client.page(f"{home}/{ward.one.id}/nhap")
    assert "90" not in page.form("Lưu số đã đếm").fields.values()
    wrong = page.submit("Lưu số đã đếm", **typed(blank="9"))
    assert (wrong.status, wrong.form("Lưu số đã đếm").fields["blank"]) == (422, "9")
    entered = wrong.submit("Lưu số đã đếm", **typed(blank="3", invalid="2"))
    settle = entered.follow("Đối chiếu, chốt số phiếu")
    assert settle.form("Chốt số phiếu").fields["blank"] == ""
    assert settle.submit("Chốt số phiếu", **typed()).status == 422
    done = settle.submit("Chốt số phiếu", **typed(), reason="Đếm lại cùng tổ trưởng")
    assert "Đã chốt số phiếu" in done.text
    assert ward.one.state == State.BALANCED
    reopened = done.submit("Mở lại để sửa", reason="Ghi nhầm")
    assert ward.one.state == State.OPEN
    assert reopened.h1 == "Tổ dân phố số 1"


def test_papers_come_as_files(client, ward, home):
    ward.settled()
    group = f"{home}/{ward.one.id}"
    for path in (f"{home}/phieu.pdf", f"{home}/bang.xlsx", f"{group}/phieu.pdf",
                 f"{group}/bien-ban.pdf", f"{group}/bien-ban.docx"):  # fmt: skip
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{group}/tra-loi.pdf").status_code == 404


def test_remarks_are_typed_in_by_provision(client, ward, home):
    page = client.page(f"{home}/{ward.one.id}/y-kien")
    saved = page.submit("Lưu ý kiến", key=voiced.CLAUSE, text="Niêm yết 30 ngày", households="3")
    assert "khoản 2 Điều 2" in saved.text
    assert page.submit("Lưu ý kiến", text="", households="1").status == 422
    edited = saved.follow("Sửa").submit("Lưu", text="Niêm yết 60 ngày")
    assert "Niêm yết 60 ngày" in edited.text
    edited.follow("Sửa").submit("Bỏ ý kiến")
    assert remarks.listed(ward.one) == []


def test_whoever_saves_a_group_second_sees_the_other_text(client, ward, home):
    page = client.page(f"{home}/{ward.one.id}/sua")
    page.submit("Lưu", households="120")
    second = page.submit("Lưu", households="130")
    assert second.status == 409
    assert "120" in second.text
    assert second.submit("Lưu", households="130").status == 200
    assert ward.one.households == 130


def test_who_counts_is_written_down(client, ward, home):
    page = client.page(f"{home}/{ward.one.id}/kiem-phieu")
    assert page.submit("Lưu", team="Một người", witnesses="A\nB").status == 422
    saved = page.submit("Lưu", team="A\nB\nC", witnesses="D\nE", place="Nhà văn hóa")
    assert "Đã lưu tổ kiểm phiếu" in saved.text


def test_inspectors_read_numbers_and_no_names(client, ward):
    client.sign_in(ward.place.user(Duty.INSPECT))
    home = f"/lay-y-kien/{ward.case.id}/ho-gia-dinh"
    page = client.page(f"{home}/{ward.one.id}")
    assert "Danh sách cử tri" not in [link.text for link in page.links]
    assert client.get(f"{home}/{ward.one.id}/danh-sach").status_code == 403
    assert client.get(f"{home}/dan").status_code == 403


def test_a_group_of_another_case_is_not_found(client, ward, home):
    assert (
        client.get(f"/lay-y-kien/{ward.case.id + 1}/ho-gia-dinh/{ward.one.id}").status_code == 404
    )
    assert client.get(f"{home}/{ward.two.id + 9}").status_code == 404


def test_a_group_can_be_left_out_again(client, ward, home):
    page = client.page(f"{home}/{ward.two.id}").submit("Bỏ tổ")
    assert "Tổ dân phố số 2" not in [row[0] for row in page.rows()]
    remarks.add(ward.author, ward.one, Said("", "Nhất trí", 1))
    assert "Bỏ tổ" not in client.page(f"{home}/{ward.one.id}").buttons
