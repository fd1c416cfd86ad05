"""What the sample's open survey asks of its units besides answers: the same as plan 001."""

from datetime import timedelta

from sqlalchemy import select

from portal.cli.sample import accounts
from portal.core.database import session, write
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Job
from portal.features.field_reports.models import DailyEntry
from portal.features.org_units.models import Organisation
from portal.features.tasks import services as tasks
from portal.features.tasks.models import Task
from portal.features.users.models import User


def set_rules(campaign: Campaign) -> None:
    """Give a survey the rules of its field work.

    Args:
        campaign: one without any.
    """
    due = campaign.opens_on - timedelta(days=2)
    rules = Rules(
        team_head="Phó bí thư thường trực đảng ủy",
        team_members="Trưởng các ban, ngành, đoàn thể cấp xã; công chức nhập dữ liệu",
        roster_of="cán bộ, hội viên Hội Nông dân",
        roster_due_on=due,
        inspectors_due_on=due,
        objects=("plan", "roster"),
        channels=("niem_yet", "loa_truyen_thanh", "trang_tin_dien_tu", "zalo", "to_dan_van"),
        reports=True,
        daily_post=True,
        band_low=50,
        band_high=95,
        kickoff=True,
        first_day=True,
        nominations_due_on=campaign.closes_on + timedelta(days=14),
        nominations_min=3,
        nominations_max=5,
    )
    with write():
        fieldwork.set_first(campaign, rules)


def follow_reports(campaign: Campaign) -> None:
    """Hand in the task of every day that the sample has reported, as reporting it would have.

    Args:
        campaign: with its plan's tasks and its daily reports.
    """
    reported = (
        select(User.username, Task.unit_id, Task.due_on)
        .join(Organisation, Organisation.id == User.organisation_id)
        .join(Task, Task.organisation_id == Organisation.id)
        .join(DailyEntry, (DailyEntry.unit_id == Task.unit_id) & (DailyEntry.day == Task.due_on))
        .where(Task.document_id == campaign.plan_id, Task.job == Job.DAILY_REPORT)
        .where(DailyEntry.campaign_id == campaign.id, DailyEntry.number == 1)
        .order_by(Task.id, User.id)
    )
    rows = session().execute(reported).all()
    with write():
        for username, unit_id, day in rows:
            doer = accounts.acting(username)
            tasks.follow(
                doer, campaign.plan_id, Job.DAILY_REPORT, unit_id, "submit", due_on=day,
                reason="Đã báo cáo trên Cổng",
            )  # fmt: skip
