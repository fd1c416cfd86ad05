"""The tier above finds who cannot get in, and gives a password that is shown once."""

import re

import pytest

from portal.core.database import write
from portal.features.audit import queries as records
from portal.features.org_units.importing import _fold_names
from portal.features.users import queries, services
from portal.features.users.services import SignedIn
from portal.policy.roles import Duty, Role
from tests.support import surveyed

URL = "/tai-khoan-cap-duoi"
MAY = frozenset({Duty.CLERK})


@pytest.fixture
def place(app):
    made = surveyed.province({"Huyện A": ["Xã 1"], "Huyện Sơn Động": ["Xã 2"]})
    with write() as current:
        _fold_names(current)
    return made


@pytest.fixture
def communes(place):
    return [surveyed.account(place, name, Role.COMMUNE) for name in ("Xã 1", "Xã 2")]


@pytest.fixture
def district(client, place, communes):
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT, MAY))
    return client


def test_a_district_sees_its_own_communes_and_no_others(district):
    page = district.page(URL)
    assert [row[1] for row in page.rows()[1:]] == ["Ban Xã 1"]
    assert "Chưa in mật khẩu" in page.text


def test_the_new_password_is_shown_once_opens_the_account_and_is_on_record(district, communes):
    sheet = district.page(URL).submit("Cấp lại")
    [secret] = re.findall(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}(?![a-z0-9])", sheet.text)
    name = communes[0].username
    assert isinstance(services.sign_in(name, secret, None, ""), SignedIn)
    entry = records.of_subject("account", communes[0].id)[0]
    assert entry.action == "account:password_reset"
    assert secret not in district.page(URL).text


def test_the_page_sent_again_gives_no_other_password(district, communes):
    form = district.page(URL).form("Cấp lại")
    [secret] = re.findall(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}(?![a-z0-9])",
                          form.submit("Cấp lại").text)  # fmt: skip
    again = form.submit("Cấp lại")
    assert again.path == URL
    assert any("Chưa cấp thêm mật khẩu nào" in alert for alert in again.alerts)
    assert isinstance(services.sign_in(communes[0].username, secret, None, ""), SignedIn)
    assert district.page(URL).submit("Cấp lại").h1 == "Mật khẩu dùng một lần"


def test_an_account_elsewhere_or_of_ones_own_tier_is_not_there(district, place, communes):
    token = district.page(URL).form("Cấp lại").fields["csrf_token"]
    own = surveyed.account(place, "Huyện A", Role.DISTRICT)
    for other in (communes[1].id, own.id, 999):
        answer = district.post(f"{URL}/{other}/cap-lai-mat-khau", data={"csrf_token": token})
        assert answer.status_code == 404
    assert queries.get(communes[1].id).must_change_password is False


def test_without_the_duty_one_sees_who_waits_but_no_button(client, place, communes):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.DRAFT})))
    page = client.page(URL)
    assert "Cấp lại" not in page.buttons
    assert "lãnh đạo duyệt hoặc văn thư" in page.text
    token = page.form("Đăng xuất").fields["csrf_token"]
    target = f"{URL}/{communes[0].id}/cap-lai-mat-khau"
    assert client.post(target, data={"csrf_token": token}).status_code == 403


@pytest.mark.parametrize("role", [Role.COMMUNE, Role.YOUTH])
def test_a_commune_has_no_tier_below(client, place, role):
    client.sign_in(surveyed.account(place, "Xã 1", role, MAY))
    assert client.get(URL).status_code == 403
    assert URL not in [link.href for link in client.page("/lan-dang-nhap").links]


def test_the_list_is_searched_without_accents(client, place, communes):
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, MAY))
    page = client.page(URL).submit("Tìm", tim="son dong")
    assert [row[1] for row in page.rows()[1:]] == ["Ban Xã 2"]
    assert "Không có tài khoản nào như vậy" in page.submit("Tìm", tim="không ai").text
