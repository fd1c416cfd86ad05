"""Comments brought together: 120 provisions, 20,000 comments; pages (aim 50 ms), .docx (10 s)."""

import random
import time
from collections.abc import Callable

from flask import Flask

from benchmarks import setting
from benchmarks.dashboard import Unchecked
from portal.core import clock
from portal.core.database import session, write
from portal.features.consolidation import listing, table, table_files, table_word
from portal.features.consolidation.models import Opinion
from portal.features.consultations import comments
from portal.features.consultations.comments import Said, Source
from portal.features.consultations.models import Consultation, TrackKind
from portal.features.consultations.voice_models import Voice
from portal.features.regulations.models import DraftVersion, Provision
from portal.features.users.models import User
from portal.policy.roles import Duty
from tests.support import cased
from tests.support.queries import counted

PROVISIONS, COMMENTS, AIM_MS, AIM_QUERIES, ROUNDS = 120, 20_000, 50, 15, 5
_WORDS = [
    "niêm", "yết", "khoản", "thu", "nhà", "văn", "hóa", "tổ", "dân", "phố", "phát", "loa", "buổi",
    "tối", "công", "khai", "danh", "sách", "hộ", "nghèo", "đất", "đai", "giải", "trình", "rõ",
    "thời", "hạn", "trả", "lời", "người", "góp", "ý", "đường", "ngõ", "rác", "nước", "điện",
]  # fmt: skip


def main() -> None:
    """Print processor time and queries of the whole pages, and how long the files take."""
    for backend in setting.BACKENDS:
        with setting.database(backend) as (data_dir, url), setting.portal(data_dir, url) as app:
            one, user = filled()
            for what, (seconds, queries) in paged(app, one, user).items():
                print(f"{backend:11} {what:34} {seconds * 1000:6.0f} ms, {queries:2} queries "
                      f"(aim ≤ {AIM_MS} ms, {AIM_QUERIES})")  # fmt: skip
            for what, seconds in drawn(one).items():
                print(f"{backend:11} {what:34} {seconds * 1000:6.0f} ms")


def filled() -> tuple[Consultation, User]:
    """Make a case with its provisions and comments, and who brings them together."""
    made = cased.ward(publishes=False)
    dice, keys = random.Random(7), [f"a{at:07}" for at in range(PROVISIONS)]
    with write() as current:
        version = DraftVersion(draft_id=made.draft.id, number=1, state="draft", sha256="x")
        current.add(version)
        current.flush()
        current.add_all(
            Provision(version_id=version.id, position=at + 1, key=key, number=str(at // 4 + 1)
                      if at % 4 == 0 else str(at % 4), level="clause" if at % 4 else "article",
                      heading="" if at % 4 else f"Nội dung {at}", text="Nội dung của điều khoản.")
            for at, key in enumerate(keys)
        )  # fmt: skip
        current.flush()
        version.state, version.published_on = "published", clock.today()
    one = made.published(made.actor())
    with write() as current:
        voice = Voice(id=7, consultation_id=one.id, day=clock.today(), form_hash=b"f",
                      receipt_hash=b"r")  # fmt: skip
        current.add(voice)
        current.flush()
        source = Source(one, TrackKind.PUBLIC, clock.today(), voice_id=7)
        for _start in range(0, COMMENTS, 2_000):
            said = [Said(dice.choice(keys), " ".join(dice.choices(_WORDS, k=30)))
                    for _ in range(2_000)]  # fmt: skip
            comments.add(current, source, said)
    return one, made.user(Duty.DRAFT)


def paged(app: Flask, one: Consultation, user: User) -> dict[str, tuple[float, int]]:
    """Give of each page its processor time, the best of some rounds, and its queries."""
    app.test_client_class = Unchecked
    client, case = app.test_client(), f"/lay-y-kien/{one.id}"
    client.sign_in(user)
    key = f"a{PROVISIONS // 2:07}"
    opinion = session().query(Opinion.id).filter_by(key=key).order_by(Opinion.id).first()
    table_page = f"{case}/tong-hop"
    paths = {
        "the first page": table_page,
        "a page in the middle": f"{table_page}?sau={listing.Place(key, 2**61)}",
        "one article": f"{table_page}?dieu={key}",
        "what waits for approval": f"{table_page}?buoc=submitted",
        "one way": f"{table_page}?nguon=public",
        "search, common words": f"{table_page}?tim=niem+yet",
        "search, nothing found": f"{table_page}?tim=xyzxyz",
        "one opinion": f"/y-kien-da-gop/{opinion[0]}",
        "comments as they came in": f"{case}/y-kien",
    }
    return {what: _fetched(client, path) for what, path in paths.items()}


def drawn(one: Consultation) -> dict[str, float]:
    """Give the processor time of the files."""
    whole, found = table.of(one), {}
    for name, make in (("docx", table_word.draw), ("xlsx", table_files.xlsx)):
        found[f"the table as .{name}"] = _once(lambda make=make: make(whole))  # type: ignore[misc]
    return found


def _fetched(client: Unchecked, path: str) -> tuple[float, int]:
    if client.get(path).status_code != 200:
        raise SystemExit(path)
    with counted() as queries:
        client.get(path)
    return min(_once(lambda: client.get(path)) for _ in range(ROUNDS)), len(queries)


def _once(case: Callable[[], object]) -> float:
    session().rollback()
    started = time.process_time()
    case()
    return time.process_time() - started


if __name__ == "__main__":
    main()
