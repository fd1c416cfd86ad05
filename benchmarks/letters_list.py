"""The readers' list: 100,000 letters filtered, paged and searched (aim 50 ms a page)."""

import random
import secrets
import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import insert, text

from benchmarks import setting
from portal.core import clock
from portal.core.database import session, write
from portal.core.text import fold
from portal.extensions import db
from portal.features.letters import listing
from portal.features.letters.kinds import State
from portal.features.letters.listing import Filter
from portal.features.letters.models import Letter, LetterBatch, LetterMessage
from portal.policy.roles import Role
from portal.web.actor import Account
from tests.support import lettered
from tests.support.sealed import keeper

LETTERS, DAYS = 100_000, 1_000
RARE = "mái nhà văn hóa dột sau bão"
_WORDS = [
    "phường", "giấy", "hẹn", "trả", "hồ", "sơ", "công", "chức", "đèn", "đường", "ngõ", "chợ",
    "rác", "nước", "thoát", "vỉa", "hè", "nhà", "văn", "hóa", "thu", "phí", "trường", "học",
    "đất", "đai", "xây", "dựng", "hộ", "tịch", "cán", "bộ", "một", "cửa", "chờ", "lâu", "hướng",
    "dẫn", "thái", "độ",
]  # fmt: skip
_STATES = (*(State.CLOSED,) * 60, *(State.PUBLISHED,) * 30, *(State.APPROVED,) * 6,
           State.RECEIVED, State.CLASSIFIED, State.ASSIGNED, State.ANSWERED)  # fmt: skip


def main() -> None:
    """Print the processor time of the list's pages and searches."""
    for backend in setting.BACKENDS:
        with setting.database(backend) as (data_dir, url), setting.portal(data_dir, url):
            made = lettered.box()
            user = made.account("reader", Role.COMMUNE)
            fill(made)
            for what, seconds in timed(user).items():
                print(f"{backend:11} {what:34} {seconds * 1000:5.0f} ms")


def fill(made: lettered.Lettered) -> None:
    """Put the letters into the box, as the mornings of three years have delivered them."""
    today, dice = clock.today(), random.Random(7)
    with write() as current:
        batch = LetterBatch(box_id=made.box.id, number=1, delivered_on=today, size=1, root=b"",
                            digest=b"")  # fmt: skip
        current.add(batch)
        current.flush()
        for start in range(0, LETTERS, 5_000):
            rows = [_letter(made, batch.id, start + at, dice) for at in range(5_000)]
            current.execute(insert(Letter), [letter for letter, _ in rows])
            current.execute(insert(LetterMessage), [message for _, message in rows])
    with db.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))


def _letter(
    made: lettered.Lettered, batch_id: int, at: int, dice: random.Random
) -> tuple[dict[str, object], dict[str, object]]:
    day = clock.today() - timedelta(days=1 + at % DAYS)
    words = " ".join(dice.choices(_WORDS, k=60)) + (f" {RARE}" if at % 10_000 == 7 else "")
    letter_id = dice.getrandbits(62)
    return (
        {
            "id": letter_id, "box_id": made.box.id, "unit_id": made.box.unit_id,
            "reader_id": made.box.reader_id, "day": day, "category": "suggestion",
            "field": lettered.FIELDS[at % 2], "form_hash": secrets.token_bytes(32),
            "receipt_hash": secrets.token_bytes(32), "sender_key": secrets.token_bytes(32),
            "commitment": secrets.token_bytes(32), "batch_id": batch_id,
            "state": _STATES[dice.randrange(len(_STATES))], "due_on": day + timedelta(days=15),
            "assigned_to_id": made.box.reader_id, "version": 1,
        },
        {
            "key": secrets.token_bytes(16), "letter_id": letter_id, "number": 0, "side": "sender",
            "day": day, "text": words, "folded": fold(words),
        },
    )  # fmt: skip


def timed(user: object) -> dict[str, float]:
    """Give the processor time of each page, the better of two."""
    reader: Account = keeper(user)  # type: ignore[arg-type]  # a User
    week = clock.today() - timedelta(days=clock.today().weekday() + 70)
    middle = listing.Place(clock.today() - timedelta(days=DAYS // 2), 0)
    cases: dict[str, Callable[[], object]] = {
        "list": lambda: whole(reader, Filter()),
        "page in the middle": lambda: listing.page(reader, Filter(), after=middle),
        "overdue": lambda: whole(reader, Filter(overdue=True)),
        "field and week": lambda: whole(reader, Filter(field=lettered.FIELDS[0], week=week)),
        "one rare state": lambda: whole(reader, Filter(state="received")),
        "search, a common word": lambda: whole(reader, Filter(search="đèn đường")),
        "search, ten of all": lambda: whole(reader, Filter(search="mái dột")),
        "search, nothing found": lambda: whole(reader, Filter(search="xyzxyz")),
    }  # fmt: skip
    return {what: min(_once(case) for _ in range(2)) for what, case in cases.items()}


def whole(reader: Account, wanted: Filter) -> None:
    """Ask all that the page of the list asks."""
    listing.page(reader, wanted)
    listing.figures(reader)


def _once(case: Callable[[], object]) -> float:
    session().rollback()
    started = time.process_time()
    case()
    return time.process_time() - started


if __name__ == "__main__":
    main()
