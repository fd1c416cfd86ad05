"""Proving that no letter was changed, and what is tidied and rewritten at night."""

import pytest
from sqlalchemy import text

from portal.core import clock, database
from portal.core.jobs import Running
from portal.features.letters import checks, files, jobs, opening, proof, sending
from portal.features.letters.models import LetterPhoto
from portal.features.registry import JOBS
from tests.support import lettered

NOW = Running(0, {}, None)


def sent(count=3, **how):
    made = lettered.box()
    made.give_key()
    for n in range(count):
        made.send(f"Thư {n}", **how)
    lettered.next_morning()
    return made


def overrule(statement, backend):
    """Change what nobody may change, as whoever holds the file can."""
    with database.write() as current:
        if backend == "postgresql":
            current.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            names = current.execute(
                text(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'letter%'"
                )
            ).scalars()
            for name in list(names):
                current.execute(text(f"DROP TRIGGER {name}"))
            current.execute(text("PRAGMA defer_foreign_keys = ON"))
        current.execute(text(statement))


def test_what_nobody_touched_is_sound(app):
    made = sent(photos=1)
    made.send("Niêm phong", official=True)
    lettered.next_morning()
    found = checks.verify()
    assert found.sound
    assert (found.batches, found.letters, found.sealed) == (2, 4, 1)


@pytest.mark.parametrize("statement", [
    "UPDATE letter_messages SET text = 'khác' WHERE number = 0",
    "UPDATE letters SET commitment = salt FROM (SELECT salt FROM letter_messages LIMIT 1) AS m",
    "UPDATE letter_batches SET size = 2",
    "UPDATE letter_batches SET delivered_on = '2020-01-01'",
    "UPDATE letter_batches SET number = 2",
])  # fmt: skip
def test_every_change_is_found(app, backend, statement):
    sent()
    overrule(statement, backend)
    assert not checks.verify().sound


def test_a_letter_taken_out_is_found(app, backend):
    sent()
    one = lettered.letters()[0].id
    overrule(f"DELETE FROM letter_messages WHERE letter_id = {one}", backend)
    overrule(f"DELETE FROM letters WHERE id = {one}", backend)
    assert checks.verify().broken == [(1, 1)]


def test_a_photo_that_was_changed_is_found(app):
    sent(1, photos=1)
    name = database.session().query(LetterPhoto).one().stored
    (files._folder["letters"] / name).write_bytes(b"khac")
    assert checks.verify().altered == [lettered.the_letter().id]


def test_withdrawing_breaks_no_proof(app):
    made = lettered.box()
    receipt = made.receipt()
    made.send("Thư khác")
    lettered.next_morning()
    sending.withdraw(opening.of_receipt(receipt))
    found = checks.verify()
    assert found.sound
    assert found.withdrawn == 1


def test_a_path_leads_to_the_root_from_every_leaf():
    for size in range(1, 20):
        leaves = [bytes([n]) * 32 for n in range(size)]
        root = proof.root(leaves)
        assert all(proof.climb(one, proof.path(leaves, one)) == root for one in leaves)
        assert proof.climb(b"x" * 32, proof.path(leaves, leaves[0])) != root


def test_drafts_and_lost_files_go_after_a_day_and_named_ones_stay(app, monkeypatch):
    made = sent(1, photos=1)
    made.send("Chờ", photos=1)
    files.store(b"lost", clock.today())
    files.put_draft("0" * 32 + ".bin", b"draft")
    assert files.tidy(jobs.named_files()) == 0
    later = clock.day_end(clock.today()).timestamp() + 30 * 3600
    monkeypatch.setattr(clock, "now", lambda: clock.datetime.fromtimestamp(later, clock.UTC))
    jobs.TIDY.handler(NOW)
    assert len(list(files._folder["letters"].iterdir())) == 4
    assert list(files._folder["drafts"].iterdir()) == []


def test_the_nightly_work_runs_on_both_databases_and_twice(app):
    sent()
    for kind in (jobs.DELIVER, jobs.TIDY, jobs.VACUUM):
        assert kind in JOBS
        assert kind.handler(NOW) is None
        assert kind.handler(NOW) is None
    assert checks.verify().sound


def test_what_was_taken_back_is_in_no_table_after_the_night(app, backend):
    made = lettered.box()
    receipt = made.receipt("CANARYDEM")
    lettered.next_morning()
    sending.withdraw(opening.of_receipt(receipt))
    jobs.VACUUM.handler(NOW)
    if backend == "postgresql":
        rows = database.session().execute(text("SELECT CAST(m AS text) FROM letter_messages m"))
        assert not any("CANARYDEM" in row for row in rows.scalars())


def test_the_commands_deliver_and_verify(app):
    made = lettered.box()
    made.send()
    runner = app.test_cli_runner()
    assert "Đã giao 0 thư." in runner.invoke(args=["letters", "deliver"]).output
    lettered.next_morning()
    result = runner.invoke(args=["letters", "verify"])
    assert result.exit_code == 0
    assert "1 thư trong 1 lô nguyên vẹn" in result.output
