"""A code whose unit is part of another now: it leads on, says so, and loses nothing typed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.text import fold, sort_key
from portal.features.audit.services import OPERATOR
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.org_units.models import Unit
from portal.features.reforms import services
from portal.features.surveys import form_keys
from tests.support import asked
from tests.support.asked import CODE, NEW_CODE, UNIT

DAY = date(2025, 7, 1)


@pytest.fixture
def ask(app):
    return asked.ask()


def begin(*names):
    """Let units of these names begin, and take over from the ward that is asked."""
    old = session().scalars(select(Unit).where(Unit.full_name == UNIT)).one()
    with write() as current:
        for number, name in enumerate(names):
            current.add(Unit(
                code=f"9{number}", name=name, full_name=name, level="commune", valid_from=DAY,
                parent_id=old.parent_id, folded=fold(name), sort_key=sort_key(name),
            ))  # fmt: skip
    rows = [{"old_code": old.code, "new_code": f"9{number}"} for number in range(len(names))]
    assert not services.carry_out(OPERATOR, rows, DAY).errors


def code_at(ask, name):
    unit = session().scalars(select(Unit.id).where(Unit.full_name == name)).one()
    return campaigns.live_code(ask.campaign.id, unit).code


def answers(**more):
    return {"chung": "5", "biet": "khong", "them": "Đường còn xấu"} | more


def test_the_old_code_opens_the_new_form_and_says_why(client, ask):
    begin("Phường Bắc Giang")
    page = client.page(f"/{CODE}")
    assert page.path == f"/{code_at(ask, 'Phường Bắc Giang')}"
    assert f"{UNIT} nay thuộc phường Bắc Giang từ 01/07/2025." in page.text
    assert page.form("Gửi phiếu").action.endswith(f"{page.path}/gui")


def test_what_is_sent_from_there_counts_at_the_new_unit(client, ask):
    begin("Phường Bắc Giang")
    done = client.page(f"/{CODE}").submit("Gửi phiếu", chung="5", biet="khong")
    assert done.h1 == "Đã nhận phiếu của ông/bà"
    [taken] = asked.taken()
    assert taken.unit_id != ask.unit_id


def test_a_form_opened_before_and_sent_after_keeps_every_answer(client, ask):
    page = client.page(f"/{CODE}")
    begin("Phường Bắc Giang")
    back = page.submit("Gửi phiếu", **answers())
    assert (back.status, asked.taken()) == (409, [])
    assert "đây là phiếu của đơn vị mới" in back.text
    assert back.form("Gửi phiếu").fields["them"] == "Đường còn xấu"
    assert back.submit("Gửi phiếu").h1 == "Đã nhận phiếu của ông/bà"


def test_the_code_of_a_divided_unit_lets_the_reader_choose(client, ask):
    begin("Phường Bắc Giang", "Phường Đa Mai")
    page = client.page(f"/{CODE}")
    assert page.h1 == f"{UNIT} nay thuộc nhiều đơn vị"
    form = page.follow("Phường Đa Mai")
    assert form.path == f"/{code_at(ask, 'Phường Đa Mai')}"
    assert "nay thuộc phường Đa Mai" in form.text


def test_a_form_sent_to_a_divided_unit_is_said_not_to_count(client, ask):
    page = client.page(f"/{CODE}")
    begin("Phường Bắc Giang", "Phường Đa Mai")
    told = page.submit("Gửi phiếu", **answers())
    assert (told.status, "KHÔNG được nhận" in told.text) == (409, True)


def test_nobody_can_make_a_form_say_that_it_took_over_from_another(client, ask):
    begin("Phường Bắc Giang")
    code = code_at(ask, "Phường Bắc Giang")
    for old in ("bcdf2345", code, "khong-phai-ma"):
        assert "nay thuộc" not in client.page(f"/{code}?tu={old}").text


@pytest.mark.parametrize("replaced", [True, False])
def test_a_code_withdrawn_for_a_reason_before_the_reform_stays_withdrawn(client, ask, replaced):
    ask.revoke("Áp phích bị dán đè mã lạ", replaced=replaced)
    begin("Phường Bắc Giang")
    page = client.page(f"/{CODE}", status=410)
    assert "Áp phích bị dán đè mã lạ" in page.text
    assert f"{UNIT} nay thuộc phường Bắc Giang." in page.text
    assert code_at(ask, "Phường Bắc Giang") not in page.text


def test_a_form_sent_to_a_code_withdrawn_for_a_reason_does_not_come_back_on_the_new_form(
    client, ask
):
    page = client.page(f"/{CODE}")
    ask.revoke("Áp phích bị dán đè mã lạ", replaced=True)
    begin("Phường Bắc Giang")
    told = page.submit("Gửi phiếu", **answers())
    assert (told.status, "KHÔNG được nhận" in told.text) == (409, True)
    assert "Áp phích bị dán đè mã lạ" in told.text


def test_the_code_that_took_its_place_leads_on(client, ask):
    ask.revoke("Áp phích bị dán đè mã lạ", replaced=True)
    begin("Phường Bắc Giang")
    assert client.page(f"/{NEW_CODE}").path == f"/{code_at(ask, 'Phường Bắc Giang')}"


@pytest.mark.parametrize(
    ("opens_in", "heading"), [(2, "Phiếu chưa mở"), (-9, "Đợt khảo sát đã đóng")]
)
def test_the_old_code_says_why_though_the_form_is_not_open(client, ask, opens_in, heading):
    begin("Phường Bắc Giang")
    with write() as current:
        campaign = current.get_one(Campaign, ask.campaign.id)
        campaign.opens_on = clock.today() + timedelta(days=opens_in)
        campaign.closes_on = campaign.opens_on + timedelta(days=1)
    page = client.page(f"/{CODE}")
    assert (page.path, page.h1) == (f"/{code_at(ask, 'Phường Bắc Giang')}", heading)
    assert f"{UNIT} nay thuộc phường Bắc Giang từ 01/07/2025." in page.text
    assert "nay thuộc" not in client.page(page.path).text


def test_the_day_told_is_the_one_from_which_the_new_unit_has_the_place(client, ask):
    with write() as current:
        current.get_one(Unit, ask.unit_id).valid_to = date(2024, 12, 31)
    begin("Phường Bắc Giang")
    assert "từ 01/07/2025." in client.page(f"/{CODE}").text


def test_after_two_reforms_the_day_told_is_that_of_the_last_step(client, ask):
    begin("Phường Bắc Giang")
    with write() as current:
        beside = Unit(
            code="80", name="Đại Sơn", full_name="Xã Đại Sơn", level="commune", valid_from=DAY,
            folded="", sort_key="",
        )  # fmt: skip
        current.add(beside)
    later = date(2026, 11, 20)
    services.carry_out(OPERATOR, [{"old_code": "90", "new_code": "80"}], later)
    page = client.page(f"/{CODE}")
    assert f"{UNIT} nay thuộc xã Đại Sơn từ 20/11/2026." in page.text


def test_a_code_exchanged_without_any_reform_explains_itself_as_before(client, ask):
    ask.revoke("Bản in bị mờ", replaced=True)
    page = client.page(f"/{CODE}", status=410)
    assert "Bản in bị mờ" in page.text


def test_the_key_of_an_old_form_opens_nothing_at_the_new_unit(client, ask):
    key = form_keys.new(CODE)
    begin("Phường Bắc Giang")
    code = code_at(ask, "Phường Bắc Giang")
    client.post(f"/{code}/gui", data={"khoa": key, **answers()})
    assert asked.taken() == []
