"""Comments brought together: 120 provisions, 20,000 comments; pages (aim 50 ms), .docx (10 s)."""

import random
import time
from collections.abc import Callable

from benchmarks import setting
from portal.core import clock
from portal.core.database import session, write
from portal.features.consolidation import board, listing, table, table_files, table_word
from portal.features.consolidation.listing import Filter
from portal.features.consultations import comments
from portal.features.consultations.comments import Said, Source
from portal.features.consultations.models import Consultation, TrackKind, Voice
from portal.features.regulations.models import DraftVersion, Provision
from tests.support import cased

PROVISIONS, COMMENTS = 120, 20_000
_WORDS = [
    "niêm", "yết", "khoản", "thu", "nhà", "văn", "hóa", "tổ", "dân", "phố", "phát", "loa", "buổi",
    "tối", "công", "khai", "danh", "sách", "hộ", "nghèo", "đất", "đai", "giải", "trình", "rõ",
    "thời", "hạn", "trả", "lời", "người", "góp", "ý", "đường", "ngõ", "rác", "nước", "điện",
]  # fmt: skip


def main() -> None:
    """Print the processor time of the table's pages, and how long the files take."""
    for backend in setting.BACKENDS:
        with setting.database(backend) as (data_dir, url), setting.portal(data_dir, url):
            one = filled()
            for what, seconds in timed(one).items():
                print(f"{backend:11} {what:34} {seconds * 1000:6.0f} ms")


def filled() -> Consultation:
    """Make a case with its provisions and comments."""
    made = cased.ward(publishes=False)
    dice, keys = random.Random(7), [f"a{at:07}" for at in range(PROVISIONS)]
    with write() as current:
        version = DraftVersion(draft_id=made.draft.id, number=1, state="published",
                               published_on=clock.today(), sha256="x")  # fmt: skip
        current.add(version)
        current.flush()
        current.add_all(
            Provision(version_id=version.id, position=at + 1, key=key, number=str(at // 4 + 1)
                      if at % 4 == 0 else str(at % 4), level="clause" if at % 4 else "article",
                      heading="" if at % 4 else f"Nội dung {at}", text="Nội dung của điều khoản.")
            for at, key in enumerate(keys)
        )  # fmt: skip
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
    return one


def timed(one: Consultation) -> dict[str, float]:
    """Give the processor time of each page, the better of two, and of the files."""
    key = f"a{PROVISIONS // 2:07}"
    cases: dict[str, Callable[[], object]] = {
        "the first page": lambda: board.board(one, Filter()),
        "a page in the middle": lambda: board.board(one, Filter(), listing.Place(key, 2**61)),
        "one article": lambda: board.board(one, Filter(article=key)),
        "what waits for approval": lambda: board.board(one, Filter(state="submitted")),
        "one way": lambda: board.board(one, Filter(track=TrackKind.PUBLIC)),
        "search, common words": lambda: board.board(one, Filter(search="niêm yết")),
        "search, nothing found": lambda: board.board(one, Filter(search="xyzxyz")),
        "reference: SELECT of 50 rows": lambda: listing.page(
            one.id, Filter(article=key), None, listing.Map(one, [key])),
    }  # fmt: skip
    found = {what: min(_once(case) for _ in range(2)) for what, case in cases.items()}
    whole = table.of(one)
    for name, make in (("docx", table_word.draw), ("xlsx", table_files.xlsx)):
        found[f"the table as .{name}"] = _once(lambda make=make: make(whole))  # type: ignore[misc]
    return found


def _once(case: Callable[[], object]) -> float:
    session().rollback()
    started = time.process_time()
    case()
    return time.process_time() - started


if __name__ == "__main__":
    main()
