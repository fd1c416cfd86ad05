"""The portal in processes of its own."""

import json
import urllib.request

import psutil

from tests.support import live


def test_the_live_server_answers_and_says_that_it_is_well(live_server):
    with urllib.request.urlopen(f"{live_server.url}/healthz", timeout=10) as answer:
        assert json.load(answer)


def test_the_live_server_uses_the_database_it_is_given(live_server, backend):
    assert live_server.environ["DATABASE_URL"].startswith(backend)


def test_nothing_lives_on_after_the_end(database, tmp_path):
    with live.serve(tmp_path, database) as server:
        family = psutil.Process(server.process.pid).children(recursive=True)
        assert len(family) >= 2
    assert not psutil.wait_procs(family, timeout=10)[1]
