"""A questionnaire between two people, frozen, laid aside; and who may do what with it."""

import pytest

from portal.core.database import session
from portal.features.audit.models import AuditEntry
from portal.features.questionnaires import drafts, files, queries
from portal.features.questionnaires.definition import Definition
from portal.policy.roles import Duty, Role
from tests.support import surveyed
from tests.support.composer import OTHER, WARD, editor, press, stored
from tests.support.composing import FIRST, FULL, MATRIX, TEXT, Author, form


@pytest.fixture
def place(app):
    return surveyed.province({"": [WARD, OTHER]})


@pytest.fixture
def writer(client, place):
    """Sign in somebody who drafts for a ward."""
    client.sign_in(surveyed.account(place, WARD, Role.COMMUNE, (Duty.DRAFT,)))
    return client


@pytest.fixture
def draft(place):
    return drafts.create(Author(place[WARD].id), "PKS 08", "Phiếu mới", FULL)


# --- two people


def test_who_saves_second_sees_both_texts_and_loses_nothing(writer, draft, place):
    page = editor(writer, draft, "question-a")
    drafts.save(Author(place[WARD].id, 8, "Người thứ nhất"), draft,
                edited(draft, a="Lời của người thứ nhất?"), draft.version)  # fmt: skip
    both = press(page, "save", a_hoi="Lời của người thứ hai?")
    assert (both.status, both.h1) == (409, "Có người vừa lưu trước")
    assert "Người thứ nhất đã lưu" in both.text
    assert "Lời của người thứ nhất?" in both.text
    assert "Lời của người thứ hai?" in both.text
    assert stored(draft).questions[0].text == "Lời của người thứ nhất?"
    both.submit("Lưu lời của tôi ở những chỗ này")
    assert stored(draft).questions[0].text == "Lời của người thứ hai?"


def test_what_the_other_has_written_elsewhere_stays(writer, draft, place):
    page = editor(writer, draft, "question-a")
    drafts.save(Author(place[WARD].id, 8), draft, edited(draft, b="Qua kênh nào?"), draft.version)
    press(page, "save", a_hoi="Lời của tôi?").submit("Lưu lời của tôi ở những chỗ này")
    assert [q.text for q in stored(draft).questions[:2]] == ["Lời của tôi?", "Qua kênh nào?"]


def test_words_for_a_question_that_was_removed_meanwhile_can_be_copied(writer, draft, place):
    page = editor(writer, draft, "question-a")
    drafts.save(Author(place[WARD].id, 8), draft, form(MATRIX, TEXT), draft.version)
    both = press(page, "save", a_hoi="Câu quý giá?")
    assert both.status == 409
    assert "Câu quý giá?" in both.response.text


def test_a_button_pressed_on_an_old_page_shows_the_new_one(writer, draft, place):
    page = editor(writer, draft)
    drafts.save(Author(place[WARD].id, 8), draft, form(MATRIX, TEXT), draft.version)
    again = press(page, "question.up.z")
    assert "Mời làm lại bước vừa rồi" in again.text
    assert [question.id for question in stored(draft).questions] == ["m", "z"]


def edited(draft, **texts: str) -> Definition:
    data = draft.definition.to_data()
    for section in data["sections"]:
        for question in section["questions"]:
            question["text"] = texts.get(question["id"], question["text"])
    return Definition.from_data(data)


# --- finishing


def test_a_draft_with_errors_is_not_frozen_and_says_where(writer, draft):
    page = press(press(editor(writer, draft, "question-a"), "save", a_hoi=""), "go.chot")
    assert "Phải sửa trước khi chốt" in page.text
    assert "Chốt bản 1" not in page.buttons
    assert page.follow("Câu 1").form("Lưu").fields["a-hoi"] == ""


def test_a_version_is_frozen_and_the_next_one_shows_what_changed(writer, draft):
    page = press(editor(writer, draft), "go.chot").submit("Chốt bản 1", **{"chinh-thuc": "1"})
    assert "Mẫu chính thức" in page.text
    page = page.submit("Soạn bản mới")
    page = press(page, "open.question-a")
    page = press(press(page, "save", a_hoi="Ông/bà có nghe nói không?"), "go.chot")
    assert "Khác bản 1 ở" in page.text
    assert "Ông/bà có nghe nói không?" in page.text
    page = page.submit("Chốt bản 2")
    assert "Mẫu tham khảo" in page.text
    assert "Đây là bản cũ." in page.follow("Bản 1").text


def test_nothing_is_frozen_that_was_not_read(writer, draft, place):
    page = press(editor(writer, draft), "go.chot")
    drafts.save(Author(place[WARD].id, 8), draft, form(FIRST, MATRIX), draft.version)
    again = page.submit("Chốt bản 1")
    assert again.status == 409
    assert "Mời đọc lại bản mới" in again.text


def test_a_version_is_printed_exported_and_tried(writer, draft):
    version = drafts.freeze(Author(draft.questionnaire.unit_id), draft, draft.version)
    address = f"/phieu-mau/{version.id}"
    assert writer.get(f"{address}/phieu-giay.pdf?tieng=en").data.startswith(b"%PDF")
    assert files.read(writer.get(f"{address}/tep").data).questions == FULL.questions
    assert writer.page(f"{address}/xem-thu").h1 == "Phiếu mới"


def test_a_form_is_laid_aside_and_taken_back(writer, draft):
    drafts.freeze(Author(draft.questionnaire.unit_id), draft, draft.version)
    page = writer.page("/phieu-mau").follow("PKS 08").submit("Cất vào kho")
    assert "PKS 08" not in page.text
    page = page.follow("Trong kho 1").follow("PKS 08").submit("Lấy ra khỏi kho")
    assert page.follow("PKS 08").status == 200


def test_what_is_laid_aside_is_not_written_on(writer, draft):
    page = editor(writer, draft, "question-a")
    drafts.archive(Author(draft.questionnaire.unit_id), draft.questionnaire)
    assert press(page, "save", a_hoi="Lời mới?").status == 409
    assert stored(draft).questions[0].text == FULL.questions[0].text


def test_a_draft_is_thrown_away(writer, draft, place):
    page = editor(writer, draft).submit("Bỏ bản nháp")
    assert page.h1 == "Phiếu mẫu"
    assert queries.written_by(place[WARD].id, "PKS08") is None


def test_what_is_done_stands_in_the_record(writer, draft):
    press(editor(writer, draft, "question-a"), "save", a_hoi="Lời mới?")
    press(editor(writer, draft), "go.chot").submit("Chốt bản 1")
    acts = [
        entry.action
        for entry in session().query(AuditEntry)
        if entry.subject_kind == "questionnaire"
    ]
    assert acts == ["questionnaire:created", "questionnaire:edited", "questionnaire:frozen"]


# --- who may


@pytest.mark.parametrize("duties", [(), (Duty.APPROVE, Duty.CLERK)])
def test_who_does_not_draft_reads_and_is_offered_nothing_to_write(client, place, draft, duties):
    drafts.freeze(Author(place[WARD].id), draft, draft.version)
    client.sign_in(surveyed.account(place, WARD, Role.COMMUNE, duties))
    page = client.page("/phieu-mau")
    assert "Lập phiếu" not in page.text
    shown = page.follow("PKS 08")
    assert "Soạn bản mới" not in shown.text
    assert "Nhân bản" not in shown.text
    client.page("/phieu-mau/moi", status=403)
    client.page(f"/phieu-mau/soan/{draft.questionnaire_id}", status=403)


def test_drafts_of_another_unit_are_neither_listed_nor_found(client, place, draft):
    client.sign_in(surveyed.account(place, OTHER, Role.COMMUNE, (Duty.DRAFT,)))
    assert "PKS" not in client.page("/phieu-mau").text
    client.page(f"/phieu-mau/soan/{draft.questionnaire_id}", status=404)


def test_versions_of_another_unit_are_read_and_copied_not_changed(client, place, draft):
    drafts.freeze(Author(place[WARD].id), draft, draft.version)
    client.sign_in(surveyed.account(place, OTHER, Role.COMMUNE, (Duty.DRAFT,)))
    page = client.page("/phieu-mau").follow("PKS 08")
    assert WARD in page.text
    assert "Soạn bản mới" not in page.text
    assert page.follow("Nhân bản").form("Lập phiếu").fields["source"]
