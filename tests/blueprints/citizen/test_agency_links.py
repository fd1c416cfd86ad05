"""An agency behind its link: it reads the draft, keeps, sends, takes back; without an account."""

from io import BytesIO

import docx
import pytest

from portal.features.consultations import agencies, agency_answers, agency_entries
from tests.support import cased, voiced
from tests.support.answered import SCHOOL, WORDS, comments, keep, send


@pytest.fixture
def link(school):
    return f"/cq/{agencies.secret_of(school)}"


def test_the_link_shows_the_draft_and_what_is_asked_of_whom(client, link):
    page = client.page(link)
    assert page.h1 == "Góp ý Quy chế thực hiện dân chủ"
    assert SCHOOL in page.text
    assert "Điều 2. Nội dung phải công khai" in page.text
    assert "Nhất trí toàn bộ" in page.buttons


def test_one_tap_agrees_to_all_of_it(client, school, link):
    page = client.page(link).submit("Nhất trí toàn bộ")
    assert "Đã gửi góp ý." in page.text
    assert school.agrees
    assert "Nhất trí toàn bộ" not in page.buttons


def test_comments_are_kept_by_article_looked_over_and_sent(client, school, link):
    page = client.page(f"{link}/dieu/{voiced.SECOND}")
    page = page.submit("Lưu, về mục lục", **{f"y-{voiced.CLAUSE}": WORDS})
    assert "khoản 2 Điều 2" in page.text
    assert WORDS in page.text
    assert comments() == []
    page = page.submit("Gửi 1 góp ý", signer="Hiệu trưởng")
    assert "Đã góp ý: 1 ý kiến" in page.text
    [comment] = comments()
    assert (comment.key, comment.text, school.signer) == (voiced.CLAUSE, WORDS, "Hiệu trưởng")


def test_saving_leads_to_the_next_article(client, link):
    page = client.page(f"{link}/dieu/{voiced.FIRST}")
    page = page.submit("Lưu, sang Điều 2", **{f"y-{voiced.FIRST}": WORDS})
    assert page.h1 == "Điều 2. Nội dung phải công khai"


def test_a_general_comment_has_a_box_on_the_first_page(client, school, link):
    page = client.page(link).submit("Lưu góp ý chung", **{"y-chung": "Thêm mục lục"})
    assert "Cả dự thảo" in page.text
    assert agency_answers.kept(school) == {"": "Thêm mục lục"}


def test_what_two_people_wrote_at_once_stands_side_by_side(client, school, link):
    page = client.page(f"{link}/dieu/{voiced.FIRST}")
    keep(school, **{voiced.FIRST: "Của người kia"})
    again = page.submit("Lưu, về mục lục", **{f"y-{voiced.FIRST}": "Của tôi"})
    assert again.status == 409
    assert "Của người kia" in again.text
    assert again.form("Lưu, về mục lục").fields[f"y-{voiced.FIRST}"].strip() == "Của tôi"
    again.submit("Lưu, về mục lục", **{f"y-{voiced.FIRST}": "Cả hai"})
    assert agency_answers.kept(school) == {voiced.FIRST: "Cả hai"}


def test_a_text_that_is_too_long_stays_in_its_box(client, school, link):
    long = "a" * 20_000
    page = client.page(f"{link}/dieu/{voiced.FIRST}")
    page = page.submit("Lưu, về mục lục", **{f"y-{voiced.FIRST}": long})
    assert page.status == 422
    assert "10.000" in page.text
    assert page.form("Lưu, về mục lục").fields[f"y-{voiced.FIRST}"].strip() == long
    assert agency_answers.kept(school) == {}


def test_what_was_sent_can_be_taken_back_and_sent_again(client, school, link):
    keep(school, **{voiced.CLAUSE: WORDS})
    send(school)
    page = client.page(link).submit("Rút lại để sửa")
    assert "Gửi 1 góp ý" in page.buttons
    assert comments() == []


def test_a_table_goes_into_the_boxes_once_every_cell_is_right(client, school, link):
    text = "Điều khoản\tÝ kiến\nkhoản 2 Điều 2\tThêm mức thu\nĐiều 9\tBỏ"
    page = client.page(f"{link}/bang").submit("Kiểm tra bảng", text=text)
    assert "Dự thảo không có Điều 9." in page.text
    page = page.submit("Kiểm tra lại", **{"cell-2-place": "Điều 1"})
    page = page.submit("Lấy 2 góp ý")
    assert "Gửi 2 góp ý" in page.buttons
    assert agency_answers.kept(school) == {voiced.CLAUSE: "Thêm mức thu", voiced.FIRST: "Bỏ"}


def test_words_that_no_place_can_be_read_from_are_said_and_not_an_error(client, link):
    text = "Điều khoản\tÝ kiến\nTrang 3, dòng 5\tSửa lỗi chính tả"
    page = client.page(f"{link}/bang").submit("Kiểm tra bảng", text=text)
    assert "Chưa hiểu “Trang 3, dòng 5” là chỗ nào." in page.text


def test_a_quotation_that_is_not_what_stands_there_is_put_right_or_confirmed(client, school, link):
    text = (
        "Điều khoản\tNội dung dự thảo\tÝ kiến\n"
        "khoản 1 Điều 2\tkhoản thu theo đầu hộ;\tMột\n"
        "khoản 2 Điều 2\tLịch tiếp công dân của Chủ tịch phường\tHai"
    )
    page = client.page(f"{link}/bang").submit("Kiểm tra bảng", text=text)
    assert "Nội dung này nay ở điểm a khoản 2 Điều 2, không ở khoản 1 Điều 2." in page.text
    page = page.submit("Kiểm tra lại", **{"cell-1-place": "điểm a khoản 2 Điều 2",
                                          "sure-2-draft": "1"})  # fmt: skip
    page.submit("Lấy 2 góp ý", **{"sure-2-draft": "1"})
    assert agency_answers.kept(school) == {voiced.POINT: "Một", voiced.CLAUSE: "Hai"}


def test_what_was_typed_at_a_clause_that_a_version_drops_is_there_still(client, made, school, link):
    page = client.page(f"{link}/dieu/{voiced.SECOND}")
    voiced.version(made.draft.id, voiced.PROVISIONS[:4], number=2)
    home = page.submit("Lưu, về mục lục", **{f"y-{voiced.CLAUSE}": WORDS})
    assert WORDS in home.text
    again = home.follow("khoản 2 Điều 2")
    assert "không còn chỗ này" in again.text
    again.submit("Lưu, về mục lục", **{f"y-{voiced.CLAUSE}": ""})
    assert agency_answers.kept(school) == {}


def test_what_was_typed_at_an_article_that_a_version_drops_is_there_still(
    client, made, school, link
):
    page = client.page(f"{link}/dieu/{voiced.SECOND}")
    voiced.version(made.draft.id, voiced.PROVISIONS[:2], number=2)
    home = page.submit("Lưu, về mục lục", **{f"y-{voiced.SECOND}": WORDS})
    assert WORDS in home.follow("Điều 2").text
    assert agency_answers.kept(school) == {voiced.SECOND: WORDS}
    client.page(f"{link}/dieu/nothere1", status=404)


def test_following_the_advice_after_a_conflict_overwrites_nobody(client, school, link):
    page = client.page(f"{link}/dieu/{voiced.SECOND}")
    keep(school, **{voiced.SECOND: "Của người kia", voiced.CLAUSE: "Cũng của người kia"})
    again = page.submit("Lưu, về mục lục", **{f"y-{voiced.SECOND}": "Của tôi"})
    assert again.status == 409
    again.submit("Lưu, về mục lục", **{f"y-{voiced.SECOND}": "Cả hai"})
    assert agency_answers.kept(school) == {
        voiced.SECOND: "Cả hai", voiced.CLAUSE: "Cũng của người kia",
    }  # fmt: skip


def general(page):
    return page.form("Lưu góp ý chung").fields["y-chung"].strip()


def test_a_general_comment_that_could_not_be_kept_stays_in_its_box(client, school, link):
    page = client.page(link)
    refused = page.submit("Lưu góp ý chung", **{"y-chung": "a" * 20_000})
    assert (refused.status, general(refused)) == (422, "a" * 20_000)
    keep(school, whole="Của người kia")
    stale = page.submit("Lưu góp ý chung", **{"y-chung": "Của tôi"})
    assert (stale.status, general(stale)) == (409, "Của tôi")
    assert "Người khác của cơ quan vừa ghi: Của người kia" in stale.text
    send(school)
    sent = page.submit("Lưu góp ý chung", **{"y-chung": "Của tôi"})
    assert (sent.status, general(sent)) == (409, "Của tôi")


def test_a_link_opens_from_webmail_and_a_form_from_elsewhere_is_refused(client, link):
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    for path in ("", f"/dieu/{voiced.FIRST}", "/bang", "/cong-van.docx", "/mau-bang.xlsx"):
        assert client.get(f"{link}{path}", headers=elsewhere).status_code == 200
    for path in ("/gui", "/rut", "/bang", f"/dieu/{voiced.FIRST}"):
        assert client.post(f"{link}{path}", headers=elsewhere).status_code == 403


def test_the_letter_and_the_blank_form_are_files(client, school, link):
    keep(school, **{voiced.CLAUSE: WORDS})
    letter = client.get(f"{link}/cong-van.docx")
    assert any(WORDS in cell.text for table in docx.Document(BytesIO(letter.data)).tables
               for cell in table._cells)  # fmt: skip
    assert client.get(f"{link}/mau-bang.xlsx").data.startswith(b"PK")


@pytest.mark.parametrize("wrong", ["", "a" * 26, "x"])
def test_a_wrong_link_says_what_to_do(client, link, wrong):
    if wrong:
        page = client.page(f"/cq/{wrong}", status=404)
        assert page.h1 == "Đường dẫn này không mở được"
    assert client.post(f"/cq/{'a' * 26}/gui").status_code == 404


def test_a_revoked_link_opens_nothing_any_more(client, host, school, link):
    agencies.revoke(host, school, "Gửi nhầm")
    client.page(link, status=404)
    client.page(f"{link}/dieu/{voiced.FIRST}", status=404)


def test_a_form_from_elsewhere_is_refused(client, link):
    answer = client.post(f"{link}/gui", data={"nhat-tri": "1"}, headers={"Origin": "https://x.vn"})
    assert answer.status_code == 403


def test_an_entered_letter_closes_the_boxes(client, made, host, school, link):
    keep(school, **{voiced.CLAUSE: WORDS})
    agency_entries.enter(
        host, school.consultation, school, agency_entries.Letter("41/X", cased.day(0), agrees=True)
    )
    page = client.page(link)
    assert "41/X" in page.text
    assert "Rút lại để sửa" not in page.buttons
    assert client.post(f"{link}/dieu/{voiced.FIRST}", data={f"y-{voiced.FIRST}": "x", "khoa": ""}
                       ).status_code == 409  # fmt: skip


def test_a_refusal_names_the_box_that_is_too_long_and_leads_to_it(client, link):
    page = client.page(f"{link}/dieu/{voiced.SECOND}")
    page = page.submit("Lưu, về mục lục", **{f"y-{voiced.CLAUSE}": "a" * 10_001})
    assert page.link("khoản 2 Điều 2").href.endswith(f"#y-{voiced.CLAUSE}")
    ids = [each.get("id") for each in page.html.elements("textarea")]
    assert f"y-{voiced.CLAUSE}" in ids
    page = client.page(link).submit("Lưu góp ý chung", **{"y-chung": "a" * 10_001})
    assert page.link("Góp ý chung cho cả dự thảo").href.endswith("#y-chung")


def test_an_agency_that_does_not_agree_says_why_and_signs_so(client, school, link):
    keep(school, **{voiced.CLAUSE: WORDS})
    page = client.page(link).submit("Gửi 1 góp ý", y="khong-nhat-tri")
    assert page.status == 422
    assert page.form("Gửi 1 góp ý").fields["y"] == "khong-nhat-tri"
    page = client.page(link).submit("Lưu góp ý chung", **{"y-chung": "Chưa rõ kinh phí"})
    form = page.form("Gửi 2 góp ý").fields
    typed = {**form, "y": "khong-nhat-tri", "signer": "Hiệu trưởng, Người Ký Mẫu"}
    letter = client.post(f"{link}/cong-van.docx", data=typed)
    lines = [each.text for each in docx.Document(BytesIO(letter.data)).element.body.iter()
             if each.text]  # fmt: skip
    assert "Người Ký Mẫu" in lines
    assert any("không nhất trí với dự thảo" in line for line in lines)
    page = page.submit("Gửi 2 góp ý", y="khong-nhat-tri")
    assert "Không nhất trí: 2 ý kiến" in page.text
    assert school.disagrees
