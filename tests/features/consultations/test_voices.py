"""Comments from the public page: taken in, delivered, followed by their receipt."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from portal.core import clock, database, moving, receipts
from portal.core.errors import NotStored
from portal.features.consultations import (
    others,
    outcomes,
    voice_delivery,
    voice_following,
    voice_intake,
    voice_places,
    voice_reading,
    voice_resent,
)
from portal.features.consultations.comments import LONGEST
from portal.features.consultations.outcomes import Outcome
from portal.features.consultations.standing import Standing
from portal.features.consultations.voice_intake import NotTaken
from portal.features.consultations.voice_models import Agreement, VoiceIntake
from portal.features.letters.intake import Another, Kept, Noted, Stale, Wrong
from tests.support import lettered, voiced
from tests.support.voiced import CLAUSE, FIRST, PROVISIONS, SECOND, TEXT


def waiting():
    return list(database.session().scalars(select(VoiceIntake).order_by(VoiceIntake.key)))


def agreements():
    rows = database.session().scalars(select(Agreement).order_by(Agreement.key))
    return {row.key: row.n for row in rows}


def followed(receipt):
    return voice_following.follow(receipts.open_for_lookup(receipt).lookup)


def test_of_a_sending_only_its_day_and_a_slow_hash_of_its_receipt_are_stored(app):
    made = voiced.consultation()
    outcome = made.send((CLAUSE, TEXT), agrees=(FIRST,))
    (row,) = waiting()
    assert isinstance(outcome, Kept)
    assert (row.day, row.consultation_id) == (clock.today(), made.consultation.id)
    assert row.receipt_hash == receipts.open_for_lookup(outcome.receipt).lookup
    assert outcome.receipt not in row.content


def new_key():
    return voice_intake.new_key(voice_places.find(voiced.CODE))


def test_the_same_form_again_gives_the_same_receipt_and_counts_once(app):
    made = voiced.consultation()
    key = new_key()
    first, again = made.send(key=key), made.send(key=key)
    assert again == Kept(first.receipt, again=True)
    voiced.next_morning()
    assert made.send(key=key) == Kept(first.receipt, again=True)
    assert [one.text for one in voiced.comments()] == [TEXT]


def sent_a_moment_before(monkeypatch):
    """Have a form look as if it was never sent, the first time somebody looks."""
    found, looks = voice_resent.of_form, []

    def of_form(key):
        looks.append(key)
        return None if len(looks) == 1 else found(key)

    monkeypatch.setattr(voice_resent, "of_form", of_form)


@pytest.mark.parametrize(("words", "same"), [(TEXT, True), ("Viết khác đi", False)])
def test_of_two_windows_at_once_the_second_is_told_what_became_of_its_words(
    app, monkeypatch, words, same
):
    made = voiced.consultation()
    key = new_key()
    first = made.send((CLAUSE, TEXT), key=key)
    sent_a_moment_before(monkeypatch)
    second = made.send((CLAUSE, words), key=key)
    assert second == (Kept(first.receipt, again=True) if same else Another())
    assert len(waiting()) == 1


@pytest.mark.parametrize("delivered", [False, True])
def test_other_words_from_the_same_form_are_not_taken_for_those_that_were_sent(app, delivered):
    made = voiced.consultation()
    key = new_key()
    made.send((CLAUSE, TEXT), agrees=(FIRST,), key=key)
    if delivered:
        voiced.next_morning()
    assert made.send((CLAUSE, "Viết khác đi"), agrees=(FIRST,), key=key) == Another()
    assert made.send((CLAUSE, TEXT), key=key) == Another()
    assert isinstance(made.send((CLAUSE, TEXT), agrees=(FIRST,), key=key), Kept)


def test_a_receipt_that_is_written_down_is_given_no_more(app):
    made = voiced.consultation()
    key = new_key()
    made.send(agrees=("",), key=key)
    voice_resent.note(voice_intake.read_key(voice_places.find(voiced.CODE), key))
    assert made.send(agrees=("",), key=key) == Noted()
    voiced.next_morning()
    assert made.send(agrees=("",), key=key) == Noted()


def test_the_counter_moves_at_once_and_stays_after_the_delivery(app):
    made = voiced.consultation()
    made.send()
    assert voice_intake.count(made.consultation.id) == 1
    made.send(agrees=("",))
    voiced.next_morning()
    assert voice_intake.count(made.consultation.id) == 2


def test_a_form_of_a_suggestion_box_is_none_of_a_draft(app):
    made = voiced.consultation()
    assert isinstance(made.send(key=lettered.form_keys.new(voiced.CODE)), Stale)
    assert waiting() == []


@pytest.mark.parametrize(
    ("opens_in", "standing"), [(2, Standing.BEFORE), (-30, Standing.OVER)], ids=["early", "late"]
)
def test_outside_its_days_nothing_is_taken(app, opens_in, standing):
    outcome = voiced.consultation(opens_in=opens_in).send()
    assert isinstance(outcome, NotTaken)
    assert outcome.where.standing is standing
    assert waiting() == []


def test_too_long_a_comment_is_told_its_place_and_its_length(app):
    outcome = voiced.consultation().send((CLAUSE, "ộ" * 20_000), (FIRST, "Ngắn"))
    assert isinstance(outcome, Wrong)
    assert list(outcome.errors) == [CLAUSE]
    assert outcome.errors[CLAUSE].values == {"n": 20_000, "most": LONGEST}


def test_nobody_reads_a_comment_of_today(app):
    voiced.consultation().send()
    assert voiced.voice_delivery.deliver() == 0
    assert voiced.comments() == []


def test_the_next_morning_each_comment_hangs_on_its_provision(app):
    made = voiced.consultation()
    made.send((CLAUSE, TEXT), (FIRST, "Nên rõ hơn"), agrees=(SECOND,))
    assert (voiced.next_morning(), voiced.next_morning()) == (1, 0)
    (voice,) = voiced.voices()
    assert {(one.key, one.text, one.track) for one in voiced.comments()} == {
        (CLAUSE, TEXT, "public"), (FIRST, "Nên rõ hơn", "public"),
    }  # fmt: skip
    assert {one.voice_id for one in voiced.comments()} == {voice.id}
    assert (waiting(), voice.agrees) == ([], SECOND)


def test_a_sending_that_cannot_be_delivered_holds_up_no_other(app, monkeypatch):
    lettered.hash_fast(monkeypatch)
    monkeypatch.setattr(voice_delivery, "_AT_ONCE", 3)
    logged = []
    monkeypatch.setattr(moving.log, "error", lambda *said, **more: logged.append((said, more)))
    made = voiced.consultation()
    for n in range(7):
        made.send((FIRST, f"Ý kiến {n}"), agrees=(FIRST,))
    with monkeypatch.context() as patch:
        patch.setattr(voice_reading, "problems", lambda _sending: {})
        made.send((FIRST, "ộ" * 20_000), agrees=(FIRST,))
    assert (voiced.next_morning(), voiced.next_morning()) == (7, 0)
    assert [len(row.content) > 20_000 for row in waiting()] == [True]
    assert (len(voiced.comments()), agreements()) == (7, {FIRST: 7})
    assert len(logged) == 2
    assert "ộ" not in str(logged)


def test_a_database_that_is_away_is_no_fault_of_a_sending(app, monkeypatch):
    made = voiced.consultation()
    made.send()
    tried = []

    def away(*_args):
        tried.append(1)
        raise NotStored

    monkeypatch.setattr(voice_delivery, "_move", away)
    with pytest.raises(NotStored):
        voiced.next_morning()
    assert (len(tried), len(waiting())) == (1, 1)


def test_agreements_are_added_up_by_provision(app):
    made = voiced.consultation()
    for agrees in (("",), ("", FIRST), (FIRST, SECOND)):
        made.send(agrees=agrees)
    voiced.next_morning()
    made.send(agrees=(FIRST,))
    voiced.next_morning()
    assert agreements() == {"": 2, FIRST: 3, SECOND: 1}


def test_comments_come_to_lie_in_no_order_of_arrival(app, monkeypatch):
    lettered.hash_fast(monkeypatch)
    made = voiced.consultation()
    texts = [f"Ý kiến số {n}" for n in range(40)]
    for each in texts:
        made.send(("", each))
    voiced.next_morning()
    found = database.session().scalars(text("SELECT text FROM consultation_comments")).all()
    assert sorted(found) == sorted(texts)
    assert found != texts


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE consultation_comments SET text = 'x'", "DELETE FROM consultation_comments",
        "UPDATE consultation_voices SET agrees = '*'", "DELETE FROM consultation_voices",
    ],
)  # fmt: skip
def test_the_database_itself_keeps_what_citizens_wrote(app, change):
    voiced.consultation().comment()
    with pytest.raises(DatabaseError), database.write() as current:
        current.execute(text(change))


def test_a_receipt_shows_what_waits_and_then_what_was_delivered(app):
    receipt = voiced.consultation().send((CLAUSE, TEXT), agrees=("", FIRST)).receipt
    before = followed(receipt)
    assert (before.delivered, before.agrees) == (False, ["", "Điều 1"])
    voiced.next_morning()
    after = followed(receipt)
    assert [(one.place, one.text) for one in after.lines] == [("khoản 2 Điều 2", TEXT)]
    assert (after.delivered, after.agrees, after.answered) == (True, ["", "Điều 1"], 0)


def test_a_receipt_shows_what_became_of_each_comment_once_it_may_be_told(app, monkeypatch):
    monkeypatch.setattr(outcomes, "_providers", [])
    receipt = voiced.consultation().send((FIRST, "Một"), (CLAUSE, "Hai")).receipt
    voiced.next_morning()
    told = Outcome("accept", "Đã bổ sung.", 3)
    outcomes.provide(lambda asked: {one.id: told for one in asked if one.text == "Hai"})
    assert [one.outcome for one in followed(receipt).lines] == [None, told]


def test_a_comment_on_what_a_new_version_renumbers_says_both_places(app):
    made = voiced.consultation()
    receipt = made.send((FIRST, TEXT)).receipt
    renumbered = [(key, level, "3" if key == FIRST else number, heading, words)
                  for key, level, number, heading, words in PROVISIONS]  # fmt: skip
    tomorrow = clock.today() + timedelta(days=1)
    voiced.version(made.consultation.draft_id, tuple(renumbered), 2, tomorrow)
    (line,) = followed(receipt).lines
    assert (line.text, line.place, line.now) == (TEXT, "Điều 1", "Điều 3")


def test_others_are_read_only_where_the_consultation_shows_them(app):
    made = voiced.consultation()
    made.comment(FIRST)
    assert others.counts(made.consultation) == {}
    with database.write():
        made.consultation.shows_comments = True
    assert others.counts(made.consultation) == {FIRST: 1}
    (shown,) = others.page(made.consultation, [FIRST], 1).rows
    assert (shown.key, shown.text) == (FIRST, TEXT)
    assert others.page(made.consultation, [SECOND], 1).rows == []


def test_what_others_wrote_stands_in_another_order_every_day(app, monkeypatch):
    lettered.hash_fast(monkeypatch)
    made = voiced.consultation(shows=True)
    for n in range(18):
        made.send((FIRST, f"Ý kiến {n}"))
    voiced.next_morning()
    orders, today = set(), clock.today()
    for days in range(4):
        monkeypatch.setattr(clock, "today", lambda days=days: today + timedelta(days=days))
        rows = others.page(made.consultation, [FIRST], 1).rows
        orders.add(tuple(one.text for one in rows))
    assert len(orders) == 4
    assert {len(each) for each in orders} == {18}
