"""Taking answers in."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from werkzeug.datastructures import MultiDict

from portal.core import clock, database
from portal.core.errors import NotStored
from portal.features.campaigns.phase import State
from portal.features.surveys import form_keys, intake, places
from portal.features.surveys.intake import Counted, NotOpen, SecondForm, StaleForm, Wrong
from portal.features.surveys.places import Standing
from tests.support.asked import CODE, ask, key_hashes, taken


def test_an_answer_is_stored_packed_with_the_day_and_nothing_else(app):
    asked = ask()
    assert asked.send(biet="co", qua="loa", them="Mở cửa") == Counted()
    (row,) = taken()
    assert (row.choices, row.texts) == ("5|co|loa", '{"them": "Mở cửa"}')
    assert (row.campaign_id, row.unit_id) == (asked.campaign.id, asked.unit_id)


def test_the_key_is_stored_as_a_hash_apart_from_the_answer(app):
    asked, key = ask(), form_keys.new(CODE)
    asked.send(key)
    assert key_hashes() == [form_keys.read(CODE, key).hash]
    assert taken()[0].key not in key_hashes()[0]


def test_the_same_form_again_counts_once_whatever_it_says(app):
    asked, key = ask(), form_keys.new(CODE)
    asked.send(key, chung="5")
    assert asked.send(key, chung="1") == Counted(again=True)
    assert [row.choices for row in taken()] == ["5|khong|"]


def test_one_form_sent_by_24_hands_at_once_counts_once(app):
    asked, key, outcomes = ask(), form_keys.new(CODE), []
    campaign_id = asked.campaign.id

    def send():
        with app.app_context():
            outcomes.append(asked.send(key))

    hands = [threading.Thread(target=send) for _ in range(24)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert outcomes.count(Counted()) == 1
    assert outcomes.count(Counted(again=True)) == 23
    database.session().rollback()
    assert [row.campaign_id for row in taken()] == [campaign_id]


def test_a_form_with_problems_is_not_stored(app):
    outcome = ask().send(chung="9")
    assert isinstance(outcome, Wrong)
    assert (taken(), key_hashes()) == ([], [])


def test_a_forged_key_is_not_stored(app):
    assert ask().send("A" * 44) == StaleForm()


def test_a_browser_that_has_sent_must_say_that_somebody_else_answers(app):
    asked = ask()
    assert asked.send(has_sent=True) == SecondForm()
    assert asked.send(form_keys.new(CODE, another=True), has_sent=True) == Counted()


def test_a_browser_that_has_sent_may_send_the_same_form_again(app):
    asked, key = ask(), form_keys.new(CODE)
    asked.send(key)
    assert asked.send(key, has_sent=True) == Counted(again=True)


@pytest.mark.parametrize(
    ("state", "opens_in", "standing"),
    [
        (State.DRAFT, -1, Standing.EARLY),
        (State.READY, 1, Standing.EARLY),
        (State.READY, -9, Standing.CLOSED),
        (State.REPORTED, -9, Standing.CLOSED),
        (State.CANCELLED, -1, Standing.CANCELLED),
    ],
)
def test_nothing_is_taken_when_the_form_is_not_open(app, state, opens_in, standing):
    assert ask(state=state, opens_in=opens_in).send() == NotOpen(standing)
    assert (taken(), key_hashes()) == ([], [])


def test_a_form_counted_before_the_close_is_thanked_for_after_it(app):
    asked, key = ask(), form_keys.new(CODE)
    asked.send(key)
    asked.revoke("Nhầm tên", replaced=True)
    assert asked.send(key) == Counted(again=True)
    assert asked.send() == NotOpen(Standing.REVOKED)


@pytest.mark.parametrize("change", ["window", "code"])
def test_what_changed_since_the_form_was_shown_is_seen_before_it_is_stored(app, change):
    asked = ask()
    shown, fields = places.find(CODE), MultiDict({"chung": "5", "biet": "khong"})
    if change == "code":
        asked.revoke("Mã bị dán nhầm chỗ", replaced=False)
    else:
        with database.write():
            asked.campaign.closes_on = asked.campaign.opens_on = clock.today() - timedelta(days=1)
    standing = {"code": Standing.REVOKED, "window": Standing.CLOSED}[change]
    assert intake.receive(shown, form_keys.new(CODE), fields) == NotOpen(standing)
    assert taken() == []


def test_a_campaign_closes_at_midnight_in_vietnam(app):
    with time_machine.travel(datetime(2026, 5, 7, 3, tzinfo=UTC), tick=False) as clock:
        asked = ask()  # 6 to 8 May
        clock.move_to(datetime(2026, 5, 8, 16, 59, 59, tzinfo=UTC))
        assert asked.send() == Counted()
        clock.move_to(datetime(2026, 5, 8, 17, tzinfo=UTC))
        assert asked.send() == NotOpen(Standing.CLOSED)
    assert [row.day for row in taken()] == [date(2026, 5, 8)]


def test_a_form_is_stored_whole_or_not_at_all(app):
    asked = ask()
    with database.write() as current:
        current.execute(text("ALTER TABLE survey_intake RENAME TO elsewhere"))
    with pytest.raises((NotStored, ProgrammingError)):
        asked.send()
    assert key_hashes() == []
