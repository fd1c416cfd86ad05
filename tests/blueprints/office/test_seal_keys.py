"""“Khóa mở thư”: a leader makes the key, prints the sheet, shares it; a reader opens it."""

import re

import pytest

from portal.features.sealing import queries
from portal.policy.roles import Duty, Role
from tests.support import sealed, surveyed
from tests.support.officials import PLACES
from tests.support.sealed import WORDS

OTHER_WORDS = "chim sâu hót sau vườn chuối"
SIGNS = re.compile(r"(?:[0-9A-Z]{4} ){3,7}[0-9A-Z]{4}")


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def chief(place):
    return surveyed.account(place, "Huyện A", Role.DISTRICT)


@pytest.fixture
def colleague(place):
    return surveyed.account(place, "Huyện A", Role.DISTRICT, frozenset({Duty.DRAFT}))


def unlocked(client, key, words=WORDS):
    return client.page(f"/khoa-mo-thu/{key.id}/mo").submit("Mở khóa", words=words)


def test_a_leader_makes_the_key_and_sees_the_sheet_once(chief, client):
    client.sign_in(chief)
    page = client.page("/khoa-mo-thu").follow("Lập khóa")
    page = page.submit("Lập khóa và hiện phiếu", words=WORDS, again=WORDS)
    assert page.h1 == "Phiếu khôi phục khóa mở thư"
    sheet = SIGNS.search(page.text).group()
    assert len(sheet) == 39
    page = page.follow("Đã cất phiếu")
    assert "Đang giữ" in page.text
    assert "Mới một người giữ khóa" in page.text
    assert sheet not in page.text
    assert queries.live_key(chief.organisation_id)


@pytest.mark.parametrize(
    ("words", "again", "said"),
    [("", "", "Chưa ghi câu mở khóa"), ("ngắn", "ngắn", "ít nhất 10 ký tự"),
     (WORDS, OTHER_WORDS, "Hai lần gõ chưa giống nhau"), ("1234567890", "1234567890", "dễ đoán")],
)  # fmt: skip
def test_words_that_cannot_be_taken_are_told_so_and_make_no_key(chief, client, words, again, said):
    client.sign_in(chief)
    page = client.page("/khoa-mo-thu/lap").submit(
        "Lập khóa và hiện phiếu", words=words, again=again
    )
    assert page.status == 422
    assert said in page.text
    assert not page.form("Lập khóa và hiện phiếu").fields.get("words")
    assert queries.live_key(chief.organisation_id) is None


def test_the_words_open_the_key_for_half_an_hour_and_the_button_shuts_it(chief, client):
    key = sealed.made_key(chief)
    client.sign_in(chief)
    page = client.page("/khoa-mo-thu").follow("Mở khóa để đọc thư")
    assert page.submit("Mở khóa", words=OTHER_WORDS).status == 422
    page = page.submit("Mở khóa", words=WORDS)
    assert "Đang mở đến" in page.text
    cookie = client.get_cookie("khoa_thu")
    assert cookie.http_only
    assert sealed.private_key(chief) not in cookie.value.encode()
    page = page.submit("Khóa lại")
    assert "Mở khóa để đọc thư" in page.text
    assert client.get_cookie("khoa_thu") is None
    assert queries.holds(sealed.keeper(chief), key.id)


def test_the_cookie_opens_nothing_in_another_sign_in(chief, client, app):
    key = sealed.made_key(chief)
    client.sign_in(chief)
    unlocked(client, key)
    stolen = client.get_cookie("khoa_thu").value
    other = app.test_client()
    other.sign_in(chief)
    other.set_cookie("khoa_thu", stolen, path="/")
    assert "Mở khóa để đọc thư" in other.page("/khoa-mo-thu").text
    client.set_cookie("khoa_thu", stolen[:-8] + "AAAAAAA=", path="/")
    assert "Mở khóa để đọc thư" in client.page("/khoa-mo-thu").text


def test_unlocking_leads_back_and_never_elsewhere(chief, client):
    key = sealed.made_key(chief)
    client.sign_in(chief)
    page = client.page(f"/khoa-mo-thu/{key.id}/mo?tiep=/don-vi").submit("Mở khóa", words=WORDS)
    assert page.path.startswith("/don-vi")
    page = client.page(f"/khoa-mo-thu/{key.id}/mo?tiep=https://xau.example/")
    assert page.submit("Mở khóa", words=WORDS).path == "/khoa-mo-thu"


def test_a_colleague_is_invited_with_a_code_and_then_reads_too(chief, colleague, client, app):
    key = sealed.made_key(chief)
    client.sign_in(chief)
    page = unlocked(client, key).submit("Tạo mã mời", user_id=str(colleague.id))
    code = SIGNS.search(page.text).group()
    other = app.test_client()
    other.sign_in(colleague)
    page = other.page("/khoa-mo-thu").follow("Nhận giữ khóa")
    page = page.submit("Nhận giữ khóa", code=code, words=OTHER_WORDS, again=OTHER_WORDS)
    assert "Đang mở đến" in page.text
    page = client.page("/khoa-mo-thu")
    assert "2 tài khoản" in page.text


def test_a_holder_who_is_taken_away_reads_nothing_with_an_open_browser(
    chief, colleague, client, app
):
    test_a_colleague_is_invited_with_a_code_and_then_reads_too(chief, colleague, client, app)
    key = queries.live_key(chief.organisation_id)
    other = app.test_client()
    other.sign_in(colleague)
    unlocked(other, key, OTHER_WORDS)
    holder = queries.holder(colleague.id, key.id)
    page = client.page(f"/khoa-mo-thu/nguoi-giu/{holder.id}/thoi")
    assert page.submit("Thôi giữ khóa", reason=" ").status == 422
    page = page.submit("Thôi giữ khóa", reason="Chuyển công tác")
    assert "không còn mở được thư niêm" in page.text
    assert "Đang mở đến" not in other.page("/khoa-mo-thu").text


def test_the_last_holder_cannot_be_taken_away(chief, client):
    key = sealed.made_key(chief)
    client.sign_in(chief)
    holder = queries.holder(chief.id, key.id)
    page = client.page(f"/khoa-mo-thu/nguoi-giu/{holder.id}/thoi")
    page = page.submit("Thôi giữ khóa", reason="Nghỉ")
    assert page.status == 409
    assert "người cuối cùng" in page.text


def test_the_sheet_gives_a_leader_who_forgot_new_words(chief, client):
    key, sheet = sealed.made_key_and_sheet(chief)
    client.sign_in(chief)
    page = client.page("/khoa-mo-thu").follow("Dùng phiếu khôi phục")
    wrong = page.submit("Đặt câu mở khóa", sheet="0" * 32, words=OTHER_WORDS, again=OTHER_WORDS)
    assert wrong.status == 422
    assert wrong.form("Đặt câu mở khóa").fields["sheet"] == "0" * 32
    page = page.submit("Đặt câu mở khóa", sheet=sheet, words=OTHER_WORDS, again=OTHER_WORDS)
    assert "Đang mở đến" in page.text
    client.page("/khoa-mo-thu").submit("Khóa lại")
    assert unlocked(client, key, OTHER_WORDS).path == "/khoa-mo-thu"


def test_a_new_sheet_and_new_words_ask_for_an_open_key(chief, client):
    key = sealed.made_key(chief)
    client.sign_in(chief)
    assert client.page(f"/khoa-mo-thu/{key.id}/doi-cau").h1 == "Mở khóa"
    page = unlocked(client, key).submit("Làm phiếu mới")
    assert SIGNS.search(page.text)
    page = client.page("/khoa-mo-thu").follow("Đổi câu mở khóa của tôi")
    page = page.submit("Lưu câu mới", words=OTHER_WORDS, again=OTHER_WORDS)
    assert "Đã đổi câu mở khóa" in page.text


def test_a_key_is_retired_with_a_reason_and_another_one_is_made(chief, client):
    sealed.made_key(chief)
    client.sign_in(chief)
    page = client.page("/khoa-mo-thu").follow("Ngừng dùng khóa")
    assert page.submit("Ngừng dùng khóa", reason="").status == 422
    page = page.submit("Ngừng dùng khóa", reason="Lộ câu mở khóa")
    assert "Cơ quan chưa có khóa mở thư" in page.text
    assert "Khóa đã ngừng dùng" in page.text


def test_who_only_drafts_sees_the_page_and_changes_nothing(chief, colleague, client):
    key = sealed.made_key(chief)
    client.sign_in(colleague)
    page = client.page("/khoa-mo-thu")
    assert "Ngừng dùng khóa" not in page.text
    assert client.page(f"/khoa-mo-thu/{key.id}/ngung", status=403).status == 403
    assert client.page(f"/khoa-mo-thu/{key.id}/mo", status=404).status == 404


@pytest.mark.parametrize(("role", "at"), [(Role.COMMUNE, "Xã 1"), (Role.YOUTH, "Xã 1")])
def test_the_criticised_have_no_key_and_no_page(place, chief, client, role, at):
    key = sealed.made_key(chief)
    client.sign_in(surveyed.account(place, at, role))
    assert client.page("/khoa-mo-thu", status=403).status == 403
    assert client.page(f"/khoa-mo-thu/{key.id}/mo", status=404).status == 404


def test_another_district_does_not_find_the_key(place, chief, client):
    key = sealed.made_key(chief)
    client.sign_in(surveyed.account(place, "Huyện B", Role.DISTRICT))
    for path in ("mo", "ngung", "khoi-phuc", "doi-cau", "nhan"):
        assert client.page(f"/khoa-mo-thu/{key.id}/{path}", status=404).status == 404
