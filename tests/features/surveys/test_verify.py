"""Proving the totals: recount, Merkle roots, commitments of erased texts."""

import pytest
from sqlalchemy import select, text

from portal.core.database import dialect, session, write
from portal.features.surveys import checks, fold, merkle
from portal.features.surveys.models import Counter, SealedAnswer, SealedText
from portal.features.surveys.territory import WHOLE
from tests.support import surveyed


@pytest.fixture
def place(app):
    place = surveyed.province({"Huyện": ["Xã Một", "Xã Hai"]})
    asked = surveyed.campaign(place)
    surveyed.answer(asked, place["Xã Một"], ["5|co|loa"] * 20, texts="Cảm ơn")
    surveyed.answer(asked, place["Xã Hai"], ["1|khong|"] * 12)
    fold.fold_pending()
    return place


def test_what_was_folded_verifies_and_counts_the_same(place):
    found = checks.verify()
    assert (found.sound, found.batches, found.erased) == (True, 2, 0)
    assert checks.recount() == []


def test_a_counter_that_was_changed_is_named(place):
    with write() as current:
        current.execute(text("UPDATE survey_counters SET n = n + 1 WHERE question = 'biet' "
                             "AND option = 'co'"))  # fmt: skip
    (found,) = checks.recount()
    assert (found.question, found.option, found.stored, found.counted) == ("biet", "co", 16, 15)


def test_channels_that_do_not_add_up_are_named(place):
    with write() as current:
        current.execute(text("UPDATE survey_channels SET n = n + 5 WHERE unit_id = :unit"),
                        {"unit": place["Xã Một"].id})  # fmt: skip
    (found,) = checks.recount()
    assert (found.unit_id, found.stored - found.counted) == (WHOLE, 5)


def test_a_counter_out_of_nowhere_is_named(place):
    with write() as current:
        row = current.scalars(select(Counter).limit(1)).one()
        current.add(Counter(campaign_id=row.campaign_id, unit_id=place["Huyện"].id,
                            question="biet", option="", n=3))  # fmt: skip
    assert [found.unit_id for found in checks.recount()] == [place["Huyện"].id]


def test_a_changed_answer_breaks_its_batch(place):
    without_guard("UPDATE survey_answers SET choices = '1|co|' WHERE key = :key", SealedAnswer)
    found = checks.verify()
    assert (found.sound, len(found.broken)) == (False, 1)


def test_a_missing_answer_breaks_its_batch(place):
    without_guard("DELETE FROM survey_answers WHERE key = :key", SealedAnswer)
    assert len(checks.verify().broken) == 1


def test_a_changed_text_does_not_fit_its_commitment(place):
    without_guard("UPDATE survey_texts SET text = 'Khác' WHERE key = :key", SealedText)
    assert len(checks.verify().altered) == 1


def test_an_erased_text_verifies_by_its_commitment(place):
    with write() as current:
        row = current.scalars(select(SealedText).order_by(SealedText.key).limit(1)).one()
        current.execute(text("UPDATE survey_texts SET text = NULL, salt = NULL WHERE key = :key"),
                        {"key": row.key})  # fmt: skip
    found = checks.verify()
    assert (found.sound, found.erased) == (True, 1)


def without_guard(statement: str, model: type[SealedAnswer | SealedText]) -> None:
    """Do what the database's own guard forbids, as somebody with the file in hand could."""
    key = session().scalars(select(model.key).order_by(model.key).limit(1)).one()
    with write() as current:
        if dialect() == "postgresql":
            current.execute(text(f"ALTER TABLE {model.__tablename__} DISABLE TRIGGER USER"))
        else:
            named = text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :t")
            for name in current.scalars(named, {"t": model.__tablename__}).all():
                current.execute(text(f"DROP TRIGGER {name}"))
        current.execute(text(statement), {"key": key})


def test_the_root_depends_on_every_row_and_not_on_their_order():
    leaves = [merkle.answer_leaf(bytes([i]), f"{i}|") for i in range(7)]
    whole = merkle.root(leaves)
    assert merkle.root(leaves[::-1]) == whole
    assert len({whole, *(merkle.root(leaves[:i] + leaves[i + 1 :]) for i in range(7))}) == 8


def test_the_commands_say_what_they_found_and_fail_when_something_is_wrong(app, place):
    run = app.test_cli_runner().invoke
    assert run(args=["surveys", "recount"]).exit_code == 0
    assert "2 lô phiếu nguyên vẹn" in run(args=["surveys", "verify"]).output
    with write() as current:
        current.execute(text("UPDATE survey_counters SET n = n + 1"))
    broken = run(args=["surveys", "recount"])
    assert broken.exit_code == 1
    assert "Lệch" in broken.output
