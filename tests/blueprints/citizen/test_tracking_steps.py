"""What happened to a letter, as its sender reads it: passed on, merged, taken back."""

import pytest

from portal.blueprints.citizen.tracking import FORGETS
from portal.core import clock, database
from portal.features.letters import following, handling, opening
from portal.features.letters.kinds import State
from portal.policy.roles import Role
from tests.support import lettered
from tests.support.lettered import answered, delivered, move, opened
from tests.support.sealed import keeper


def test_a_letter_that_was_passed_on_says_from_whom_to_whom_and_why(client):
    made, receipt = delivered()
    city = made.account("city", Role.DISTRICT)
    reader = keeper(made.account("reader", Role.COMMUNE))
    handling.transfer(reader, lettered.the_letter(), city.organisation_id, "Việc của thành phố")
    page = opened(client, receipt)
    assert "Đã tới Khối Dân vận phường Ngô Quyền" in page.text
    assert (
        "Chuyển từ Khối Dân vận phường Ngô Quyền tới BCĐ thành phố Bắc Giang. "
        "Lý do: Việc của thành phố"
    ) in page.text


@pytest.mark.parametrize("common", [False, True])
def test_a_merged_letter_that_is_asked_about_stands_apart_and_keeps_the_common_answer(
    client, common
):
    made, receipt = delivered()
    made.send("Thư cùng việc")
    lettered.next_morning()
    mine = opening.load(opening.of_receipt(receipt))
    other = next(one for one in lettered.letters() if one.id != mine.id)
    if common:
        answered(other)
    with database.write():
        mine.merged_into_id, mine.answered_on = other.id, clock.today() if common else None
        move(mine, State.MERGED)
    page = opened(client, receipt)
    assert "tách ra khỏi thư cùng việc" in page.text
    page = page.submit("Gửi câu hỏi lại", noi_dung="Việc của tôi khác.")
    assert "Việc của tôi khác." in page.text
    assert ("mời ông/bà đến nhận giấy" in page.text) is common
    assert (mine.state, mine.merged_into_id is None) == (State.CLASSIFIED, not common)


@pytest.mark.parametrize("arrived", [False, True])
def test_what_was_taken_back_says_when_and_when_copies_forget(client, arrived):
    receipt = lettered.box().receipt()
    if arrived:
        lettered.next_morning()
    page = opened(client, receipt).follow("Rút thư này").submit("Rút và xóa thư")
    today = clock.today()
    assert following.follow(opening.of_receipt(receipt)).withdrawn_on == today
    assert clock.format_date(today + FORGETS) in page.text
