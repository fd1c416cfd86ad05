"""Who writes questionnaires: whoever drafts for an office, those of its own unit."""

from dataclasses import dataclass

import pytest

from portal.core.database import session
from portal.features.questionnaires import drafts, queries
from portal.features.questionnaires.models import Questionnaire
from portal.features.questionnaires.services import load_library
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import surveyed
from tests.support.composing import FULL, Author
from tests.support.officials import PLACES, everybody, official

OFFICIALS = frozenset(Role) - {Role.ADMIN}


@dataclass(frozen=True)
class Form:
    unit_id: int | None


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def test_who_drafts_writes_new_ones_and_those_of_the_own_unit(place):
    for actor in everybody(place):
        drafter = actor.role in OFFICIALS and Duty.DRAFT in actor.duties
        assert allows(actor, Permission.QUESTIONNAIRE_CREATE) == drafter
        own, shipped, foreign = Form(actor.unit_id), Form(None), Form(place["Xã 3"].id)
        assert allows(actor, Permission.QUESTIONNAIRE_EDIT, own) == drafter
        assert not allows(actor, Permission.QUESTIONNAIRE_EDIT, shipped)
        assert not allows(actor, Permission.QUESTIONNAIRE_EDIT, foreign)


@pytest.mark.parametrize("role", sorted(OFFICIALS))
def test_what_is_found_to_be_written_is_what_is_admitted(place, role):
    load_library()
    for name in ("Tỉnh", "Huyện A", "Xã 1", "Xã 3"):
        drafts.create(Author(place[name].id), f"A{place[name].id}", f"Phiếu {name}", FULL)
    actor = official(place, role, Duty.DRAFT)
    for form in session().query(Questionnaire):
        found = queries.get_own(actor, form.id) is not None
        assert found == allows(actor, Permission.QUESTIONNAIRE_EDIT, form)


def test_the_list_holds_all_versions_and_the_drafts_of_the_own_unit(place):
    load_library()
    own = drafts.create(Author(place["Xã 1"].id), "A1", "Của xã 1", FULL)
    drafts.create(Author(place["Xã 3"].id), "A3", "Của xã 3", FULL)
    listed = queries.visible_to(official(place, Role.COMMUNE))
    assert [each.questionnaire.code for each in listed if each.draft] == ["A1"]
    assert len([each for each in listed if each.newest]) == len(queries.latest())
    drafts.archive(Author(place["Xã 1"].id), own.questionnaire)
    laid_aside = queries.visible_to(official(place, Role.COMMUNE), archived=True)
    assert [each.questionnaire.code for each in laid_aside] == ["A1"]
    assert queries.visible_to(official(place, Role.COMMUNE, at="Xã 3"), archived=True) == []
