"""Signed copies: known by their bytes, kept beside the database, never half."""

import hashlib
import os
import resource

import pytest

from portal.core.errors import Invalid, NotStored, Refused
from portal.core.jobs import Running
from portal.features.documents import files, jobs, queries, services, signing
from portal.features.documents.models import State
from portal.features.documents.workflow import DOCUMENT
from portal.policy.roles import Role
from tests.support import faults, numbered, papers, surveyed
from tests.support.officials import PLACES

JPEG, PNG = b"\xff\xd8\xff\xe0anh", b"\x89PNG\r\n\x1a\nanh"
SIGNED = (
    b"%PDF-1.7\n5 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached\n"
    b"/ByteRange [0 840 960 240] /Contents <30820000> >>\nendobj\n%%EOF\n"
)


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def writer(place):
    return papers.worker(place)


@pytest.fixture
def approved(writer):
    return papers.bring(papers.draft(writer), State.APPROVED, writer)


def kept(settings):
    return sorted(path.name for path in (settings.data_dir / "uploads").glob("*"))


@pytest.mark.parametrize(
    ("data", "media_type", "suffix"),
    [
        (papers.PDF, "application/pdf", ".pdf"),
        (JPEG, "image/jpeg", ".jpg"),
        (PNG, "image/png", ".png"),
    ],
)
def test_a_copy_is_known_by_its_bytes_and_kept_whole(
    writer, approved, settings, data, media_type, suffix
):
    file = services.attach_signed(writer, approved, "Bản ký.exe", data)
    assert (file.media_type, file.name, file.size) == (media_type, f"Bản ký.exe{suffix}", len(data))
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert files.path_of(file).read_bytes() == data
    assert kept(settings) == [file.stored]


@pytest.mark.parametrize(
    "data",
    [b"", b"MZ\x90", b"PK\x03\x04", b"<svg/>", b" %PDF-1.7", b"GIF89a", b"%PD"],
    ids=["empty", "exe", "zip", "svg", "blank first", "gif", "short"],
)
def test_anything_else_is_refused_whatever_its_name(writer, approved, settings, data):
    with pytest.raises(Invalid) as refused:
        services.attach_signed(writer, approved, "ban-ky.pdf", data)
    assert set(refused.value.errors) == {"file"}
    assert kept(settings) == []


def test_a_file_over_the_limit_is_refused(writer, approved, monkeypatch):
    monkeypatch.setattr(files, "LIMIT", len(papers.PDF) - 1)
    with pytest.raises(Invalid):
        services.attach_signed(writer, approved, "a.pdf", papers.PDF)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Hồ sơ\\KH 05.PDF", "KH 05.pdf"),
        ("\u202efdp.exe\r\n", "fdp.exe.pdf"),
        ("", "ban-da-ky.pdf"),
        (".pdf", "pdf.pdf"),
        ("x" * 400, "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_only_what_it_is_offered_under(name, shown):
    assert files.recognise(name, papers.PDF).name == shown


@pytest.mark.parametrize(
    ("data", "signed"),
    [
        (SIGNED, True),
        (papers.PDF, False),
        (papers.PDF + b"/ByteRange [0 1 2 3]", False),
        (papers.PDF + b"/FT /Sig", False),
        (papers.PDF + b"/ByteRange [0 1] /Type /Signal", False),
        (PNG + SIGNED, False),
    ],
)
def test_a_digital_signature_is_seen(writer, approved, data, signed):
    file = services.attach_signed(writer, approved, "a", data)
    assert file.digitally_signed is signed


def test_a_copy_that_the_database_does_not_take_leaves_no_file(
    writer, approved, settings, monkeypatch
):
    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(signing, "record", broken)
    with pytest.raises(RuntimeError):
        services.attach_signed(writer, approved, "a.pdf", papers.PDF)
    assert (kept(settings), queries.files_of(approved.id)) == ([], [])


def test_a_copy_whose_commit_is_not_answered_is_kept(writer, approved):
    with faults.commits_unanswered():
        services.attach_signed(writer, approved, "a.pdf", papers.PDF)
    [file] = queries.files_of(approved.id)
    assert files.path_of(file).read_bytes() == papers.PDF


def test_a_full_disk_stores_nothing_and_is_said(writer, approved, settings):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        with pytest.raises(NotStored):
            services.attach_signed(writer, approved, "a.pdf", papers.PDF + b"0" * 2_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert kept(settings) == []
    assert queries.files_of(approved.id) == []


def test_what_a_process_that_died_left_behind_goes_after_a_day(writer, approved, settings):
    file = services.attach_signed(writer, approved, "a.pdf", papers.PDF)
    folder = settings.data_dir / "uploads"
    lost, half, other = (folder / name for name in ("0" * 32 + ".pdf", f".{'1' * 32}.png", "x.jpg"))
    for path in (lost, half, other):
        path.write_bytes(papers.PDF)
    jobs.TIDY.handler(Running(1, {}, None))
    assert lost.exists()
    for path in (lost, half, other, files.path_of(file)):
        os.utime(path, (0, 0))
    jobs.TIDY.handler(Running(2, {}, None))
    assert kept(settings) == sorted([file.stored, "x.jpg"])


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.ISSUED])
def test_copies_are_attached_between_approval_and_issue(writer, settings, state):
    document = papers.bring(papers.draft(writer), state, writer)
    with pytest.raises(Refused):
        services.attach_signed(writer, document, "a.pdf", papers.PDF)
    assert kept(settings) == []


def test_a_wrong_copy_is_taken_off_while_another_remains(writer, approved, settings):
    wrong = services.attach_signed(writer, approved, "nham.pdf", papers.PDF)
    services.sign(writer, approved)
    with pytest.raises(Refused):
        services.detach(writer, approved, wrong, "Nhầm tệp")
    right = services.attach_signed(writer, approved, "dung.pdf", SIGNED)
    services.detach(writer, approved, wrong, "Nhầm tệp")
    assert kept(settings) == [right.stored]


def test_taking_off_needs_a_reason_and_a_document_not_yet_issued(writer, approved):
    file = services.attach_signed(writer, approved, "a.pdf", papers.PDF)
    with pytest.raises(Refused):
        services.detach(writer, approved, file, " ")
    papers.bring(approved, State.ISSUED, writer)
    with pytest.raises(Refused):
        services.detach(writer, approved, file, "Nhầm tệp")
    assert files.path_of(file).is_file()


def test_a_file_of_one_document_is_no_other_s(writer, approved):
    file = services.attach_signed(writer, approved, "a.pdf", papers.PDF)
    assert queries.file_for(writer, approved, file.id) == file
    assert queries.file_for(writer, papers.draft(writer), file.id) is None


def test_a_copy_that_was_given_up_stays_inside(place, writer, approved):
    given_up = services.attach_signed(writer, approved, "cu.pdf", papers.PDF)
    services.sign(writer, approved)
    DOCUMENT.fire(writer, approved.id, "return", "Sai tên xã")
    papers.bring(approved, State.APPROVED, writer)
    signed = services.attach_signed(writer, approved, "moi.pdf", SIGNED)
    papers.bring(approved, State.ISSUED, writer)
    reader = papers.worker(place, Role.COMMUNE)
    assert queries.files_for(reader, approved) == [signed]
    assert queries.file_for(reader, approved, given_up.id) is None
    assert queries.files_for(writer, approved) == [given_up, signed]
