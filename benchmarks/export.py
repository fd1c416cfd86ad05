"""The province's row export of 1,000,000 answers: memory, and time against xlsxwriter's floor."""

import io
import resource
import time
from datetime import timedelta

import xlsxwriter
from sqlalchemy import update

from benchmarks import setting
from benchmarks.folding import take_in
from portal.core import clock, jobs
from portal.core.database import write
from portal.features.campaigns.models import Campaign
from portal.features.surveys import fold
from portal.features.surveys.services import ANSWERS, order_export
from portal.policy.roles import Role
from tests.support import surveyed

FEW, MANY, COLUMNS = 100_000, 1_000_000, 14


def main() -> None:
    """Print memory at both sizes and the ratio of time (SQLite)."""
    few, many = _export(FEW), _export(MANY)
    floor = _floor(MANY)
    print(f"{'export of 1 M answers':28} {many[0] / floor:5.2f} × xlsxwriter's floor (aim ≤ 1.5)")
    print(f"{'memory, 1 M against 100 k':28} {many[1]:.0f} MiB against {few[1]:.0f} MiB (peak)")


def _export(answers: int) -> tuple[float, float]:
    with setting.database("sqlite") as (data_dir, url), setting.portal(data_dir, url):
        campaign = setting.ask()
        take_in(campaign, answers)
        fold.fold_pending()
        _close(campaign)
        fold.seal_closed()
        place = surveyed.Place({"Tỉnh": campaign.unit})
        user = surveyed.account(place, "Tỉnh", Role.PROVINCE)
        order_export(_Doer(user.id), campaign, ANSWERS, "Đo tốc độ xuất phiếu")
        started = time.process_time()
        while jobs.work_once():
            pass
        return time.process_time() - started, _peak()


class _Doer:
    display_name = "Đo tốc độ"

    def __init__(self, user_id: int) -> None:
        self.user_id = user_id


def _close(campaign: Campaign) -> None:
    past = clock.today() - timedelta(days=40)
    with write() as current:
        current.execute(
            update(Campaign).where(Campaign.id == campaign.id)
            .values(opens_on=past, closes_on=past + timedelta(days=3))
        )  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _floor(rows: int) -> float:
    started = time.process_time()
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(rows):
        for column in range(COLUMNS):
            sheet.write_string(row, column, "Hài lòng")
    book.close()
    return time.process_time() - started


if __name__ == "__main__":
    main()
