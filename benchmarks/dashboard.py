"""The province's pages at 1,000,000 answers against 10,000, and at 3,321 communes against 209."""

import contextvars
import statistics
import time
from datetime import date
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from benchmarks import setting
from benchmarks.folding import take_in
from portal.features.campaigns.models import Campaign
from portal.features.surveys import fold
from portal.policy.roles import Role
from tests.support import surveyed
from tests.support.client import CheckingClient
from tests.support.queries import counted

FEW, MANY = 10_000, 1_000_000
ROUNDS = 9


class Unchecked(CheckingClient):
    """Only fetches: what the tests check of a page is not the portal's time."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 - as FlaskClient's
        """Fetch in a context of its own, as a server does."""
        return contextvars.Context().run(super(CheckingClient, self).open, *args, **kwargs)


def main() -> None:
    """Print the ratios (SQLite)."""
    few, many = _pages(209, FEW), _pages(209, MANY)
    for what in few:
        ratio = many[what][0] / few[what][0]
        print(
            f"{what + ', 1 M / 10 k answers':42} {ratio:5.2f} × (aim ≤ 1.2); "
            f"{many[what][0] * 1000:.0f} ms, {many[what][1]} queries against {few[what][1]}"
        )
    wide = _pages(3321, FEW)
    for what in few:
        ratio = wide[what][0] / few[what][0]
        print(f"{what + ', 3,321 / 209 communes':42} {ratio:5.2f} × (rows: {3321 / 209:.1f} ×)")


def _pages(communes: int, answers: int) -> dict[str, tuple[float, int]]:
    """Give seconds and number of queries of each page."""
    with setting.database("sqlite") as (data_dir, url), setting.portal(data_dir, url) as app:
        campaign = setting.ask(communes)
        take_in(campaign, answers)
        fold.fold_pending()
        return _timed(app, campaign)


def _timed(app: Flask, campaign: Campaign) -> dict[str, tuple[float, int]]:
    app.test_client_class = Unchecked
    place = surveyed.Place({"Tỉnh": campaign.unit})
    client = app.test_client()
    client.sign_in(surveyed.account(place, "Tỉnh", Role.PROVINCE))
    pages = {
        "home": "/tinh",
        "participation": f"/dot-khao-sat/{campaign.id}/tham-gia",
        "results": f"/dot-khao-sat/{campaign.id}/ket-qua",
    }
    return {what: timed(client, path) for what, path in pages.items()}


def timed(client: Unchecked, path: str) -> tuple[float, int]:
    """Give the median of the processor seconds of a page, and its queries."""
    times = []
    for _ in range(ROUNDS):
        # Processor time: what else the machine does is not the page's doing.
        started = time.process_time()
        answer = client.get(path)
        times.append(time.process_time() - started)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code} on {date.today():%d/%m/%Y}")
    with counted() as queries:
        client.get(path)
    return statistics.median(times), len(queries)


if __name__ == "__main__":
    main()
