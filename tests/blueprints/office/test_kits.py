"""The Zalo kit: what is sent to the groups of a commune and to its teams, and the log of it."""

from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from portal.core import clock
from portal.core.clock import format_date
from portal.core.database import session
from portal.features.audit.models import AuditEntry
from portal.features.campaigns import code_queries, issuing, services
from portal.features.campaigns.models import ShareNote
from portal.policy.roles import Duty, Role
from tests.support import drafted, placed, surveyed
from tests.support.officials import PLACES

TEAM = "Tổ dân vận thôn Đông"


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def team(place):
    placed.point(place["Xã 1"], "Thôn không phải tổ")
    return placed.team(place["Xã 1"], TEAM)


@pytest.fixture
def campaign(place, team):
    return drafted.announced(place)


@pytest.fixture
def commune(place, client):
    user = surveyed.account(place, "Xã 1", Role.COMMUNE)
    client.sign_in(user)
    return user


@pytest.fixture
def kit(client, campaign, place, commune):
    return client.page(f"/dot-khao-sat/{campaign.id}/zalo")


def test_a_commune_comes_straight_to_its_kit(kit, place, campaign):
    code = services.live_code(campaign.id, place["Xã 1"].id)
    assert kit.path.endswith(f"/zalo/{place['Xã 1'].id}")
    assert kit.text.count(f"http://localhost/{code.code}") >= 2
    assert TEAM in kit.text
    assert "Thôn không phải tổ" not in kit.text


def test_a_team_with_a_code_of_its_own_is_sent_that(client, kit, campaign, team, commune):
    issuing.issue_for_points(surveyed.actor(commune), campaign, [team])
    [own] = code_queries.of_points(campaign.id)
    assert f"http://localhost/{own.code}" in client.page(kit.path).text


def test_what_was_sent_is_logged_with_who_and_when(kit, team):
    page = kit.submit("Ghi vào nhật ký", point_id=str(team.id), note="Nhóm 120 người")
    assert "Đã ghi vào nhật ký gửi" in page.text
    assert "Nhóm 120 người" in page.text
    assert "Đã gửi cho 1/2 nơi nhận" in page.text
    note = session().query(ShareNote).one()
    assert (note.point_id, note.sent_by, note.sent_on) == (team.id, "Cán bộ Xã 1", clock.today())
    assert session().query(AuditEntry).filter_by(action="code:shared").count() == 1


def test_the_first_team_without_is_proposed(client, kit, team):
    assert kit.form("Ghi vào nhật ký").fields["point_id"] == str(team.id)
    page = kit.submit("Ghi vào nhật ký")
    assert page.form("Ghi vào nhật ký").fields["point_id"] == ""


@pytest.mark.parametrize(
    ("typed", "told"), [("31/2/2026", "31/2/2026"), ("", "chưa được điền"), (None, "chưa tới")]
)
def test_a_day_that_cannot_be_is_told_beside_the_field(kit, typed, told):
    tomorrow = format_date(clock.today() + timedelta(days=1))
    page = kit.submit("Ghi vào nhật ký", sent_on=tomorrow if typed is None else typed, note="giữ")
    assert page.status == 422
    assert told in page.text
    assert page.form("Ghi vào nhật ký").fields["note"] == "giữ"


def test_a_line_noted_by_mistake_is_taken_back_on_the_record(kit):
    page = kit.submit("Ghi vào nhật ký", point_id="").submit("Gỡ dòng")
    assert "Chưa ghi lần gửi nào" in page.text
    assert session().query(AuditEntry).filter_by(action="code:share_removed").count() == 1


def test_a_team_of_another_commune_cannot_be_named(client, kit, place):
    other = placed.team(place["Xã 2"], "Tổ khác")
    fields = kit.form("Ghi vào nhật ký").fields
    fields["point_id"] = str(other.id)
    assert client.post(f"{kit.path}/da-gui", data=fields).status_code == 404


def test_the_province_sees_who_has_got_nothing_yet(client, kit, campaign, place, team):
    kit.submit("Ghi vào nhật ký", point_id="")
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    page = client.page(f"/dot-khao-sat/{campaign.id}/zalo")
    [row] = [row for row in page.rows() if row[0] == "Xã 1"]
    assert row[1].startswith("Đã gửi")
    assert row[2:] == ["0/1", TEAM]
    assert "Đã gửi cho 1/4 nơi nhận" in page.text


def test_the_log_comes_as_a_sheet_with_a_row_for_whoever_has_nothing(client, kit, campaign, team):
    kit.submit("Ghi vào nhật ký", point_id=str(team.id), note="=1+1")
    answer = client.get(f"/dot-khao-sat/{campaign.id}/zalo/danh-sach.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    rows = book.get_sheet_by_index(0).to_python()
    today = format_date(clock.today())
    assert [row[3] for row in rows[1:]] == ["Các nhóm của xã", TEAM]
    assert rows[1][5:] == ["", "", "", ""]
    assert rows[2][5:] == [today, "Cán bộ Xã 1", "=1+1", ""]


def test_whoever_only_inspects_reads_and_notes_nothing(client, campaign, place):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE, frozenset({Duty.INSPECT})))
    page = client.page(f"/dot-khao-sat/{campaign.id}/zalo")
    assert "Ghi vào nhật ký" not in page.buttons
    token = page.form("/dang-xuat").fields["csrf_token"]
    assert client.post(f"{page.path}/da-gui", data={"csrf_token": token}).status_code == 403


def test_the_kit_of_another_unit_is_not_there(client, kit, campaign, place):
    assert client.get(f"/dot-khao-sat/{campaign.id}/zalo/{place['Xã 2'].id}").status_code == 404
