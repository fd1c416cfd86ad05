"""Setting a box up, and what can no longer be changed once people were told that it is open."""

import pytest

from portal.core.errors import Invalid, Refused, Stale
from portal.features.campaigns.codes import grouped
from portal.features.mailbox import queries, services
from portal.features.mailbox.standing import Standing
from portal.features.mailbox.workflow import MAILBOX
from portal.policy.roles import Duty, Role
from tests.support import boxed, lettered, surveyed
from tests.support.boxed import given, span


@pytest.fixture
def made(app):
    return lettered.box()


@pytest.fixture
def author(made):
    return boxed.runner(made)


@pytest.fixture
def box(made, author):
    found = boxed.draft(made, author)
    MAILBOX.fire(author, found.id, "open")
    return found


def refused(author, box, **changed) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        services.edit(author, box, changed.pop("given"), box.version)
    return caught.value.errors


def test_a_new_box_is_a_draft_with_an_address_that_takes_nothing_yet(made, author):
    box = boxed.draft(made, author)
    assert (box.state, box.organisation_id) == ("draft", made.bodies["runner"].id)
    assert queries.by_code(box.code).standing is Standing.NOT_THERE


def test_an_open_box_is_found_by_its_code_however_it_is_typed(box):
    place = queries.by_code(f" {grouped(box.code).upper()} ")
    assert (place.box.id, place.point, place.takes, place.round_number) == (box.id, None, True, 1)


def test_the_code_of_a_point_says_where_the_letter_comes_from(made):
    place = queries.by_code(lettered.POINT_CODE)
    assert (place.box.id, place.point_name) == (made.box.id, "Nhà văn hóa tổ dân phố số 2")


@pytest.mark.parametrize("typed", ["zzzzzzzz", "ngắn", "", "k7rm4wxqq"])
def test_what_is_no_code_leads_nowhere(made, typed):
    assert queries.by_code(typed) is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"), ({"subject": "x" * 400}, "subject"), ({"fields": ()}, "fields"),
        ({"answer_days": 0}, "answer_days"), ({"rounds": ()}, "rounds"),
        ({"reader_id": 0}, "reader_id"), ({"runner_reads": frozenset({"praise"})}, "runner_reads"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_at_its_field(made, author, changed, field):
    with pytest.raises(Invalid) as caught:
        services.create(author, given(made, **changed))
    assert set(caught.value.errors) == {field}


def test_rounds_must_follow_each_other(made, author):
    with pytest.raises(Invalid) as caught:
        services.create(author, given(made, rounds=(span(5, 9), span(9, 12))))
    assert set(caught.value.errors) == {"rounds"}


def test_the_judged_committee_cannot_read_and_the_runner_neither(made, author):
    assert made.bodies["committee"].id not in {
        one.id for one in queries.readers_at(author.unit_id, services.READERS)
    }
    with pytest.raises(Invalid):
        services.create(author, given(made, reader_id=made.bodies["runner"].id))


def test_the_running_round_only_gets_longer(made, author, box):
    longer = given(made, rounds=(span(-5, 24), span(27, 60)))
    services.edit(author, box, longer, box.version)
    assert box.rounds == longer.rounds
    for rounds in ((span(-5, 10), span(27, 60)), (span(27, 60),), (span(-4, 24), span(27, 60))):
        assert set(refused(author, box, given=given(made, rounds=rounds))) == {"rounds"}


def test_a_round_ahead_can_be_moved_or_dropped(made, author, box):
    services.edit(author, box, given(made, rounds=(span(-5, 20),)), box.version)
    assert len(box.rounds) == 1


def test_what_was_is_not_rewritten(made, author):
    box = boxed.draft(made, author, rounds=(span(-40, -30), span(-5, 20)))
    MAILBOX.fire(author, box.id, "open")
    assert "rounds" in refused(author, box, given=given(made, rounds=(span(-5, 20),)))
    added = (span(-60, -50), span(-40, -30), span(-5, 20))
    assert "rounds" in refused(author, box, given=given(made, rounds=added))


def test_nobody_else_comes_to_read_while_a_round_is_open(made, author, box):
    other = lettered._body(made.units[lettered.WARD], "steering", "BCĐ phường")
    assert set(refused(author, box, given=given(made, reader_id=other.id))) == {"reader_id"}


def test_whoever_saves_second_reads_what_the_first_stored(made, author, box):
    services.edit(author, box, given(made, name="Tên mới"), box.version)
    with pytest.raises(Stale) as caught:
        services.edit(author, box, given(made, name="Tên khác"), box.version - 1)
    assert caught.value.theirs == {"name": "Tên mới"}


def test_a_draft_can_be_thrown_away_and_an_open_box_cannot(made, author, box):
    with pytest.raises(Refused):
        services.discard(author, box)
    fresh = boxed.draft(made, author, name="Nháp")
    services.discard(author, fresh)
    assert queries.by_code(fresh.code) is None


def test_those_above_see_a_box_once_it_is_no_draft(made, author):
    city = surveyed.actor(made.account("city", Role.DISTRICT, Duty.DRAFT))
    box = boxed.draft(made, author)
    assert queries.get_visible(city, box.id) is None
    MAILBOX.fire(author, box.id, "open")
    assert queries.get_visible(city, box.id).id == box.id
