"""Six hundred hostile strings in officials' forms, and in the spreadsheets of what citizens wrote."""

import re
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select

from portal.core import clock, jobs
from portal.core.database import session
from portal.core.exports import Export
from portal.core.jobs import Job
from portal.core.text import clean
from portal.features.campaigns.models import Campaign
from portal.features.surveys import exports, fold, services
from portal.policy.roles import Duty, Role
from tests.support import drafted, surveyed
from tests.support.asked import CODE, ask
from tests.support.hostile import STRINGS, on_the_wire
from tests.support.officials import PLACES

pytestmark = pytest.mark.slow
HOSTILE = [on_the_wire(text) for text in STRINGS]
EXECUTES = "<script>alert(1)</script>"
OURS = {"csrf_token", "khoa"}


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def signed_in(client, place, role, *duties):
    client.sign_in(surveyed.account(place, "Tỉnh", role, frozenset(duties)))
    return client


def fill_everything(client, address, button, send="post"):
    """Put every string into some field of a form, all fields at once, and give the answers."""
    form = client.page(address).form(button)
    names = sorted(form.names - OURS)
    for start in range(0, len(HOSTILE), len(names)):
        fields = form.fields
        for name, text in zip(names, HOSTILE[start:], strict=False):
            fields.setlist(name, [text])
        where = {"data": fields} if send == "post" else {"query_string": fields}
        answer = client.open(form.action or address, method=send.upper(), **where)
        assert answer.status_code < 500, (address, start)
        assert EXECUTES not in answer.get_data(as_text=True)
        yield answer


@pytest.mark.parametrize(
    ("address", "button", "send"),
    [
        ("/quan-tri/don-vi", "Tìm", "get"),
        ("/quan-tri/tai-khoan", "Tìm", "get"),
        ("/quan-tri/nhat-ky", "Tìm", "get"),
        ("/quan-tri/thiet-lap", "Lưu", "post"),
    ],
)
def test_the_forms_of_the_operator_break_at_nothing(client, place, address, button, send):
    signed_in(client, place, Role.ADMIN)
    assert list(fill_everything(client, address, button, send))


def test_the_sign_in_page_breaks_at_nothing_and_lets_nobody_in(client, place):
    answers = list(fill_everything(client, "/dang-nhap", "Đăng nhập"))
    assert {answer.status_code for answer in answers} <= {422, 429}


def test_the_form_of_a_campaign_breaks_at_nothing(client, place):
    drafted.version()
    signed_in(client, place, Role.PROVINCE, Duty.DRAFT)
    address = client.page("/dot-khao-sat/moi").link("Chọn THU").href
    answers = list(fill_everything(client, address, "Lưu bản nháp"))
    assert {answer.status_code for answer in answers} == {422}


def test_hostile_words_of_a_campaign_are_stored_and_shown_literally(client, place):
    drafted.version()
    signed_in(client, place, Role.PROVINCE, Duty.DRAFT)
    form = client.page(client.page("/dot-khao-sat/moi").link("Chọn THU").href).form("Lưu bản nháp")
    fields, kept = form.fields, 0
    for name, days in (("opens_on", 2), ("closes_on", 4)):
        fields[name] = clock.format_date(clock.today() + timedelta(days=days))
    for text in HOSTILE[::10]:
        for name in ("name", "headline", "about", "audience", "supporter"):
            fields[name] = text
        answer = client.post("/dot-khao-sat/moi", data=fields)
        assert answer.status_code in {302, 422}
        if answer.location:
            kept += 1
            assert client.get(answer.location).status_code == 200
    assert session().scalar(select(func.count()).select_from(Campaign)) == kept > 30
    assert EXECUTES not in client.get("/dot-khao-sat").text


def test_what_600_people_wrote_stands_literally_in_the_spreadsheet(client, monkeypatch):
    asked = ask()
    texts = sorted({clean(text, multiline=True) for text in HOSTILE} - {""})
    texts = [text for text in texts if len(text) <= 2000]
    place = surveyed.province({"Huyện A": ["Xã 1"]})
    for text in texts:
        surveyed.answer(asked.campaign, place["Xã 1"], ["5|co|loa"], texts=text)
    surveyed.move_past(asked.campaign, monkeypatch)
    fold.seal_closed()
    campaign = session().get_one(Campaign, asked.campaign.id)
    actor = surveyed.actor(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    job = services.order_export(actor, campaign, exports.TEXTS, "Phục vụ báo cáo của tỉnh")
    assert jobs.work_once()
    content = Export.from_result(session().get_one(Job, job.id).result).path.read_bytes()
    [sheet] = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python()
    assert sorted(row[1] for row in rows[1:]) == texts
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = [book.read(name).decode() for name in book.namelist() if "worksheets" in name]
    assert not any(re.search(r"<f[ >]|<hyperlink", part) for part in parts)


def test_a_made_up_host_never_gets_into_a_qr_address(client, place):
    asked = ask()
    signed_in(client, place, Role.PROVINCE, Duty.DRAFT)
    address = f"/dot-khao-sat/{asked.campaign.id}/ma-qr"
    assert client.get(address, headers={"Host": "evil.example"}).status_code == 400
    page = client.get(address, headers={"X-Forwarded-Host": "evil.example"})
    assert (page.status_code, "evil.example" in page.text) in {(200, False), (404, False)}
    assert CODE
