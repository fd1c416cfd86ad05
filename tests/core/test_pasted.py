"""Pasted tables between two requests: whose they are, and when they go."""

import os
from datetime import timedelta

import pytest

from portal.core import clock, jobs, pasted

WORDS = "Nguyễn Thị Hà, thôn Đông"


@pytest.fixture
def name(app):
    return pasted.keep(WORDS, "7")


def aged(settings, hours):
    moment = (clock.now() - timedelta(hours=hours)).timestamp()
    (path,) = (settings.data_dir / "pasted").glob("*/*")
    os.utime(path, (moment, moment))


def run_due_jobs():
    jobs.schedule()
    while jobs.work_once():
        pass


def test_only_its_owner_finds_a_text(name):
    assert pasted.find(name, "7") == WORDS
    assert pasted.find(name, "8") is None


@pytest.mark.parametrize(("hours", "found"), [(11, WORDS), (13, None)])
def test_names_that_nobody_saved_go_after_twelve_hours_though_nobody_pastes_again(
    name, settings, hours, found
):
    aged(settings, hours)
    run_due_jobs()
    assert pasted.find(name, "7") == found
