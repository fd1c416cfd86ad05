"""The table of units and duties: 209 communes, 12 duties each in three plans (aim 50 ms a page)."""

import time
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from flask import Flask

from benchmarks import dashboard, setting
from portal.core import clock
from portal.core.database import session
from portal.extensions import db
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Duty, Party
from portal.features.org_units.models import Unit
from portal.features.tasks import board, exports
from portal.features.tasks.board import Wanted
from portal.features.tasks.models import State, Task
from portal.policy.roles import Role
from portal.web.actor import Account
from tests.support import numbered, papers, surveyed

PLANS, DUTIES = 3, 12
_STATES = (*(State.ACCEPTED,) * 6, *(State.SUBMITTED,) * 2, State.RETURNED, State.TODO)


def main() -> None:
    """Print time and queries of the table's pages and the time of its spreadsheet."""
    for backend in setting.BACKENDS:
        with setting.database(backend) as (data_dir, url), setting.portal(data_dir, url) as app:
            campaign = setting.ask()
            author = _hand_out(campaign)
            for what, (seconds, queries) in _timed(app, campaign).items():
                print(f"{backend:11} {what:28} {seconds * 1000:5.0f} ms, {queries} queries")
            print(f"{backend:11} {'spreadsheet':28} {_sheet(author) * 1000:5.0f} ms")


def _sheet(author: Account) -> float:
    """Give the seconds that the spreadsheet of the whole table takes."""
    started = time.process_time()
    shown = board.of(author, Wanted())
    if shown is not None:
        exports.board(BytesIO(), shown, "")
    return time.process_time() - started


def _hand_out(campaign: Campaign) -> Account:
    """Issue the plans, and let most of their tasks be done."""
    place = surveyed.Place({"Tỉnh": campaign.unit})
    numbered.letterhead(place)
    author = papers.worker(place)
    lead = Party("Các xã", group="commune:committee")
    days = [clock.today() + timedelta(days=at - DUTIES // 2) for at in range(DUTIES)]
    duties = tuple(
        Duty(what=f"Việc thứ {at + 1} của tổ công tác cấp xã trong đợt khảo sát", lead=lead,
             due=f"trong ngày {clock.format_date(day)}", evidence="Ảnh")
        for at, day in enumerate(days)
    )  # fmt: skip
    for _ in range(PLANS):
        papers.issued(author, body=replace(papers.BODY, duties=duties, recipients=()))
    _spread()
    return author


def _spread() -> None:
    """Give tasks the states that they have in the middle of a survey."""
    with db.engine.begin() as connection:
        for at, state in enumerate(_STATES):
            these = db.update(Task).where(Task.id % len(_STATES) == at)
            connection.execute(these.values(state=state))


def _timed(app: Flask, campaign: Campaign) -> dict[str, tuple[float, int]]:
    app.test_client_class = dashboard.Unchecked
    district = session().scalars(db.select(Unit).where(Unit.level == "district")).first()
    place = surveyed.Place({"Tỉnh": campaign.unit, "Huyện": district or campaign.unit})
    found = {}
    for name, role in (("Tỉnh", Role.PROVINCE), ("Huyện", Role.DISTRICT)):
        client = app.test_client()
        client.sign_in(surveyed.account(place, name, role))
        found[f"{name}: every commune"] = dashboard.timed(client, "/nhiem-vu/bang")
        found[f"{name}: overdue"] = dashboard.timed(client, "/nhiem-vu/bang?tinh-trang=overdue")
        found[f"{name}: to be judged"] = dashboard.timed(client, "/nhiem-vu/cho-nhan?cap=moi-cap")
    return found


if __name__ == "__main__":
    main()
