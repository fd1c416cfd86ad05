"""The browser's watch notices what goes wrong, on a small server of its own."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.support import browser as browsers
from tests.support.browser import ChromiumMissing, Windows

pytestmark = pytest.mark.browser

BAD = {
    "/script-error": "<script src=/throws.js></script>",
    "/console": "<script src=/warns.js></script>",
    "/inline": "<p style='color: red'>x</p>",
    "/missing": "<img src=/none.png alt=''>",
    "/elsewhere": "<img src=http://localhost:9/x.png alt=''>",
}
SCRIPTS = {"/throws.js": "throw new Error('x')", "/warns.js": "console.warn('x')"}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        script = SCRIPTS.get(self.path)
        page = f"<!doctype html><link rel=icon href=data:,><p>{BAD.get(self.path, 'Chào')}"
        self.send_response(404 if self.path == "/none.png" else 200)
        self.send_header("Content-Type", "text/javascript" if script else "text/html")
        policy = "default-src 'self'; img-src 'self' data: http://localhost:9"
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write((script or page).encode())

    def log_message(self, *args):
        """Stay silent."""


@pytest.fixture(scope="module")
def small():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def bad(browser):
    """Windows whose faults do not fail the test: it wants them."""
    opened = Windows(browser)
    yield opened
    opened.close()


def test_a_good_page_has_no_faults(small, windows):
    windows.open(small).goto("/")
    assert windows.faults == []


@pytest.mark.parametrize("path", BAD)
def test_what_goes_wrong_in_a_page_is_noticed(small, bad, path):
    bad.open(small).goto(path)
    assert bad.faults


def test_a_fault_may_be_expected(small, bad):
    page = bad.open(small)
    page.goto("/missing")
    bad.expect("status of 404")
    assert bad.faults == []


def test_a_window_without_script_runs_none(small, windows):
    windows.open(small, script=False).goto("/script-error")
    assert windows.faults == []


def test_after_a_failure_there_is_a_picture_of_each_window(small, bad, tmp_path):
    bad.open(small).goto("/")
    bad.close(tmp_path / "pictures" / "failed")
    assert [file.name for file in (tmp_path / "pictures").iterdir()] == ["failed-1.png"]


def test_without_a_browser_the_one_line_that_installs_it_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(ChromiumMissing, match="apt-get install -y chromium"):
        browsers.find_chromium()
