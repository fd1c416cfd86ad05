"""The signed copy comes in through the page, and what cannot be taken is said beside the field."""

import errno
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from portal.features.documents import files, queries
from portal.features.documents.models import State
from portal.policy.roles import Role
from tests.support import faults, numbered, papers, surveyed
from tests.support.officials import PLACES

MB = 1024 * 1024


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def user(place, client):
    made = surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset(papers.WORKS))
    client.sign_in(made)
    return made


@pytest.fixture
def approved(user):
    writer = surveyed.actor(user)
    return papers.bring(papers.draft(writer), State.APPROVED, writer)


@pytest.fixture
def send(client, approved):
    """Send a file, as the form on the document's page does."""

    def send(data, name="Bản ký.pdf", **fields):
        token = faults.token(client.get(f"/van-ban/{approved.id}").text)
        file = FileStorage(BytesIO(data), name)
        boundary, body = encode_multipart({"csrf_token": token, "file": file, **fields})
        kind = f"multipart/form-data; boundary={boundary}"
        return client.post(f"/van-ban/{approved.id}/ban-da-ky", data=body, content_type=kind)

    return send


def test_the_copy_is_attached_and_comes_back_as_it_was(client, approved, send):
    assert send(papers.PDF).status_code == 302
    assert approved.state == State.SIGNED
    link = f"/van-ban/{approved.id}/tep/{queries.files_of(approved.id)[0].id}"
    with client.get(link) as answer:
        assert answer.data == papers.PDF
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"MZ not a paper", "Chỉ nhận tệp PDF, JPEG hoặc PNG."),
        (b"", "Mời chọn tệp bản đã ký."),
        (b"%PDF-" + bytes(20 * MB), "Tệp lớn quá 20 MB."),
    ],
    ids=["other", "empty", "large"],
)
def test_what_cannot_be_taken_is_said_beside_the_field(approved, send, data, said):
    answer = send(data, reason="Bản giấy lưu tại văn thư")
    assert answer.status_code == 422
    assert f"Bản đã ký: {said}" in answer.text
    assert "Bản giấy lưu tại văn thư</textarea>" in answer.text
    assert approved.state == State.APPROVED


def test_neither_a_file_nor_a_reason_is_said_beside_the_field(client, approved):
    form = client.page(f"/van-ban/{approved.id}").form(f"/van-ban/{approved.id}/ban-da-ky")
    answer = form.submit()
    assert "Bản đã ký: Cần đính kèm bản đã ký, hoặc ghi lý do" in answer.text
    assert approved.state == State.APPROVED


def test_what_is_far_too_large_is_turned_away_unread(approved, send):
    answer = send(b"%PDF-" + bytes(33 * MB))
    assert answer.status_code == 413
    assert "quá lớn" in answer.text
    assert queries.files_of(approved.id) == []


def test_a_full_disk_is_said_and_nothing_is_attached(approved, send, monkeypatch):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("portal.core.files.new_file", full)
    answer = send(papers.PDF)
    assert answer.status_code == 503
    assert "hết chỗ ghi" in answer.text
    assert queries.files_of(approved.id) == []


def test_the_stamped_copy_is_added_and_the_wrong_one_taken_off(client, approved, send):
    send(papers.PDF, "nham.pdf")
    send(papers.PDF + b"%dau", "dung.pdf")
    wrong = queries.files_of(approved.id)[0]
    page = client.page(f"/van-ban/{approved.id}")
    page = page.form(f"/van-ban/{approved.id}/tep/{wrong.id}/go").submit(reason="Nhầm tệp")
    assert "Đã gỡ tệp." in page.text
    assert [file.name for file in queries.files_of(approved.id)] == ["dung.pdf"]


def test_a_file_that_the_disk_lost_is_named_as_lost(client, approved, send):
    send(papers.PDF)
    [file] = queries.files_of(approved.id)
    files.path_of(file).unlink()
    page = client.page(f"/van-ban/{approved.id}/tep/{file.id}", status=409)
    assert "Máy chủ không còn tệp này." in page.text
