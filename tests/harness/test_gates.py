"""The gates around the run: no foreign network, nothing skipped unseen."""

import socket
import subprocess
import sys

import pytest

from tests.support.live import PROJECT

SKIPS = {
    "test": "import pytest\ndef test_x(): pytest.skip('no')\n",
    "mark": "import pytest\n@pytest.mark.skip\ndef test_x(): ...\n",
    "module": "import pytest\npytest.skip('no', allow_module_level=True)\n",
    "xfail": "import pytest\n@pytest.mark.xfail\ndef test_x(): assert 0\n",
}


def run(folder, *options):
    command = [sys.executable, "-m", "pytest", "-q", "-c", PROJECT / "pyproject.toml"]
    command += ["-p", "tests.conftest", "-p", "no:cacheprovider", "--rootdir", folder]
    return subprocess.run([*command, *options, folder], cwd=PROJECT, capture_output=True, text=True)


def test_another_machine_is_out_of_reach():
    with socket.socket() as abroad, pytest.raises(RuntimeError, match="reaches for the network"):
        abroad.connect(("192.0.2.1", 80))


def test_this_machine_is_in_reach():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        socket.create_connection(listener.getsockname()).close()


@pytest.mark.parametrize("kind", SKIPS)
def test_whatever_is_skipped_fails_the_full_run(tmp_path, kind):
    (tmp_path / "test_x.py").write_text(SKIPS[kind])
    strict = run(tmp_path, "--no-skips")
    assert strict.returncode != 0
    assert "nothing may be skipped" in strict.stdout


@pytest.mark.parametrize("chosen", ["sqlite", "postgresql"])
def test_a_quick_run_takes_one_database(tmp_path, chosen):
    (tmp_path / "test_x.py").write_text("def test_x(backend): print('on', backend)\n")
    assert f"on {chosen}\n" in (out := run(tmp_path, "--db", chosen, "-s").stdout)
    assert "1 passed, 1 deselected" in out
