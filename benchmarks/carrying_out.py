"""Carrying plans out: three open campaigns, 209 communes, 12 duties each, with daily reports.

The table of units and duties has its own measure in `task_board`, pasting and consolidating rosters
theirs in `rosters`; here are the pages that somebody opens every morning.
"""

from dataclasses import replace
from datetime import timedelta

from flask import Flask
from sqlalchemy import insert, update

from benchmarks import dashboard, setting
from benchmarks.folding import take_in
from portal.core import clock
from portal.core.database import write
from portal.extensions import db
from portal.features.campaigns import fieldwork
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Duty, Job, Party
from portal.features.field_reports.models import DailyEntry
from portal.features.org_units.models import Unit
from portal.features.questionnaires.services import load_library
from portal.features.surveys import fold
from portal.features.tasks.models import State, Task
from portal.policy.roles import Role
from portal.web.actor import Account
from tests.support import numbered, papers, surveyed
from tests.support.carried import RULES
from tests.support.surveyed import Place

CAMPAIGNS, DUTIES, COMMUNES, DAYS, ANSWERS = 3, 12, 209, 4, 5_000
AIM = {"province's home": 15}
"""Queries at most."""
_JOBS = (Job.TEAM, Job.ROSTER, Job.PUBLICITY, Job.KIT, Job.DAILY_POST, Job.DAILY_REPORT)
_STATES = (*(State.ACCEPTED,) * 6, *(State.SUBMITTED,) * 2, State.RETURNED, State.TODO)


def main() -> None:
    """Print processor time and queries of the pages on both databases.

    Raises:
        SystemExit: a page takes more queries than it may.
    """
    for backend in setting.BACKENDS:
        with setting.database(backend) as (data_dir, url), setting.portal(data_dir, url) as app:
            place, campaigns = _province()
            for what, (seconds, queries) in _timed(app, place, campaigns[-1]).items():
                most = AIM.get(what)
                told = f" (aim ≤ {most})" if most else ""
                print(f"{backend:11} {what:28} {seconds * 1000:5.0f} ms, {queries} queries{told}")
                if most and queries > most:
                    raise SystemExit(f"{what}: {queries} queries")


def _province() -> tuple[Place, list[Campaign]]:
    """Make a province that carries out three plans at once."""
    names = [f"Xã mẫu {number}" for number in range(COMMUNES)]
    place = surveyed.province({f"Huyện mẫu {d}": names[d::10] for d in range(10)})
    form = next(one for one in load_library() if one.questionnaire.code == "PKS03").definition
    numbered.letterhead(place)
    author = papers.worker(place)
    campaigns = []
    for number in range(CAMPAIGNS):
        made = surveyed.campaign(place, form=form, opens_in=-DAYS, days=30)
        _order(made, author, f"Đợt mẫu {number + 1}")
        take_in(made, ANSWERS)
        campaigns.append(made)
    fold.fold_pending()
    _spread()
    return place, campaigns


def _order(campaign: Campaign, author: Account, name: str) -> None:
    """Issue the plan of a campaign, set its rules, and report for every day that is over."""
    lead = Party("Các xã", group="commune:committee")
    days = [clock.today() + timedelta(days=at - DUTIES // 2) for at in range(DUTIES)]
    duties = tuple(
        Duty(what=f"Việc thứ {at + 1} của tổ công tác cấp xã", lead=lead, evidence="Ảnh",
             due=f"trong ngày {clock.format_date(day)}", job=_JOBS[at % len(_JOBS)])
        for at, day in enumerate(days)
    )  # fmt: skip
    plan = papers.issued(author, body=replace(papers.BODY, duties=duties, recipients=()))
    with write() as current:
        current.refresh(campaign)
        campaign.plan_id, campaign.name, campaign.denominator = plan.id, name, "visits"
        fieldwork.set_first(campaign, RULES)
        current.flush()
        current.execute(insert(DailyEntry), [
            {"campaign_id": campaign.id, "unit_id": unit_id, "day": day, "number": 1,
             "visits": 20 + unit_id % 30, "helped": 5, "staff": "", "remarks": "", "reason": "",
             "late": unit_id % 9 == 0, "reported_at": clock.now(), "reported_by": "Cán bộ mẫu"}
            for unit_id in setting.asked_units(campaign.id)
            for day in (campaign.opens_on + timedelta(days=n) for n in range(DAYS))
        ])  # fmt: skip


def _spread() -> None:
    """Give tasks the states that they have in the middle of a survey."""
    with db.engine.begin() as connection:
        for at, state in enumerate(_STATES):
            these = update(Task).where(Task.id % len(_STATES) == at)
            connection.execute(these.values(state=state))


def _timed(app: Flask, place: Place, campaign: Campaign) -> dict[str, tuple[float, int]]:
    app.test_client_class = dashboard.Unchecked
    at = f"/dot-khao-sat/{campaign.id}"
    province = {
        "province's home": "/tinh",
        "table of units and duties": "/nhiem-vu/bang",
        "campaigns carried out": "/trien-khai",
        "overview": f"{at}/trien-khai",
        "teams": f"{at}/to-cong-tac",
        "rosters": f"{at}/danh-sach",
        "publicity": f"{at}/cong-khai",
        "daily reports": f"{at}/bao-cao-ngay",
        "inspections": f"{at}/kiem-tra",
        "who has not done what": f"{at}/don-doc",
        "nominations": f"{at}/bieu-duong",
    }
    found = _of(app, place, "Tỉnh", Role.PROVINCE, province)
    found |= _of(app, place, "Huyện mẫu 1", Role.DISTRICT, {"district's home": "/huyen"})
    commune = next(name for name, unit in place.units.items() if _is_commune(unit))
    return found | _of(app, place, commune, Role.COMMUNE, {"commune's home": "/xa"})


def _of(
    app: Flask, place: Place, name: str, role: Role, paths: dict[str, str]
) -> dict[str, tuple[float, int]]:
    client = app.test_client()
    client.sign_in(surveyed.account(place, name, role))
    return {what: dashboard.timed(client, path) for what, path in paths.items()}


def _is_commune(unit: Unit) -> bool:
    return unit.level == "commune"


if __name__ == "__main__":
    main()
