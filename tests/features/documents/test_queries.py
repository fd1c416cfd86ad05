"""Lists hold what the actor may see, found by any words, at a price that does not grow."""

import pytest

from portal.features.documents import deliveries, queries
from portal.features.documents.models import Relation, State
from portal.features.documents.queries import Box, Filter
from portal.features.documents.workflow import DOCUMENT
from portal.policy.roles import Duty, Role
from tests.support import numbered, papers, surveyed
from tests.support.officials import PLACES
from tests.support.queries import counted


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def writer(place):
    return papers.worker(place)


def found(actor, *words, **wanted):
    listed = queries.listed(actor, Filter(*words, **wanted)).rows
    return [document.name for document in listed]


@pytest.mark.parametrize(
    "words", ["trien khai nghi quyet", "QUYẾT Triển", "ke hoach", "01-KH/BCĐ", "qcdc tinh"]
)
def test_a_document_is_found_by_words_without_accents_in_any_order(writer, words):
    papers.issued(writer, summary="Triển khai nghị quyết")
    papers.draft(writer, summary="Việc khác", type_code="bao_cao")
    assert found(writer, words)[-1:] == ["Triển khai nghị quyết"]


def test_signs_of_patterns_find_only_themselves(writer):
    papers.draft(writer, summary="Đạt 100%")
    assert found(writer, "%") == ["Đạt 100%"]
    assert found(writer, "_") == []


def test_a_list_is_narrowed_by_state_type_and_box(place, writer):
    numbered.letterhead(place, "Xã 1", regime="party")
    commune = papers.worker(place, Role.COMMUNE)
    papers.issued(writer, summary="Của tỉnh")
    papers.draft(commune, summary="Của xã", type_code="bao_cao")
    assert found(commune) == ["Của xã", "Của tỉnh"]
    assert found(commune, type_code="bao_cao") == ["Của xã"]
    assert found(commune, state=State.ISSUED) == ["Của tỉnh"]
    assert found(commune, box=Box.OWN) == ["Của xã"]
    assert found(commune, box=Box.OTHERS) == ["Của tỉnh"]


def test_what_waits_is_what_one_s_duty_can_move(place, writer):
    drafter = papers.worker(place, Role.PROVINCE, Duty.DRAFT)
    papers.bring(papers.draft(writer, summary="Chờ duyệt"), State.SUBMITTED, writer)
    papers.draft(writer, summary="Đang soạn")
    assert found(drafter, box=Box.WAITING) == ["Đang soạn"]
    assert (queries.count_waiting(drafter), queries.count_waiting(writer)) == (1, 2)


def test_drafts_that_refer_to_a_document_are_nobody_else_s_business(writer):
    earlier = papers.issued(writer)
    given = {"relation": Relation.AMENDS, "refers_to_id": earlier.id}
    papers.draft(writer, **given)
    assert queries.referring_to(earlier.id) == []
    amending = papers.issued(writer, **given)
    assert queries.referring_to(earlier.id) == [amending]


def test_one_drafts_for_the_organs_of_one_s_unit_that_have_a_letterhead(place, writer):
    assert [organ.name for organ in queries.issuers(writer)] == ["Ban Tỉnh"]
    assert queries.issuers(papers.worker(place, Role.COMMUNE)) == []


def test_only_what_is_in_force_can_be_referred_to(writer):
    kept, withdrawn = papers.issued(writer), papers.issued(writer)
    DOCUMENT.fire(writer, withdrawn.id, "withdraw", "Nhầm")
    papers.draft(writer)
    assert queries.issued_of(writer.unit_id) == [kept]


def statements(ask):
    with counted() as sent:
        ask()
    return len(sent)


def test_lists_take_the_same_queries_however_long_they_are(place, writer):
    commune = papers.worker(place, Role.COMMUNE)

    def look():
        for document in queries.listed(writer, Filter()).rows:
            assert document.organisation.name
            assert document.unit.name
        for line in queries.inbox(commune, handled=False).rows:
            assert line.organisation.name
            assert line.document.organisation.name
        assert queries.inbox_counts(commune)

    first = papers.issued(writer)
    few = statements(look)
    for _ in range(4):
        papers.issued(writer)
    assert statements(look) == few
    assert statements(lambda: [line.organisation.unit for line in
                               queries.deliveries_of(first.id)]) <= 2  # fmt: skip


def test_a_document_s_page_takes_a_handful_of_queries(place, writer):
    document_id = papers.issued(writer).id
    assert statements(lambda: queries.get_visible(writer, document_id).organisation.name) <= 2


def test_lists_leave_the_texts_where_they_are(place, writer):
    papers.issued(writer)
    with counted() as sent:
        queries.listed(writer, Filter())
        queries.inbox(papers.worker(place, Role.COMMUNE), handled=False)
        queries.versions(1)
        queries.issued_of(writer.unit_id)
    assert not [one for one in sent if "content" in one.split("FROM")[0] and "INSERT" not in one]


def test_opening_a_paper_again_writes_nothing(place, writer):
    document_id = papers.issued(writer).id
    reader = papers.worker(place, Role.COMMUNE)
    deliveries.open_all(reader, document_id)
    with counted() as sent:
        deliveries.open_all(reader, document_id)
    assert not [one for one in sent if one.startswith("UPDATE")]
