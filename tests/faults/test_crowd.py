"""Many at once, slow ones, and requests that are too large or name another host."""

import socket
import threading
import time
from contextlib import ExitStack

import pytest

from tests.support import faults
from tests.support.faults import Browser

pytestmark = pytest.mark.slow


def test_200_people_behind_one_address_all_get_through_in_a_minute(crowded):
    asking, port = crowded
    begun = time.monotonic()
    statuses = faults.all_at_once(lambda sheet: sheet.send(port), asking.sheets(200), people=50)
    assert statuses == [303] * 200
    assert time.monotonic() - begun < 60


def test_120_people_at_120_different_codes_at_once_get_through(crowded):
    asking, port = crowded
    time.sleep(10.5)  # what the server knew of the codes is stale by now: everybody has to look
    statuses = faults.all_at_once(lambda sheet: sheet.send(port), asking.sheets(120), people=120)
    assert statuses == [303] * 120


def test_one_browser_that_floods_is_stopped_and_its_neighbour_is_not(crowded):
    asking, port = crowded
    flooding = Browser(port)
    statuses = []
    for sheet in asking.sheets(45):
        flooding.cookies.pop("da_gui", None)  # it pretends to be somebody new each time
        statuses.append(sheet.send(port, by=flooding))
    assert statuses[0] == 303
    assert statuses.count(303) <= 40
    assert statuses[-1] == 429
    assert asking.sheets(1)[0].send(port) == 303


def test_24_parallel_submissions_of_one_form_key_are_one_answer(crowded):
    asking, port = crowded
    before = asking.keys()
    [sheet] = asking.sheets(1, said="Một người gửi nhiều lần")
    assert faults.all_at_once(lambda _: sheet.send(port), range(24), people=24) == [303] * 24
    assert asking.stored().count(sheet.words) == 1
    assert asking.keys() == before + 1


@pytest.fixture
def official(crowded):
    """Give a browser that is signed in by the form, as a person would."""
    return faults.official(*crowded)


def half_sent(port, cookies):
    way = socket.create_connection(("127.0.0.1", port))
    held = "; ".join(f"{name}={value}" for name, value in cookies.items())
    way.sendall(
        "POST /dang-xuat HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9000\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Cookie: {held}\r\n\r\ncsrf_token=".encode()
    )
    return way


def test_80_half_sent_posts_by_an_official_do_not_hold_others_up(crowded, official):
    asking, port = crowded
    code, slowest = asking.codes[0], 0.0
    with ExitStack() as held:
        for _ in range(80):
            held.enter_context(half_sent(port, official.cookies))
        time.sleep(0.5)
        for _ in range(5):
            for path in (f"/{code}", "/tinh", "/bao-mat"):
                begun = time.monotonic()
                assert official.get(path).status == 200
                slowest = max(slowest, time.monotonic() - begun)
        begun = time.monotonic()
        assert asking.sheets(1)[0].send(port) == 303
        slowest = max(slowest, time.monotonic() - begun)
    assert slowest < 2


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("21 MB", b"them=" + b"a" * 21_000_000, {413}),
        ("a field of 300 KB", b"them=" + b"a" * 300_000, {413, 422}),
        ("3000 fields", b"&".join(b"f%d=1" % n for n in range(3000)), {413, 422}),
    ],
)
def test_what_is_too_large_is_refused_politely_and_the_server_lives(crowded, name, body, status):
    asking, port = crowded
    for path in (f"/{asking.codes[0]}/gui", "/dang-nhap"):
        try:
            answer = Browser(port).post(path, body)
        except (BrokenPipeError, ConnectionResetError):
            assert name == "21 MB"  # it hung up before all was sent, which is a refusal too
        else:
            assert answer.status in status | ({400} if path == "/dang-nhap" else set())
    assert asking.sheets(1)[0].send(port) == 303


def test_3000_parts_are_refused_before_they_are_read(crowded):
    asking, port = crowded
    part = b'--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n1\r\n'
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = Browser(port).post(f"/{asking.codes[0]}/gui", part * 3000 + b"--x--\r\n", **kind)
    assert answer.status == 413


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", "@"])
def test_another_host_name_is_refused(crowded, host):
    asking, port = crowded
    answer = Browser(port).get(f"/{asking.codes[0]}", Host=host)
    assert answer.status == 400
    assert host not in answer.text


def test_connections_that_say_nothing_do_not_hold_others_up(crowded):
    asking, port = crowded
    with ExitStack() as held:
        for _ in range(80):
            held.enter_context(socket.create_connection(("127.0.0.1", port)))
        begun = time.monotonic()
        assert Browser(port).get(f"/{asking.codes[0]}").status == 200
        assert time.monotonic() - begun < 2
    assert threading.active_count() < 60
