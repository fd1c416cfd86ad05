"""Photos as they are given out, and the page on which a wrong one is taken off."""

from io import BytesIO

import pytest
from PIL import Image

from portal.features.evidence import files, services
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.officials import PLACES
from tests.support.papers import worker
from tests.support.pictures import upload


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def photo(place):
    author = worker(place, Role.COMMUNE, at="Xã 1")
    subject = services.Subject("posting", 1, author.unit_id)
    [added] = services.attach(author, subject, photos=services.read_photos([upload()]))
    return added


@pytest.fixture
def signed_in(client, place):
    client.sign_in(surveyed.account(place, "Xã 1", Role.COMMUNE))


@pytest.mark.parametrize(("ending", "size"), [("", (640, 480)), ("/nho", (320, 240))])
def test_a_photo_is_given_out_as_a_picture_and_nothing_else(client, photo, signed_in, ending, size):
    with client.get(f"/bang-chung/{photo.id}{ending}") as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
        assert Image.open(BytesIO(answer.data)).size == size


def test_a_photo_that_the_disk_lost_is_not_there(client, photo, signed_in):
    files.PHOTOS.path_of(photo.stored).unlink()
    assert client.get(f"/bang-chung/{photo.id}").status_code == 404


def test_a_wrong_photo_is_taken_off_with_a_reason(client, photo, signed_in):
    page = client.page(f"/bang-chung/{photo.id}/go?ve=/dot-khao-sat")
    assert page.submit("Gỡ ảnh", reason="").status == 422
    page = page.submit("Gỡ ảnh", reason="Thấy rõ mặt")
    assert page.path == "/dot-khao-sat"
    assert photo.removed_why == "Thấy rõ mặt"
    client.page(f"/bang-chung/{photo.id}/go", status=404)


def test_the_way_back_never_leads_elsewhere(client, photo, signed_in):
    page = client.page(f"/bang-chung/{photo.id}/go?ve=https://evil.example/")
    assert page.submit("Gỡ ảnh", reason="Nhầm").path.startswith("/xa")


def test_those_above_look_and_do_not_take_off(client, place, photo):
    client.sign_in(surveyed.account(place, "Huyện A", Role.DISTRICT))
    assert client.get(f"/bang-chung/{photo.id}/nho").status_code == 200
    client.page(f"/bang-chung/{photo.id}/go", status=403)
