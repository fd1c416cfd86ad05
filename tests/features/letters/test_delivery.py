"""The morning's delivery."""

import json
from datetime import timedelta

from sqlalchemy import select, text

from portal.core import clock, database
from portal.features.letters import checks, content, delivery, files, proof
from portal.features.letters.kinds import Count
from portal.features.letters.models import (
    Letter,
    LetterBatch,
    LetterCount,
    LetterIntake,
    LetterPhoto,
)
from tests.support import lettered
from tests.support.lettered import FIELDS, POINT_CODE, TEXT


def counts():
    rows = database.session().scalars(select(LetterCount).order_by(LetterCount.what))
    return {(row.what, row.value): row.n for row in rows}


def batches():
    query = select(LetterBatch).order_by(LetterBatch.number)
    return list(database.session().scalars(query))


def test_nobody_sees_a_letter_of_today(app):
    lettered.box().send()
    assert delivery.deliver() == 0
    assert lettered.letters() == []


def test_the_next_morning_it_stands_before_its_readers_as_it_was_written(app):
    made = lettered.box()
    made.send(category="report", field=FIELDS[1])
    assert lettered.next_morning() == 1
    letter = lettered.the_letter()
    assert (letter.state, letter.day, letter.reader_id) == (
        "received", clock.today(), made.bodies["reader"].id,
    )  # fmt: skip
    (message,) = lettered.messages(letter)
    assert (message.text, message.side, message.number) == (TEXT, "sender", 0)
    assert message.folded.startswith("giay hen tra ngay")
    assert letter.due_on == letter.day + timedelta(days=made.box.answer_days)


def test_delivering_twice_moves_nothing_twice(app):
    lettered.box().send()
    assert (lettered.next_morning(), lettered.next_morning()) == (1, 0)
    assert len(batches()) == 1


def test_a_letter_that_cannot_be_delivered_holds_up_no_other(app, monkeypatch):
    lettered.hash_fast(monkeypatch)
    made = lettered.box()
    for n in range(5):
        made.send(f"Thư {n}", photos=n == 0)
    rows = database.session().scalars(select(LetterIntake).order_by(LetterIntake.key)).all()
    with database.write():
        bad = rows[2]
        bad.photos = "["
    assert (lettered.next_morning(), lettered.next_morning()) == (4, 0)
    assert [row.key for row in database.session().scalars(select(LetterIntake))] == [bad.key]
    assert len(lettered.letters()) == sum(batch.size for batch in batches()) == 4
    assert checks.verify().sound


def test_a_sealed_letter_goes_past_the_ward_to_the_body_of_the_key(app):
    made = lettered.box()
    key = made.give_key()
    made.send(official=True, photos=1)
    lettered.next_morning()
    letter = lettered.the_letter()
    assert (letter.reader_id, letter.seal_key_id) == (made.bodies["city"].id, key.id)
    (message,) = lettered.messages(letter)
    assert (message.text, message.folded, message.salt) == (None, None, None)
    assert content.open_sealed(made.pair.private, message.for_reader).text == TEXT


def test_a_key_that_was_retired_meanwhile_still_leads_to_its_body(app):
    made = lettered.box()
    key = made.give_key()
    made.send(official=True)
    with database.write():
        key.retired_on = clock.today()
    lettered.next_morning()
    assert lettered.the_letter().reader_id == made.bodies["city"].id


def test_counts_rise_by_week_point_category_field_and_seal(app):
    made = lettered.box()
    made.give_key()
    made.send(code=POINT_CODE, category="praise", field=FIELDS[0])
    made.send(code=POINT_CODE, category="report", official=True)
    made.send(category="report")
    lettered.next_morning()
    assert counts() == {
        (Count.ALL, ""): 3, (Count.POINT, ""): 1, (Count.POINT, str(made.point.id)): 2,
        (Count.CATEGORY, "praise"): 1, (Count.CATEGORY, "report"): 2,
        (Count.FIELD, ""): 2, (Count.FIELD, FIELDS[0]): 1, (Count.SEALED, ""): 1,
    }  # fmt: skip


def test_the_point_is_counted_and_then_forgotten(app):
    lettered.box().send(code=POINT_CODE)
    lettered.next_morning()
    assert "point_id" not in Letter.__table__.columns


def test_every_morning_is_chained_to_the_one_before(app):
    made = lettered.box()
    before = b""
    for number in (1, 2, 3):
        made.send(f"Thư {number}")
        lettered.next_morning()
        batch = batches()[-1]
        assert batch.number == number
        assert batch.digest == proof.chained(before, number, clock.today(), 1, batch.root)
        before = batch.digest


def test_a_withdrawn_letter_is_delivered_as_a_line_without_words(app):
    lettered.box().send(photos=1)
    with database.write() as current:
        current.execute(text("UPDATE letter_intake SET withdrawn = :yes, text = NULL, salt = NULL,"
                             " photos = '[]'"), {"yes": True})  # fmt: skip
    lettered.next_morning()
    letter = lettered.the_letter()
    assert letter.state == "withdrawn"
    assert lettered.messages(letter)[0].text is None
    assert counts()[Count.WITHDRAWN, ""] == 1
    assert counts()[Count.ALL, ""] == 1


def test_photos_are_written_anew_so_that_the_disk_knows_no_time(app):
    made = lettered.box()
    made.send(photos=2)
    before = {path.name for path in files._folder["letters"].iterdir()}
    lettered.next_morning()
    after = {path.name for path in files._folder["letters"].iterdir()}
    rows = database.session().scalars(select(LetterPhoto).order_by(LetterPhoto.number)).all()
    assert {name for row in rows for name in (row.stored, row.small)} == after
    assert len(after) == 4
    assert not before & after


def test_a_delivery_that_fails_leaves_everything_for_the_next_one(app, monkeypatch):
    lettered.box().send(photos=1)

    def fail(*_):
        raise RuntimeError("no power")

    monkeypatch.setattr(delivery, "raise_counts", fail)
    assert lettered.next_morning() == 0
    monkeypatch.undo()
    assert (lettered.letters(), batches()) == ([], [])
    assert len(list(files._folder["letters"].iterdir())) == 2
    assert lettered.next_morning() == 1


def test_after_days_without_the_portal_everything_comes_in_one_batch(app, monkeypatch):
    made = lettered.box()
    real = clock.now()
    for days in (5, 3, 1):
        at = real - timedelta(days=days)
        monkeypatch.setattr(clock, "now", lambda at=at: at)
        made.send(f"Từ {days} ngày trước")
    monkeypatch.undo()
    assert delivery.deliver() == 3
    (batch,) = batches()
    assert batch.size == 3
    assert len({letter.day for letter in lettered.letters()}) == 3


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    return [order.index(at) for at in range(len(values))]


def correlation(first, second):
    """Spearman's, of two orders of the same things."""
    n = len(first)
    pairs = zip(ranks(first), ranks(second), strict=True)
    return 1 - 6 * sum((a - b) ** 2 for a, b in pairs) / (n * (n * n - 1))


def test_no_order_that_is_stored_or_shown_tells_the_order_of_arrival(app, backend, monkeypatch):
    made = lettered.box()
    lettered.hash_fast(monkeypatch)
    for n in range(200):
        made.send(f"{n}")
    lettered.next_morning()
    as_stored = {"sqlite": "SELECT {} FROM letters", "postgresql":
                 "SELECT {} FROM letters ORDER BY ctid"}[backend]  # fmt: skip
    with database.session() as current:
        texts = dict(current.execute(text("SELECT letter_id, text FROM letter_messages")).all())
        by_day = current.execute(text("SELECT id FROM letters ORDER BY day, id")).scalars().all()
        by_disk = current.execute(text(as_stored.format("id"))).scalars().all()
        messages = current.execute(
            text("SELECT text FROM letter_messages"
                 + (" ORDER BY ctid" if backend == "postgresql" else ""))
        ).scalars().all()  # fmt: skip
    arrived = list(range(200))
    for order in ([int(texts[one]) for one in by_day], [int(texts[one]) for one in by_disk],
                  [int(one) for one in messages]):  # fmt: skip
        assert sorted(order) == arrived
        assert abs(correlation(arrived, order)) < 0.3


def test_file_names_and_photo_rows_follow_no_arrival(app):
    made = lettered.box()
    for _ in range(3):
        made.send(photos=1)
    lettered.next_morning()
    rows = database.session().scalars(select(LetterPhoto).order_by(LetterPhoto.key)).all()
    assert len({row.stored for row in rows}) == 3
    assert json.dumps([row.number for row in rows]) == "[0, 0, 0]"
