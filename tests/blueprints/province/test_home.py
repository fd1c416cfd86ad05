"""The province's pages: what to do, how it stands, in a fixed number of queries."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.features.campaigns.phase import State
from portal.features.surveys import fold, services
from portal.policy.roles import Duty, Role
from tests.support import surveyed
from tests.support.queries import counted

PAGES = ("/tinh", "/dot-khao-sat/{}/tham-gia", "/dot-khao-sat/{}/ket-qua")


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã Một", "Xã Hai"], "Huyện B": ["Xã Ba"]})


@pytest.fixture
def user(place):
    return surveyed.account(place, "Tỉnh", Role.PROVINCE)


@pytest.fixture
def signed_in(client, user):
    client.sign_in(user)
    return client


@pytest.fixture
def closed(client, place, user, monkeypatch):
    """A campaign that is over; the one who looks has signed in since."""
    asked = surveyed.campaign(place)
    surveyed.answer(asked, place["Xã Hai"], ["5|co|loa"] * 30, texts="Cảm ơn cán bộ")
    surveyed.move_past(asked, monkeypatch)
    fold.seal_closed()
    client.sign_in(user)
    return asked


def test_a_fresh_installation_says_what_will_be_here(signed_in):
    page = signed_in.page("/tinh")
    assert page.h1 == "Việc cần làm tuần này"
    assert "Tuần này chưa có việc nào" in page.text


def test_a_draft_waits_for_approval(signed_in, place):
    surveyed.campaign(place, state=State.DRAFT, opens_in=5)
    assert "Xem và duyệt đợt Đợt thử" in signed_in.page("/tinh").text


def test_before_the_opening_codes_are_to_be_sent(signed_in, place):
    surveyed.campaign(place, opens_in=3)
    assert "Gửi áp phích, mã QR đến các xã" in signed_in.page("/tinh").text


def test_while_open_those_without_answers_are_named_with_a_reminder(signed_in, place):
    asked = surveyed.campaign(place)
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 12)
    page = signed_in.page("/tinh")
    assert "Đôn đốc 2 xã chưa có phiếu nào" in page.text
    assert "1/3 xã đã có phiếu" in page.text
    assert "Kính gửi Xã Hai, Xã Ba" in page.text


def test_nobody_is_urged_on_the_first_day(signed_in, place):
    surveyed.campaign(place, opens_in=0)
    page = signed_in.page("/tinh")
    assert "Đôn đốc" not in page.text
    assert "Hết ngày này đợt Đợt thử đóng" in page.text


def test_an_inspector_is_asked_to_read_only(client, place):
    surveyed.campaign(place)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.INSPECT})))
    page = client.page("/tinh")
    assert "Đôn đốc" not in page.text
    assert "Hết ngày này đợt Đợt thử đóng" in page.text


def test_what_falls_after_the_coming_week_stands_apart(signed_in, place):
    surveyed.campaign(place, opens_in=12)
    text = signed_in.page("/tinh").text
    assert "Tuần này chưa có việc nào" in text
    assert text.index("Sắp tới") < text.index("Gửi áp phích, mã QR đến các xã")


def test_every_open_campaign_is_on_the_page(signed_in, place):
    surveyed.campaign(place, days=9)
    surveyed.campaign(place, days=4)
    page = signed_in.page("/tinh")
    assert page.text.count("Đôn đốc 3 xã chưa có phiếu nào") == 2
    assert "Đợt đang mở" in page.text
    assert "ngày 2/4" in page.text.lower()
    assert ["Đợt thử", "0", "0/3"] in [row[:3] for row in page.rows(1)]


def test_results_are_offered_for_a_week_after_the_seal(client, closed, user, monkeypatch):
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    client.sign_in(user)
    text = client.page("/tinh").text
    assert "Xem kết quả Đợt thử" not in text
    assert "Ghi nhận đã báo cáo" in text


def test_the_days_of_a_masked_unit_are_not_told(signed_in, place):
    asked = surveyed.campaign(place)
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 3)
    surveyed.answer(asked, place["Xã Hai"], ["5|co|"] * 30)
    address = f"/dot-khao-sat/{asked.id}/tham-gia"
    reason = "Chỉ hiện khi tổng số phiếu của nơi này được hiện chính xác."
    for name in ("Xã Một", "Xã Hai"):
        assert reason in signed_in.page(f"{address}?xa={place[name].id}").text
    assert reason not in signed_in.page(f"{address}?huyen={place['Huyện A'].id}").text


def test_small_counts_are_marked_and_not_printed(signed_in, place):
    asked = surveyed.campaign(place)
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 3)
    surveyed.answer(asked, place["Xã Hai"], ["5|co|"] * 30)
    rows = signed_in.page(f"/dot-khao-sat/{asked.id}/tham-gia?dang=bang").rows()
    printed = {row[0]: row[1] for row in rows if len(row) == 2}
    assert printed["Xã Một"] == "<5"
    assert printed["Xã Hai"] == "≥5"
    assert printed["Xã Ba"] == "0"


def test_after_the_close_results_wait_and_can_be_reported(client, closed):
    text = client.page("/tinh").text
    assert "Xem kết quả Đợt thử" in text
    assert "Ghi nhận đã báo cáo" in text
    assert "Cảm ơn cán bộ" in client.page(f"/dot-khao-sat/{closed.id}/y-kien").text


def test_results_move_by_whole_batches_while_open(signed_in, place):
    asked = surveyed.campaign(place)
    surveyed.answer(asked, place["Xã Hai"], ["5|co|loa"] * 12)
    fold.fold_pending()
    page = signed_in.page(f"/dot-khao-sat/{asked.id}/ket-qua")
    assert "7 phiếu" in page.text
    assert "Còn dưới 10 phiếu đang chờ gộp theo nhóm" in page.text
    assert "100,0%" in page.text


def test_rows_are_exported_with_a_reason_only(client, closed):
    page = client.page(f"/dot-khao-sat/{closed.id}/xuat-phieu")
    refused = page.submit("Xuất tệp", kind=services.ANSWERS, reason="")
    assert refused.status == 422
    done = refused.submit("Xuất tệp", kind=services.ANSWERS, reason="Phục vụ báo cáo tỉnh")
    assert done.path.startswith("/cong-viec/")


def test_an_inspector_reads_and_exports_nothing(client, place, closed):
    client.sign_out()
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset({Duty.INSPECT})))
    assert client.get(f"/dot-khao-sat/{closed.id}/ket-qua").status_code == 200
    assert client.get(f"/dot-khao-sat/{closed.id}/xuat-phieu").status_code == 403


def test_the_summary_can_be_taken_away(signed_in, place):
    asked = surveyed.campaign(place)
    answer = signed_in.get(f"/dot-khao-sat/{asked.id}/ket-qua/tong-hop.xlsx")
    assert answer.mimetype.endswith("spreadsheetml.sheet")


def test_two_tiers_have_their_pages_too(client, app):
    place = surveyed.province({"": ["Phường Một", "Phường Hai"]})
    asked = surveyed.campaign(place)
    surveyed.answer(asked, place["Phường Một"], ["5|co|"] * 20)
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    assert "Trực thuộc tỉnh" in client.page("/tinh").text
    assert client.page(f"/dot-khao-sat/{asked.id}/tham-gia?dang=bang").status == 200


@pytest.mark.parametrize("address", PAGES)
def test_a_page_takes_few_queries_however_many_units_there_are(client, app, address):
    numbers = []
    for size in (2, 40):
        place = surveyed.province({f"H{size}": [f"X{size}.{i}" for i in range(size)]})
        asked = surveyed.campaign(place)
        surveyed.answer(asked, place[f"X{size}.0"], ["5|co|loa"] * 12)
        fold.fold_pending()
        client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
        path = address.format(asked.id)
        with counted() as queries:
            client.page(path)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1] <= 15, "\n".join(queries)
