"""Opening and closing a box: nothing closes it while a round runs."""

import pytest

from portal.core.database import write
from portal.core.errors import Forbidden, Refused
from portal.features.mailbox import queries
from portal.features.mailbox.standing import Standing, at, round_on
from portal.features.mailbox.workflow import MAILBOX, no_round_running, not_begun, rounds_left
from portal.policy.roles import Duty
from tests.support import boxed, lettered, papers
from tests.support.boxed import span


@pytest.fixture
def made(app):
    return lettered.box()


@pytest.fixture
def author(made):
    return boxed.runner(made)


def fired(author, box, *names) -> str:
    for name in names:
        MAILBOX.fire(author, box.id, name, "Theo kế hoạch")
    return box.state


def test_a_box_opens_and_takes_letters(made, author):
    box = boxed.draft(made, author)
    assert fired(author, box, "open") == "open"
    assert queries.by_code(box.code).takes


def test_without_an_account_that_reads_it_stays_shut(made, author):
    box = boxed.services.create(author, boxed.given(made))
    with pytest.raises(Refused, match="Bên đọc thư chưa có tài khoản"):
        fired(author, box, "open")


def test_rounds_that_are_over_open_nothing(made, author):
    box = boxed.draft(made, author, rounds=(span(-20, -10),))
    with pytest.raises(Refused):
        fired(author, box, "open")


@pytest.mark.parametrize("name", ["end", "withdraw"])
def test_nobody_closes_a_box_in_a_round(made, author, name):
    box = boxed.draft(made, author)
    fired(author, box, "open")
    with pytest.raises(Refused):
        fired(author, box, name)


def test_between_rounds_it_can_be_ended_and_opened_again(made, author):
    box = boxed.draft(made, author, rounds=(span(-20, -5), span(5, 20)))
    fired(author, box, "open", "end")
    assert queries.by_code(box.code).standing is Standing.OVER
    assert fired(author, box, "reopen") == "open"


def test_before_its_first_round_it_can_be_taken_back(made, author):
    box = boxed.draft(made, author, rounds=(span(5, 20),))
    assert fired(author, box, "open", "withdraw") == "draft"


def test_whoever_only_drafts_does_not_open(made, author):
    box = boxed.draft(made, author)
    with pytest.raises(Forbidden):
        fired(boxed.runner(made, Duty.DRAFT), box, "open")


def test_the_offices_of_the_ward_do_not_close_what_is_about_them(made, author):
    box = boxed.draft(made, author, rounds=(span(-20, -5), span(5, 20)))
    fired(author, box, "open")
    office = papers.surveyed.actor(made.account("committee", papers.Role.COMMUNE))
    with pytest.raises(Forbidden):
        fired(office, box, "end")


@pytest.mark.parametrize(
    ("rounds", "says"),
    [
        ((span, -5, 5), (None, "no", "no")),
        ((span, 5, 9), (None, None, None)),
        ((span, -9, -5), ("no", None, "no")),
    ],
)
def test_guards_follow_the_day(made, rounds, says):
    make, first, last = rounds
    with write() as current:
        current.refresh(made.box)
        made.box.rounds = (make(first, last),)
    found = [guard(made.box) for guard in (rounds_left, no_round_running, not_begun)]
    assert [one and "no" for one in found] == list(says)


@pytest.mark.parametrize(
    ("state", "day", "between", "expected"),
    [
        ("draft", 0, True, Standing.NOT_THERE), ("ended", 0, True, Standing.OVER),
        ("open", -9, True, Standing.EARLY), ("open", 0, False, Standing.TAKES),
        ("open", 7, False, Standing.BETWEEN), ("open", 7, True, Standing.TAKES),
        ("open", 12, False, Standing.TAKES), ("open", 99, True, Standing.OVER),
    ],
)  # fmt: skip
def test_where_a_box_stands_follows_from_the_clock(state, day, between, expected):
    rounds = (span(-2, 5), span(10, 15))
    assert at(state, rounds, span(day, day).first, takes_between=between) is expected


def test_rounds_are_numbered_from_one_and_gaps_have_none():
    rounds = (span(-2, 5), span(10, 15))
    assert [round_on(rounds, span(day, day).first) for day in (-3, 5, 7, 10)] == [None, 1, None, 2]
