"""Opinions that say the same: found over the whole place, merged and separated, words and all."""

import pytest

from portal.core.database import write
from portal.core.errors import Refused
from portal.features.consolidation import (
    board,
    explaining,
    gathering,
    listing,
    merging,
    queries,
    sources,
    table,
    unplaced,
)
from portal.features.consolidation.explaining import Explained
from portal.features.consolidation.listing import Filter
from portal.features.consolidation.models import Opinion, State
from portal.features.consolidation.workflow import OPINION
from portal.features.consultations import comments, hiding
from portal.features.consultations.hiding_workflow import COMMENT_HIDING
from portal.policy.roles import Duty
from tests.support import cased, gathered, voiced
from tests.support.gathered import NOTICE, OTHER, SAME, again
from tests.support.voiced import CLAUSE, FIRST, POINT, PROVISIONS

ABUSE = "Đồ tham lam, phải niêm yết các khoản thu."
SUMMARY = "Niêm yết các khoản thu lâu hơn."


@pytest.fixture(name="made")
def ward(app):
    return cased.ward()


@pytest.fixture(name="author")
def drafter(made):
    return made.actor(Duty.DRAFT)


@pytest.fixture(name="one")
def consultation(made):
    return made.published(made.actor())


def hide(made, opinion):
    [comment] = [each for each in queries.comments(opinion.id) if each.opinion_id == opinion.id]
    wish = hiding.ask(made.actor(), comment, "Xúc phạm người khác")
    COMMENT_HIDING.fire(made.actor(body=made.above), wish.id, "hide", "Đúng là xúc phạm")
    return wish


def explained(author, opinion, **given):
    given = Explained(**{"decision": "accept", "explanation": "Bổ sung khoản 2."} | given)
    return explaining.write_down(author, opinion, given, again(opinion).version)


def approved(made, author, opinion):
    OPINION.fire(author, explained(author, opinion).id, "submit")
    OPINION.fire(made.actor(Duty.APPROVE), opinion.id, "approve")


def merged(author, one, *texts):
    """Have people say these on one clause, and merge all into the first."""
    first, *others = (gathered.voice(one, CLAUSE, text)[0] for text in texts)
    for other in others:
        merging.merge(author, other, first)
    return first, *others


def pairs(one, opinions):
    known = listing.Map(one, [each.key for each in listing.counted(one.id)])
    return {frozenset((pair.one.id, pair.other.id)) for pair in merging.near(opinions, known)}


def near_of(page):
    return {row.opinion.id: row for group in page.groups for row in group.rows if row.near}


def test_hidden_words_leave_the_opinion_even_if_its_answer_is_approved(made, one, author):
    first, _ = merged(author, one, ABUSE, SAME)
    approved(made, author, first)
    wish = hide(made, first)
    assert (again(first).text, again(first).state) == (SAME, State.APPROVED)
    assert [line.text for line in table.of(one).lines() if line.number] == [SAME]
    COMMENT_HIDING.fire(made.actor(body=made.above), wish.id, "lift", "Đã xin lỗi")
    assert again(first).text == ABUSE


def test_a_summary_that_a_person_wrote_stays_when_one_of_its_comments_is_hidden(made, one, author):
    first, _ = merged(author, one, ABUSE, SAME)
    explained(author, first, text=SUMMARY)
    hide(made, first)
    assert again(first).text == SUMMARY


def test_words_saved_as_they_stood_are_no_summary_of_a_person(made, one, author):
    first, _ = merged(author, one, ABUSE, SAME)
    explained(author, first, text=ABUSE)
    hide(made, first)
    assert again(first).text == SAME


def test_words_that_are_put_right_follow_though_others_were_merged_into_them(one, author):
    first = gathered.agency(one, "A", CLAUSE, NOTICE)
    merging.merge(author, gathered.agency(one, "B", CLAUSE, SAME), first)
    [comment] = [each for each in queries.comments(first.id) if each.opinion_id == first.id]
    with write() as current:
        comments.change(current, comment, OTHER)
    assert again(first).text == OTHER


def test_separated_from_the_last_one_an_opinion_has_its_own_words_again(one, author):
    first, second, third = merged(author, one, NOTICE, SAME, NOTICE)
    explained(author, first, text=SUMMARY)
    OPINION.fire(author, second.id, "separate")
    assert again(first).text == SUMMARY
    OPINION.fire(author, third.id, "separate")
    assert (again(first).text, again(first).folded) == (NOTICE, third.folded)


def test_what_is_being_explained_is_not_taken_out_from_under_the_explanation(one, author):
    opinion = gathered.agency(one, "A", CLAUSE, NOTICE)
    explained(author, opinion)
    with pytest.raises(Refused) as refused, write() as current:
        comments.remove(current, queries.comments(opinion.id))
    assert str(refused.value) == gathering.BEGUN
    assert again(opinion).explanation == "Bổ sung khoản 2."


def test_an_agency_is_found_by_name_though_its_opinion_was_merged_into_another(one, author):
    opinion = gathered.agency(one, "Trạm y tế", CLAUSE, NOTICE)
    merging.merge(author, gathered.agency(one, "Hội Nông dân", CLAUSE, SAME), opinion)
    page = board.board(one, Filter(search="hoi nong dan"))
    assert [row.opinion.id for group in page.groups for row in group.rows] == [opinion.id]
    assert {each.name for each in sources.of([again(opinion)])[opinion.id].agencies} == {
        "Trạm y tế", "Hội Nông dân",
    }  # fmt: skip


def test_who_says_the_same_is_found_on_whatever_page_it_stands(one):
    texts = [f"Riêng {n} {n * 7} {n * 13} {n * 29}" for n in range(1, listing.SIZE * 2 + 23)]
    said = sorted(gathered.voice(one, CLAUSE, *texts), key=lambda each: each.id)
    with write() as current:
        same = {"text": said[0].text, "folded": said[0].folded}
        current.query(Opinion).filter_by(id=said[-1].id).update(same)
    page = board.board(one, Filter())
    row = near_of(page)[said[0].id]
    assert (row.near.id, row.apart) == (said[-1].id, True)
    page = board.board(one, Filter(), board.board(one, Filter(), page.next).next)
    assert near_of(page)[said[-1].id].near.id == said[0].id


def test_alike_words_are_looked_for_beyond_the_page_too(one):
    first, second = gathered.voice(one, CLAUSE, NOTICE, SAME)
    assert pairs(one, [first]) == pairs(one, [second]) == {frozenset((first.id, second.id))}


def test_what_was_moved_to_a_place_is_proposed_and_merged_with_what_stands_there(made, one, author):
    moved, here = gathered.agency(one, "A", POINT, NOTICE), gathered.agency(one, "B", FIRST, SAME)
    voiced.version(one.draft_id, PROVISIONS[:-1], 2)
    whole = gathered.agency(one, "C", "", NOTICE)
    assert pairs(one, [moved, here, whole]) == set()
    with pytest.raises(Refused, match="cùng một điều khoản"):
        merging.merge(author, moved, whole)
    unplaced.place(made.actor(), one, POINT, FIRST)
    assert pairs(one, [moved, here, whole]) == {frozenset((moved.id, here.id))}
    merging.merge(author, moved, here)
    assert again(here).agencies == 2


def test_any_opinion_on_the_same_place_is_offered_to_be_merged_with(one, author):
    mine, same, other, there = (
        gathered.agency(one, name, key, text)
        for name, key, text in (("A", CLAUSE, NOTICE), ("B", CLAUSE, NOTICE),
                                ("Hội Nông dân", CLAUSE, OTHER), ("D", FIRST, NOTICE))
    )  # fmt: skip
    offered = [each.id for each in merging.offered(mine, "")]
    assert offered == [same.id, other.id]
    assert [each.id for each in merging.offered(mine, "dien thoai")] == [other.id]
    assert [each.id for each in merging.offered(mine, "nong dan")] == [other.id]
    explained(author, same)
    OPINION.fire(author, same.id, "submit")
    assert [each.id for each in merging.offered(mine, "")] == [other.id]
    assert there.id not in offered


def test_a_provision_that_was_given_a_place_can_be_given_another(made, one):
    gathered.agency(one, "A", POINT, NOTICE)
    voiced.version(one.draft_id, PROVISIONS[:-1], 2)
    unplaced.place(made.actor(), one, POINT, "")
    [placed] = unplaced.page(one).placed
    assert (placed.key, placed.to, placed.opinions) == (POINT, "", 1)
    unplaced.place(made.actor(), one, POINT, FIRST)
    [placed] = unplaced.page(one).placed
    assert (placed.to, unplaced.page(one).place(placed.to)) == (FIRST, "Điều 1")
