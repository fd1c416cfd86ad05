"""Signing in and out as a person and as an attacker does it."""

import unicodedata
from datetime import date

import pytest

from portal.core.database import session, write
from portal.features.audit.services import OPERATOR
from portal.features.org_units import queries as org_units
from portal.features.users import services
from portal.features.users.models import User
from portal.features.users.services import NewAccount
from portal.policy.roles import Role
from tests.support import surveyed

PASSWORD = "lá tre gió chiều sông"
OTHER = "con mèo ngồi trong bếp"
NAMES = {"username": "quan.tri"}


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã B"]})


@pytest.fixture
def user(place):
    return made(place, PASSWORD)[0]


def made(place, password=None):
    surveyed.runs_the_portal(place, "Tỉnh")
    [body] = org_units.organisations([place["Tỉnh"].id])
    wanted = NewAccount("quan.tri", "Quản trị", Role.ADMIN, body.id)
    return services.create_account(OPERATOR, wanted, password=password)


def enter(client, password=PASSWORD, address="/dang-nhap"):
    return client.page(address).submit("Đăng nhập", password=password, **NAMES)


def cookie(client):
    return client.get_cookie("phien")


def wrong_tries(client, count):
    page = client.page("/dang-nhap")
    return [page.submit("Đăng nhập", password="sai", **NAMES) for _ in range(count)]


def test_the_right_password_leads_to_the_account_s_own_home(client, user):
    assert enter(client).path == "/quan-tri"


def test_a_link_that_was_opened_first_is_where_signing_in_leads(client, user):
    page = client.page("/quan-tri/nhat-ky?loai=account")
    assert page.h1 == "Đăng nhập"
    assert page.submit("Đăng nhập", password=PASSWORD, **NAMES).h1 == "Nhật ký"


@pytest.mark.parametrize(
    "target",
    ["https://vi.du", "//vi.du", "/\\vi.du", "javascript:alert(1)", "vi.du", "/%0d%0aX:1/\t/vi.du"],
)
def test_signing_in_leads_nowhere_else(client, user, target):
    page = client.get("/dang-nhap", query_string={"tiep": target})
    assert page.status_code == 200
    form = client.page("/dang-nhap").form("Đăng nhập").fields
    form.setlist("tiep", [target])
    answer = client.post("/dang-nhap", data={**form, **NAMES, "password": PASSWORD})
    assert answer.location == "/lam-viec"


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(client, user):
    page = client.page("/dang-nhap")
    wrong = page.submit("Đăng nhập", password="sai", **NAMES)
    unknown = page.submit("Đăng nhập", username="khong.ai", password="sai")
    assert (wrong.status, wrong.alerts) == (unknown.status, unknown.alerts)
    assert "chưa đúng" in wrong.alerts[0]


def test_forty_wrong_tries_are_told_to_wait_some_seconds(client, user):
    answers = wrong_tries(client, 40)
    assert [page.status for page in answers].count(429) >= 34
    assert "Xin đợi" in answers[-1].alerts[0]
    assert "giây" in answers[-1].alerts[0]
    assert int(answers[-1].response.headers["Retry-After"]) <= 10


def test_the_owner_gets_in_where_she_has_signed_in_before_while_others_guess(app, client, user):
    enter(client).submit("Đăng xuất")
    attacker = app.test_client()
    assert wrong_tries(attacker, 40)[-1].status == 429
    assert enter(client).path == "/quan-tri"
    assert enter(attacker).status == 429


def test_a_forged_browser_cookie_gives_no_tries_of_its_own(client, user):
    wrong_tries(client, 10)
    client.set_cookie("trinh_duyet", "eyJuIjoieCIsImEiOltdfQ.aaaa.bbbb", path="/dang-nhap")
    assert wrong_tries(client, 1)[-1].status == 429


def test_a_copied_cookie_is_dead_after_signing_out(app, client, user):
    enter(client)
    thief = app.test_client()
    thief.set_cookie("phien", cookie(client).value)
    assert thief.page("/quan-tri").h1 == "Tổng quan"
    client.page("/quan-tri").submit("Đăng xuất")
    assert thief.page("/quan-tri").h1 == "Đăng nhập"


def test_a_cookie_planted_before_signing_in_gains_nothing(app, client, user):
    attacker = app.test_client()
    attacker.page("/dang-nhap")
    planted = cookie(attacker).value
    client.set_cookie("phien", planted)
    enter(client)
    assert cookie(client).value != planted
    assert attacker.page("/quan-tri").h1 == "Đăng nhập"


def test_signing_in_again_ends_the_ticket_this_browser_had(app, client, user):
    form = client.page("/dang-nhap").form("Đăng nhập")
    enter(client)
    form.submit("Đăng nhập", password=PASSWORD, **NAMES)
    assert len(services.live_sign_ins(user.id)) == 1


def test_the_one_time_password_must_be_changed_before_anything_else(client, place):
    _, password = made(place)
    page = enter(client, password)
    assert page.path == "/doi-mat-khau"
    assert client.page("/quan-tri").path == "/doi-mat-khau"
    assert page.submit("Lưu", new="ngan", again="ngan").status == 422
    assert page.submit("Lưu", new=password, again=password).status == 422
    assert page.submit("Lưu", new=OTHER, again=PASSWORD).status == 422
    # Two keyboards, one password: the same letters composed and not.
    parted = unicodedata.normalize("NFD", OTHER)
    assert parted != OTHER
    assert page.submit("Lưu", new=OTHER, again=parted).path == "/quan-tri"


def test_whoever_has_only_the_one_time_password_can_still_sign_out(client, place):
    page = enter(client, made(place)[1])
    assert page.submit("Đăng xuất").path == "/dang-nhap"


def test_a_password_is_changed_by_whoever_knows_it_and_ends_the_other_sign_ins(app, client, user):
    enter(client)
    elsewhere = app.test_client()
    enter(elsewhere)
    page = client.page("/doi-mat-khau")
    assert page.submit("Lưu", current="sai", new=OTHER, again=OTHER).status == 422
    assert page.submit("Lưu", current=PASSWORD, new=OTHER, again=OTHER).status == 200
    assert elsewhere.page("/quan-tri").h1 == "Đăng nhập"
    assert client.page("/quan-tri").h1 == "Tổng quan"


def test_one_sees_and_ends_one_s_own_sign_ins(app, client, user):
    enter(client)
    elsewhere = app.test_client()
    elsewhere.page("/dang-nhap", headers={"User-Agent": "Firefox/140 (Android)"}).submit(
        "Đăng nhập", password=PASSWORD, **NAMES
    )
    page = client.page("/lan-dang-nhap")
    assert len(page.rows()) == 3
    page.submit("Đăng xuất mọi nơi khác")
    assert elsewhere.page("/quan-tri").h1 == "Đăng nhập"
    assert len(client.page("/lan-dang-nhap").rows()) == 2


def test_nobody_ends_the_sign_in_of_another(app, client, place, user):
    enter(client)
    [mine] = services.live_sign_ins(user.id)
    other = app.test_client()
    other.sign_in(surveyed.account(place, "Xã B", Role.COMMUNE))
    token = other.page("/doi-mat-khau").form("Lưu").fields["csrf_token"]
    answer = other.post(f"/lan-dang-nhap/{mine.id}/ket-thuc", data={"csrf_token": token})
    assert answer.status_code == 404
    assert client.page("/quan-tri").h1 == "Tổng quan"


def test_a_form_without_its_token_is_refused(client, user):
    answer = client.post("/dang-nhap", data={**NAMES, "password": PASSWORD})
    assert answer.status_code in {400, 422}
    assert client.page("/quan-tri").h1 == "Đăng nhập"


def test_the_language_is_kept_and_leads_back_to_an_own_page_only(client, user):
    answer = client.post("/ngon-ngu", data={"ngon_ngu": "en", "ve": "/dang-nhap"})
    assert answer.location == "/dang-nhap"
    assert client.get_cookie("ngon_ngu").value == "en"
    assert cookie(client) is None
    away = client.post("/ngon-ngu", data={"ngon_ngu": "fr", "ve": "//vi.du"})
    assert (away.location, client.get_cookie("ngon_ngu").value) == ("/", "en")


def test_a_password_is_nowhere_in_the_answer_or_the_log(client, user, capfd):
    page = client.page("/dang-nhap").submit("Đăng nhập", username="ai", password="bí mật của tôi")
    assert "bí mật của tôi" not in page.response.get_data(as_text=True)
    assert "bí mật" not in capfd.readouterr().err


def test_a_reform_that_closed_the_account_is_told_of_after_the_right_password_only(client, user):
    services.deactivate(OPERATOR, user.id, "Đơn vị kết thúc")
    page = client.page("/dang-nhap")
    wrong = page.submit("Đăng nhập", password=PASSWORD, **NAMES)
    assert "chưa đúng" in wrong.text  # its organisation goes on: nothing is said
    with write() as current:
        body = current.get_one(User, user.id).organisation
        body.valid_to = date(2025, 6, 30)
    wrong = page.submit("Đăng nhập", password="không phải", **NAMES)
    assert "chưa đúng" in wrong.text
    told = page.submit("Đăng nhập", password=PASSWORD, **NAMES)
    assert (told.status, "kết thúc sau ngày 30/06/2025" in told.text) == (422, True)
    assert client.page("/quan-tri").h1 == "Đăng nhập"


def test_closing_an_account_ends_its_pages_at_once(client, user):
    enter(client)
    services.deactivate(OPERATOR, user.id, "Nghỉ việc")
    assert client.page("/quan-tri").h1 == "Đăng nhập"
    assert session().get_one(User, user.id).active is False
