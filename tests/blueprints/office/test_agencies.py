"""The ward's pages about agencies: the tracker, inviting, one agency, letters, tables."""

from io import BytesIO

import pytest

from portal.features.consultations import agencies, agency_answers, agency_queries
from portal.features.consultations.agencies import Invited
from portal.policy.roles import Duty
from tests.support import cased, voiced
from tests.support.answered import SCHOOL, WORDS, comments, keep, send


@pytest.fixture
def desk(client, made, case):
    client.sign_in(made.user())
    return f"/lay-y-kien/{case.id}/co-quan"


def entered(client, desk, school, **changed):
    page = client.page(f"{desk}/{school.id}/cong-van")
    fields = {"number": "41/MTTQ-BTT", "on": f"{cased.day(-1):%d/%m/%Y}", "agrees": "gop-y"}
    return page.submit("Ghi công văn", **fields | changed)


def test_agencies_are_ticked_and_typed(client, made, desk):
    page = client.page(desk)
    assert "Chưa mời cơ quan nào" in page.text
    page = page.follow("Mời cơ quan")
    page = page.submit("Thêm vào danh sách", organisation_ids=[str(made.front.id)],
                       names=f"{SCHOOL}\nTrạm Y tế")  # fmt: skip
    assert [row[0] for row in page.rows()[1:]] == [made.front.name, "Trạm Y tế", SCHOOL]
    assert "0/3 cơ quan" in page.text


def test_names_that_mean_one_agency_are_told_and_a_wrong_one_is_put_right(client, case, desk):
    page = client.page(f"{desk}/moi")
    page = page.submit("Thêm vào danh sách", names="Công an phường\ncông an  phường")
    assert "“công an phường” → “Công an phường”" in page.text
    page = page.follow("Công an phường").submit("Sửa tên", agency="Công an phường Ngô Quyền")
    assert page.h1 == "Công an phường Ngô Quyền"
    page = page.submit("Sửa tên", agency=" ")
    assert "Ghi tên cơ quan" in page.text
    assert [one.agency for one in agency_queries.listed(case.id)] == ["Công an phường Ngô Quyền"]


def test_naming_nobody_is_said_beside_the_field(client, desk):
    page = client.page(f"{desk}/moi").submit("Thêm vào danh sách", names=" ")
    assert page.status == 422
    assert "Chưa chọn cơ quan nào" in page.text


def test_the_page_of_an_agency_has_its_link_and_not_its_drafts(client, school, desk):
    keep(school, **{voiced.CLAUSE: WORDS})
    page = client.page(f"{desk}/{school.id}")
    assert f"http://localhost/cq/{agencies.secret_of(school)}" in page.text
    assert WORDS not in page.text
    code = client.get(f"{desk}/{school.id}/ma-qr.svg")
    assert code.mimetype == "image/svg+xml"


def test_a_link_is_given_anew_and_revoked_with_a_reason(client, school, desk):
    before = agencies.secret_of(school)
    page = client.page(f"{desk}/{school.id}").submit("Cấp đường dẫn mới")
    after = agencies.secret_of(school)
    assert after not in {before, ""}
    page = page.submit("Thu hồi", reason="Gửi nhầm")
    assert "Chưa có đường dẫn nào mở được." in page.text
    assert agency_queries.by_link(after) is None


def test_one_invited_by_mistake_is_crossed_out(client, school, desk):
    page = client.page(f"{desk}/{school.id}").submit("Bỏ khỏi danh sách")
    assert "Đã bỏ" in page.text
    assert "Chưa mời cơ quan nào" in page.text


def test_a_letter_is_entered_with_its_file_and_its_comments(client, school, desk):
    page = entered(client, desk, school, file=(BytesIO(b"%PDF-1.7 cv"), "cv.pdf"))
    assert "41/MTTQ-BTT" in page.text
    with client.get(f"{desk}/{school.id}/tep-cong-van") as answer:
        assert (answer.data, answer.mimetype) == (b"%PDF-1.7 cv", "application/pdf")
    page = page.submit("Thêm ý kiến", place="đ.2 k.2", text=WORDS)
    assert "khoản 2 Điều 2" in page.text
    page = page.submit("Thêm ý kiến", place="Điều 2, khoản 2", text=WORDS)
    assert "Ý kiến này đã có" in page.text
    page = page.submit("Thêm ý kiến", place="Điều 99", text="Bỏ")
    assert page.status == 422
    assert "Dự thảo không có Điều 99." in page.text
    assert len(comments()) == 1


def test_a_letter_that_says_too_little_is_shown_again(client, school, desk):
    page = entered(client, desk, school, number="", on="31/02/2026", signer="Chủ tịch")
    assert page.status == 422
    assert page.form("Ghi công văn").fields["signer"] == "Chủ tịch"
    assert "31/02/2026" in page.text
    page = entered(client, desk, school, file=(BytesIO(b"MZ exe"), "cv.pdf"))
    assert "Chỉ nhận tệp PDF" in page.text
    assert school.state == "invited"


def test_a_letter_of_somebody_new_adds_them(client, desk, case):
    page = client.page(desk).follow("Nhập công văn")
    page = page.submit("Ghi công văn", submission_id="", agency="Điện lực", number="5/ĐL",
                       on=f"{cased.day(0):%d/%m/%Y}", agrees="nhat-tri")  # fmt: skip
    assert page.h1 == "Điện lực"
    [one] = agency_queries.listed(case.id)
    assert one.agrees


def test_a_table_of_a_letter_comes_in_once_every_cell_is_right(client, school, desk):
    entered(client, desk, school)
    text = (
        "STT\tĐiều/khoản/điểm\tNội dung dự thảo\tÝ kiến góp ý\tLý do\n"
        "1\tkhoản 2 Điều 2\t\tThêm mức thu\tLuật\n2\tĐiều 9\t\tBỏ\t\n"
        "3\tchung\t\tNhất trí\t"
    )
    page = client.page(f"{desk}/{school.id}/bang").submit("Kiểm tra bảng", text=text)
    assert page.status == 422
    page = page.submit("Kiểm tra lại", **{"cell-2-place": "Điều 1"})
    assert "1 dòng chỉ ghi nhất trí." in page.text
    page = page.submit("Nhập 2 ý kiến")
    assert "Đã nhập 2 ý kiến" in page.text
    assert [(one.key, one.text) for one in comments()] == [
        (voiced.FIRST, "Bỏ"), (voiced.CLAUSE, "Thêm mức thu\nLý do: Luật"),
    ]  # fmt: skip


def test_words_that_no_place_can_be_read_from_are_said_in_the_table(client, school, desk):
    entered(client, desk, school)
    text = "Điều khoản\tÝ kiến\nTrang 3, dòng 5\tSửa lỗi chính tả"
    page = client.page(f"{desk}/{school.id}/bang").submit("Kiểm tra bảng", text=text)
    assert "Chưa hiểu “Trang 3, dòng 5” là chỗ nào." in page.text


def test_a_letter_after_the_link_adds_comments_that_alone_can_be_put_right(client, school, desk):
    keep(school, **{voiced.CLAUSE: WORDS})
    send(school)
    page = entered(client, desk, school).submit("Thêm ý kiến", place="chung", text="Nhầm")
    assert "Sửa ý kiến 2" not in page.text
    page.follow("Sửa ý kiến 1").submit("Lưu ý kiến", text="Đúng")
    table = client.page(f"{desk}/{school.id}/bang")
    text = "Điều khoản\tÝ kiến\nĐiều 1\tBỏ"
    table.submit("Kiểm tra bảng", text=text).submit("Nhập 1 ý kiến")
    assert {one.text for one in comments()} == {"Đúng", "Bỏ", WORDS}


def test_what_was_typed_from_a_letter_is_put_right_or_taken_out(client, school, desk):
    page = entered(client, desk, school).submit("Thêm ý kiến", place="chung", text="Nhầm")
    page = page.follow("Sửa ý kiến 1").submit("Lưu ý kiến", text="Đúng")
    assert [one.text for one in comments()] == ["Đúng"]
    page.follow("Sửa ý kiến 1").submit("Xóa ý kiến nhập nhầm")
    assert comments() == []


def test_what_an_agency_sent_itself_cannot_be_changed_by_the_ward(client, school, desk):
    keep(school, **{voiced.CLAUSE: WORDS})
    send(school)
    page = client.page(f"{desk}/{school.id}")
    assert WORDS in page.text
    assert "Thêm ý kiến" not in page.buttons
    [comment] = comments()
    page = client.page(f"{desk}/{school.id}/y-kien/{comment.id}")
    page.submit("Lưu ý kiến", text="Khác")
    assert comments()[0].text == WORDS


def test_the_silent_ones_are_reminded(client, school, desk):
    page = client.page(desk)
    assert f"- {SCHOOL}" in page.text
    page = page.submit("Ghi là đã nhắc hôm nay")
    assert school.reminded_on == cased.day(0)
    assert client.get(f"{desk}/theo-doi.xlsx").data.startswith(b"PK")
    assert client.get(f"{desk}/mau-bang.xlsx").data.startswith(b"PK")


def test_others_of_the_ward_read_who_answered_and_see_no_link(client, made, host, case, school):
    client.sign_in(made.user(Duty.DRAFT, body=made.front))
    page = client.page(f"/lay-y-kien/{case.id}/co-quan")
    assert "Mời cơ quan" not in page.text
    page = page.follow(SCHOOL)
    assert "/cq/" not in page.text
    assert client.get(f"/lay-y-kien/{case.id}/co-quan/moi").status_code == 403


def test_an_account_of_an_agency_answers_without_a_link(client, made, host, case):
    [asked] = agencies.invite(host, case, Invited([made.front.id]))
    client.sign_in(made.user(Duty.DRAFT, body=made.front))
    page = client.page(f"/gop-y-du-thao/{asked.id}/dieu/{voiced.SECOND}")
    page = page.submit("Lưu, về mục lục", **{f"y-{voiced.CLAUSE}": WORDS})
    assert agency_answers.kept(asked) == {voiced.CLAUSE: WORDS}
    page = page.submit("Gửi 1 góp ý")
    assert "Đã góp ý: 1 ý kiến" in page.text
    assert len(comments()) == 1


def test_an_account_finds_what_its_agency_is_asked(client, made, host, case):
    agencies.invite(host, case, Invited([made.front.id]))
    client.sign_in(made.user(Duty.DRAFT, body=made.front))
    assert client.page("/lay-y-kien").follow("Góp ý").h1 == "Góp ý Quy chế thực hiện dân chủ"
    assert client.page(f"/lay-y-kien/{case.id}/co-quan").follow("Góp ý").status == 200
    page = client.page("/xa").follow("Góp ý").submit("Nhất trí toàn bộ")
    assert "Đã gửi góp ý." in page.text
    assert "mời cơ quan đồng chí góp ý" not in client.page("/xa").text


def test_nobody_answers_for_another_agency(client, made, host, case, school):
    [asked] = agencies.invite(host, case, Invited([made.front.id]))
    client.sign_in(made.user())
    assert client.get(f"/gop-y-du-thao/{asked.id}").status_code == 403
    assert client.get(f"/gop-y-du-thao/{school.id}").status_code == 403
