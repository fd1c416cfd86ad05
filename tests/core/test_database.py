"""What core.database promises."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from portal.core import clock, database
from portal.core.database import UtcDateTime, session, write
from portal.core.errors import NotStored
from portal.core.jobs import Job
from portal.features.settings.models import Setting


def setting(name="thu", value="1"):
    return Setting(name=name, value=value)


def test_what_a_write_block_adds_is_there_for_the_next_request(app):
    with app.app_context(), write() as current:
        current.add(setting())
    with app.app_context():
        assert session().get(Setting, "thu").value == "1"


def test_a_change_outside_write_is_an_error(app):
    with app.app_context():
        session().add(setting())
        with pytest.raises(RuntimeError, match="outside"):
            session().flush()


def test_a_failing_block_changes_nothing(app):
    def fail():
        with write() as current:
            current.add(setting())
            current.flush()
            raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            fail()
        assert session().get(Setting, "thu") is None


def test_a_nested_write_joins_the_outer_one(app):
    def fail():
        with write() as outer:
            with write() as inner:
                inner.add(setting())
            assert inner is outer
            raise ZeroDivisionError

    with app.app_context():
        with pytest.raises(ZeroDivisionError):
            fail()
        assert session().get(Setting, "thu") is None


def test_what_was_read_before_is_read_again_inside_write(app):
    with app.app_context(), write() as current:
        current.add(setting())
    with app.app_context():
        mine = session().get(Setting, "thu")
        other = threading.Thread(target=change, args=(app, "2"))
        other.start()
        other.join()
        with write():
            assert mine.value == "2"


def change(app, value):
    with app.app_context(), write() as current:
        current.get(Setting, "thu").value = value


def test_twenty_writers_who_each_add_one_reach_twenty(app):
    with app.app_context(), write() as current:
        current.add(setting(value="0"))

    def add_one():
        with app.app_context(), write("counter") as current:
            stored = current.get(Setting, "thu")
            stored.value = str(int(stored.value) + 1)

    threads = [threading.Thread(target=add_one) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert session().get(Setting, "thu").value == "20"


def test_what_must_be_last_runs_after_everything_else(app):
    seen = []
    with app.app_context(), write() as current:
        database.at_end(
            lambda ended: seen.append(ended.scalar(select(func.count()).select_from(Setting)))
        )
        current.add(setting())
    assert seen == [1]


def test_a_database_that_cannot_take_it_says_not_stored(app):
    with app.app_context(), pytest.raises(NotStored), write() as current:
        raise_operational(current)


def raise_operational(current):
    if database.dialect() == "sqlite":
        current.execute(text("INSERT INTO nowhere VALUES (1)"))
    current.execute(text("SELECT pg_sleep(1), set_config('statement_timeout', '50', true)"))
    current.execute(text("SELECT pg_sleep(5)"))


def test_sqlite_is_durable_and_forgets_what_is_deleted(app):
    with app.app_context():
        if database.dialect() == "postgresql":
            assert session().scalar(text("SHOW synchronous_commit")) in {"on", "off"}
            return
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
        got = {name: session().scalar(text(f"PRAGMA {name}")) for name in wanted}
        assert got == wanted


def test_times_come_back_in_utc(app):
    moment = datetime(2026, 5, 6, 9, 30, tzinfo=clock.VN)
    with app.app_context():
        with write() as current:
            current.add(Job(kind="fold", run_key="x", run_at=moment))
        session().expire_all()
        stored = session().scalar(select(Job)).run_at
    assert stored == moment
    assert stored.tzinfo == UTC


def test_a_time_without_zone_is_refused(app):
    with app.app_context(), pytest.raises(Exception, match="zone"), write() as current:
        current.execute(select(Job).where(Job.run_at == datetime(2026, 1, 1)))


def test_sealed_rows_cannot_be_changed_by_any_statement(app):
    with app.app_context():
        with write() as current:
            current.execute(text(AUDIT_ROW))
        for statement in ("UPDATE audit_entries SET reason = 'x'", "DELETE FROM audit_entries"):
            with pytest.raises(DatabaseError, match="append-only"), write() as current:
                current.execute(text(statement))


AUDIT_ROW = (
    "INSERT INTO audit_entries (number, at, actor_name, action, subject_kind, subject_id, "
    "subject_name, reason, changes, previous, digest) VALUES (1, '2026-01-01', 'a', 'b', 'c', "
    "'d', '', '', '{}', 'e', 'f')"
)


def test_a_naive_time_never_reaches_the_column():
    with pytest.raises(ValueError, match="zone"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), None)
