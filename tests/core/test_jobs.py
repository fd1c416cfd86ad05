"""What core.jobs promises."""

import threading
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from portal.core import clock, jobs
from portal.core.database import session, write
from portal.core.jobs import Job, JobStatus, Kind


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(jobs, "kinds", jobs.Kinds())
    return jobs.kinds


@pytest.fixture
def context(app):
    with app.app_context():
        yield


def the_job():
    session().rollback()
    return session().scalars(select(Job)).one()


def test_a_job_is_done_once_and_keeps_its_result(context, kinds):
    kinds.add(Kind("say", lambda running: str(running.data["word"])))
    jobs.enqueue("say", "say:1", {"word": "xã"})
    assert jobs.work_once()
    assert not jobs.work_once()
    assert (the_job().status, the_job().result) == (JobStatus.DONE, "xã")


def test_the_same_run_key_makes_one_job(context, kinds):
    kinds.add(Kind("say", lambda _: None))
    first = jobs.enqueue("say", "say:1").id
    assert jobs.enqueue("say", "say:1").id == first
    assert session().scalar(select(func.count()).select_from(Job)) == 1


def test_a_failing_job_is_tried_again_later_and_then_given_up(context, kinds):
    def fail(_running):
        raise ValueError

    kinds.add(Kind("fail", fail))
    jobs.enqueue("fail", "fail:1")
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(jobs.ATTEMPTS):
            assert jobs.work_once()
            assert not jobs.work_once()
            traveller.shift(timedelta(minutes=5))
    assert the_job().status == JobStatus.FAILED


def test_a_job_whose_worker_died_is_taken_again_after_its_lease(context, kinds):
    kinds.add(Kind("say", lambda _: "second"))
    jobs.enqueue("say", "say:1")
    assert jobs._take() is not None
    assert not jobs.work_once()
    with time_machine.travel(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        assert jobs.work_once()
    assert the_job().result == "second"


def test_a_worker_that_lost_its_lease_does_not_overwrite_the_result(context, kinds):
    kinds.add(Kind("say", lambda _: "second"))
    jobs.enqueue("say", "say:1")
    running, _, lease_key = jobs._take()
    with time_machine.travel(clock.now() + jobs.LEASE + timedelta(seconds=1)):
        jobs.work_once()
    jobs._finish(running.id, lease_key, result="first")
    assert the_job().result == "second"


def test_eight_workers_at_once_do_twenty_jobs_once_each(app, kinds):
    done = []
    kinds.add(Kind("say", lambda running: done.append(running.id)))
    with app.app_context():
        for number in range(20):
            jobs.enqueue("say", f"say:{number}")

    def work():
        with app.app_context():
            while jobs.work_once():
                session().rollback()

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(done) == len(set(done)) == 20


def test_periodic_work_is_queued_once_a_period(context, kinds):
    kinds.add(Kind("tick", lambda _: None, every=timedelta(seconds=60)))
    with time_machine.travel("2026-05-06T09:00:10Z", tick=False) as traveller:
        jobs.schedule()
        jobs.schedule()
        assert session().scalar(select(func.count()).select_from(Job)) == 1
        traveller.shift(timedelta(seconds=60))
        jobs.schedule()
    assert session().scalar(select(func.count()).select_from(Job)) == 2


def test_progress_is_seen_and_holds_the_lease(context, kinds):
    kinds.add(Kind("say", lambda running: running.progress(3, 9)))
    jobs.enqueue("say", "say:1")
    jobs.work_once()
    assert (the_job().done, the_job().total) == (3, 9)


def test_lag_is_how_long_the_oldest_job_waits(context, kinds):
    kinds.add(Kind("say", lambda _: None))
    jobs.enqueue("say", "say:1")
    assert jobs.lag() < timedelta(seconds=5)
    with time_machine.travel(clock.now() + timedelta(minutes=7)):
        assert jobs.lag() >= timedelta(minutes=7)


def test_finished_jobs_are_forgotten_after_a_week(context, kinds):
    kinds.add(Kind("say", lambda _: None))
    jobs.enqueue("say", "say:1")
    jobs.work_once()
    with time_machine.travel(clock.now() + timedelta(days=8)), write() as current:
        jobs.forget_old(current)
    assert session().scalar(select(func.count()).select_from(Job)) == 0
