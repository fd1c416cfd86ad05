"""The readers' pages: what is shown of a letter to whom, and all that is done with it by hand."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from portal.core.database import session
from portal.features.audit import queries as audit
from portal.features.letters.models import LetterOpening
from portal.features.users.models import User
from portal.policy.roles import Duty, Role
from tests.support import lettered, sealed, surveyed

SHUT = "Thư niêm phong – chỉ cấp trên mở được"
SECRET = "Chủ tịch phường nhận quà của ông Tám"


@pytest.fixture
def made(app):
    return lettered.box()


@pytest.fixture
def letter(made):
    made.receipt()
    lettered.next_morning()
    return lettered.the_letter()


@pytest.fixture
def reader(made, client) -> User:
    user = made.account("reader", Role.COMMUNE)
    client.sign_in(user)
    return user


@pytest.fixture
def shut(made):
    """A letter sealed to the key of the city, and the account that holds it."""
    holder = made.account("city", Role.DISTRICT)
    sealed.made_key(holder)
    made.receipt(SECRET, official=True, photos=1)
    lettered.next_morning()
    return lettered.the_letter(), holder


def test_the_list_says_what_is_new_and_leads_to_the_letter(client, reader, letter):
    page = client.page("/thu")
    assert "1 thư mới" in page.text
    assert letter.short_name in str(page.rows())
    opened = page.follow(letter.short_name)
    assert lettered.TEXT in opened.text


def test_no_list_shows_a_word_of_a_letter_that_the_body_has_not_opened(
    client, reader, made, letter
):
    made.receipt("Giấy hẹn trả ngày 02/5 nhưng đến 06/5 vẫn chưa có, đề nghị xem.")
    lettered.next_morning()
    other = next(one for one in lettered.letters() if one.id != letter.id)
    words = ("Giấy hẹn trả", "đề nghị xem")
    for address in ("/thu", "/thu?tim=giấy hẹn"):
        assert not any(word in client.page(address).text for word in words)
    beside = client.page(f"/thu/{letter.id}").text
    assert "đề nghị xem" not in beside
    assert "chưa mở đọc; mời mở thư trước khi gộp" in beside
    client.page(f"/thu/{other.id}")
    assert "đề nghị xem" in client.page("/thu").text


def test_a_photo_that_is_opened_alone_opens_its_letter_on_the_record(client, reader, made):
    made.receipt(photos=1)
    lettered.next_morning()
    client.get(f"/thu/{lettered.the_letter().id}/anh/0")
    assert session().query(LetterOpening).count() == 1


def test_a_letter_is_opened_on_the_record_once_a_day(client, reader, letter):
    for _ in range(2):
        client.page(f"/thu/{letter.id}")
    assert [one.organisation_id for one in session().query(LetterOpening)] == [
        reader.organisation_id
    ]
    assert [one.action for one in audit.of_subject("letter", letter.id)] == ["letter:opened"]
    assert "Khối Dân vận phường Ngô Quyền" in client.page(f"/thu/{letter.id}").text


def test_a_letter_goes_from_its_page_to_the_public_by_two_people(client, made, reader, letter):
    page = client.page(f"/thu/{letter.id}")
    page = page.submit("Phân loại, giao giải quyết", category="report")
    page = page.submit("Trình duyệt", answer="Phường đã trả giấy, xin lỗi bà con.")
    assert "Duyệt, trả lời người gửi" not in page.buttons
    client.sign_in(made.account("reader", Role.COMMUNE, Duty.APPROVE))
    page = client.page(f"/thu/{letter.id}").submit("Duyệt, trả lời người gửi")
    page = client.page(f"/thu/{letter.id}/cong-khai").submit("Công khai")
    assert "Đã công khai" in page.text
    assert (letter.state, letter.published_text) == ("published", lettered.TEXT)


def test_what_was_typed_stays_where_it_cannot_be_taken(client, reader, letter):
    page = client.page(f"/thu/{letter.id}")
    page = page.submit("Phân loại, giao giải quyết", category="denunciation", due_on="32/13/2026")
    assert page.status == 422
    assert "32/13/2026" in str(page.form("Phân loại, giao giải quyết").fields)


def test_what_was_typed_in_a_second_window_stays_on_its_page(client, reader, letter):
    page = client.page(f"/thu/{letter.id}")
    page = page.submit("Phân loại, giao giải quyết", category="report")
    page.submit("Trình duyệt", answer="Trả lời của cửa sổ thứ nhất.")
    second = page.submit("Trình duyệt", answer="Chữ gõ ở cửa sổ thứ hai.")
    assert second.status == 409
    assert "vừa được người khác xử lý" in second.text
    assert "Chữ gõ ở cửa sổ thứ hai." in second.form("Trình duyệt").fields["answer"]


def test_letters_without_a_field_are_found(client, made, reader, letter):
    made.receipt("Thư có lĩnh vực", field=lettered.FIELDS[0])
    lettered.next_morning()
    (other,) = (one for one in lettered.letters() if one.id != letter.id)
    page = client.page("/thu").submit("Lọc", **{"linh-vuc": "-"})
    assert letter.short_name in page.text
    assert other.short_name not in page.text


def test_a_denunciation_shows_the_lawful_way(client, reader, letter):
    page = client.page(f"/thu/{letter.id}")
    page = page.submit("Phân loại, giao giải quyết", category="denunciation")
    assert "Luật Tố cáo, Điều 25" in page.text
    page = page.submit("Chuyển cơ quan có thẩm quyền", referred_to="Thanh tra thành phố")
    assert "Đã chuyển cơ quan có thẩm quyền" in page.text
    assert letter.referred_to == "Thanh tra thành phố"


def test_a_sealed_letter_is_a_line_to_the_ward_and_found_by_no_word(client, made, reader, shut):
    letter, _ = shut
    assert SHUT in client.page("/thu").text
    assert letter.short_name not in client.page("/thu?tim=nhận quà").text
    assert letter.short_name in client.page(f"/thu?tim={letter.short_name.lower()}").text
    page = client.page(f"/thu/{letter.id}")
    assert SHUT in page.text
    assert SECRET not in page.text
    assert "Mở khóa để đọc" not in [one.text for one in page.links]
    assert session().query(LetterOpening).count() == 0
    assert client.get(f"/thu/{letter.id}/anh/0").status_code == 403


def test_the_holder_unlocks_reads_and_answers_sealed(client, shut, made):
    letter, holder = shut
    client.sign_in(holder)
    page = client.page(f"/thu/{letter.id}")
    assert SECRET not in page.text
    page = page.follow("Mở khóa để đọc").submit("Mở khóa", words=sealed.WORDS)
    assert SECRET in page.text
    page = page.submit("Phân loại, giao giải quyết", category="denunciation")
    page = page.submit("Trình duyệt", answer="Thành phố đang xác minh.")
    assert "Thành phố đang xác minh." in page.text
    assert [one.text for one in lettered.messages(letter)] == [None, None]


def test_without_the_passphrase_nothing_is_done_with_a_sealed_letter(client, shut):
    letter, holder = shut
    client.sign_in(holder)
    token = client.page("/thu").form("/dang-xuat").fields["csrf_token"]
    client.post(f"/thu/{letter.id}/phan-loai", data={"csrf_token": token, "category": "report"})
    assert letter.state == "received"
    assert client.get(f"/thu/{letter.id}/anh/0").status_code == 404


def sheet_text(client, query=""):
    """Give all that stands in the list as a spreadsheet."""
    answer = client.get(f"/thu/danh-sach.xlsx{query}")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    return str(book.get_sheet_by_index(0).to_python())


def test_the_sheet_holds_what_is_filtered_and_no_word_of_a_sealed_letter(
    client, made, reader, shut
):
    made.receipt("=1+1 Đèn hỏng")
    lettered.next_morning()
    unread = sheet_text(client, "?trang-thai=received")
    assert "Đèn hỏng" not in unread
    assert "Chưa mở đọc" in unread
    plain = next(one for one in lettered.letters() if not one.is_sealed)
    client.page(f"/thu/{plain.id}")
    text = sheet_text(client, "?trang-thai=received")
    assert "=1+1 Đèn hỏng" in text
    assert "Thư niêm phong" in text
    assert "nhận quà" not in text


def test_hiding_is_asked_on_the_page_and_decided_from_above(client, made, reader, letter):
    client.page(f"/thu/{letter.id}").submit("Đề nghị ẩn", hide_reason="Lời lẽ xúc phạm")
    client.sign_in(made.account("city", Role.DISTRICT))
    page = client.page("/thu")
    assert "Có 1 đề nghị ẩn thư chờ quyết định" in page.text
    page = page.follow(f"Thư {letter.short_name}").submit("Đồng ý ẩn", reason="Đúng là xúc phạm")
    assert letter.state == "hidden"
    assert {one.level for one in session().query(LetterOpening)} == {"commune", "district"}


@pytest.mark.parametrize("role", [Role.COMMUNE, Role.YOUTH, Role.DISTRICT, Role.ADMIN])
def test_a_letter_of_another_ward_has_no_address(client, made, letter, role):
    neighbour = surveyed.account(made.units, "Xã bên", role)
    client.sign_in(neighbour)
    token = client.page("/lan-dang-nhap").form("/dang-xuat").fields["csrf_token"]
    for act in ("phan-loai", "tra-loi", "ghi-chu", "chuyen-co-quan", "gop", "chuyen-ben-doc",
                "xin-an", "cong-khai"):  # fmt: skip
        answer = client.post(f"/thu/{letter.id}/{act}", data={"csrf_token": token})
        assert answer.status_code == 404
    for address in ("", "/anh/0", "/cong-khai"):
        assert client.get(f"/thu/{letter.id}{address}").status_code == 404
    done = client.post(f"/xu-ly/letter/{letter.id}/close", data={"csrf_token": token})
    assert done.status_code == 404


def test_the_badge_and_the_home_line_say_how_many_and_nothing_more(client, reader, letter):
    page = client.page("/xa")
    assert "Có 1 ý kiến mới" in page.text
    assert lettered.TEXT not in page.text


def test_a_photo_is_shown_to_who_reads_it_alone(client, made, reader):
    made.receipt(photos=1)
    lettered.next_morning()
    letter = lettered.the_letter()
    page = client.page(f"/thu/{letter.id}")
    [address] = [one.href for one in page.links if "/anh/" in one.href]
    assert client.get(address).data[:2] == b"\xff\xd8"
    client.sign_in(made.account("committee", Role.COMMUNE))
    assert client.get(address).status_code == 404
