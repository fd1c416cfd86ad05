"""Letters to a suggestion box, and what surveys on the same machine lose while they pour in."""

import itertools
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import load, setting
from benchmarks.load import Load
from benchmarks.submissions import bare_database
from portal.features.letters import form_keys
from tests.support import lettered

COUNT, SHEETS = 150, 2000
WARM_UP = 64
ROUNDS = 5
POURING = 32


def main() -> None:
    """Print the ratios on both databases."""
    for backend in setting.BACKENDS:
        with setting.database(backend) as (data_dir, url):
            _measure(backend, data_dir, url)


def _measure(backend: str, data_dir: Path, url: str) -> None:
    with setting.portal(data_dir, url):
        campaign = setting.ask()
        lettered.box()
        sheets = [load.post(f"/{code}/gui", body)
                  for code, body in setting.submissions(campaign, SHEETS * ROUNDS * 2)]  # fmt: skip
    bare = {"REFERENCE_DATABASE": bare_database(data_dir, url)}
    own = {"PORTAL_DATA": str(data_dir), "DATABASE_URL": url, "PORT": "8000"}
    with (
        setting.granian("benchmarks.reference:app", bare, "/form") as reference,
        setting.granian("wsgi:app", own, "/healthz") as portal,
    ):
        load.run(portal, list(_letters(WARM_UP)))
        sends, surveys = [], []
        for number in range(ROUNDS):
            sends.append((_send(reference, "/letter"), _send(portal)))
            first, second = (sheets[SHEETS * at :][:SHEETS] for at in (number * 2, number * 2 + 1))
            alone = load.run(portal, first)
            with _pouring(portal):
                surveys.append((alone, load.run(portal, second)))
    _print(f"letters, {backend}", sends, 200, "× reference (aim ≥ 0.5)")
    _print(f"surveys as letters pour, {backend}", surveys, 303, "× alone (aim ≥ 0.8)")


def _send(port: int, path: str = "") -> Load:
    return load.run(port, list(_letters(COUNT, path)))


def _letters(count: int, path: str = "") -> Iterator[bytes]:
    code = lettered.BOX_CODE
    for number in range(count):
        fields = {"khoa": form_keys.new(code), "loai": "suggestion", "ve": "viec",
                  "noi_dung": f"{lettered.TEXT} Thư số {number}."}  # fmt: skip
        yield load.post(path or f"/h/{code}/gui", urlencode(fields))


@contextmanager
def _pouring(port: int) -> Iterator[None]:
    """Have as many people as the portal lets in send letters, one after another."""
    stop = threading.Event()
    endless = itertools.takewhile(lambda _: not stop.is_set(), _letters(10**6))
    thread = threading.Thread(target=load.run, args=(port, endless, POURING))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _print(what: str, rounds: list[tuple[Load, Load]], status: int, aim: str) -> None:
    wrong = [side.statuses for pair in rounds for side in pair if set(side.statuses) != {status}]
    if wrong:
        raise SystemExit(f"{what}: unexpected answers: {wrong}")
    ratio = statistics.median(own.per_second / bare.per_second for bare, own in rounds)
    bare, own = rounds[-1]
    print(f"{what:32} {ratio:5.2f} {aim}; {own.per_second:.0f}/s against {bare.per_second:.0f}/s")


if __name__ == "__main__":
    main()
