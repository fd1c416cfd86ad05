"""A campaign that is carried out: ordered by an issued plan whose duties are tasks of everybody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from portal.core import clock
from portal.core.database import write
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Duty, Job, Party
from portal.policy.roles import Role
from portal.web.actor import Account
from tests.support import numbered, papers, surveyed
from tests.support.surveyed import Place

COMMUNES = Party("Các xã", group="commune:committee")
RULES = Rules(
    team_head="Phó bí thư thường trực đảng ủy", roster_of="cán bộ, hội viên Hội Nông dân",
    objects=("plan", "roster"), channels=("niem_yet", "zalo"), reports=True, daily_post=True,
    band_low=50, band_high=95, first_day=True, nominations_min=3, nominations_max=5,
)  # fmt: skip
_WHAT = {
    Job.TEAM: "Thành lập Tổ công tác",
    Job.ROSTER: "Lập danh sách, lịch phân công",
    Job.PUBLICITY: "Công khai kế hoạch",
    Job.DAILY_REPORT: "Nhập báo cáo trong ngày",
}


def duty(job: Job, due: str, lead: Party = COMMUNES) -> Duty:
    """Make a duty of every commune."""
    return Duty(f"viec-{job}", _WHAT[job], lead, due=due, evidence="Ảnh", job=job)


def issuer(place: Place) -> Account:
    """Give a new account of the province that issues plans under a letterhead of its own."""
    numbered.letterhead(place, regime="party")
    return papers.worker(place)


def carry_out(
    place: Place,
    rules: Rules = RULES,
    *,
    opens_in: int = -1,
    days: int = 3,
    by: Account | None = None,
    besides: Sequence[Duty] = (),
    denominator: str = "none",
) -> Campaign:
    """Make a campaign everywhere, and issue the plan that orders it.

    The team was due two days before the opening, the roster and the publicity the day before, the
    report on every day of the survey.

    Args:
        place: without a letterhead yet, if nobody is named who issues the plan.
        rules: what it asks for.
        opens_in: days from today to its first one.
        days: how many it is open.
        by: who issues the plan; somebody new if nobody is named.
        besides: further duties.
        denominator: what answers are measured against.
    """
    opens = clock.today() + timedelta(days=opens_in)
    author = by or issuer(place)
    plan = papers.issued(author, duties=(*_duties(opens_in, days), *besides))
    asked = surveyed.campaign(place, opens_in=opens_in, days=days)
    dated = replace(rules, roster_due_on=opens - timedelta(days=1)) if rules.roster_of else rules
    with write() as current:
        current.add(asked)
        asked.plan_id, asked.denominator = plan.id, denominator
        fieldwork.set_first(asked, dated)
    return asked


def _duties(opens_in: int, days: int) -> list[Duty]:
    opens = clock.today() + timedelta(days=opens_in)
    span = [clock.format_date(opens + timedelta(days=n)) for n in (0, days - 1)]
    before = [f"trong ngày {clock.format_date(opens - timedelta(days=n))}" for n in (1, 2)]
    daily = f"hằng ngày, từ ngày {span[0]} đến hết ngày {span[1]}"
    return [
        duty(Job.TEAM, before[1]), duty(Job.ROSTER, before[0]),
        duty(Job.PUBLICITY, before[0]), duty(Job.DAILY_REPORT, daily),
    ]  # fmt: skip


def doer(place: Place, at: str = "Xã 1") -> Account:
    """Give an account of a commune that works there, with every duty."""
    return papers.worker(place, Role.COMMUNE, at=at)
