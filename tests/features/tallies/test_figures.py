"""What a week counts: everything follows from stored rows, however much later it is counted."""

import json
from datetime import timedelta

import pytest

from portal.features.letters.kinds import State
from portal.features.tallies import figures, lines, public
from portal.features.tallies.figures import Figures
from tests.support import lettered, tallied
from tests.support.tallied import Tallied, week

pytestmark = pytest.mark.usefixtures("app")
DAY = timedelta(days=1)


@pytest.fixture
def box(app: object) -> Tallied:
    return tallied.box()


def test_a_week_without_letters_is_a_nil_report(box: Tallied) -> None:
    found = figures.of(box.box, week(-1))
    assert found.is_nil
    assert found.by_point == {"": 0, str(box.place.point.id): 0}


def test_letters_count_in_the_week_of_their_day_from_monday_to_sunday(box: Tallied) -> None:
    for weekday in (0, 6):
        box.letter(-2, weekday=weekday)
    box.letter(-1)
    assert [figures.of(box.box, week(n)).arrived for n in (-3, -2, -1)] == [0, 2, 1]


def test_letters_count_by_the_point_where_their_form_was_opened(box: Tallied) -> None:
    box.letter()
    box.letter(online=True)
    box.letter(online=True)
    assert figures.of(box.box, week(-1)).by_point == {"": 2, str(box.place.point.id): 1}


def test_the_state_of_a_week_is_that_of_its_sunday_evening(box: Tallied) -> None:
    later = week(-1) + DAY
    box.letter(-2, state=State.APPROVED, moves={later: State.APPROVED}, answered_on=later)
    assert figures.of(box.box, week(-2)).states == {State.RECEIVED: 1}
    assert figures.of(box.box, week(-1)).states == {State.APPROVED: 1}


def test_what_was_open_when_the_week_began_is_carried_over(box: Tallied) -> None:
    box.letter(-3)
    done = week(-2) + DAY
    box.letter(-3, state=State.APPROVED, moves={done: State.APPROVED}, answered_on=done)
    assert figures.of(box.box, week(-2)).carried == 2
    assert figures.of(box.box, week(-1)).carried == 1


def test_answers_count_as_in_time_or_late(box: Tallied) -> None:
    done = week(-1) + DAY
    for due_in in (3, 30):
        box.letter(-3, state=State.APPROVED, moves={done: State.APPROVED}, due_in=due_in,
                   answered_on=done)  # fmt: skip
    found = figures.of(box.box, week(-1))
    assert (found.in_time, found.late) == (1, 1)


@pytest.mark.parametrize(
    ("before", "moves", "answered", "reopened"),
    [
        (-3, {(-2, 1): State.APPROVED, (-1, 1): State.CLASSIFIED}, (-2, 1), 1),
        (-2, {(-1, 1): State.CLASSIFIED}, (-1, 1), 1),
        (-3, {(-2, 1): State.REFERRED, (-1, 1): State.CLASSIFIED}, None, 1),
        (-3, {(-2, 1): State.MERGED}, (-1, 1), 1),
        (-3, {(-1, 1): State.APPROVED}, (-1, 1), 0),
        (-3, {(-1, 1): State.REFERRED}, None, 0),
        (-1, {}, None, 0),
    ],
)
def test_what_came_and_what_went_adds_up_to_what_waits(
    box: Tallied, before: int, moves: dict[tuple[int, int], str],
    answered: tuple[int, int] | None, reopened: int,
) -> None:  # fmt: skip
    days = {week(n) + at * DAY: state for (n, at), state in moves.items()}
    done = week(answered[0]) + answered[1] * DAY if answered else None
    state = next(reversed(days.values()), State.RECEIVED)
    box.letter(before, state=state, moves=days, answered_on=done)
    found = figures.of(box.box, week(-1))
    assert found.reopened == reopened
    assert found.left_otherwise >= 0
    left = found.answered + found.left_otherwise
    assert found.carried + found.arrived + found.reopened - left == found.open


def test_what_is_public_on_sunday_is_what_the_public_page_shows(box: Tallied) -> None:
    done = week(-1) + DAY
    for state in (State.PUBLISHED, State.CLOSED, State.CLASSIFIED, State.WITHDRAWN):
        box.letter(-2, state=state, moves={done: state}, answered_on=done,
                   published=("Thư", "Trả lời"))  # fmt: skip
    page = public.page(lettered.BOX_CODE)
    assert page is not None
    assert figures.of(box.box, week(-1)).public == page.letters.total == 3


def test_figures_of_before_a_line_was_counted_are_read_without_it(box: Tallied) -> None:
    box.letter()
    given = json.loads(figures.of(box.box, week(-1)).to_json())
    old = Figures.from_json(json.dumps({k: v for k, v in given.items()
                                        if k not in ("reopened", "public")}))  # fmt: skip
    assert (old.reopened, old.public) == (None, None)
    assert lines.REOPENED not in dict(lines.table(box.box, old))
    assert figures.of(box.box, week(-1)).as_far_as(old) == old


def test_what_is_open_after_its_time_is_overdue(box: Tallied) -> None:
    box.letter(-2, weekday=6, due_in=7)
    box.letter(-2, weekday=6, due_in=8)
    assert figures.of(box.box, week(-1)).overdue == 1


def test_referred_hidden_and_withdrawn_letters_count_in_the_week_in_which_they_were(
    box: Tallied,
) -> None:
    for state in (State.REFERRED, State.HIDDEN, State.WITHDRAWN):
        box.letter(-3, state=state, moves={week(-1): state})
    box.letter(-1, state=State.WITHDRAWN)
    found = figures.of(box.box, week(-1))
    assert (found.referred, found.hidden, found.withdrawn) == (1, 1, 2)
    assert figures.of(box.box, week(-2)).withdrawn == 0


def test_a_count_made_later_gives_the_same_numbers(box: Tallied) -> None:
    for n in (-3, -2, -1):
        for category in ("praise", "suggestion"):
            box.letter(n, category=category)
    before = figures.of(box.box, week(-2))
    box.letter(-1, category="report")
    box.letter(0, state=State.WITHDRAWN)
    assert figures.of(box.box, week(-2)) == before


def test_the_counts_of_the_delivery_equal_those_of_the_rows(box: Tallied) -> None:
    for _ in range(3):
        box.letter()
    found = figures.of(box.box, week(-1))
    assert sum(found.by_point.values()) == found.arrived == 3


def test_categories_are_told_only_when_none_stands_out(box: Tallied) -> None:
    for n in (-2, -1):
        for _ in range(3):
            box.letter(n, category="report")
    assert figures.of(box.box, week(-2)).about["category"] is None
    told = figures.of(box.box, week(-1)).about["category"]
    assert told is not None
    assert (told.first, dict(told.counts)) == (week(-2), {"report": 6})


def test_what_a_locked_week_told_stands_when_the_threshold_is_raised(
    box: Tallied, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in (-2, -1):
        for _ in range(5):
            box.letter(n, category="report")
    box.lock(-2)
    monkeypatch.setattr(figures, "threshold", lambda: 10)
    assert figures.of(box.box, week(-1)).about["category"] is None
    found = figures.told(box.box, figures.ABOUT[0], week(-1), 10)
    assert [pool.total for pool in found.told] == [5]


def test_figures_come_back_from_their_text_as_they_were(box: Tallied) -> None:
    for _ in range(5):
        box.letter(field="Hộ tịch, chứng thực")
    found = figures.of(box.box, week(-1))
    assert Figures.from_json(found.to_json()) == found


def test_sealed_letters_count_like_others_and_are_told_in_pools(box: Tallied) -> None:
    box.letter(sealed=True)
    for _ in range(5):
        box.letter()
    found = figures.of(box.box, week(-1))
    assert found.arrived == 6
    assert found.about["sealed"] is None
