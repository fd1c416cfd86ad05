"""What the pages of the field work tell of a unit: roster, publicity, reports, band, inspections.

Each function is a `criteria.Provider`; what a campaign does not ask for is no criterion of it.
"""

from collections.abc import Iterator, Mapping, Sequence

from portal.core import clock
from portal.core.text import N_
from portal.features.campaigns import fieldwork
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.field_reports import standing
from portal.features.field_reports.standing import Standing, Verdict
from portal.features.nominations import queries
from portal.features.nominations.criteria import Criterion, Met, share
from portal.features.publicity import pages as publicity
from portal.features.publicity import queries as postings
from portal.features.publicity.judging import Mark
from portal.features.rosters.models import days_late
from portal.features.surveys import turnout
from portal.policy.predicates import Actor

Found = Mapping[int, Sequence[Criterion]]


def rosters(_actor: Actor, campaign: Campaign, unit_ids: Sequence[int]) -> Found:
    """Say whether the roster was sent by its day; what was returned later was on time."""
    rules = fieldwork.of(campaign)
    if not rules.roster_of:
        return {}
    sent = queries.first_rosters(campaign.id, unit_ids)
    late = rules.roster_due_on is not None and rules.roster_due_on < clock.today()
    missing = Criterion(*ROSTER, NOT_SENT if late else NOT_DUE, {}, Met.NO if late else Met.UNKNOWN)
    found: dict[int, Sequence[Criterion]] = {}
    for unit_id in _asked(campaign, unit_ids):
        if (first := sent.get(unit_id)) is None:
            found[unit_id] = (missing,)
            continue
        sent_at, due_on = first
        days = days_late(sent_at, due_on)
        day = clock.format_date(sent_at.astimezone(clock.VN).date())
        values = {"n": str(days), "day": day}
        text = SENT_LATE if days else SENT
        found[unit_id] = (Criterion(*ROSTER, text, values, Met.when(not days)),)
    return found


def publicised(actor: Actor, campaign: Campaign, unit_ids: Sequence[int]) -> Found:
    """Say how much of what is to be made public is, by how it is to be and shown by something."""
    rules = fieldwork.of(campaign)
    if not rules.objects:
        return {}
    lines, pieces = postings.lines(actor, campaign.id), postings.pieces(campaign.id)
    found: dict[int, Sequence[Criterion]] = {}
    for unit_id in _asked(campaign, unit_ids):
        ones = [(line.object, line) for line in lines.get(unit_id, ())]
        cells = publicity.cells_of(rules, ones, pieces, campaign.closes_on)
        done = sum(cell.mark == Mark.POSTED for cell in cells.values())
        found[unit_id] = (share(*PUBLICITY, done, len(cells)),)
    return found


def reports(actor: Actor, campaign: Campaign, unit_ids: Sequence[int]) -> Found:
    """Say on how many days the report came on time, and whether the rate is within the band."""
    rules = fieldwork.of(campaign)
    if not (rules.reports or rules.daily_post) or not _asked(campaign, unit_ids):
        return {}
    if (shown := turnout.of(actor, campaign)) is None:
        return {}
    stands = (one for one in standing.of(shown) if one.unit_id in unit_ids)
    return {one.unit_id: tuple(_of_reports(one)) for one in stands}


def _of_reports(one: Standing) -> Iterator[Criterion]:
    days = [day for day in one.begun if day < clock.today() or day in one.lines]
    good = sum(day in one.lines and not one.lines[day].late for day in days)
    yield share(*REPORTS, good, len(days))
    if one.verdict != Verdict.UNUSED:
        met, text = _BAND.get(one.verdict, (None, NOT_YET))
        yield Criterion(*BAND, text, {}, Met.when(met))


def inspected(_actor: Actor, campaign: Campaign, unit_ids: Sequence[int]) -> Found:
    """Say how many points were found in order by those who came; nothing where nobody came."""
    found: dict[int, list[tuple[int, int]]] = {}
    for one in queries.inspections(campaign.id, unit_ids):
        found.setdefault(one.unit_id, []).append((len(one.met), len(one.met) + len(one.missed)))
    return {
        unit_id: (share(*INSPECTED, *(sum(column) for column in zip(*counts, strict=True))),)
        for unit_id, counts in found.items()
    }


def _asked(campaign: Campaign, unit_ids: Sequence[int]) -> list[int]:
    asked = campaigns.unit_ids(campaign.id)
    return [unit_id for unit_id in unit_ids if unit_id in asked]


ALL = (rosters, publicised, reports, inspected)
"""In the order in which a nomination shows them."""
ROSTER = "roster_on_time", N_("Danh sách, lịch phân công đúng hạn")
PUBLICITY = "publicity", N_("Công khai đủ, có bằng chứng")
REPORTS = "reports_on_time", N_("Báo cáo ngày đúng hạn")
BAND = "band", N_("Tỷ lệ phiếu trong khoảng")
INSPECTED = "inspected", N_("Nội dung kiểm tra đạt")
SENT = N_("gửi ngày %(day)s")
SENT_LATE = N_("gửi ngày %(day)s, muộn %(n)s ngày")
NOT_SENT = N_("chưa gửi")
NOT_DUE = N_("chưa đến hạn")
NOT_YET = N_("chưa đủ số liệu")
_BAND: Mapping[Verdict, tuple[bool, str]] = {
    Verdict.WITHIN: (True, N_("trong khoảng")),
    Verdict.LOW: (False, N_("thấp hơn khoảng")),
    Verdict.HIGH: (False, N_("cao hơn khoảng")),
}
