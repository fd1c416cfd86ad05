"""Taking letters in."""

import json
import os
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from portal.core import clock, database, receipts, sealing
from portal.core.errors import NotStored
from portal.features.letters import (
    content,
    files,
    form_keys,
    intake,
    opening,
    proof,
    reading,
    resent,
    sending,
)
from portal.features.letters.intake import Another, Kept, Noted, NotTaken, Stale, Wrong
from portal.features.letters.models import LetterIntake
from portal.features.letters.reading import Draft
from portal.features.mailbox import queries as mailboxes
from portal.features.mailbox.standing import Standing
from tests.support import lettered
from tests.support.lettered import BOX_CODE, POINT_CODE, TEXT


def waiting():
    return list(database.session().scalars(select(LetterIntake).order_by(LetterIntake.key)))


def test_a_letter_is_stored_with_its_day_and_point_and_no_clock(app):
    made = lettered.box()
    outcome = made.send(code=POINT_CODE, category="report", field=lettered.FIELDS[0])
    (row,) = waiting()
    assert isinstance(outcome, Kept)
    assert not outcome.again
    assert (row.box_id, row.point_id, row.day) == (made.box.id, made.point.id, clock.today())
    assert (row.category, row.field, row.text) == ("report", lettered.FIELDS[0], TEXT)
    assert row.commitment == proof.commitment(row.salt, TEXT)


def test_of_the_receipt_only_a_slow_hash_is_stored(app):
    receipt = lettered.box().receipt()
    (row,) = waiting()
    assert row.receipt_hash == receipts.open_for_lookup(receipt).lookup
    assert receipt.encode() not in b"".join(
        value if isinstance(value, bytes) else str(value).encode()
        for value in vars(row).values()
    )  # fmt: skip


def test_the_same_form_again_gives_the_same_receipt_and_one_letter(app):
    made, key = lettered.box(), form_keys.new(BOX_CODE)
    first, again = made.send(key=key), made.send(key=key)
    assert again == Kept(first.receipt, again=True)
    assert [row.text for row in waiting()] == [TEXT]


@pytest.mark.parametrize("official", [False, True])
@pytest.mark.parametrize("delivered", [False, True])
def test_other_words_under_the_number_of_a_form_that_was_sent_are_another_letter(
    app, official, delivered
):
    made, key = lettered.box(), form_keys.new(BOX_CODE)
    made.give_key()
    first = made.send(key=key, official=official, photos=1)
    if delivered:
        lettered.next_morning()
    assert made.send("Một thư khác", key=key, official=official) == Another()
    assert made.send(key=key, official=official) == Kept(first.receipt, again=True)
    assert len(waiting()) == (0 if delivered else 1)


@pytest.mark.parametrize("delivered", [False, True])
def test_a_receipt_that_is_written_down_is_given_no_more(app, delivered):
    made, key = lettered.box(), form_keys.new(BOX_CODE)
    made.send(key=key)
    resent.note(form_keys.read(BOX_CODE, key))
    if delivered:
        lettered.next_morning()
    assert made.send(key=key) == Noted()
    assert made.send("Một thư khác", key=key) == Another()


def test_a_letter_that_was_taken_back_does_not_come_a_second_time(app):
    made, key = lettered.box(), form_keys.new(BOX_CODE)
    receipt = made.send(key=key).receipt
    sending.withdraw(opening.of_receipt(receipt))
    assert made.send(key=key) == Kept(receipt, again=True)
    assert [row.text for row in waiting()] == [None]


def test_a_form_sent_again_after_its_delivery_gives_the_same_receipt(app):
    made, key = lettered.box(), form_keys.new(BOX_CODE)
    first = made.send(key=key)
    lettered.next_morning()
    assert made.send(key=key) == Kept(first.receipt, again=True)
    assert waiting() == []


def test_one_form_sent_by_eight_hands_at_once_is_one_letter(app):
    made, key, outcomes = lettered.box(), form_keys.new(BOX_CODE), []

    def send():
        with app.app_context():
            outcomes.append(made.send(key=key))

    hands = [threading.Thread(target=send) for _ in range(8)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len({outcome.receipt for outcome in outcomes}) == 1
    assert sum(not outcome.again for outcome in outcomes) == 1
    database.session().rollback()
    assert len(waiting()) == 1


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (Draft("", "", "viec", TEXT), reading.CATEGORY),
        (Draft("denunciation", "", "viec", TEXT), reading.CATEGORY),
        (Draft("praise", "Lĩnh vực lạ", "viec", TEXT), reading.FIELD),
        (Draft("praise", "", "", TEXT), reading.ABOUT),
        (Draft("praise", "", "can_bo", TEXT), reading.ABOUT),
        (Draft("praise", "", "viec", ""), reading.TEXT),
        (Draft("praise", "", "viec", "ộ" * 2001), reading.TEXT),
        (Draft("praise", "", "viec", TEXT, (1,)), reading.PHOTOS),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_stored(app, draft, field):
    lettered.box()
    outcome = intake.receive(mailboxes.by_code(BOX_CODE), form_keys.new(BOX_CODE), draft)
    assert isinstance(outcome, Wrong)
    assert list(outcome.errors) == [field]
    assert waiting() == []


def test_two_thousand_letters_of_vietnamese_are_taken(app):
    assert isinstance(lettered.box().send("ộ" * 2000), Kept)


def test_a_box_that_takes_none_today_says_so(app):
    made = lettered.box(opens_in=1)
    assert made.send() == NotTaken(Standing.EARLY)


def test_a_box_that_ended_while_the_letter_was_written_takes_it_no_more(app):
    made = lettered.box()
    place = mailboxes.by_code(BOX_CODE)
    with database.write() as current:
        current.execute(text("UPDATE mailboxes SET state = 'ended'"))
    draft = Draft("praise", "", "viec", TEXT)
    assert intake.receive(place, form_keys.new(BOX_CODE), draft) == NotTaken(Standing.OVER)
    assert made.box.state == "ended"
    assert waiting() == []


def test_a_form_of_another_code_is_stale(app):
    made = lettered.box()
    assert made.send(key=form_keys.new(BOX_CODE)) != Stale()
    other = form_keys.new(POINT_CODE)
    draft = Draft("praise", "", "viec", TEXT)
    assert intake.receive(mailboxes.by_code(BOX_CODE), other, draft) == Stale()


def test_a_letter_about_an_official_is_stored_as_two_ciphertexts(app):
    made = lettered.box()
    key = made.give_key()
    receipt = made.receipt(official=True)
    (row,) = waiting()
    assert (row.text, row.salt, row.seal_key_id) == (None, None, key.id)
    read = content.open_sealed(made.pair.private, row.for_reader)
    own = content.open_sealed(receipts.open_for_lookup(receipt).sender.private, row.for_sender)
    assert read == own
    assert (read.text, row.commitment) == (TEXT, proof.commitment(read.salt, TEXT))


def test_nothing_on_the_machine_opens_a_sealed_letter(app):
    made = lettered.box()
    made.give_key()
    made.send(official=True)
    (row,) = waiting()
    with pytest.raises(sealing.Shut):
        content.open_sealed(sealing.new_pair().private, row.for_reader)


def test_without_a_key_above_it_is_sent_unsealed_only_if_its_writer_says_so(app):
    made = lettered.box()
    assert isinstance(made.send(official=True), Wrong)
    assert isinstance(made.send(official=True, unsealed=True), Kept)
    assert waiting()[0].text == TEXT


def test_photos_lie_as_pictures_with_the_time_of_the_day_alone(app):
    made = lettered.box()
    made.send(photos=2)
    pairs = json.loads(waiting()[0].photos)
    paths = [files._folder["letters"] / name for pair in pairs for name in pair]
    assert len(paths) == 4
    assert {os.stat(path).st_mtime for path in paths} == {
        clock.day_start(clock.today()).timestamp()
    }
    assert all(path.read_bytes()[:3] == b"\xff\xd8\xff" for path in paths)


def test_photos_of_a_sealed_letter_lie_as_ciphertext_that_its_reader_opens(app):
    made = lettered.box()
    made.give_key()
    made.send(official=True, photos=1)
    (row,) = waiting()
    ((large, small),) = json.loads(row.photos)
    (key,) = content.open_sealed(made.pair.private, row.for_reader).photo_keys
    assert b"\xff\xd8\xff" not in files.content_of(large) + files.content_of(small)
    assert sealing.decrypt(key, files.content_of(large))[:3] == b"\xff\xd8\xff"


def test_drafts_go_when_the_letter_is_sent(app):
    made = lettered.box()
    made.send(photos=3)
    assert list(files._folder["drafts"].iterdir()) == []


def test_what_was_taken_in_cannot_be_rewritten_by_anybody(app):
    lettered.box().send()
    with pytest.raises((DatabaseError, NotStored)), database.write() as current:
        current.execute(text("UPDATE letter_intake SET text = 'khác'"))


def test_the_same_words_today_are_known_so_that_going_back_can_be_said(app):
    made = lettered.box()
    place, draft = mailboxes.by_code(BOX_CODE), Draft("praise", "", "viec", TEXT)
    assert not intake.same_text_today(place, draft)
    made.send()
    assert intake.same_text_today(mailboxes.by_code(BOX_CODE), draft)


def test_a_clock_set_back_loses_no_letter(app, monkeypatch):
    made = lettered.box()
    made.send("Hôm nay")
    before = clock.now() - timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: before)
    made.send("Hôm kia, theo đồng hồ sai")
    assert lettered.next_morning() == 1
    monkeypatch.undo()
    assert lettered.next_morning() == 1
    assert len(lettered.letters()) == 2
