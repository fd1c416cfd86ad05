"""The library of questionnaires, as officials read it."""

import pytest

from portal.core.database import session
from portal.features.org_units.models import Unit
from portal.features.questionnaires import drafts
from portal.features.questionnaires.services import load_library
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.composing import FULL, Author


@pytest.fixture
def reader(client):
    """Sign a commune in."""
    place = surveyed.province({"": ["Phường Ngô Quyền"]})
    client.sign_in(surveyed.account(place, "Phường Ngô Quyền", Role.COMMUNE))
    return client


def test_an_empty_library_says_why_it_is_empty(reader):
    assert "Chưa có phiếu mẫu nào" in reader.page("/phieu-mau").text


def test_the_list_says_that_samples_are_not_official(reader):
    load_library()
    rows = reader.page("/phieu-mau").rows()
    assert len(rows) == 7
    assert all("Mẫu tham khảo – chưa phải mẫu chính thức" in row[5] for row in rows[1:])


def test_the_preview_shows_every_question_its_answers_and_conditions(reader):
    definition = next(v.definition for v in load_library() if v.definition.code == "PKS07")
    text = reader.page("/phieu-mau").follow("PKS 07").text
    for question in definition.questions:
        assert question.text in text
        assert all(option.label in text for option in question.options)
    assert "Chỉ hỏi khi câu 11 chọn “Có”." in text


def test_the_preview_shows_the_rows_of_a_matrix_and_how_long_a_text_may_be(reader):
    author = Author(session().query(Unit).first().id)
    draft = drafts.create(author, FULL.code, FULL.title, FULL)
    drafts.freeze(author, draft, draft.version)
    text = reader.page("/phieu-mau").follow("THU 2").text
    for said in ("Thái độ", "Thời gian chờ", "chọn một mức ở mỗi dòng", "nhiều nhất 500 chữ cái"):
        assert said in text


def test_a_questionnaire_that_does_not_exist_is_not_found(reader):
    reader.page("/phieu-mau/99", status=404)


def test_strangers_are_sent_to_the_sign_in_page(client):
    assert client.get("/phieu-mau").status_code == 302
