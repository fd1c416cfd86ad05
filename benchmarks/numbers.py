"""1,000 numbers taken by 24 clients at once, on both databases."""

import time
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from benchmarks import setting
from portal.core.database import session
from portal.extensions import db
from portal.features.registers import services
from portal.policy.roles import Duty, Role
from tests.support import numbered, surveyed
from tests.support.officials import PLACES, official

COUNT, CLIENTS = 1_000, 24


def main() -> None:
    """Print the time and that the numbers are 1 to 1,000 (aim: nothing missing, nothing twice)."""
    for backend in setting.BACKENDS:
        with setting.database(backend) as (folder, url), setting.portal(folder, url) as app:
            elapsed, given = take_all(app)
            whole = sorted(given) == list(range(1, COUNT + 1))
            each = elapsed / COUNT * 1000
            print(f"{f'1,000 numbers, {backend}':28} {elapsed:.1f} s, {each:.1f} ms each, "
                  f"{'1 to 1,000' if whole else 'NOT WHOLE'} (aim: 1 to 1,000)")  # fmt: skip


def take_all(app: Flask) -> tuple[float, list[int]]:
    """Take the numbers; give the seconds and what was given out."""
    place = surveyed.province(PLACES)
    clerk, paper = official(place, Role.PROVINCE, Duty.CLERK), numbered.wanted(place)
    session().rollback()

    def take(_: int) -> int:
        with app.app_context():
            try:
                return services.take(clerk, paper).number
            finally:
                db.session.remove()

    started = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as crowd:
        given = list(crowd.map(take, range(COUNT)))
    return time.perf_counter() - started, given


if __name__ == "__main__":
    main()
