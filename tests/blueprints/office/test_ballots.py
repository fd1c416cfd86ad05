"""The pages of households: groups, voters, counts, remarks, papers."""

from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.features.audit.models import AuditEntry
from portal.features.ballots import answers, queries, remarks, voters
from portal.features.ballots.answers import Answer
from portal.features.ballots.models import Enterer, State
from portal.features.consultations.comments import Said
from portal.policy.roles import Duty
from tests.support import balloted, cased, voiced
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


def written(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in pages)


def test_the_table_shows_every_group_and_leads_to_it(client, ward, home):
    page = client.page(home)
    assert page.h1 == "Phiếu hộ gia đình"
    assert [row[0] for row in page.rows()[1:]] == ["Tổ dân phố số 1", "Tổ dân phố số 2"]
    assert page.follow("Tổ dân phố số 2").h1 == "Tổ dân phố số 2"


def test_the_case_names_the_groups_that_hold_up_its_report_and_leads_to_them(client, ward, home):
    case = f"/lay-y-kien/{ward.case.id}"
    assert "chưa chốt số phiếu" not in client.page(case).text
    with write():
        for track in ward.case.tracks:
            track.list_from = track.list_to = None
            track.opens_on, track.closes_on = cased.day(-9), cased.day(-1)
    page = client.page(case)
    assert "Còn 2 tổ, thôn chưa chốt số phiếu. Tổ dân phố số 1, Tổ dân phố số 2." in page.text
    assert page.follow("Mở danh sách tổ, thôn").path == home
    client.sign_in(ward.place.user(body=ward.place.above))
    assert "chưa chốt số phiếu" not in client.page(case).text


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


def test_the_sheet_of_answers_leads_to_them_once_everybody_may_read_them(
    client, ward, home, monkeypatch
):
    given = Answer("khoản 2 Điều 2", "Niêm yết 30 ngày", 4, "Tiếp thu", "Đã bổ sung khoản 2.")
    monkeypatch.setattr(answers, "_providers", [lambda _group: [given]])
    sheet, place = f"{home}/{ward.one.id}/tra-loi.pdf", f"localhost/g/{ward.case.code}/ket-qua"
    assert place not in written(client.get(sheet).data)
    with write() as current:
        current.refresh(ward.case)
        ward.case.answers_public_on = clock.today()
    assert place in written(client.get(sheet).data)
    assert client.page(f"/{place.partition('/')[2]}").h1


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


def test_300_rows_with_a_misspelt_group_are_put_right_at_once(client, ward, home):
    names = [f"Nguyễn Văn {chr(65 + n // 26)}{chr(97 + n % 26)}" for n in range(300)]
    groups = ["Tổ 1"] * 40 + ["TDP 55"] * 200 + ["tổ 77"] * 60
    rows = [f"{n}\t{name}\t{group}" for n, (name, group) in
            enumerate(zip(names, groups, strict=True), 1)]  # fmt: skip
    lines = "\n".join(["Số hộ\tHọ và tên\tTổ", *rows])
    looked = client.page(f"{home}/dan").submit("Kiểm tra bảng", text=lines)
    assert "Tổ dân phố, 260 dòng: Đợt này không có tổ" in " ".join(looked.text.split())
    assert "200 ô ghi “TDP 55”" in looked.text
    left = looked.submit("Kiểm tra lại", **{"all-group-1": "Tổ dân phố số 2", "cell-41-group": "1"})
    assert left.status == 422
    assert "60 ô ghi “tổ 77”" in left.text
    fixed = left.submit("Kiểm tra lại", **{"all-group-1": "Tổ dân phố số 1"})
    assert "Đã lưu 300 hộ mới" in fixed.submit("Lưu 300 hộ").text
    assert [len(queries.voters([one.id])) for one in queries.listed(ward.case.id)] == [101, 199]


def test_whoever_names_the_counters_second_sees_the_first(client, ward, home):
    page = client.page(f"{home}/{ward.one.id}/kiem-phieu")
    page.submit("Lưu", team="A\nB\nC", witnesses="D\nE")
    second = page.submit("Lưu", team="G\nH\nI")
    assert second.status == 409
    assert "D E" in " ".join(second.text.split())
    assert ward.one.team == "A\nB\nC"
    assert second.submit("Lưu", team="G\nH\nI", witnesses="D\nE").status == 200


def test_ticks_on_a_page_that_is_not_fresh_take_nothing_back(client, ward, home):
    voters.take(ward.author, ward.case, table(("1", "Nguyễn Văn A", "1"), ("2", "Lê B", "1")))
    one, two = (each.id for each in queries.voters([ward.one.id]))
    page = client.page(f"{home}/{ward.one.id}/danh-sach")
    page.submit("Lưu hộ đã có ý kiến", ho=[str(one)])
    assert "2 hộ đã có ý kiến" in page.submit("Lưu hộ đã có ý kiến", ho=[str(two)]).text


def test_another_day_than_was_printed_asks_why(client, ward, home):
    ward.ready()
    page = client.page(f"{home}/{ward.one.id}/sua")
    other = (ward.one.day + timedelta(days=1)).isoformat()
    wrong = page.submit("Lưu", day=other)
    assert (wrong.status, "mời ghi vì sao đổi ngày" in wrong.text) == (422, True)
    assert wrong.submit("Lưu", reason="Mưa bão").status == 200
    assert ward.one.day.isoformat() == other


def test_the_ward_says_why_other_numbers_once_the_head_has_entered(client, ward, home):
    ward.ready()
    address = f"{home}/{ward.one.id}/nhap"
    client.page(address).submit("Lưu số đã đếm", **typed())
    ward.enter(Enterer.HEAD, FIGURES)
    wrong = client.page(address).submit("Lưu số đã đếm", **typed(blank="3", invalid="2"))
    assert (wrong.status, wrong.form("Lưu số đã đếm").fields["blank"]) == (422, "3")
    assert "Đã nhập số phiếu" in wrong.submit("Lưu số đã đếm", reason="Gõ nhầm").text


def test_nobody_types_what_would_be_refused_as_his_own_second_entry(client, ward, home):
    ward.ready()
    page = client.page(f"{home}/{ward.one.id}")
    entered = page.follow("Nhập thay từ biên bản giấy").submit("Lưu số đã đếm", **typed())
    links = [one.text for one in entered.links]
    assert "Sửa số đã nhập thay" in links
    assert "Nhập số của phường" not in links
    refused = client.page(f"{home}/{ward.one.id}/nhap")
    assert "Hai lần nhập phải do hai người" in refused.text
    assert "Lưu số đã đếm" not in refused.buttons


def test_whoever_puts_a_household_right_second_sees_the_first(client, ward, home):
    voters.take(ward.author, ward.case, table(("1", "Nguyễn Văn A", "1")))
    [voter] = queries.voters([ward.one.id])
    page = client.page(f"{home}/{ward.one.id}/danh-sach/sua/{voter.id}")
    page.submit("Lưu", representative="Nguyễn Văn An")
    second = page.submit("Lưu", note="tạm trú")
    assert second.status == 409
    assert "Nguyễn Văn An" in second.text
    assert voter.representative == "Nguyễn Văn An"
    done = second.submit("Lưu", representative="Nguyễn Văn An", note="tạm trú")
    assert "Đã lưu" in done.text
    assert voter.line == "1|Nguyễn Văn An|tạm trú"
