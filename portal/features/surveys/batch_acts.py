"""What officials do with slips and paper: have them printed, open a batch, count what is left."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.jobs import Job, enqueue
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.campaigns.phase import Phase
from portal.features.org_units.models import Point
from portal.features.surveys import batches, papers
from portal.features.surveys.batch_flows import PAPERS, SLIPS
from portal.features.surveys.models import PaperBatch, SlipBatch
from portal.features.surveys.threshold import threshold
from portal.policy.predicates import Actor

PRINT = "print_slips"
MOST_SLIPS, MOST_SHEETS, MOST_NOTE = 1000, 5000, 1000
_GIVING_OUT = {Phase.READY, Phase.OPEN, Phase.BETWEEN}


class Doer(Actor, Protocol):
    """An account that acts."""

    @property
    def display_name(self) -> str:
        """The account's name, for the record."""


@dataclass(frozen=True)
class SlipCount:
    """What was found of a batch of slips."""

    unused: int
    spoiled: int
    note: str = ""


@dataclass(frozen=True)
class PaperCount:
    """What came back of a batch of paper."""

    returned: int
    blank: int
    invalid: int
    note: str = ""


def order_slips(
    doer: Doer, campaign: Campaign, unit_id: int, size: int, base_url: str
) -> tuple[SlipBatch, Job]:
    """Have slips printed for a unit; nobody but whoever asked gets the file, for a day.

    Args:
        doer: who asks.
        campaign: approved and not over.
        unit_id: where they are given out.
        size: how many; fewer than the threshold would tell who used one.
        base_url: the configured address of the portal; a job has no request to know it from.

    Raises:
        Invalid: the campaign does not ask there any more, or nobody prints so many.
        Refused: the campaign is not announced, or over.
    """
    if campaign.phase not in _GIVING_OUT:
        raise Refused(NOT_GIVING_OUT)
    least = threshold(campaign.questionnaire_version.definition)
    if not least <= size <= MOST_SLIPS:
        raise Invalid({"size": SLIPS_BETWEEN}, least=least, most=MOST_SLIPS)
    if unit_id not in {unit.id for unit in batches.units_to_serve(campaign.id)}:
        raise Invalid({"unit": NOT_ASKED})
    with write("jobs") as current:
        batch = SlipBatch(
            campaign_id=campaign.id, unit_id=unit_id, size=size, printed_on=clock.today(),
            printed_by=doer.display_name,
        )  # fmt: skip
        current.add(batch)
        current.flush()
        _record(doer, "slip_batch:ordered", batch, {"size": [0, size]})
        data = {"campaign_id": campaign.id, "batch_id": batch.id, "base_url": base_url}
        job = enqueue(PRINT, f"{PRINT}:{batch.id}", data, owner_id=doer.user_id, total=size)
    return batch, job


def count_slips(doer: Doer, batch: SlipBatch, given: SlipCount, version: int) -> None:
    """Write down how many slips are left; from now on none of the batch is good any more.

    Args:
        doer: who counted.
        batch: whose slips.
        given: the numbers.
        version: the version of the batch that the doer was shown.

    Raises:
        Invalid: more than were printed.
        Stale: somebody else wrote numbers down first.
    """
    if given.unused + given.spoiled > batch.size:
        raise Invalid({"unused": MORE_THAN_PRINTED}, size=batch.size)
    with write():
        _check_version(batch, version, ("unused", "spoiled", "note"))
        SLIPS.fire(doer, batch.id, "count")
        _keep(doer, batch, "slip_batch:counted", vars(given))


def open_papers(
    doer: Doer, campaign: Campaign, day: date, issued: int, point: Point | None = None
) -> PaperBatch:
    """Open a batch of paper at the doer's unit: so many sheets are given out on a day.

    Raises:
        Invalid: the day lies outside the windows or is still to come, nobody gives out so many.
        Refused: the campaign does not ask there, is not announced, or its totals are frozen.
    """
    asked = session().get(CampaignUnit, (campaign.id, doer.unit_id))
    if asked is None or not campaign.is_announced or campaign.is_sealed:
        raise Refused(NO_PAPER)
    rounds = asked.rounds_of(campaign)
    errors = {}
    if day > clock.today() or not any(first <= day <= last for first, last in rounds):
        errors["day"] = DAY_OUTSIDE
    if not 1 <= issued <= MOST_SHEETS:
        errors["issued"] = SHEETS_BETWEEN
    if point is not None and point.unit_id != doer.unit_id:
        errors["point"] = NOT_HERE
    if errors:
        raise Invalid(errors, most=MOST_SHEETS)
    with write() as current:
        batch = PaperBatch(
            campaign_id=campaign.id, unit_id=doer.unit_id, day=day, issued=issued,
            point_id=point.id if point else None, opened_by=doer.display_name,
        )  # fmt: skip
        current.add(batch)
        current.flush()
        _record(doer, "paper_batch:opened", batch, {"issued": [0, issued]})
    return batch


def count_papers(doer: Doer, batch: PaperBatch, given: PaperCount, version: int) -> None:
    """Write down what came back; every sheet is typed in, blank or invalid.

    Raises:
        Invalid: the sums do not agree.
        Stale: somebody else wrote numbers down first.
    """
    if given.returned > batch.issued:
        raise Invalid({"returned": MORE_THAN_ISSUED}, issued=batch.issued)
    # The lock of the fold: nobody seals, and no sheet is on its way in, while the sum is taken.
    with write(f"fold:{batch.campaign_id}"):
        _check_version(batch, version, ("returned", "blank", "invalid", "note"))
        typed = papers.entered(batch)
        if typed + given.blank + given.invalid != given.returned:
            found = typed + given.blank + given.invalid
            raise Invalid({"returned": SUMS_DIFFER}, returned=given.returned, typed=typed,
                          blank=given.blank, invalid=given.invalid, found=found)  # fmt: skip
        PAPERS.fire(doer, batch.id, "count")
        _keep(doer, batch, "paper_batch:counted", vars(given))


def _check_version(batch: Any, version: int, names: tuple[str, ...]) -> None:  # noqa: ANN401
    session().refresh(batch)
    if batch.version != version:
        raise Stale(COUNTED_BY_ANOTHER, {name: getattr(batch, name) for name in names})


def _keep(doer: Doer, batch: Any, action: str, given: dict[str, Any]) -> None:  # noqa: ANN401
    changes = {}
    for name, value in given.items():
        new = clean(value, multiline=True)[:MOST_NOTE] if isinstance(value, str) else value
        changes[name] = [getattr(batch, name), new]
        setattr(batch, name, new)
    batch.counted_by_id, batch.counted_by = doer.user_id, doer.display_name
    _record(doer, action, batch, changes)


def _record(
    doer: Doer, action: str, batch: SlipBatch | PaperBatch, changes: dict[str, list[Any]]
) -> None:
    kind = action.partition(":")[0]
    audit.record(doer, Act(
        action, kind, batch.id, subject_name=batch.name, unit_id=batch.unit_id, changes=changes,
    ))  # fmt: skip


NOT_GIVING_OUT = N_("Chỉ in được khi đợt đã duyệt và chưa đóng.")
SLIPS_BETWEEN = N_("Mỗi lô từ %(least)s đến %(most)s tờ.")
NOT_ASKED = N_("Mời chọn một nơi đợt này đang hỏi.")
MORE_THAN_PRINTED = N_("Còn lại và hỏng cộng lại nhiều hơn %(size)s tờ đã in.")
NO_PAPER = N_("Đợt này không nhận phiếu giấy ở đơn vị của đồng chí, hoặc số liệu đã niêm phong.")
DAY_OUTSIDE = N_("Ngày phát phiếu phải nằm trong những ngày đợt hỏi và không sau hôm nay.")
SHEETS_BETWEEN = N_("Mỗi lô từ 1 đến %(most)s tờ.")
NOT_HERE = N_("Mời chọn một điểm của đơn vị mình.")
MORE_THAN_ISSUED = N_("Thu về không thể nhiều hơn %(issued)s tờ đã phát.")
SUMS_DIFFER = N_(
    "Thu về %(returned)s tờ, nhưng đã nhập %(typed)s, trắng %(blank)s và không hợp lệ %(invalid)s "
    "cộng lại là %(found)s."
)
COUNTED_BY_ANOTHER = N_("Có người vừa ghi kiểm đếm lô này trước đồng chí.")
