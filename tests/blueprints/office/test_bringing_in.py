"""“Dán từ Word”: looked at before it is taken; what cannot be taken is told beside its field."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest

from portal.features.documents.body import Party, Recipient
from portal.policy.roles import Role
from tests.support import numbered, papers, surveyed
from tests.support.officials import PLACES

PASTED = """KẾ HOẠCH
khảo sát ý kiến người dân
Căn cứ Luật Thực hiện dân chủ ở cơ sở,
I. NỘI DUNG
1. Thời gian: từ ngày 06/5/2027 đến hết ngày 08/5/2027.
2. Cách làm
- Người dân tự trả lời./.
"""
HEADS = ("Nội dung", "Chủ trì", "Thời hạn")
SPOILED = "Uû ban nh©n d©n ph­êng lÊy ý kiÕn nh©n d©n vÒ quy chÕ d©n chñ"
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture
def author(app, client):
    place = surveyed.province(PLACES)
    numbered.letterhead(place, regime="party")
    user = surveyed.account(place, "Tỉnh", Role.PROVINCE, frozenset(papers.WORKS))
    client.sign_in(user)
    return surveyed.actor(user)


@pytest.fixture
def document(author):
    return papers.draft(author)


@pytest.fixture
def paste(client, document):
    return client.page(f"/van-ban/{document.id}/dan")


def word(paragraph="I. NỘI DUNG"):
    file = docx.Document()
    file.add_paragraph(paragraph)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def with_macro():
    stream = io.BytesIO(word())
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("word/vbaProject.bin", b"macro")
    return stream.getvalue()


def sent(paste, data):
    return paste.submit("Xem Cổng nhận ra gì", text="Chữ đã gõ", file=(io.BytesIO(data), "a.docx"))


def test_what_was_recognised_goes_into_the_draft_when_it_is_taken(paste, document):
    look = paste.submit("Xem Cổng nhận ra gì", text=PASTED)
    assert look.h1 == "Cổng nhận ra những phần này"
    assert document.body == papers.BODY
    look.submit("Thay nội dung bản thảo")
    body = document.body
    assert body.summary == "khảo sát ý kiến người dân"
    assert [one.heading for one in body.sections] == ["Nội dung", "Thời gian", "Cách làm", ""]
    assert body.sections[1].role == "survey_window"
    assert body.recipients == papers.BODY.recipients


def test_the_signature_that_was_recognised_replaces_the_letterheads(paste, document):
    foot = "\nNơi nhận:\n- Như trên.\n\nPHÓ TRƯỞNG BAN\n\nNguyễn Văn A\n"
    look = paste.submit("Xem Cổng nhận ra gì", text=PASTED + foot)
    assert "PHÓ TRƯỞNG BAN" in look.text
    look.submit("Thay nội dung bản thảo")
    found = replace(papers.BODY.signature, titles="PHÓ TRƯỞNG BAN", signer="Nguyễn Văn A")
    assert document.body.signature == found
    assert document.body.head == papers.BODY.head


def test_a_text_without_a_signature_leaves_the_drafts(paste, document):
    paste.submit("Xem Cổng nhận ra gì", text=PASTED).submit("Thay nội dung bản thảo")
    assert document.body.signature == papers.BODY.signature


def test_pasted_names_are_tied_to_whom_the_portal_knows(paste, document):
    foot = "\nNơi nhận:\n- Ủy ban nhân dân cấp xã (t/h);\n- BAN TỈNH;\n- Báo chí.\n"
    paste.submit("Xem Cổng nhận ra gì", text=PASTED + foot).submit("Thay nội dung bản thảo")
    assert document.body.recipients == (
        Recipient(Party("Ủy ban nhân dân cấp xã", group="commune:committee"), "t/h"),
        Recipient(Party("BAN TỈNH", organisation_id=document.organisation_id)),
        Recipient(Party("Báo chí")),
    )


def test_duties_of_a_word_table_are_tied_too(paste, document):
    file = docx.Document()
    file.add_paragraph("I. NỘI DUNG")
    table = file.add_table(2, 3)
    for cell, text in zip(table._cells, (*HEADS, "Họp", "Ban  tỉnh", "04/5/2027"), strict=True):
        cell.text = text
    stream = io.BytesIO()
    file.save(stream)
    sent(paste, stream.getvalue()).submit("Thay nội dung bản thảo")
    assert document.body.duties[0].lead.organisation_id == document.organisation_id


def test_it_can_be_put_behind_what_the_draft_has(paste, document):
    paste.submit("Xem Cổng nhận ra gì", text=PASTED).submit("Nối vào cuối bản thảo")
    assert len(document.body.sections) == len(papers.BODY.sections) + 4
    assert document.body.summary == papers.BODY.summary


def test_a_text_in_an_old_font_is_converted_if_one_wants(paste):
    asked = paste.submit("Xem Cổng nhận ra gì", text=SPOILED)
    assert "TCVN3" in asked.text
    assert "Uỷ ban nhân dân phường lấy ý kiến" in asked.text
    assert asked.form("Chuyển rồi xem").fields["text"] == SPOILED
    assert "Uỷ ban nhân dân" in asked.submit("Chuyển rồi xem").text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLD_WORD + "WordDocument".encode("utf-16le"), "Word đời cũ"),
        (OLD_WORD + "EncryptedPackage".encode("utf-16le"), "có mật khẩu"),
        (with_macro(), "có macro"),
        (b"%PDF-1.7", "PDF"),
        (word()[:3000], "bị hỏng"),
    ],
    ids=["doc", "encrypted", "macro", "pdf", "broken"],
)
def test_a_file_that_cannot_be_read_is_told_beside_it_and_nothing_typed_is_lost(paste, data, said):
    answer = sent(paste, data)
    assert answer.status == 422
    assert said in answer.text
    assert "file-error" in str(answer.html)
    assert answer.form("Xem Cổng nhận ra gì").fields["text"] == "Chữ đã gõ"


def test_a_word_file_is_read(paste):
    assert "I- Nội dung" in sent(paste, word()).text


@pytest.mark.parametrize(
    ("text", "said"),
    [("  ", "Mời dán văn bản"), ("I. NỘI DUNG\n" + "- Một việc.\n" * 501, "Nhiều dòng quá")],
)
def test_a_text_that_cannot_be_taken_is_told_beside_it(paste, text, said):
    answer = paste.submit("Xem Cổng nhận ra gì", text=text)
    assert answer.status == 422
    assert said in answer.text
    assert answer.form("Xem Cổng nhận ra gì").fields["text"].split() == text.split()


def test_somebody_elses_save_in_between_is_not_written_over(paste, document):
    look = paste.submit("Xem Cổng nhận ra gì", text=PASTED)
    paste.submit("Xem Cổng nhận ra gì", text=PASTED).submit("Nối vào cuối bản thảo")
    answer = look.submit("Thay nội dung bản thảo")
    assert answer.status == 409
    assert "khảo sát ý kiến người dân" in answer.text
