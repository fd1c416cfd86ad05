"""Folding: nobody's answer can be told from its neighbours', and none is lost or counted twice."""

import threading
from collections import Counter as Tally

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from portal.core.database import dialect, session
from portal.extensions import db
from portal.features.surveys import fold, participation
from portal.features.surveys.models import (
    Batch,
    Counter,
    FormKey,
    Intake,
    SealedAnswer,
    SealedText,
)
from tests.support import surveyed


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện": ["Xã Một", "Xã Hai"]})


@pytest.fixture
def asked(place):
    return surveyed.campaign(place)


def pending(asked, unit) -> int:
    query = select(func.count()).where(Intake.campaign_id == asked.id, Intake.unit_id == unit.id)
    return session().scalar(query)


def counter(asked, unit, question="chung", option="") -> int:
    found = session().get(Counter, (asked.id, unit.id, question, option))
    return found.n if found else 0


def test_nine_answers_wait_and_the_tenth_lets_five_go(place, asked):
    surveyed.answer(asked, place["Xã Một"], ["5|co|loa"] * 9)
    assert fold.fold_pending() == 0
    surveyed.answer(asked, place["Xã Một"], ["5|co|loa"])
    assert fold.fold_pending() == 5
    assert pending(asked, place["Xã Một"]) == 5
    assert counter(asked, place["Xã Một"]) == 5


def test_counters_say_what_was_answered(place, asked):
    surveyed.answer(asked, place["Xã Một"], ["4|co|loa,zalo"] * 15)
    fold.fold_pending()
    found = {(row.question, row.option): row.n for row in session().scalars(select(Counter))}
    assert found == {
        ("chung", ""): 10, ("chung", "4"): 10, ("biet", ""): 10, ("biet", "co"): 10,
        ("qua", ""): 10, ("qua", "loa"): 10, ("qua", "zalo"): 10,
    }  # fmt: skip


def test_a_question_left_open_is_not_counted_as_answered(place, asked):
    surveyed.answer(asked, place["Xã Một"], ["kb|khong|"] * 10)
    fold.fold_pending()
    assert counter(asked, place["Xã Một"], "qua") == 0
    assert counter(asked, place["Xã Một"], "chung", "kb") == 5


def test_the_form_of_ten_is_folded_by_tens(place):
    asked = surveyed.campaign(place, form=surveyed.with_threshold(10))
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 19)
    assert fold.fold_pending() == 0
    surveyed.answer(asked, place["Xã Một"], ["5|co|"])
    assert fold.fold_pending() == 10


def test_texts_are_stored_apart_from_the_answers_they_came_with(place, asked):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 10, texts="Cảm ơn")
    fold.fold_pending()
    texts = session().scalars(select(SealedText)).all()
    keys = set(session().scalars(select(SealedAnswer.key)))
    assert [row.text for row in texts] == ["Cảm ơn"] * 5
    assert keys.isdisjoint(row.key for row in texts)


def test_no_key_survives_the_fold(place, asked):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 12)
    before = set(session().scalars(select(Intake.key)))
    fold.fold_pending()
    assert before.isdisjoint(session().scalars(select(SealedAnswer.key)))


def test_as_many_form_keys_as_answers_are_marked_and_none_is_lost(place, asked):
    hashes = surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 13)
    fold.fold_pending()
    stored = {row.hash: row.folded for row in session().scalars(select(FormKey))}
    assert stored.keys() == set(hashes)
    assert sum(stored.values()) == 8


def test_the_order_of_sealed_answers_says_nothing_about_the_order_of_arrival(place, asked):
    size = 150
    surveyed.answer(asked, place["Xã Một"], [f"{i}|co|" for i in range(size)])
    fold.fold_pending()
    ctid = "ctid" if dialect() == "postgresql" else "key"
    rows = session().execute(text(f"SELECT choices FROM survey_answers ORDER BY {ctid}"))
    arrived = [int(choices.split("|")[0]) for (choices,) in rows]
    assert abs(rank_correlation(arrived)) < 0.33  # four standard deviations for 145 rows


def rank_correlation(values: list[int]) -> float:
    ranks = {value: rank for rank, value in enumerate(sorted(values))}
    n = len(values)
    squares = sum((place - ranks[value]) ** 2 for place, value in enumerate(values))
    return 1 - 6 * squares / (n * (n * n - 1))


def test_postgresqls_transaction_numbers_tie_no_form_key_to_an_answer(place, asked):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 20)
    fold.fold_pending()
    if dialect() != "postgresql":
        return
    numbers = [
        session().execute(text(f"SELECT DISTINCT xmin::text FROM {table}")).scalars().all()
        for table in ("survey_answers", "survey_batches", "survey_form_keys WHERE folded")
    ]
    assert len({tuple(found) for found in numbers}) == 1
    assert len(numbers[0]) == 1


def test_sqlites_log_is_empty_after_a_fold(place, asked, settings):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 20)
    fold.fold_pending()
    session().rollback()
    logs = list(settings.data_dir.parent.rglob("*-wal"))
    assert all(log.stat().st_size == 0 for log in logs)


def test_two_folders_at_once_count_everything_once(app, place, asked):
    for name in ("Xã Một", "Xã Hai"):
        surveyed.answer(asked, place[name], ["5|co|"] * 60)
    folded = []

    def work():
        with app.app_context():
            folded.append(fold.fold_pending())
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(folded) == 110
    assert counter(asked, place["Xã Một"]) == 55
    assert session().scalar(select(func.count()).select_from(SealedAnswer)) == 110


def test_a_fold_that_dies_half_way_leaves_everything_as_it_was(place, asked, monkeypatch):
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 20)

    def die(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(fold, "_shuffle_form_keys", die)
    with pytest.raises(KeyboardInterrupt):
        fold.fold_pending()
    assert pending(asked, place["Xã Một"]) == 20
    assert session().scalar(select(func.count()).select_from(Batch)) == 0


def test_a_large_crowd_is_folded_in_several_batches(place, asked, monkeypatch):
    monkeypatch.setattr(fold, "LARGEST", 20)
    surveyed.answer(asked, place["Xã Một"], ["5|co|"] * 50)
    assert fold.fold_pending() == 45
    sizes = session().scalars(select(Batch.size)).all()
    assert min(sizes) >= 5
    assert sum(sizes) == 45


@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(arrivals=st.lists(st.tuples(st.sampled_from(["Xã Một", "Xã Hai"]), st.integers(1, 14)),
                         max_size=8))  # fmt: skip
def test_while_open_no_figure_ever_moves_by_fewer_than_five(place, arrivals):
    asked = surveyed.campaign(place)
    shown = Tally()
    for name, people in arrivals:
        surveyed.answer(asked, place[name], ["5|co|"] * people)
        fold.fold_pending()
        for unit in (place["Xã Một"], place["Xã Hai"]):
            now = counter(asked, unit)
            assert now - shown[unit.id] == 0 or now - shown[unit.id] >= 5
            assert now == 0 or pending(asked, unit) >= 5
            assert now == participation.folded(asked.id, unit.id)
            shown[unit.id] = now
