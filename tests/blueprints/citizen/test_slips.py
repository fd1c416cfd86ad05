"""The pages behind a slip."""

import pytest

from portal.core.database import write
from portal.features.surveys import fold
from portal.features.surveys.batch_acts import SlipCount, count_slips
from tests.support import handed, surveyed
from tests.support.asked import UNIT, taken

DONE = "Đã nhận phiếu của ông/bà"


@pytest.fixture
def out(app):
    return handed.hand_out()


@pytest.fixture
def slip(out):
    return out.slips()[1][0]


def send(client, slip, **said):
    return client.page(f"/p/{slip}").submit("Gửi phiếu", **{"chung": "4", "biet": "co"} | said)


def test_a_slip_opens_the_form_and_is_thanked_for(client, slip):
    page = client.page(f"/p/{slip}")
    assert UNIT in page.text
    done = send(client, slip, qua="loa")
    assert (done.path, done.h1) == (f"/p/{slip}/xong", DONE)
    assert "Người khác trả lời trên máy này" not in done.text
    assert [(row.channel, row.choices) for row in taken()] == [("slip", "4|co|loa")]


def test_it_may_be_typed_with_dashes_and_capitals_or_on_the_front_page(client, slip):
    typed = "-".join(slip[at : at + 4] for at in range(0, 16, 4)).upper()
    assert client.page(f"/p/{typed}").path == f"/p/{slip}"
    page = client.page("/").submit("Mở phiếu", ma=typed)
    assert page.path == f"/p/{slip}"


def test_a_used_slip_says_so_kindly_to_whoever_comes_later(app, client, slip):
    send(client, slip)
    other = app.test_client()
    page = other.page(f"/p/{slip}")
    assert page.h1 == "Tờ phiếu này đã được dùng"
    assert client.page(f"/p/{slip}").path == f"/p/{slip}/xong"


def test_two_who_hold_one_slip_open_are_not_both_thanked(app, client, slip):
    other = app.test_client()
    first, second = client.page(f"/p/{slip}"), other.page(f"/p/{slip}")
    assert first.submit("Gửi phiếu", chung="4", biet="co").h1 == DONE
    late = second.submit("Gửi phiếu", chung="1", biet="co")
    assert late.h1 == "Tờ phiếu này đã được dùng"
    assert [row.choices for row in taken()] == ["4|co|"]


def test_the_same_browser_sending_twice_is_thanked_twice(client, slip):
    page = client.page(f"/p/{slip}")
    for _ in range(2):
        assert page.submit("Gửi phiếu", chung="4", biet="co").h1 == DONE
    assert len(taken()) == 1


def test_what_is_missing_is_asked_for_and_the_slip_is_still_good(client, slip):
    page = client.page(f"/p/{slip}").submit("Gửi phiếu", chung="4")
    assert (page.status, page.form("Gửi phiếu").fields["chung"]) == (422, "4")
    assert page.submit("Gửi phiếu", biet="co").h1 == DONE


def test_a_slip_that_nobody_printed_leads_nowhere(client, slip):
    page = client.page("/p/bcdfbcdfbcdfbcdf", status=404)
    assert page.h1 == "Tờ phiếu này không mở được"
    assert client.page("/p/abc12", status=404).h1 == page.h1


def test_a_counted_batch_opens_no_form(client, out):
    batch, [slip, *_] = out.slips()
    page = client.page(f"/p/{slip}")
    count_slips(out.counter, batch, SlipCount(20, 0), batch.version)
    assert client.page(f"/p/{slip}", status=410).h1 == "Tờ phiếu này đã thu lại"
    late = page.submit("Gửi phiếu", chung="4", biet="co")
    assert (late.status, late.h1) == (410, "Tờ phiếu này đã thu lại")


def test_a_slip_of_a_closed_campaign_says_so_until_it_is_forgotten(client, out, monkeypatch):
    _, [slip, *_] = out.slips()
    surveyed.move_past(out.asked.campaign, monkeypatch)
    assert client.page(f"/p/{slip}").h1 == "Đợt khảo sát đã đóng"
    fold.seal_closed()
    assert "đã kết thúc" in client.page(f"/p/{slip}", status=404).text


def test_a_slip_before_the_first_day_says_when(client, out):
    _, [slip, *_] = out.slips()
    with write():
        campaign = out.asked.campaign
        campaign.opens_on = campaign.closes_on
    assert client.page(f"/p/{slip}").h1 == "Phiếu chưa mở"


def test_a_form_of_another_site_does_not_burn_a_slip(client, slip):
    answer = client.post(f"/p/{slip}/gui", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert taken() == []


def test_a_slip_that_was_not_sent_is_not_thanked_for(client, slip):
    assert client.page(f"/p/{slip}/xong").path == f"/p/{slip}"
