"""Six hundred hostile strings in officials' forms, and in the spreadsheets of citizens' words."""

import re
import zipfile
from contextvars import Context
from datetime import timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
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
from tests.support.hostile import STRINGS, on_the_wire
from tests.support.officials import PLACES

pytestmark = pytest.mark.slow
HOSTILE = [on_the_wire(text) for text in STRINGS]
EXECUTES = "<script>alert(1)</script>"
OURS = {"csrf_token"}


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def signed_in(client, place, role, *duties):
    client.sign_in(surveyed.account(place, "Tỉnh", role, frozenset(duties)))
    return client


def fill_everything(client, address, form, strings=HOSTILE):
    """Put every string into some field of a form, hidden ones and all, and give the answers."""
    unchecked = FlaskClient(client.application, client.application.response_class)
    unchecked._cookies = client._cookies  # what a browser cannot send is no matter of HTML rules
    names = sorted(form.names - OURS)
    for start in range(0, len(strings), len(names)):
        fields = form.fields
        for name, text in zip(names, strings[start:], strict=False):
            fields.setlist(name, [text])
        where = {"data": fields} if form.method == "post" else {"query_string": fields}
        answer = Context().run(
            unchecked.open, form.action or address, method=form.method.upper(), **where
        )
        assert answer.status_code < 500, (address, start)
        assert EXECUTES not in answer.get_data(as_text=True)
        yield answer.status_code


@pytest.mark.parametrize(
    "address",
    ["/quan-tri/don-vi", "/quan-tri/tai-khoan", "/quan-tri/nhat-ky", "/quan-tri/thiet-lap"],
)
def test_the_forms_of_the_operator_break_at_nothing(client, place, address):
    form = signed_in(client, place, Role.ADMIN).page(address).form(address)
    assert list(fill_everything(client, address, form))


def test_the_sign_in_page_breaks_at_nothing_and_lets_nobody_in(client, place):
    form = client.page("/dang-nhap").form("/dang-nhap")
    answers = list(fill_everything(client, "/dang-nhap", form, HOSTILE[::6]))  # it hashes slowly
    assert set(answers) <= {422, 429}


def test_the_form_of_a_campaign_breaks_at_nothing(client, place):
    drafted.version()
    signed_in(client, place, Role.PROVINCE, Duty.DRAFT)
    address = client.page("/dot-khao-sat/moi").link("Chọn THU").href
    form = client.page(address).form("Lưu bản nháp")
    assert set(fill_everything(client, address, form)) == {422}


@pytest.mark.parametrize(
    "value", ["%00", "99999999999999999999", "%ff", "-1", "zz", "%F0%9F%94%B4"]
)
def test_bytes_that_no_column_can_hold_are_a_page_not_a_crash(client, place, value):
    campaign = drafted.announced(place)
    signed_in(client, place, Role.PROVINCE, Duty.DRAFT)
    of_it = [f"/dot-khao-sat/{campaign.id}/{part}" for part in ("ma-qr", "ket-qua", "tham-gia")]
    names = ("tim", "huyen", "xa", "muc", "phieu", "sau", "cau", "dang", "trang", "truoc")
    for path in ("/tinh", "/dot-khao-sat", "/dot-khao-sat/moi", "/phieu-mau", *of_it):
        for name in names:
            answer = client.get(f"{path}?{name}={value}")
            assert answer.status_code in {200, 302, 400, 404, 409}, (path, name)


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


def test_what_600_people_wrote_stands_literally_in_the_spreadsheet(place, monkeypatch):
    asked = surveyed.campaign(place)
    texts = sorted({clean(text, multiline=True) for text in HOSTILE} - {""})
    texts = [text for text in texts if len(text) <= 2000]
    for text in texts:
        surveyed.answer(asked, place["Xã 1"], ["5|co|loa"], texts=text)
    surveyed.move_past(asked, monkeypatch)
    fold.seal_closed()
    campaign = session().get_one(Campaign, asked.id)
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
    campaign = drafted.announced(place)
    signed_in(client, place, Role.PROVINCE, Duty.DRAFT)
    address = f"/dot-khao-sat/{campaign.id}/ma-qr"
    assert client.get(address, headers={"Host": "evil.example"}).status_code == 400
    for path in (address, f"{address}/{place['Xã 1'].id}", f"{address}/danh-sach.xlsx"):
        plain = client.get(path)
        forged = client.get(path, headers={"X-Forwarded-Host": "evil.example"})
        assert (plain.status_code, forged.status_code) == (200, 200)
        assert b"evil.example" not in forged.data
        if path.endswith("xlsx"):
            assert addresses(forged.data) == addresses(plain.data) != set()


def addresses(book):
    """Give the addresses of forms that a spreadsheet holds."""
    made = CalamineWorkbook.from_filelike(BytesIO(book))
    rows = made.get_sheet_by_name(made.sheet_names[0]).to_python()
    return {str(cell) for row in rows for cell in row if str(cell).startswith("http")}
