"""A letter's sender is nowhere, nor is a receipt, nor what was taken back: no file, log, backup."""

import re
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask_migrate import upgrade
from sqlalchemy import select

from portal.core.database import session
from portal.extensions import db
from portal.features.letters import form_keys, jobs
from portal.features.letters.models import Letter, LetterIntake
from tests.conftest import installation, running_app
from tests.faults.test_canary import found, postgres_of, written
from tests.support import faults, lettered, live, pictures
from tests.support.faults import Browser

pytestmark = pytest.mark.slow
ADDRESS, NAME, FORWARDED = "127.0.14.38", "Canary-Letter/14.38", "203.0.113.78"
REFERER, TONGUE = "https://canary-letters.example/zalo", "xx-CANLETTER"
CANARIES = [ADDRESS, NAME, FORWARDED, "canary-letters", TONGUE, "SECRETCAMERA", "SECRETCOMMENT"]
KEPT, EARLY, LATE, SEALED = (
    "Thư ở lại cho mọi người đọc.", "Thư rút ngay trong ngày gửi.",
    "Thư rút sau khi đã chuyển đi.", "Thư niêm về một đồng chí cán bộ.",
)  # fmt: skip


@dataclass(frozen=True)
class Boxed:
    """An installation with a suggestion box."""

    folder: Path
    url: str


@dataclass(frozen=True)
class Sent:
    """What its sender alone knows of a letter."""

    text: str
    receipt: str
    key: str

    @property
    def secrets(self) -> list[str]:
        """Give the receipt, in every way of writing it, and the form's key which leads to it."""
        bare = self.receipt.replace("-", "")
        body = form_keys.read(lettered.BOX_CODE, self.key).body
        ways = [self.receipt, self.receipt.replace("-", " "), bare]
        return [*ways, *(way.lower() for way in ways), self.key, body.hex()]


@pytest.fixture(scope="module")
def boxed(template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("canary-letters")
    with template.copy() as url, running_app(installation(folder, url)):
        upgrade()
        db.session.remove()
        lettered.box().give_key()
        session().rollback()
        yield Boxed(folder, url)


@pytest.fixture(scope="module")
def sent(boxed):
    """Have four people send letters from telling browsers, and two of them take theirs back."""
    with faults.web_alone(boxed, boxed.folder / "serve.log") as port:
        letters = [send(browser_at(port), text) for text in (KEPT, EARLY, LATE, SEALED)]
        withdraw(browser_at(port), letters[1])
        lettered.next_morning()
        session().rollback()
        withdraw(browser_at(port), letters[2])
        assert KEPT in opened(browser_at(port), letters[0])
        assert SEALED in opened(browser_at(port), letters[3])
        wrong = browser_at(port).post("/t/mo", {"ma": "0000-1111-2222-CNRY", "khoa": ""})
        assert wrong.status == 422
        jobs.VACUUM.handler(None)
        session().rollback()
        yield letters


def browser_at(port: int) -> Browser:
    headers = {"User-Agent": NAME, "X-Forwarded-For": FORWARDED, "X-Real-Ip": FORWARDED,
               "Referer": REFERER, "Accept-Language": TONGUE}  # fmt: skip
    return Browser(port, ADDRESS, headers)


def send(browser: Browser, text: str) -> Sent:
    """Write a letter with a photo, look it over, send it, and say that the receipt is kept."""
    code = lettered.BOX_CODE
    key = faults.token(browser.get(f"/h/{code}").text, "khoa")
    fields = {"khoa": key, "loai": "report", "ve": "can_bo" if text == SEALED else "viec",
              "noi_dung": text}  # fmt: skip
    body, kind = multipart(fields, pictures.told())
    looked = browser.ask("POST", f"/h/{code}/xem-lai", body, kind)
    assert looked.status == 200, looked.text
    kept = browser.post(f"/h/{code}/gui", fields | {"giu_anh": "0"})
    assert kept.status == 200, kept.text
    plain = re.sub(r"<[^>]+>", " ", kept.text)
    receipt = "-".join(re.search(r"([0-9A-Z]{4}) +([0-9A-Z]{4}) +([0-9A-Z]{4}) +([0-9A-Z]{4})",
                                 " ".join(plain.split())).groups())  # fmt: skip
    noted = browser.post(f"/h/{code}/da-ghi", {"khoa": key, "nhom": receipt[-4:]})
    assert noted.status == 200, noted.text
    return Sent(text, receipt, key)


def multipart(fields: Mapping[str, str], photo: bytes) -> tuple[bytes, dict[str, str]]:
    """Give a form with a photo, and its headers."""
    head = "".join(f'--bien\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
                   for name, value in fields.items())  # fmt: skip
    head += '--bien\r\nContent-Disposition: form-data; name="anh"; filename="a.jpg"\r\n\r\n'
    return head.encode() + photo + b"\r\n--bien--\r\n", {
        "Content-Type": "multipart/form-data; boundary=bien"
    }


def opened(browser: Browser, letter: Sent) -> str:
    """Look a letter up, as its sender does; give its page."""
    typed = letter.receipt.lower().replace("-", " ")
    assert browser.post("/t/mo", {"ma": typed, "khoa": ""}).status == 303
    return browser.get("/t/thu").text


def withdraw(browser: Browser, letter: Sent) -> None:
    assert letter.text in opened(browser, letter)
    token = faults.token(browser.get("/t/rut").text, "khoa")
    assert browser.post("/t/rut", {"khoa": token}).status == 303
    assert letter.text not in browser.get("/t/thu").text


def contents(boxed, request):
    return written(boxed, postgres_of(request, boxed))


def test_the_sender_s_address_browser_and_camera_are_in_no_file(boxed, sent, request):
    files = contents(boxed, request)
    assert found([KEPT], files)  # what was said is there, so we look where things are
    assert found(CANARIES, files) == set()


def test_no_receipt_and_nothing_it_follows_from_is_in_any_file(boxed, sent, request):
    secrets = [word for letter in sent for word in letter.secrets] + ["2222-CNRY", "2222cnry"]
    assert found(secrets, contents(boxed, request)) == set()


def test_what_was_taken_back_is_in_no_file_of_the_database(boxed, sent, request):
    files = contents(boxed, request)
    if not boxed.url.startswith("sqlite"):
        # PostgreSQL itself writes its log anew as it goes on; the guide says when it forgets.
        files = {path: body for path, body in files.items() if "pg_wal" not in path.parts}
    assert found([EARLY, LATE, EARLY.lower(), LATE.lower(), SEALED], files) == set()


def test_the_photos_of_what_was_taken_back_are_gone(boxed, sent):
    left = list((boxed.folder / "uploads" / "letters").iterdir())
    assert len(left) == 4  # large and small, of the letter that stayed and of the sealed one
    assert sum(path.suffix == ".jpg" for path in left) == 2


def test_a_new_backup_has_none_of_it(boxed, sent):
    live.run_flask(live.environment(boxed.folder, boxed.url), "backup", str(boxed.folder / "out"))
    [tar] = (boxed.folder / "out").glob("*.tar")
    words = [EARLY, LATE, SEALED, *CANARIES, *(word for letter in sent for word in letter.secrets)]
    with tarfile.open(tar) as packed:
        for member in packed.getmembers():
            body = packed.extractfile(member).read() if member.isfile() else b""
            assert not [word for word in words if word.encode() in body]


def test_a_row_of_a_letter_has_no_place_for_a_sender_or_a_time(boxed, sent):
    columns = {column.name: column for table in (LetterIntake, Letter)
               for column in table.__table__.columns}  # fmt: skip
    kinds = {type(column.type).__name__ for column in columns.values()}
    assert "UtcDateTime" not in kinds
    assert not {"ip", "address", "browser", "user_agent", "sent_at", "created_at"} & set(columns)
    assert len(list(session().scalars(select(Letter.id)))) == 4
