"""Writing a questionnaire without script: every button saves what is typed and does one thing."""

import io
import json

import pytest

from portal.features.questionnaires import drafts, files, queries
from portal.features.questionnaires.definition import Kind
from portal.features.questionnaires.services import load_library
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


# --- beginning


def test_a_form_begins_empty_with_a_code_and_a_name(writer):
    page = writer.page("/phieu-mau").follow("Lập phiếu")
    page = page.submit("Lập phiếu", code="pks 09", title="Phiếu của phường")
    assert page.h1 == "Soạn phiếu PKS 09"
    assert "Phiếu không có câu hỏi nào." in page.text


def test_what_cannot_be_taken_is_said_beside_the_field_and_kept(writer, draft):
    page = writer.page("/phieu-mau/moi").submit("Lập phiếu", code="PKS08", title="")
    assert page.status == 422
    assert "Đơn vị đã có phiếu mang mã này." in page.text
    assert "Mời ghi tên phiếu" in page.text
    assert page.form("Lập phiếu").fields["code"] == "PKS08"


def test_a_shipped_form_is_copied_and_then_written_on(writer):
    load_library()
    page = writer.page("/phieu-mau").follow("PKS 07").follow("Nhân bản")
    page = page.submit("Lập phiếu", code="PKS 70")
    assert "Trong 12 tháng qua" in page.text


def test_the_unit_writes_its_own_form_of_a_shipped_one_under_its_code(writer):
    load_library()
    shipped = writer.page("/phieu-mau").follow("PKS 07")
    page = shipped.submit("Soạn bản của đơn vị")
    assert page.h1 == "Soạn phiếu PKS 07"
    assert "Trong 12 tháng qua" in page.text
    assert shipped.submit("Soạn bản của đơn vị").h1 == page.h1  # Pressed twice, it is one.
    shipped = writer.page(shipped.path)
    assert "Soạn tiếp bản của đơn vị" in shipped.text
    assert "Soạn bản của đơn vị" not in shipped.buttons


def test_a_draft_that_was_never_frozen_is_not_among_those_in_use(writer, draft):
    load_library()
    page = writer.page("/phieu-mau")
    assert "Đang dùng 6" in page.text
    assert "PKS 08" not in page.text
    assert "PKS 08" in page.follow("Đang soạn 1").text


def test_a_form_comes_in_as_a_file_under_its_own_name(writer, place):
    page = writer.page("/phieu-mau/moi")
    fields = page.form("Lập phiếu").fields
    content = files.to_json(FULL)
    sent = {**fields.to_dict(), "file": (io.BytesIO(content), "phieu.json")}
    answer = writer.page("/phieu-mau/moi", method="POST", data=sent, status=None)
    assert "Soạn phiếu THU" in answer.h1
    assert queries.written_by(place[WARD].id, "THU2") is not None


def test_every_place_of_a_file_that_cannot_be_read_is_listed(writer, place):
    wrong = json.loads(files.to_json(FULL))
    wrong["questionnaire"]["sections"][0]["questions"][0]["kind"] = "slider"
    fields = writer.page("/phieu-mau/moi").form("Lập phiếu").fields.to_dict()
    sent = {
        **fields,
        "code": "A1",
        "title": "A",
        "file": (io.BytesIO(json.dumps(wrong).encode()), "a"),
    }
    page = writer.page("/phieu-mau/moi", method="POST", data=sent, status=422)
    assert ["sections.0.questions.0.kind", "Không có kiểu câu hỏi này."] in page.rows()
    assert queries.written_by(place[WARD].id, "A1") is None


def test_the_empty_sheet_can_be_filled_in(writer):
    sheet = writer.get("/phieu-mau/mau-trong.xlsx").data
    assert files.read(sheet).questions == ()


# --- writing


def test_one_question_is_open_and_the_others_are_read(writer, draft):
    page = editor(writer, draft, "question-a")
    names = page.form("Lưu").names
    assert {"a-hoi", "a-kieu", "a-chon-co-nhan", "a-bat-buoc"} <= set(names)
    assert not any(name.startswith("m-") for name in names)
    assert "Thái độ" in page.text


def test_a_button_saves_what_is_typed_and_opens_another(writer, draft):
    page = press(editor(writer, draft, "question-a"), "open.question-m", a_hoi="Lời mới?")
    assert "m-dong-a-nhan" in page.form("Lưu").names
    assert stored(draft).questions[0].text == "Lời mới?"


@pytest.mark.parametrize("kind", Kind)
def test_a_question_of_every_kind_is_added_and_opened(writer, draft, kind):
    page = press(editor(writer, draft), f"question.add.2.{kind}")
    assert "c1-hoi" in page.form("Lưu").names
    assert stored(draft).questions[-1].kind == kind


def test_questions_sections_and_options_move_are_copied_and_removed(writer, draft):
    page = press(editor(writer, draft, "question-a"), "question.down.a")
    page = press(page, "option.up.a.khong")
    page = press(page, "question.copy.a")
    page = press(page, "section.up.2")
    page = press(page, "question.remove.c1")
    made = stored(draft)
    assert [question.id for question in made.questions] == ["m", "z", "b", "a"]
    assert [option.code for option in made.questions[-1].options] == ["khong", "co"]


def test_a_question_goes_to_a_chosen_section(writer, draft):
    press(editor(writer, draft, "question-a"), "move.a", toi="2")
    assert [question.id for question in stored(draft).sections[1].questions] == ["m", "z", "a"]


def test_another_kind_brings_room_for_its_answers_and_keeps_the_words(writer, draft):
    page = press(editor(writer, draft, "question-a"), "save", a_kieu="matrix")
    assert "a-dong-1-nhan" in page.form("Lưu").names
    press(page, "save", a_kieu="scale")
    first = stored(draft).questions[0]
    assert [(o.label, o.score) for o in first.options] == [("Có", 2), ("Không", 1)]


def test_pasted_lines_become_answers(writer, draft):
    press(editor(writer, draft, "question-b"), "save", b_dan="Báo\r\n\r\nĐài")
    labels = [option.label for option in stored(draft).questions[1].options]
    assert labels == ["Loa", "Zalo", "Báo", "Đài", "Không nhớ"]


def test_a_condition_is_chosen_by_question_then_by_answer(writer, draft):
    page = press(editor(writer, draft, "question-z"), "save", z_neu="a")
    assert "Điều kiện chưa nói câu 1 trả lời thế nào" in page.text
    press(page, "save", z_neu="a.khong")
    assert stored(draft).questions[-1].show_if == {"a": ("khong",)}


def test_the_general_part_is_written_like_a_question(writer, draft):
    page = press(
        editor(writer, draft, "whole"), "close", ten="Tên khác", nguong="10", cau_chinh="a"
    )
    made = stored(draft)
    assert (made.title, made.threshold, made.key_question) == ("Tên khác", 10, "a")
    assert "câu đánh giá chung" in page.text


def test_what_is_too_large_is_said_and_kept_on_the_page(writer, draft):
    page = press(editor(writer, draft, "question-a"), "save", a_hoi="x" * 1001)
    assert page.status == 422
    assert "dài nhất 1000 chữ cái" in page.text
    assert page.form("Lưu").fields["a-hoi"] == "x" * 1001


# --- checks, languages, paper


def test_findings_stand_beside_their_place_and_in_a_list_with_a_way_to_it(writer, place):
    draft = drafts.create(Author(place[WARD].id), "PKS 11", "Thử", form(FIRST, MATRIX))
    page = press(editor(writer, draft, "question-a"), "save", a_hoi="")
    assert page.text.count("Câu này chưa có lời hỏi.") == 2
    assert "open.question-a" in page.response.text
    assert "Còn 1 chỗ phải sửa trước khi chốt." in page.text


def test_the_open_question_is_shown_as_on_a_phone(writer, draft):
    assert 'name="m.a"' in editor(writer, draft, "question-m").response.text


def test_a_draft_is_tried_in_both_languages_and_nothing_is_kept(writer, draft):
    page = editor(writer, draft)
    trial = press(page, "go.xem-thu")
    assert trial.h1 == "Phiếu mới"
    english = trial.follow("English")
    assert "Your opinion" in english.text
    wrong = english.submit("Send")
    assert wrong.status == 422
    done = wrong.submit("Send", **{"a": "khong", "m.a": "5", "m.b": "kb"})
    assert done.status == 200
    assert "xong=1" in done.response.request.url


def test_translations_are_typed_beside_their_texts(writer, draft):
    page = press(editor(writer, draft), "go.tieng-anh")
    fields = page.form("Lưu bản tiếng Anh").fields
    place = fields.getlist("goc").index("Không")
    page.submit("Lưu bản tiếng Anh", **{f"en-{place}": "No"})
    assert stored(draft).languages["en"]["Không"] == "No"


def test_translations_find_their_text_when_the_words_have_moved(writer, draft):
    page = press(editor(writer, draft), "go.tieng-anh")
    press(editor(writer, draft, "question-a"), "question.remove.a")
    place = page.form("Lưu bản tiếng Anh").fields.getlist("goc").index("Loa")
    again = page.submit("Lưu bản tiếng Anh", **{f"en-{place}": "Loudspeaker"})
    assert again.status == 409
    again.submit("Lưu bản tiếng Anh")
    assert stored(draft).languages["en"]["Loa"] == "Loudspeaker"


def test_a_draft_is_printed_and_exported(writer, draft):
    address = f"/phieu-mau/soan/{draft.questionnaire_id}"
    assert writer.get(f"{address}/phieu-giay.pdf").data.startswith(b"%PDF")
    for kind in ("xlsx", "json"):
        assert files.read(writer.get(f"{address}/tep?dang={kind}").data).questions == FULL.questions


def test_a_file_takes_the_place_of_a_draft(writer, draft):
    address = f"/phieu-mau/soan/{draft.questionnaire_id}/nhap"
    fields = writer.page(address).form("Thay bằng tệp này").fields.to_dict()
    sent = {**fields, "file": (io.BytesIO(files.to_json(form(TEXT))), "phieu.json")}
    writer.page(address, method="POST", data=sent)
    assert [question.id for question in stored(draft).questions] == ["z"]
    assert stored(draft).code == "PKS 08"


def test_a_file_that_is_none_leaves_the_draft(writer, draft):
    address = f"/phieu-mau/soan/{draft.questionnaire_id}/nhap"
    fields = writer.page(address).form("Thay bằng tệp này").fields.to_dict()
    sent = {**fields, "file": (io.BytesIO(b"abc"), "phieu.json")}
    assert (
        "không phải phiếu khảo sát"
        in writer.page(address, method="POST", data=sent, status=422).text
    )
    assert writer.page(address).submit("Thay bằng tệp này").status == 422
    assert stored(draft).questions == FULL.questions
