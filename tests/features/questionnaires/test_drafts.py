"""Writing a questionnaire: opened, saved, frozen, copied, laid aside."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.core.errors import Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.questionnaires import drafts, queries
from portal.features.questionnaires.services import load_library
from tests.support import surveyed
from tests.support.composing import FIRST, FULL, Author, form


@pytest.fixture
def author(app):
    return Author(surveyed.province({"": ["Xã Một"]})["Xã Một"].id)


@pytest.fixture
def draft(author):
    return drafts.create(author, "pks 08", "Phiếu mới", FULL)


def acts() -> list[str]:
    query = select(AuditEntry.action).order_by(AuditEntry.number)
    return [act for act in session().scalars(query) if act.startswith("questionnaire:")]


def test_a_new_questionnaire_belongs_to_the_unit_and_begins_with_a_draft(author, draft):
    made = draft.questionnaire
    assert (made.code, made.title, made.unit_id) == ("PKS 08", "Phiếu mới", author.unit_id)
    assert draft.definition == replace(FULL, code="PKS 08", title="Phiếu mới")
    assert queries.latest() == []


@pytest.mark.parametrize(("code", "title", "wrong"), [
    ("PKS08", "Khác", "code"), ("pks 0 8", "Khác", "code"), ("8PKS", "Khác", "code"),
    ("PHIẾU", "Khác", "code"),
    ("", "Khác", "code"), ("X" * 17, "Khác", "code"), ("PKS9", "", "title"),
    ("PKS9", "phiếu  MỚI", "title"), ("PKS9", "x" * 301, "title"),
])  # fmt: skip
def test_code_and_title_are_the_only_ones_of_their_kind_here(author, draft, code, title, wrong):
    with pytest.raises(Invalid) as refusal:
        drafts.create(author, code, title)
    assert wrong in refusal.value.errors


def test_a_draft_is_saved_unfinished_and_keeps_its_code(author, draft):
    holes = replace(form(replace(FIRST, text="", options=())), code="KHAC")
    drafts.save(author, draft, holes, draft.version)
    assert queries.draft(draft.questionnaire_id).definition == replace(holes, code="PKS 08")


def test_who_saves_second_is_shown_what_the_first_has_written(author, draft):
    seen = draft.version
    drafts.save(author, draft, form(FIRST), seen)
    with pytest.raises(Stale) as stale:
        drafts.save(author, draft, form(), seen)
    assert "Ông/bà có biết không?" in str(stale.value.theirs["content"])
    drafts.save(author, draft, form(FIRST), seen)  # The same words are no conflict.


def test_the_record_has_a_line_for_a_stretch_of_writing(author, draft):
    drafts.save(author, draft, form(FIRST), draft.version)
    drafts.save(replace(author, user_id=8), draft, form(), draft.version)
    assert acts() == ["questionnaire:created", "questionnaire:edited"]


def test_a_draft_that_is_too_large_is_not_stored(author, draft):
    with pytest.raises(Invalid) as refusal:
        drafts.save(author, draft, form(*[FIRST] * 201), draft.version)
    assert refusal.value.errors == {"phieu": "Phiếu có nhiều nhất 200 câu hỏi."}


def test_freezing_makes_a_version_that_can_be_asked_and_ends_the_draft(author, draft):
    version = drafts.freeze(author, draft, draft.version, official=True)
    assert (version.number, version.official, queries.latest()) == (1, True, [version])
    assert version.definition.key_question == "m.b"
    assert queries.draft(version.questionnaire_id) is None
    assert acts()[-1] == "questionnaire:frozen"


def test_what_the_checks_forbid_is_not_frozen(author, draft):
    drafts.save(author, draft, form(replace(FIRST, text="")), draft.version)
    with pytest.raises(Refused) as refusal:
        drafts.freeze(author, draft, draft.version)
    assert refusal.value.values == {"n": 1}
    assert queries.latest() == []


def test_the_same_wording_is_not_frozen_twice(author, draft):
    frozen = drafts.freeze(author, draft, draft.version).questionnaire
    again = drafts.open_draft(author, frozen)
    with pytest.raises(Refused, match="không khác bản"):
        drafts.freeze(author, again, again.version)


def test_nothing_is_frozen_that_its_author_has_not_seen(author, draft):
    with pytest.raises(Stale):
        drafts.freeze(author, draft, draft.version + 1)


def test_a_new_version_takes_its_title_and_leaves_the_old_wording(author, draft):
    first = drafts.freeze(author, draft, draft.version)
    again = drafts.open_draft(author, first.questionnaire)
    drafts.save(author, again, replace(again.definition, title="Tên khác"), again.version)
    second = drafts.freeze(author, again, again.version)
    assert (second.number, second.questionnaire.title) == (2, "Tên khác")
    assert queries.get(first.id).definition.title == "Phiếu mới"


def test_the_draft_of_a_shipped_form_begins_with_its_words_and_is_one(author):
    version = load_library()[0]
    draft = drafts.open_draft(author, version.questionnaire)
    assert draft.definition == version.definition
    assert drafts.open_draft(author, version.questionnaire) is draft


def test_a_copy_has_a_name_of_its_own_and_the_same_questions(author, draft):
    copied = drafts.duplicate(author, draft.questionnaire, "PKS 09", "Bản sao")
    assert copied.definition.questions == FULL.questions
    assert copied.questionnaire.code == "PKS 09"


def test_a_unit_writes_its_own_form_under_the_code_and_title_of_a_shipped_one(author):
    shipped = next(v for v in load_library() if v.questionnaire.code == "PKS07")
    draft = drafts.create(author, "PKS 07", shipped.definition.title, shipped.definition)
    frozen = drafts.freeze(author, draft, draft.version, official=True)
    assert frozen.definition.shown_code == shipped.definition.shown_code
    assert {shipped, frozen} <= set(queries.latest())
    assert load_library()[2].id == shipped.id  # It stays as it was, and so does the unit's.
    assert len(frozen.questionnaire.versions) == 1


def test_the_own_copy_of_a_shipped_form_has_its_code_and_is_one(author):
    shipped = load_library()[2].questionnaire
    own = drafts.adapt(author, shipped)
    assert (own.code, own.title, own.unit_id) == ("PKS 07", shipped.title, author.unit_id)
    assert queries.draft(own.id).definition.questions == shipped.versions[0].definition.questions
    assert drafts.adapt(author, shipped) is own


def test_a_code_with_several_spaces_is_shown_as_it_was_typed(author):
    draft = drafts.create(author, "pks 07  lc", "Phiếu của tỉnh")
    assert draft.definition.shown_code == "PKS\u00a007\u00a0LC"


def test_a_draft_thrown_away_takes_a_questionnaire_without_versions_with_it(author, draft):
    drafts.discard(author, draft)
    assert queries.written_by(author.unit_id, "PKS08") is None
    version = load_library()[0]
    drafts.discard(author, drafts.open_draft(author, version.questionnaire))
    assert version in queries.latest()


def test_what_is_laid_aside_is_offered_no_more_until_it_comes_back(author, draft):
    made = drafts.freeze(author, draft, draft.version).questionnaire
    drafts.archive(author, made)
    assert (queries.latest(), [each.questionnaire for each in queries.listed(archived=True)]) == (
        [], [made],
    )  # fmt: skip
    with pytest.raises(Refused):
        drafts.open_draft(author, made)
    drafts.restore(author, made)
    assert len(queries.latest()) == 1


def test_a_title_taken_meanwhile_keeps_a_questionnaire_aside(author, draft):
    drafts.archive(author, draft.questionnaire)
    drafts.create(author, "PKS 10", "Phiếu mới")
    with pytest.raises(Invalid):
        drafts.restore(author, draft.questionnaire)


def test_the_list_shows_versions_and_drafts_side_by_side(author, draft):
    load_library()
    listed = {each.questionnaire.code: each for each in queries.listed()}
    assert (listed["PKS 08"].newest, listed["PKS 08"].draft) == (None, draft)
    assert (listed["PKS01"].newest.number, listed["PKS01"].draft) == (1, None)
