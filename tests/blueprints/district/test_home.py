"""The district sees its own communes, and results only after the close."""

from datetime import timedelta

import pytest

from portal.core.clock import format_date
from portal.features.surveys import fold
from portal.policy.roles import Role
from tests.support import surveyed


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã Một", "Xã Hai"], "Huyện B": ["Xã Ba"]})


@pytest.fixture
def asked(place):
    asked = surveyed.campaign(place)
    surveyed.answer(asked, place["Xã Một"], ["5|co|loa"] * 20)
    surveyed.answer(asked, place["Xã Ba"], ["1|khong|"] * 44)
    return asked


@pytest.fixture
def user(place):
    return surveyed.account(place, "Huyện A", Role.DISTRICT)


@pytest.fixture
def signed_in(client, user):
    client.sign_in(user)
    return client


def test_it_sees_participation_of_its_own_communes(signed_in, asked):
    page = signed_in.page("/huyen")
    assert "1/2 xã đã có phiếu" in page.text
    assert "Xã Ba" not in page.text


def test_another_districts_participation_is_not_there(signed_in, asked, place):
    address = f"/dot-khao-sat/{asked.id}/tham-gia"
    assert signed_in.get(f"{address}?huyen={place['Huyện A'].id}").status_code == 200
    assert signed_in.get(f"{address}?huyen={place['Huyện B'].id}").status_code == 404
    assert signed_in.get(f"{address}?xa={place['Xã Ba'].id}").status_code == 404


def test_before_the_close_there_are_no_results(signed_in, asked):
    fold.fold_pending()
    for page in ("ket-qua", "ket-qua/tong-hop.xlsx", "y-kien", "xuat-phieu"):
        assert signed_in.get(f"/dot-khao-sat/{asked.id}/{page}").status_code == 403


def test_before_the_close_the_page_says_when_results_come(signed_in, asked):
    day = format_date(asked.closes_on + timedelta(days=1))
    text = signed_in.get(f"/dot-khao-sat/{asked.id}/ket-qua").get_data(as_text=True)
    assert f"Kết quả hiện sau khi đợt đóng, từ {day}." in text
    assert "Việc này không thuộc phần của đồng chí" not in text


def test_after_the_close_it_reads_its_own(signed_in, asked, place, user, monkeypatch):
    surveyed.move_past(asked, monkeypatch)
    fold.seal_closed()
    signed_in.sign_in(user)
    page = signed_in.page(f"/dot-khao-sat/{asked.id}/ket-qua")
    assert "Huyện A" in page.h1
    assert "20 phiếu" in page.text
    other = f"/dot-khao-sat/{asked.id}/ket-qua?huyen={place['Xã Ba'].id}"
    assert signed_in.get(other).status_code == 404
    for closed in ("y-kien", "xuat-phieu"):
        assert signed_in.get(f"/dot-khao-sat/{asked.id}/{closed}").status_code == 403
