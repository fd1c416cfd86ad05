"""What the sample's open survey asks of its units besides answers: the same as plan 001."""

from datetime import timedelta

from portal.core.database import write
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign


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
