"""Every comment has an opinion; opinions that say the same are answered once."""

import json

import pytest

from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Refused
from portal.features.audit.models import AuditEntry
from portal.features.consolidation import explaining, in_bulk, listing, merging, queries, sources
from portal.features.consolidation.explaining import Explained
from portal.features.consolidation.models import State
from portal.features.consolidation.workflow import OPINION
from portal.features.consultations import comments, outcomes
from portal.policy.roles import Duty
from tests.support import cased, gathered
from tests.support.gathered import NOTICE, OTHER, SAME, again
from tests.support.voiced import CLAUSE, FIRST

ANSWER = Explained("content", "accept", "Bổ sung vào khoản 2: niêm yết 30 ngày liên tục.")


@pytest.fixture(name="made")
def ward(app):
    return cased.ward()


@pytest.fixture(name="author")
def drafter(made):
    return made.actor(Duty.DRAFT)


@pytest.fixture(name="one")
def consultation(made):
    return made.published(made.actor())


def explained(author, opinion, given=ANSWER):
    return explaining.write_down(author, opinion, given, again(opinion).version)


def answered(made, author, opinion):
    explained(author, opinion)
    OPINION.fire(author, opinion.id, "submit")
    return OPINION.fire(made.actor(Duty.APPROVE), opinion.id, "approve")


def test_every_way_counts_its_own_sources_in_one_opinion(one, author):
    opinion = gathered.agency(one, "UBMTTQ phường", CLAUSE, NOTICE)
    others = [
        gathered.households(one, "Tổ dân phố 1", CLAUSE, SAME, 30),
        gathered.households(one, "Tổ dân phố 2", CLAUSE, SAME, 8),
        *gathered.voice(one, CLAUSE, SAME),
    ]
    for other in others:
        merging.merge(author, other, opinion)
    told = sources.of([again(opinion)])[opinion.id]
    assert [each.name for each in told.agencies] == ["UBMTTQ phường"]
    assert (told.households, told.groups, told.voices) == (38, 2, 1)
    assert len(queries.comments(opinion.id)) == 4


def test_somebody_who_says_it_twice_is_counted_once(one, author):
    first, second = gathered.voice(one, CLAUSE, NOTICE, SAME)
    merging.merge(author, second, first)
    assert again(first).voices == 1


def test_what_was_merged_can_be_separated_again_with_its_own_words(one, author):
    first, second = (
        gathered.agency(one, "A", CLAUSE, NOTICE),
        gathered.agency(one, "B", CLAUSE, SAME),
    )
    merging.merge(author, second, first)
    OPINION.fire(author, second.id, "separate")
    assert (again(first).agencies, again(second).agencies) == (1, 1)
    assert again(second).text == SAME


def test_opinions_merged_before_come_along(one, author):
    first, second, third = (gathered.agency(one, name, CLAUSE, SAME) for name in "ABC")
    merging.merge(author, third, second)
    merging.merge(author, second, first)
    assert again(first).agencies == 3
    assert again(third).merged_into_id == first.id


def test_only_opinions_on_the_same_provision_are_merged(one, author):
    here, there = gathered.agency(one, "A", CLAUSE, SAME), gathered.agency(one, "B", FIRST, SAME)
    with pytest.raises(Refused, match="cùng một điều khoản"):
        merging.merge(author, there, here)
    assert again(there).state == State.NEW


def test_nothing_is_merged_into_an_answer_that_was_approved(made, one, author):
    first, second = (
        gathered.agency(one, "A", CLAUSE, NOTICE),
        gathered.agency(one, "B", CLAUSE, SAME),
    )
    answered(made, author, first)
    with pytest.raises(Refused):
        merging.merge(author, second, first)


def test_the_portal_proposes_what_shares_most_words_and_asks_no_more_once_told(one, author):
    first, second = (
        gathered.agency(one, "A", CLAUSE, NOTICE),
        gathered.agency(one, "B", CLAUSE, SAME),
    )
    other = gathered.agency(one, "C", CLAUSE, OTHER)
    [pair] = merging.near([first, second, other], listing.Map(one, [CLAUSE]))
    assert {pair.one.id, pair.other.id} == {first.id, second.id}
    merging.keep_apart(author, first, second)
    merging.keep_apart(author, second, first)
    assert merging.near([first, second, other], listing.Map(one, [CLAUSE])) == []


def test_an_answer_is_approved_by_somebody_else_than_who_wrote_it(made, one):
    both = made.actor(Duty.DRAFT, Duty.APPROVE)
    opinion = gathered.agency(one, "A", CLAUSE, NOTICE)
    explained(both, opinion)
    OPINION.fire(both, opinion.id, "submit")
    with pytest.raises(Forbidden):
        OPINION.fire(both, opinion.id, "approve")
    done = OPINION.fire(made.actor(Duty.APPROVE), opinion.id, "approve")
    assert (done.state, done.approved_by) == (State.APPROVED, "Cán bộ 2")


def test_without_decision_or_words_nothing_is_handed_in(one, author):
    opinion = gathered.agency(one, "A", CLAUSE, NOTICE)
    explained(author, opinion, Explained(decision="accept"))
    with pytest.raises(Refused, match="Chưa chọn"):
        OPINION.fire(author, opinion.id, "submit")


def test_an_approved_answer_is_changed_only_after_it_was_opened_again_with_a_reason(
    made, one, author
):
    opinion = answered(made, author, gathered.agency(one, "A", CLAUSE, NOTICE))
    with pytest.raises(Refused):
        explained(author, opinion)
    OPINION.fire(author, opinion.id, "reopen", "Sửa câu chữ")
    assert explained(author, opinion).approved_on is None


def test_whoever_saves_second_is_told(one, author):
    opinion = gathered.agency(one, "A", CLAUSE, NOTICE)
    seen = opinion.version
    explained(author, opinion)
    with pytest.raises(Invalid) as told:
        explaining.write_down(author, opinion, Explained(decision="decline"), seen)
    assert set(told.value.errors) == {"version"}
    assert again(opinion).decision == "accept"


def test_another_ward_neither_sees_nor_answers(made, one):
    stranger = made.actor(Duty.DRAFT, body=made.front)
    opinion = gathered.agency(one, "A", CLAUSE, NOTICE)
    with pytest.raises(Forbidden):
        explained(stranger, opinion)


def test_words_put_right_follow_until_an_answer_is_handed_in(one, author):
    opinion = gathered.agency(one, "A", CLAUSE, NOTICE)
    [comment] = queries.comments(opinion.id)
    with write() as current:
        comments.change(current, comment, OTHER)
    assert again(opinion).text == OTHER
    explained(author, opinion)
    OPINION.fire(author, opinion.id, "submit")
    with pytest.raises(Refused), write() as current:
        comments.change(current, comment, NOTICE)


def test_what_was_typed_in_by_mistake_goes_with_its_opinion(one):
    opinion = gathered.agency(one, "A", CLAUSE, NOTICE)
    with write() as current:
        comments.remove(current, queries.comments(opinion.id))
    assert queries.of([opinion.id]) == {}


def test_no_report_while_an_opinion_is_without_an_approved_answer(made, one, author):
    first, second = (
        gathered.agency(one, "A", CLAUSE, NOTICE),
        gathered.agency(one, "B", FIRST, OTHER),
    )
    assert queries.undecided(one.id) == 2
    answered(made, author, first)
    answered(made, author, second)
    assert queries.undecided(one.id) == 0


def test_authors_learn_what_became_of_it_once_the_answers_are_public(made, one, author):
    first, second = gathered.voice(one, CLAUSE, NOTICE, SAME)
    merging.merge(author, second, first)
    answered(made, author, first)
    mine = queries.comments(first.id)
    assert outcomes.of(mine) == {}
    with write():
        one.answers_public_on = cased.day(0)
    told = outcomes.of(mine)
    assert {each.explanation for each in told.values()} == {ANSWER.explanation}
    assert len(told) == len(mine) == 2


def test_one_answer_for_many_leaves_alone_what_somebody_wrote_already(one, author):
    written, empty = gathered.voice(one, CLAUSE, NOTICE, OTHER)
    explained(author, written, Explained("law", "decline", "Trái Điều 11."))
    explained(author, empty, Explained(category="wording"))
    given = Explained(decision="accept", explanation="Như nhau.")
    assert in_bulk.answer_alike(author, one, [written.id, empty.id], given) == (1, 1)
    kept, filled = again(written), again(empty)
    assert (kept.category, kept.decision, kept.explanation) == ("law", "decline", "Trái Điều 11.")
    assert (filled.category, filled.explanation) == ("wording", "Như nhau.")


def test_the_record_keeps_what_an_explanation_said_before(one, author):
    opinion = gathered.agency(one, "A", CLAUSE, NOTICE)
    explained(author, opinion)
    explained(author, again(opinion), Explained("content", "accept", "Câu mới."))
    kept = session().query(AuditEntry.changes).filter_by(action="opinion:explained")
    told = [json.loads(changes).get("explanation") for (changes,) in kept]
    assert [ANSWER.explanation, "Câu mới."] in told


def test_every_step_is_on_the_record_without_a_word_of_what_was_said(made, one, author):
    answered(made, author, gathered.agency(one, "A", CLAUSE, NOTICE))
    kept = session().query(AuditEntry).filter(AuditEntry.subject_kind == "opinion").all()
    assert [entry.action for entry in kept] == [
        "opinion:explained", "opinion:submit", "opinion:approve",
    ]  # fmt: skip
    assert all("nhà văn hóa" not in entry.changes + entry.subject_name for entry in kept)
    assert ANSWER.explanation in kept[0].changes
