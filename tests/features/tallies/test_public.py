"""What everybody may know of a box: no number tells of a single letter, however often one looks."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.core import clock
from portal.core.database import write
from portal.features.letters.kinds import State
from portal.features.letters.models import Hiding
from portal.features.tallies import monthly, public
from portal.features.tallies.published import stepped
from tests.support import lettered, printed, tallied
from tests.support.tallied import Tallied, week

TEXT = "Giấy hẹn trả ngày 02/5 nhưng đến 06/5 vẫn chưa có."


@pytest.fixture
def box(app: object) -> Tallied:
    return tallied.box()


def page(number: int = 1) -> public.PublicPage:
    """Give the public page of the box."""
    found = public.page(lettered.BOX_CODE, number)
    assert found is not None
    return found


def published(box: Tallied, text: str = TEXT, **how: object) -> None:
    """Publish a letter of the last week with its answer."""
    done = week(-1) + timedelta(days=1)
    box.letter(-2, state=State.PUBLISHED, moves={done: State.PUBLISHED}, answered_on=done,
               published=(text, "Đã trả giấy ngày 07/5."), **how)  # type: ignore[arg-type]  # fmt: skip


@given(some.integers(0, 400), some.integers(0, 400), some.integers(5, 20))
def test_two_looks_at_a_number_differ_by_nothing_or_by_k(one: int, other: int, k: int) -> None:
    grown = stepped(other, k).low - stepped(one, k).low
    assert grown == 0 or abs(grown) >= k
    assert stepped(one, k).low <= one <= stepped(one, k).high


def test_fewer_letters_than_k_cannot_be_told_from_none(box: Tallied) -> None:
    before = page()
    for _ in range(4):
        box.letter()
    after = page()
    assert before.numbers == after.numbers
    assert after.numbers.all.is_few


def test_every_number_that_senders_move_goes_in_steps(box: Tallied) -> None:
    looks = []
    for _ in range(12):
        published(box)
        looks.append(page())
    for name in ("all", "waiting", "answered", "referred", "withdrawn"):
        lows = [getattr(one.numbers, name).low for one in looks]
        assert all(b - a == 0 or b - a >= 5 for a, b in itertools.pairwise(lows))
    counted = [one.numbers.answering.n if one.numbers.answering else 0 for one in looks]
    assert set(counted) == {0, 5, 10}


def test_the_time_to_answer_is_told_of_enough_answers(box: Tallied) -> None:
    for due_in in (3, 30, 30, 30):
        published(box, due_in=due_in)
    assert page().numbers.answering is None
    published(box)
    found = page().numbers.answering
    assert found is not None
    assert (found.n, found.days, found.share) == (5, 8, 0.8)


def test_published_letters_are_shown_with_their_answers(box: Tallied) -> None:
    published(box, field="Hộ tịch, chứng thực")
    (one,) = page().letters.rows
    assert (one.text, one.answer) == (TEXT, "Đã trả giấy ngày 07/5.")
    assert one.field == "Hộ tịch, chứng thực"


@pytest.mark.parametrize("state", [State.HIDDEN, State.WITHDRAWN])
def test_what_was_hidden_or_withdrawn_after_it_was_published_is_gone(
    box: Tallied, state: str
) -> None:
    done = week(-1)
    box.letter(-2, state=state, moves={done: state}, answered_on=done, published=(TEXT, "Rồi."))
    assert page().letters.total == 0


def test_letters_come_a_page_at_a_time(box: Tallied) -> None:
    for n in range(12):
        published(box, f"Thư {n}")
    shown = [one.text for number in (1, 2) for one in page(number).letters.rows]
    assert sorted(shown) == sorted(f"Thư {n}" for n in range(12))


def test_hidden_letters_are_counted_by_the_month_of_the_decision(box: Tallied) -> None:
    letter = box.letter(-2, state=State.HIDDEN, moves={clock.today(): State.HIDDEN})
    with write() as current:
        current.add(Hiding(
            letter_id=letter.id, unit_id=letter.unit_id, state="hidden", state_before="received",
            reason="Xúc phạm.", asked_by_id=box.reader.id, asked_by="A", asked_on=clock.today(),
            decided_on=clock.today(),
        ))  # fmt: skip
    assert page().months[0].hidden == stepped(1, page().numbers.k)
    assert page().months[-1].hidden is None or len(page().months) == 1


def test_letters_that_wait_past_their_time_count_as_not_in_time(box: Tallied) -> None:
    for _ in range(5):
        published(box)
    for _ in range(5):
        box.letter(-2, due_in=3)
    found = page().numbers
    assert found.answering is not None
    assert (found.answering.n, found.answering.known, found.answering.share) == (5, 10, 0.5)
    assert found.overdue == stepped(5, found.k)


def test_the_monthly_sheet_hides_small_numbers(box: Tallied) -> None:
    published(box)
    first = (week(-1) + timedelta(days=1)).replace(day=1)
    sheet = monthly.sheet(box.box, first, "https://danchu.example.vn")
    assert ("dưới 5", "thư được trả lời") in sheet.figures


def test_digests_of_the_running_week_wait_for_its_end(box: Tallied) -> None:
    box.letter(-2)
    box.letter(0)
    assert [one.number for one in page().batches] == [1]


def test_a_draft_has_no_page_and_a_points_code_leads_to_its_box(box: Tallied) -> None:
    found = public.page(lettered.POINT_CODE.upper())
    assert found is not None
    assert found.box.id == box.box.id
    assert public.page("khongco1") is None


def test_the_monthly_sheet_prints_what_was_published(box: Tallied) -> None:
    published(box)
    first = (week(-1) + timedelta(days=1)).replace(day=1)
    drawn = monthly.draw(monthly.sheet(box.box, first, "https://danchu.example.vn"))
    assert TEXT in told(drawn)
    assert "Đã trả giấy ngày 07/5." in told(drawn)


def test_an_empty_month_invites_to_write(box: Tallied) -> None:
    sheet = monthly.sheet(box.box, monthly.months(box.box)[0], "https://danchu.example.vn")
    assert "Tháng này chưa có thư nào được đăng." in told(monthly.draw(sheet))


def test_only_months_of_the_box_have_a_sheet(box: Tallied) -> None:
    assert monthly.month_of(box.box, "1999-01") is None
    assert monthly.month_of(box.box, "2026-13") is None
    assert monthly.month_of(box.box, f"{clock.today():%Y-%m}") == clock.today().replace(day=1)


def told(content: bytes) -> str:
    """Give the text of a PDF as another program reads it."""
    pages = printed.pypdfium2.PdfDocument(content)
    return " ".join(" ".join(one.get_textpage().get_text_range() for one in pages).split())
