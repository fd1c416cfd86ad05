"""A unit's public page: for everybody, small, and nothing that is not public."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns.phase import State
from portal.features.evidence import services as evidence
from portal.features.publicity import services
from portal.features.publicity.taking import NewPosting
from portal.policy.roles import Role
from tests.support import carried, rostered, surveyed
from tests.support.officials import PLACES
from tests.support.papers import worker
from tests.support.pictures import picture, upload

DAYS = timedelta(days=1)


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def author(place):
    return worker(place, Role.COMMUNE, at="Xã 1")


@pytest.fixture
def campaign(place):
    return carried.carry_out(place, opens_in=0)


def record(author, code="ngan_sach", channel="niem_yet", *, ago=0, campaign=None, **given):
    """Record something that has been public for some days."""
    day = clock.today() - ago * DAYS
    photos, links = given.pop("photos", ()), given.pop("links", ["https://xa1.vn"])
    given.setdefault("title", "" if campaign else "Dự toán 2024")
    new = NewPosting((code,), channel, day, **given)
    return services.record(author, new, campaign, photos, links)[0]


def test_everybody_reads_what_is_public_since_when_and_until_when(client, author):
    record(author, ago=4, to_on=clock.today() + 25 * DAYS, place="Bảng tin phường")
    page = client.page(f"/cong-khai/don-vi/{author.unit_id}")
    assert "1 nội dung" in page.text
    assert "5 ngày" in page.text
    assert clock.format_date(clock.today() + 25 * DAYS) in page.text
    assert "Bảng tin phường" in page.text


def test_photos_of_what_is_public_are_everybodys_and_of_drafts_nobodys(client, author, campaign):
    record(author, "plan", campaign=campaign, photos=evidence.read_photos([upload()]))
    page = client.get(f"/cong-khai/don-vi/{author.unit_id}").text
    [address] = {part.split('"')[0] for part in page.split('src="')[1:] if "/anh/" in part}
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    with write():
        campaign.state = State.DRAFT
    assert client.get(address).status_code == 404
    assert "Đợt thử" not in client.page(f"/cong-khai/don-vi/{author.unit_id}").text


def test_the_duty_list_is_one_tap_away_once_it_was_sent(client, place, author, campaign):
    record(author, "roster", campaign=campaign)
    asked, address = campaign.id, f"/cong-khai/don-vi/{author.unit_id}"
    listed = f"/cong-khai/lich/{asked}/{author.unit_id}"
    assert listed not in client.get(address).text
    where = rostered.desk(campaign, place, "Xã 1")
    rostered.listed(author, where, rostered.line(campaign))
    rostered.send(author, where)
    assert listed in client.get(address).text
    assert "Nguyễn Văn" in client.page(listed).text


def test_what_nothing_shows_is_called_so_and_not_counted(client, author):
    record(author, ago=4, place="Bảng tin phường", links=())
    page = client.page(f"/cong-khai/don-vi/{author.unit_id}")
    assert "Hiện chưa có nội dung nào đang công khai" in page.text
    assert "Đơn vị ghi, chưa có bằng chứng" in page.text
    assert "5 ngày" not in page.text


def test_working_groups_are_not_shown(client, author):
    record(author, channel="zalo", links=["https://zalo.me/g/nhom12", "https://xa1.vn/tin"])
    text = client.get(f"/cong-khai/don-vi/{author.unit_id}").text
    assert "xa1.vn/tin" in text
    assert "nhom12" not in text


def test_what_was_taken_down_is_past(client, author):
    one = record(author, ago=9)
    services.take_down(author, one, clock.today(), "Hết hạn")
    page = client.page(f"/cong-khai/don-vi/{author.unit_id}")
    assert "Hiện chưa có nội dung nào" in page.text
    assert "Đã công khai trước đây" in page.text
    assert "Hết hạn" not in page.text


def test_a_full_page_stays_small(client, author, campaign):
    for n in range(24):
        record(author, title=f"Nội dung công khai số {n} của phường", ago=n, place="Bảng tin",
               photos=evidence.read_photos([upload(picture(colour=(n, n, n)))]),
               links=["https://xa1.vn/tin-tuc/noi-dung"])  # fmt: skip
    body = client.get(f"/cong-khai/don-vi/{author.unit_id}").data
    assert len(body) < 50 * 1024


def test_units_are_found_by_name(client, place, author):
    record(author)
    page = client.page("/cong-khai").follow("Công khai ở từng xã, phường")
    assert page.follow("Xã 1").path == f"/cong-khai/don-vi/{author.unit_id}"
    assert "Xã 1" not in [link.text for link in client.page("/cong-khai/don-vi?tim=abc").links]


def test_a_unit_that_is_not_there_has_no_page(client, place):
    client.page("/cong-khai/don-vi/999999", status=404)
    client.page("/cong-khai/anh/999999", status=404)
