"""The questionnaires that ship with the portal."""

import json

import pytest

from portal.core.errors import Invalid
from portal.features.questionnaires import queries
from portal.features.questionnaires.definition import Kind
from portal.features.questionnaires.services import LIBRARY, load_library


@pytest.fixture
def changed(tmp_path):
    """Write the library with one thing changed in its first questionnaire."""

    def write(**changes):
        library = json.loads(LIBRARY.read_text())
        library[0] |= changes
        (tmp_path / "library.json").write_text(json.dumps(library))
        return tmp_path / "library.json"

    return write


def test_the_library_loads_as_samples_that_are_not_official(app):
    versions = load_library()
    assert {v.questionnaire.code for v in versions} >= {"PKS01", "PKS03", "PKS07"}
    assert not any(v.official for v in versions)


def test_loading_twice_stores_nothing_new(app):
    assert [v.id for v in load_library()] == [v.id for v in load_library()]


def test_new_wording_becomes_a_new_version_and_the_old_one_stays(app, changed):
    old = load_library()[0].id
    load_library(changed(intro="Lời mới"))
    newest = next(v for v in queries.latest() if v.questionnaire.code == "PKS01")
    assert (newest.number, newest.definition.intro) == (2, "Lời mới")
    assert queries.get(old).definition.intro != "Lời mới"


def test_a_library_with_a_fault_is_refused_whole_and_names_it(app, changed):
    with pytest.raises(Invalid) as refusal:
        load_library(changed(key_question="c99"))
    assert "Câu đánh giá chung" in refusal.value.errors["PKS01"]
    assert queries.latest() == []


def test_no_sample_question_hangs_on_the_one_before_it(app):
    questions = [q for v in load_library() for q in v.definition.questions]
    assert all(q.text[0].isupper() and q.text.endswith(("?", ".")) for q in questions)


def test_every_free_text_asks_not_to_write_who_one_is(app):
    texts = [q for v in load_library() for q in v.definition.questions if q.kind == Kind.TEXT]
    assert texts
    assert all("không ghi họ tên, số điện thoại" in question.hint for question in texts)


def test_the_form_of_colleagues_asks_for_ten_answers_before_anything_is_shown(app):
    assert load_library()[0].definition.threshold == 10


def test_dont_know_stands_apart_in_every_sample(app):
    options = [o for v in load_library() for q in v.definition.questions for o in q.options]
    assert all(o.unknown and o.score is None for o in options if o.label.startswith("Không biết"))
