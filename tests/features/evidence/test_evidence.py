import os
import time

import pytest
from sqlalchemy import select

from portal.core.database import session, write
from portal.core.errors import Invalid
from portal.core.jobs import Running
from portal.features.audit.models import AuditEntry
from portal.features.evidence import files, jobs, queries, services
from portal.features.evidence.links import read_links
from portal.features.evidence.models import Evidence
from portal.features.evidence.services import Subject
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.papers import worker
from tests.support.pictures import picture, told, upload


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã 1"], "Huyện B": ["Xã 2"]})


@pytest.fixture
def author(place):
    return worker(place, Role.COMMUNE, at="Xã 1")


@pytest.fixture
def subject(place):
    return Subject("posting", 7, place["Xã 1"].id, "Niêm yết")


def on_disk():
    return {path.name for path in files.PHOTOS.path.glob("*")}


def test_photos_and_links_are_attached_and_read_again(author, subject):
    kept = services.read_photos([upload(told(), "IMG_1.jpg"), upload(b"", "")])
    services.attach(author, subject, photos=kept, links=["https://xa1.vn/tin"], caption="Bảng tin")
    photo, link = queries.of("posting", [7])[7]
    assert (photo.width, photo.height, photo.caption) == (480, 640, "Bảng tin")
    assert link.url == "https://xa1.vn/tin"
    assert on_disk() == {photo.stored, photo.small} == queries.stored_names()
    assert b"SECRET" not in files.PHOTOS.path_of(photo.stored).read_bytes()


def test_sending_twice_adds_nothing(author, subject):
    for _ in range(2):
        kept = services.read_photos([upload(), upload()])
        services.attach(author, subject, photos=kept, links=["https://xa1.vn"] * 2)
    assert len(queries.of("posting", [7])[7]) == 2


def test_it_is_written_down(author, subject):
    services.attach(author, subject, links=["https://xa1.vn"])
    entry = session().query(AuditEntry).order_by(AuditEntry.number.desc()).first()
    assert (entry.action, entry.subject_name) == ("evidence:added", "Niêm yết")


def test_one_that_is_no_photo_refuses_all_and_names_itself(author):
    with pytest.raises(Invalid) as refused:
        services.read_photos([upload(), upload(b"<html>", "C:\\trang.jpg")])
    assert "photos" in refused.value.errors
    assert refused.value.values["name"] == "trang.jpg"
    assert on_disk() == set()


def test_seven_at_once_are_too_many():
    with pytest.raises(Invalid):
        services.read_photos([upload() for _ in range(7)])


def test_a_subject_does_not_grow_without_end(author, subject, monkeypatch):
    monkeypatch.setattr(services, "MOST", 1)
    with pytest.raises(Invalid):
        services.attach(author, subject, links=["https://a.vn", "https://b.vn"])


def test_a_refused_write_leaves_no_file(author, subject):
    kept = services.read_photos([upload()])

    def fail():
        with write(), services.unless_refused(kept):
            services.attach(author, subject, photos=kept)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert on_disk() == set()
    assert queries.of("posting", [7]) == {}


def test_taking_off_keeps_who_and_why_and_not_the_file(author, subject):
    [photo] = services.attach(author, subject, photos=services.read_photos([upload()]))
    services.remove(author, photo, "Thấy rõ mặt")
    services.remove(author, photo, "Lần hai")
    [kept] = queries.of("posting", [7], removed=True)[7]
    assert (kept.removed_by, kept.removed_why) == (author.display_name, "Thấy rõ mặt")
    assert queries.of("posting", [7]) == {}
    assert on_disk() == set() == queries.stored_names()


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_taking_off_needs_a_reason(author, subject, reason):
    [link] = services.attach(author, subject, links=["https://a.vn"])
    with pytest.raises(Invalid):
        services.remove(author, link, reason)


def test_what_no_row_names_goes_after_a_day(author, subject):
    [photo] = services.attach(author, subject, photos=services.read_photos([upload()]))
    [lost] = services.read_photos([upload(picture(colour="blue"))])
    assert jobs.TIDY.handler(Running(0, {}, None)) is None
    old = time.time() - 2 * 86_400
    for name in (lost.stored, photo.stored):
        os.utime(files.PHOTOS.path_of(name), (old, old))
    assert jobs.TIDY.handler(Running(1, {}, None)) == "1"
    assert on_disk() == {photo.stored, photo.small, lost.small}


@pytest.mark.parametrize(
    "typed",
    ["javascript:alert(1)", "ftp://a.vn/x", "https://", "https://a", "http://ai@a.vn/", "xa1",
     "https://a.vn/" + "x" * 500, "http://[::1", "https://a.vn:0/"],
)  # fmt: skip
def test_what_is_no_address_of_the_web_is_refused(typed):
    with pytest.raises(Invalid):
        read_links(typed)


def test_addresses_are_read_as_people_type_them():
    assert read_links(" facebook.com/xa1 \n https://zalo.me/g/abc https://zalo.me/g/abc") == (
        "https://facebook.com/xa1", "https://zalo.me/g/abc",
    )  # fmt: skip
    assert read_links(["", "https://tin.vn/một-bài"]) == ("https://tin.vn/một-bài",)
    with pytest.raises(Invalid):
        read_links(f"a{n}.vn" for n in range(7))


def test_only_those_above_and_the_unit_itself_see_it(place, author, subject):
    [link] = services.attach(author, subject, links=["https://a.vn"])
    seen = {
        at: queries.get_visible(worker(place, role, at=at), link.id) is not None
        for role, at in [
            (Role.PROVINCE, "Tỉnh"), (Role.DISTRICT, "Huyện A"), (Role.DISTRICT, "Huyện B"),
            (Role.COMMUNE, "Xã 2"), (Role.YOUTH, "Xã 1"),
        ]
    }  # fmt: skip
    assert seen == {"Tỉnh": True, "Huyện A": True, "Huyện B": False, "Xã 2": False,
                    "Xã 1": True}  # fmt: skip


def test_everybody_sees_a_photo_only_if_its_subject_is_open(author, subject, monkeypatch):
    [photo] = services.attach(author, subject, photos=services.read_photos([upload()]))
    monkeypatch.setattr(queries, "_public", {})
    assert queries.get_public(photo.id) is None
    queries.open_to_all("posting", lambda key: key == 7)
    assert queries.get_public(photo.id) is photo
    assert queries.get_public(photo.id + 1) is None


def test_evidence_is_counted_by_subject(author, subject):
    services.attach(author, subject, links=["https://a.vn", "https://b.vn"])
    assert queries.counts("posting", select(Evidence.subject_id)) == {7: 2}
