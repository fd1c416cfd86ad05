"""Who sent what, from where and when is nowhere: not in a file, not in a log, not in a backup."""

import tarfile
import time
from datetime import UTC, datetime

import pytest

from portal.core import clock
from portal.features.surveys import fold
from portal.features.surveys.models import FormKey, Intake
from tests.support import faults, live, surveyed
from tests.support.faults import Browser

pytestmark = pytest.mark.slow
ADDRESS, NAME, FORWARDED = "127.0.13.37", "Canary-Phone/13.37", "203.0.113.77"
REFERER, TONGUE = "https://canary-referer.example/nhom-zalo", "xx-CANARY"
CANARIES = [ADDRESS, NAME, FORWARDED, "canary-referer", TONGUE]
PEOPLE = 200


@pytest.fixture(scope="module")
def asked(template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("canary")
    with template.copy() as url, faults.asking(folder, url, communes=12) as made:
        yield made


@pytest.fixture(scope="module")
def sent(asked):
    """Have 200 people with telling headers send, and give their words in the order of arrival."""
    headers = {"User-Agent": NAME, "X-Forwarded-For": FORWARDED, "Referer": REFERER,
               "Accept-Language": TONGUE, "X-Real-Ip": FORWARDED}  # fmt: skip
    sheets = asked.sheets(PEOPLE)
    begun = time.time()
    with faults.web_alone(asked, asked.folder / "serve.log") as port:
        browser = Browser(port, ADDRESS, headers)
        assert browser.get(f"/{asked.codes[0]}").status == 200
        for sheet in sheets:
            browser.cookies.clear()
            assert sheet.send(port, by=browser) == 303
        assert browser.post(f"/{asked.codes[0]}/gui", {"khoa": "?"}).status == 422
        yield [sheet.words for sheet in sheets], minutes(begun, time.time())


def minutes(begun, ended):
    """Give every way in which the minutes between two moments may have been written as text."""
    moments = [datetime.fromtimestamp(at, UTC) for at in range(int(begun), int(ended) + 1)]
    here = [moment.astimezone(clock.VN) for moment in moments]
    clocks = {f"{moment:%H:%M}" for moment in moments + here}
    return clocks | {str(int(begun))[:8], str(int(ended))[:8]}


def written(asked, server):
    """Give name and content of every file of the installation and of its database."""
    folders = [asked.folder]
    if asked.url.startswith("sqlite"):
        file = faults.file_of(asked.url)
        files = list(file.parent.glob(f"{file.name}*"))
    else:
        server.execute("CHECKPOINT")
        folders.append(server.folder / "data")
        files = [server.folder / "log"]
    files += [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in files}


def found(words, files):
    return {(path.name, word) for path, body in files.items() for word in words
            if word.encode() in body}  # fmt: skip


def postgres_of(request, asked):
    sqlite = asked.url.startswith("sqlite")
    return None if sqlite else request.getfixturevalue("server")


def test_address_browser_and_referer_are_in_no_file(asked, sent, request):
    files = written(asked, postgres_of(request, asked))
    words, _ = sent
    assert found(words[:1], files)  # what was said is there, so we look where things are
    assert found(CANARIES, files) == set()


def test_the_minute_of_a_submission_is_in_no_file_of_the_portal(asked, sent, request):
    _, moments = sent
    if asked.url.startswith("sqlite"):
        assert found(moments, written(asked, None)) == set()
    assert found(moments, {p: p.read_bytes() for p in asked.folder.glob("*.log")}) == set()
    held = {"key", "hash", "campaign_id", "unit_id", "day", "choices", "texts", "folded",
            "channel", "point_id", "paper_batch_id"}  # fmt: skip
    assert {c.name for table in (Intake, FormKey) for c in table.__table__.columns} <= held


def test_a_backup_holds_none_of_it_and_no_order_of_arrival(asked, sent):
    words, moments = sent
    live.run_flask(live.environment(asked.folder, asked.url), "backup", str(asked.folder / "out"))
    [tar] = (asked.folder / "out").glob("*.tar")
    with tarfile.open(tar) as packed:
        for member in packed.getmembers():
            body = packed.extractfile(member).read() if member.isfile() else b""
            assert not [word for word in CANARIES if word.encode() in body]
            if asked.url.startswith("sqlite") and words[0].encode() in body:
                assert not [moment for moment in moments if moment.encode() in body]
                assert abs(correlation([body.index(word.encode()) for word in words])) < 0.3


def test_after_the_fold_the_order_of_arrival_is_nowhere(asked, sent, monkeypatch):
    words, _ = sent
    surveyed.move_past(asked.campaign, monkeypatch)
    assert fold.seal_closed() == 1
    stored = asked.stored()
    assert sorted(stored) == sorted(words)
    assert abs(correlation([stored.index(word) for word in words])) < 0.3
    if asked.url.startswith("sqlite"):
        file = faults.file_of(asked.url)
        body = b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))
        places = [body.index(word.encode()) for word in words]
        assert [body.count(word.encode()) for word in words] == [1] * PEOPLE
        assert abs(correlation(places)) < 0.3


def correlation(places):
    """Give the rank correlation of places with the order in which they are listed."""
    ranks = sorted(range(len(places)), key=places.__getitem__)
    distance = sum((rank - at) ** 2 for at, rank in enumerate(ranks))
    return 1 - 6 * distance / (len(places) * (len(places) ** 2 - 1))
