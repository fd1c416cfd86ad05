"""A group head's link: three short forms on a phone, no account, nothing lost."""

import pytest

from portal.features.ballots import links, services, standing
from portal.features.ballots.models import Enterer
from tests.support import balloted
from tests.support.balloted import FIGURES, Balloted
from tests.support.cased import day


@pytest.fixture
def ward(app) -> Balloted:
    return balloted.ward()


@pytest.fixture
def address(ward) -> str:
    return f"/to/{links.issue(ward.author, ward.one)}"


def typed(**changed: str) -> dict[str, str]:
    return {name: str(value) for name, value in FIGURES.values.items()} | changed


def test_the_ward_makes_a_link_that_opens_without_an_account(client, ward):
    client.sign_in(ward.place.user())
    page = client.page(f"/lay-y-kien/{ward.case.id}/ho-gia-dinh/{ward.one.id}")
    made = page.submit("Cấp đường dẫn")
    link = made.text[made.text.index("/to/") :].split()[0]
    client.sign_out()
    assert client.page(link).h1 == "Phiếu lấy ý kiến, Tổ dân phố số 1"


def test_a_head_chooses_the_day(client, ward, address):
    page = client.page(address)
    other = {"day": "2020-01-01", "khoa": address.removeprefix("/to/")}
    assert client.post(f"{address}/ngay", data=other).status_code == 422
    done = page.submit("Đổi ngày", day=day(1).isoformat())
    assert "Đã ghi ngày phát phiếu." in done.text
    assert ward.one.day == day(1)


def test_a_head_names_who_counts(client, ward, address):
    page = client.page(address)
    wrong = page.submit("Lưu tổ kiểm phiếu", team="Một người", witnesses="A\nB")
    assert wrong.status == 422
    assert wrong.form("Lưu tổ kiểm phiếu").fields["team"].strip() == "Một người"
    assert "Đã ghi tổ kiểm phiếu." in wrong.submit("Lưu tổ kiểm phiếu", team="A\nB\nC").text
    assert ward.one.team == "A\nB\nC"


def test_a_head_enters_counts_and_sees_nothing_of_the_wards(client, ward, address):
    ward.ready()
    ward.enter(Enterer.WARD, FIGURES)
    page = client.page(address)
    assert page.form("Gửi số phiếu").fields["issued"] == ""
    wrong = page.submit("Gửi số phiếu", **typed(returned="91"))
    assert wrong.status == 422
    assert wrong.form("Gửi số phiếu").fields["returned"] == "91"
    assert "Đã nhận số phiếu." in wrong.submit("Gửi số phiếu", **typed()).text
    assert standing.step(ward.one, day(0)) is standing.Step.AGREES


def test_before_the_day_there_is_nothing_to_send(client, app):
    ward = balloted.ward(ballots_in=2)
    page = client.page(f"/to/{links.issue(ward.author, ward.one)}")
    assert "Gửi số phiếu" not in page.buttons
    assert "Chưa tới ngày" in page.text


def test_a_revoked_link_says_so(client, ward, address):
    links.revoke(ward.author, ward.one)
    page = client.page(address, status=404)
    assert page.h1 == "Đường dẫn này không mở được nữa"
    sent = typed(khoa=address.removeprefix("/to/"))
    assert client.post(f"{address}/so-phieu", data=sent).status_code == 404


def test_what_is_settled_meanwhile_gives_the_numbers_back(client, ward, address):
    page = client.page(address)
    ward.settled()
    late = page.submit("Gửi số phiếu", **typed(blank="2"))
    assert late.status == 409
    assert "đã chốt" in late.text


def test_the_page_says_nothing_of_households_and_sets_no_cookie(client, ward, address):
    answer = client.get(address)
    assert "Set-Cookie" not in answer.headers
    assert client.get(f"{address}/ngay").status_code == 303
    crossed = client.post(f"{address}/ngay", headers={"Sec-Fetch-Site": "cross-site"})
    assert crossed.status_code == 403


def test_a_stale_page_does_not_erase_who_counts(client, ward, address):
    stale = client.page(address)
    services.keep_team(ward.author, ward.one, balloted.TEAM, ward.one.version)
    second = stale.submit("Lưu tổ kiểm phiếu", team="A\nB\nC", witnesses="")
    assert second.status == 409
    assert "Nguyễn Văn A, tổ trưởng" in second.text
    assert second.form("Lưu tổ kiểm phiếu").fields["team"].strip() == "A\nB\nC"
    assert ward.one.witnesses == balloted.TEAM.witnesses
    assert "Đã ghi tổ kiểm phiếu." in second.submit("Lưu tổ kiểm phiếu", witnesses="D\nE").text
    assert (ward.one.team, ward.one.witnesses) == ("A\nB\nC", "D\nE")


def test_a_day_that_is_printed_is_shown_and_not_chosen(client, ward, address):
    ward.ready()
    page = client.page(address)
    assert "Đổi ngày" not in page.buttons
    assert "thì báo phường" in page.text


def test_a_head_says_why_other_numbers_once_the_ward_has_entered(client, ward, address):
    ward.ready()
    sent = client.page(address).submit("Gửi số phiếu", **typed())
    assert "reason" not in sent.form("Gửi số phiếu").fields
    ward.enter(Enterer.WARD, FIGURES)
    wrong = client.page(address).submit("Gửi số phiếu", **typed(blank="3", invalid="2"))
    assert (wrong.status, wrong.form("Gửi số phiếu").fields["blank"]) == (422, "3")
    done = wrong.submit("Gửi số phiếu", reason="Cộng lại theo biên bản")
    assert "Đã nhận số phiếu." in done.text
