"""Durable submissions and form pages, against a bare granian + Flask + insert in the same run."""

import sqlite3
import statistics
from pathlib import Path

import psycopg

from benchmarks import load, setting
from benchmarks.load import Load

COUNT = 3000
ROUNDS = 3


def main() -> None:
    """Print the ratios on both databases."""
    for backend in setting.BACKENDS:
        with setting.database(backend) as (data_dir, url):
            _measure(backend, data_dir, url)


def _measure(backend: str, data_dir: Path, url: str) -> None:
    with setting.portal(data_dir, url) as app:
        campaign = setting.ask()
        bodies = setting.submissions(campaign, COUNT * ROUNDS)
        code = bodies[0][0]
        page = app.test_client().get(f"/{code}").text
    bare = bare_database(data_dir, url)
    own = {"PORTAL_DATA": str(data_dir), "DATABASE_URL": url, "PORT": "8000"}
    with (
        setting.granian(
            "benchmarks.reference:app",
            {"REFERENCE_DATABASE": bare, "REFERENCE_PAGE": page},
            "/form",
        ) as reference,
        setting.granian("wsgi:app", own, "/healthz") as portal,
    ):
        sends, forms = [], []
        for number in range(ROUNDS):
            part = bodies[number * COUNT : (number + 1) * COUNT]
            sends.append(
                (
                    load.run(reference, [load.post("/send", body) for _, body in part]),
                    load.run(portal, [load.post(f"/{code}/gui", body) for code, body in part]),
                )
            )
            forms.append(
                (
                    load.run(reference, [load.get("/form")] * COUNT),
                    load.run(portal, [load.get(f"/{code}")] * COUNT),
                )
            )
    _print(f"submissions, {backend}", sends, 303, "≥ 0.7")
    _print(f"form pages, {backend}", forms, 200, "≥ 0.5")


def bare_database(data_dir: Path, url: str) -> str:
    """Make what the reference stores in; give its address."""
    if url.startswith("sqlite"):
        file = str(data_dir / "bare.sqlite3")
        with sqlite3.connect(file) as bare:
            bare.execute("CREATE TABLE answers (key BLOB PRIMARY KEY, packed TEXT) WITHOUT ROWID")
        return file
    plain = url.replace("+psycopg", "")
    with psycopg.connect(plain) as bare:
        bare.execute("CREATE TABLE bare_answers (key bytea PRIMARY KEY, packed text)")
    return plain


def _print(what: str, rounds: list[tuple[Load, Load]], status: int, aim: str) -> None:
    for side, whose in enumerate(("the reference", "the portal")):
        wrong = {s: n for pair in rounds for s, n in pair[side].statuses.items() if s != status}
        if wrong:
            raise SystemExit(f"{what}: unexpected answers of {whose}: {wrong}")
    ratio = statistics.median(own.per_second / bare.per_second for bare, own in rounds)
    tail = statistics.median(own.p99_ms / bare.p99_ms for bare, own in rounds)
    bare, own = rounds[-1]
    print(
        f"{what:28} {ratio:5.2f} × reference (aim {aim}); p99 {tail:4.2f} ×; "
        f"{own.per_second:.0f}/s against {bare.per_second:.0f}/s"
    )


if __name__ == "__main__":
    main()
