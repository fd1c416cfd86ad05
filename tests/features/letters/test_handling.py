"""What readers do with a letter: each step, who takes it, and what its sender sees of it."""

import pytest

from portal.core import clock
from portal.core.errors import Forbidden, Invalid, Missing, Refused
from portal.features.letters import answering, handling, hiding, publishing, queries
from portal.features.letters.handling import Referral, Sorting
from portal.features.letters.publishing import Shown
from portal.features.letters.workflow import HIDING, LETTER
from portal.policy.roles import Duty, Role
from tests.support import lettered
from tests.support.sealed import keeper


@pytest.fixture
def made(app):
    return lettered.box()


@pytest.fixture
def letter(made):
    made.receipt()
    lettered.next_morning()
    return lettered.the_letter()


@pytest.fixture
def reader(made):
    return keeper(made.account("reader", Role.COMMUNE))


@pytest.fixture
def leader(made):
    return keeper(made.account("reader", Role.COMMUNE))


@pytest.fixture
def city(made):
    return keeper(made.account("city", Role.DISTRICT))


def assigned(reader, letter):
    wanted = Sorting("report", "", letter.reader_id)
    return handling.sort_out(reader, letter, wanted)


def answered(reader, leader, letter):
    assigned(reader, letter)
    answering.answer(reader, letter, "Phường đã trả giấy.")
    return LETTER.fire(leader, letter.id, "approve")


def test_a_letter_is_sorted_and_assigned_at_once_and_keeps_what_its_sender_chose(reader, letter):
    assigned(reader, letter)
    assert (letter.state, letter.category, letter.read_category) == (
        "assigned", "suggestion", "report"
    )  # fmt: skip


def test_what_is_no_category_or_no_body_of_the_ward_is_refused(reader, letter):
    with pytest.raises(Invalid) as refused:
        handling.sort_out(reader, letter, Sorting("x", "y", 999999))
    assert set(refused.value.errors) == {"category", "field", "body_id"}


def test_the_sender_sees_an_answer_once_another_account_has_approved_it(reader, leader, letter):
    assigned(reader, letter)
    answering.answer(reader, letter, "Phường đã trả giấy.")
    assert queries.answers_shown(letter) == []
    with pytest.raises(Forbidden):
        LETTER.fire(reader, letter.id, "approve")
    LETTER.fire(leader, letter.id, "approve")
    assert [one.text for one in queries.answers_shown(letter)] == ["Phường đã trả giấy."]
    assert letter.answered_on == clock.today()


def test_an_answer_sent_back_says_why_and_another_one_takes_its_place(reader, leader, letter):
    assigned(reader, letter)
    answering.answer(reader, letter, "Sẽ xem.")
    LETTER.fire(leader, letter.id, "return", "Ghi ngày trả")
    answering.answer(reader, letter, "Trả ngày 10/5.")
    LETTER.fire(leader, letter.id, "approve")
    assert [one.text for one in queries.answers_shown(letter)] == ["Trả ngày 10/5."]
    assert "Ghi ngày trả" in [one.returned_why for one in lettered.messages(letter)]


def test_the_body_that_was_given_a_letter_answers_and_does_nothing_else(made, reader, letter):
    committee = keeper(made.account("committee", Role.COMMUNE))
    assert queries.get_visible(committee, letter.id) is None
    body = committee.organisation_id
    handling.sort_out(reader, letter, Sorting("report", "", body))
    answering.answer(committee, letter, "UBND phường đã trả giấy.")
    for step in ("approve", "transfer", "close"):
        with pytest.raises(Forbidden):
            LETTER.fire(committee, letter.id, step, "x")
    assert lettered.messages(letter)[-1].author == "UBND phường Ngô Quyền"


def test_the_senders_own_steps_belong_to_no_account(reader, city, letter):
    for actor in (reader, city):
        for step in ("withdraw", "ask_again", "hide"):
            with pytest.raises((Forbidden, Missing)):
                LETTER.fire(actor, letter.id, step)


def test_a_denunciation_is_referred_until_the_day_of_the_law_and_its_outcome_is_an_answer(
    reader, leader, letter
):
    handling.sort_out(reader, letter, Sorting("denunciation", "", letter.reader_id))
    day = handling.referral_day("denunciation", 15)
    handling.refer(reader, letter, Referral("Thanh tra thành phố", day, "Có ảnh kèm theo"))
    assert (letter.state, letter.referral_due_on) == ("referred", day)
    answering.answer(reader, letter, "Thanh tra thành phố đã thụ lý.")
    LETTER.fire(leader, letter.id, "approve")
    with pytest.raises(Refused):
        publishing.publish(leader, letter, Shown("Kể vắn tắt", "Đã thụ lý"))


def test_letters_about_the_same_matter_share_the_answer(made, reader, leader):
    for text in ("Đèn đường ngõ chợ hỏng hai tuần nay", "Hai tuần nay đèn đường ngõ chợ hỏng hết"):
        made.receipt(text)
    lettered.next_morning()
    first, second = lettered.letters()
    handling.merge(reader, second, first.id)
    answered(reader, leader, first)
    assert [one.text for one in queries.answers_shown(second)] == ["Phường đã trả giấy."]
    assert (second.state, second.answered_on) == ("merged", clock.today())


def test_a_letter_is_not_merged_into_itself_nor_into_one_that_is_merged(made, reader):
    for text in ("Một", "Hai"):
        made.receipt(text)
    lettered.next_morning()
    first, second = lettered.letters()
    handling.merge(reader, second, first.id)
    for into in (first.id, second.id, None, 5):
        with pytest.raises(Invalid):
            handling.merge(reader, first, into)


def test_a_letter_passed_on_is_read_by_the_other_body_alone(made, reader, city, letter):
    handling.transfer(reader, letter, city.organisation_id, "Việc của thành phố")
    assert queries.get_visible(reader, letter.id) is None
    assert queries.get_visible(city, letter.id).state == "received"


def test_a_letter_is_passed_on_only_to_bodies_in_which_somebody_can_handle_it(made, letter):
    made.account("committee", Role.COMMUNE)
    made.account("city", Role.DISTRICT, Duty.INSPECT)
    made.account("runner", Role.YOUTH)
    assert [one.name for one in queries.other_readers(letter)] == ["UBND phường Ngô Quyền"]
    made.account("province", Role.PROVINCE)
    made.account("city", Role.ADMIN)
    assert {one.name for one in queries.other_readers(letter)} == {
        "UBND phường Ngô Quyền", "BCĐ tỉnh",
    }  # fmt: skip


def test_what_is_published_is_what_a_person_let_stand_and_the_letter_stays(made, reader, leader):
    text = "Tôi là Nguyễn Văn An, số 0912 345 678. Ông Bình hẹn rồi không trả giấy."
    made.receipt(text)
    lettered.next_morning()
    letter = lettered.the_letter()
    answered(reader, leader, letter)
    proposal = publishing.proposed(letter)
    assert not any(word in proposal.text for word in ("An", "0912", "Bình"))
    with pytest.raises(Invalid):
        publishing.publish(leader, letter, Shown(text, "Đã trả"))
    publishing.publish(leader, letter, proposal)
    assert lettered.messages(letter)[0].text == text
    assert letter.published_text == proposal.text


def test_hiding_takes_a_reason_and_somebody_of_a_higher_level(reader, leader, city, letter):
    with pytest.raises(Invalid):
        hiding.ask(reader, letter, " ")
    assert queries.get_visible(city, letter.id) is None
    asked = hiding.ask(reader, letter, "Lời lẽ xúc phạm")
    assert letter.state == "received"
    with pytest.raises(Forbidden):
        HIDING.fire(leader, asked.id, "hide", "Đồng ý")
    HIDING.fire(city, asked.id, "hide", "Đồng ý")
    assert letter.state == "hidden"
    HIDING.fire(city, asked.id, "lift", "Đã xem lại")
    assert (letter.state, asked.decision) == ("received", "Đồng ý\nĐã xem lại")


def test_no_two_wishes_to_hide_wait_at_once_and_nobody_hides_for_the_province(made, reader, letter):
    hiding.ask(reader, letter, "Lời lẽ xúc phạm")
    with pytest.raises(Refused):
        hiding.ask(reader, letter, "Lần nữa")
    province = keeper(made.account("province", Role.PROVINCE))
    with pytest.raises(Missing):
        hiding.ask(keeper(made.account("committee", Role.COMMUNE)), letter, "Che đi")
    assert queries.get_visible(province, letter.id) is not None


def test_who_only_inspects_reads_and_does_nothing(made, letter):
    looker = keeper(made.account("reader", Role.COMMUNE, Duty.INSPECT))
    with pytest.raises(Forbidden):
        assigned(looker, letter)
    assert queries.get_visible(looker, letter.id) is not None
