"""Reporting a day, correcting it, explaining a rate; each is a row of its own that stays."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns import fieldwork
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Denominator, State
from portal.features.campaigns.services import Author
from portal.features.documents.body import Job
from portal.features.evidence import services as evidence
from portal.features.evidence.services import Photo, Subject
from portal.features.field_reports import plausibility, queries, standing
from portal.features.field_reports.models import DailyEntry, Explanation
from portal.features.field_reports.standing import Standing
from portal.features.tasks import services as tasks

MOST = 99_999
LENGTHS = {"staff": 2000, "remarks": 1000, "reason": 500}
EVIDENCE = "daily_entry"
"""What the evidence of a report calls it."""


@dataclass(frozen=True)
class Given:
    """What is reported of a day."""

    visits: int | None
    """None where answers are not measured against visits."""
    helped: int
    staff: str = ""
    remarks: str = ""
    reason: str = ""
    """Why it is corrected; not asked for the first time."""


@dataclass(frozen=True)
class Proof:
    """The day's post: photos that were read outside the write, and links."""

    photos: Sequence[Photo] = ()
    links: Sequence[str] = ()

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self.photos or self.links)


def report(
    author: Author, campaign: Campaign, day: date, given: Given, seen: int,
    proof: Proof = Proof(), sure: Collection[str] = (),
) -> DailyEntry:  # fmt: skip
    """Report a day of the author's own unit, or correct what was reported.

    Args:
        author: who reports.
        campaign: announced, and asking in the author's unit.
        day: one of the unit's own days, today or before.
        given: the figures and words.
        seen: the number of the last entry of the day that the author was shown, 0 for none.
        proof: the day's post.
        sure: which figures were confirmed, as `plausibility.mark` writes them.

    Returns:
        The new entry; the one that is there if the same was sent twice.

    Raises:
        Refused: nothing is reported there any more, or not asked for.
        Invalid: by field.
        plausibility.Doubtful: a figure is hardly right and was not confirmed.
        Stale: somebody else reported this day meanwhile.
    """
    given = _clean(given)
    _check(author, campaign, day, given, corrects=seen > 0)
    confirmed = _ask(author, campaign, day, given, sure)
    now = clock.now()
    with write(f"daily:{campaign.id}:{author.unit_id}") as current:
        before = queries.of_day(campaign.id, author.unit_id, day)
        if before and _is_same(before[-1], author, given, seen):
            return before[-1]
        if len(before) != seen:
            raise Stale(REPORTED_BY_ANOTHER, _told(before[-1]) if before else {})
        entry = DailyEntry(
            campaign_id=campaign.id, unit_id=author.unit_id, day=day, number=seen + 1,
            late=now >= standing.deadline(day, fieldwork.of(campaign)),
            reported_at=now, reported_by=author.display_name, **asdict(given),
        )  # fmt: skip
        current.add(entry)
        current.flush()
        _record(author, campaign, entry, before, confirmed)
        if proof:
            subject = Subject(EVIDENCE, entry.id, entry.unit_id, _name(campaign, day))
            evidence.attach(author, subject, photos=proof.photos, links=proof.links)
        _follow(author, campaign, entry, posted=bool(proof))
    return entry


def explain(author: Author, stands: Standing, text: str) -> Explanation:
    """Explain why the rate of the author's unit is out of the band; several are allowed.

    Raises:
        Refused: the rate is not, or not any more.
        Invalid: nothing was said, or too much.
    """
    if not stands.is_outside or stands.unit_id != author.unit_id:
        raise Refused(NOT_OUTSIDE)
    words = clean(text, multiline=True)
    if not words or len(words) > MOST_EXPLAINED:
        raise Invalid({"text": N_("Ghi giải trình, không quá 2.000 ký tự.")})
    campaign = stands.campaign
    with write(f"daily:{campaign.id}:{author.unit_id}") as current:
        known = queries.explanations_of(author, campaign.id, author.unit_id)
        if known and known[0].text == words and known[0].given_by == author.display_name:
            return known[0]
        made = Explanation(
            campaign_id=campaign.id, unit_id=author.unit_id, side=stands.verdict,
            percent=stands.percent, text=words, given_at=clock.now(),
            given_by=author.display_name,
        )  # fmt: skip
        current.add(made)
        current.flush()
        audit.record(author, Act(
            "explanation:given", "explanation", made.id, subject_name=made.name,
            unit_id=made.unit_id, changes={"percent": [None, made.percent]},
        ))  # fmt: skip
    return made


def _check(author: Author, campaign: Campaign, day: date, given: Given, *, corrects: bool) -> None:
    part, rules = queries.part(campaign, author.unit_id), fieldwork.of(campaign)
    if part is None or campaign.state != State.READY or not (rules.reports or rules.daily_post):
        raise Refused(NOT_ASKED)
    if day > clock.today() or day not in standing.days_of(campaign, part.round_number):
        raise Refused(NOT_ITS_DAY)
    errors = {name: TOO_LONG for name, most in LENGTHS.items() if len(getattr(given, name)) > most}
    wants_visits = rules.reports and campaign.denominator == Denominator.VISITS
    if (given.visits is None) == wants_visits:
        errors["visits"] = N_("Ghi số lượt làm thủ tục trong ngày; không có lượt nào thì ghi 0.")
    if max(given.visits or 0, given.helped) > MOST or min(given.visits or 0, given.helped) < 0:
        errors["helped"] = N_("Số từ 0 đến 99.999.")
    if corrects and not given.reason:
        errors["reason"] = N_("Ghi lý do sửa báo cáo đã nộp.")
    if errors:
        raise Invalid(errors)


def _ask(
    author: Author, campaign: Campaign, day: date, given: Given, sure: Collection[str]
) -> list[str]:
    """Ask about figures that are hardly right; give those that were confirmed."""
    before = queries.of_day(campaign.id, author.unit_id, day)
    known = plausibility.known(campaign.id, author.unit_id, before)
    return plausibility.check({"visits": given.visits, "helped": given.helped}, known, sure)


def _clean(given: Given) -> Given:
    return Given(
        given.visits, given.helped,
        *(clean(text, multiline=True) for text in (given.staff, given.remarks, given.reason)),
    )  # fmt: skip


def _is_same(entry: DailyEntry, author: Author, given: Given, seen: int) -> bool:
    """Say whether the last entry is what is sent now: the button was pressed twice."""
    same = all(getattr(entry, name) == value for name, value in asdict(given).items())
    return same and entry.number == seen + 1 and entry.reported_by == author.display_name


def _told(entry: DailyEntry) -> dict[str, object]:
    return {
        "number": entry.number, "reported_by": entry.reported_by, "visits": entry.visits,
        "helped": entry.helped, "remarks": entry.remarks,
    }  # fmt: skip


def _record(
    author: Author, campaign: Campaign, entry: DailyEntry, before: Sequence[DailyEntry],
    confirmed: Sequence[str],
) -> None:  # fmt: skip
    last = before[-1] if before else None
    changes: dict[str, list[Any]] = {
        name: [getattr(last, name, None), getattr(entry, name)] for name in ("visits", "helped")
    }
    if confirmed:
        changes["confirmed"] = [None, ", ".join(confirmed)]
    audit.record(author, Act(
        "daily_report:corrected" if last else "daily_report:sent", "daily_report", entry.id,
        subject_name=_name(campaign, entry.day), unit_id=entry.unit_id, reason=entry.reason,
        changes=changes,
    ))  # fmt: skip


def _follow(author: Author, campaign: Campaign, entry: DailyEntry, *, posted: bool) -> None:
    """Hand in what the plan asks for on this day; nobody ticks it off besides."""
    jobs = (Job.DAILY_REPORT, Job.DAILY_POST) if posted else (Job.DAILY_REPORT,)
    for job in jobs:
        tasks.follow(
            author, campaign.plan_id, job, entry.unit_id, "submit", due_on=entry.day,
            reason=_name(campaign, entry.day),
        )  # fmt: skip


def _name(campaign: Campaign, day: date) -> str:
    return f"Báo cáo ngày {clock.format_date(day)}, {campaign.name}"


MOST_EXPLAINED = 2000
TOO_LONG = N_("Mục này quá dài.")
NOT_ASKED = N_("Đợt này không nhận báo cáo ngày ở đây, hoặc đã báo cáo kết quả.")
NOT_ITS_DAY = N_("Chỉ báo cáo cho những ngày khảo sát của xã, từ hôm nay trở về trước.")
NOT_OUTSIDE = N_("Tỷ lệ lũy kế không ở ngoài khoảng của đợt nên không cần giải trình.")
REPORTED_BY_ANOTHER = N_("Người khác vừa nộp báo cáo ngày này. Mời xem lại.")
