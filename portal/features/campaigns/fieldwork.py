"""How a campaign is carried out in the field: team, roster, publicity, daily report, nominations.

The plans differ in these points only (DOMAIN 1.9), so they are data of the campaign: first as the
plan's template says, then as its owner changes them.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Self

from sqlalchemy import select

from portal.core.database import session, write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.campaigns.models import Campaign, Fieldwork
from portal.features.campaigns.phase import Phase
from portal.features.documents import schedule
from portal.features.documents.body import SectionRole
from portal.features.documents.models import Document
from portal.features.settings import services as settings

OBJECTS = {
    "plan": N_("Kế hoạch"),
    "roster": N_("Danh sách, lịch phân công"),
    "survey": N_("Đợt khảo sát, mã QR"),
}
"""What a unit makes public for a campaign (DOMAIN 1.6)."""

CHANNELS = {
    "niem_yet": N_("Niêm yết tại trụ sở"),
    "niem_yet_thon": N_("Niêm yết tại thôn, tổ dân phố"),
    "loa_truyen_thanh": N_("Loa truyền thanh"),
    "trang_tin_dien_tu": N_("Cổng, trang thông tin điện tử"),
    "zalo": N_("Zalo"),
    "facebook": N_("Facebook"),
    "truong_thon": N_("Trưởng thôn, tổ trưởng tổ dân phố"),
    "to_dan_van": N_("Tổ dân vận cộng đồng"),
    "hoi_nghi": N_("Hội nghị, cuộc họp"),
    "bao_dai": N_("Báo, đài"),
}
"""By what it is made public (DOMAIN 1.6, Law 10/2022/QH15 Art. 12)."""

MOST_NOMINATIONS = 20
_TEXTS = {"team_head": 200, "team_members": 500, "roster_of": 200}


@dataclass(frozen=True)
class Rules:
    """What a campaign asks of each unit besides asking people."""

    team_head: str = ""
    """Who leads the working team: “Phó bí thư thường trực đảng ủy”; "" where none is set up."""
    team_members: str = ""
    roster_of: str = ""
    """Who stands on the roster: “cán bộ, hội viên Hội Nông dân”; "" where there is none."""
    roster_due_on: date | None = None
    inspectors_due_on: date | None = None
    """By when the list of leaders who inspect is due (D10); None where none is asked for."""
    objects: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    reports: bool = False
    """Whether units report every day."""
    report_hour: int = 17
    """The hour of the day, Vietnamese time, until which the day's report is not late."""
    daily_post: bool = False
    band_low: int | None = None
    """Answers in per cent of the denominator; outside the band an explanation is due (R01)."""
    band_high: int | None = None
    kickoff: bool = False
    first_day: bool = False
    """Whether districts inspect on the first day (D22)."""
    nominations_due_on: date | None = None
    nominations_min: int = 0
    nominations_max: int = 0
    """How many collectives and people are proposed (R09); 0 where nobody is."""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Make them of what JSON or a template gave; unknown fields are dropped."""
        known = {one.name: given[one.name] for one in fields(cls) if one.name in given}
        for name, value in known.items():
            if name.endswith("_on"):
                known[name] = date.fromisoformat(value) if value else None
            elif isinstance(value, list):
                known[name] = tuple(value)
        return cls(**known)

    def to_json(self) -> str:
        """Give them as text."""
        return json.dumps(asdict(self), ensure_ascii=False, default=str)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is asked for but answers."""
        return self == Rules()


def of(campaign: Campaign) -> Rules:
    """Give the rules of a campaign; empty ones where nobody has set any."""
    row = session().get(Fieldwork, campaign.id)
    return Rules.of(json.loads(row.content)) if row else Rules()


def of_many(campaign_ids: Collection[int]) -> dict[int, Rules]:
    """Give the rules of several campaigns, empty ones too, in one query."""
    query = select(Fieldwork).where(Fieldwork.campaign_id.in_(campaign_ids))
    rows = session().scalars(query.order_by(Fieldwork.campaign_id))
    known = {row.campaign_id: Rules.of(json.loads(row.content)) for row in rows}
    return {campaign_id: known.get(campaign_id, Rules()) for campaign_id in campaign_ids}


def version_of(campaign: Campaign) -> int:
    """Give the version a form is shown with, 0 while there are no rules."""
    row = session().get(Fieldwork, campaign.id)
    return row.version if row else 0


def of_pattern(given: Mapping[str, Any], document: Document) -> Rules:
    """Give what a template says of the field work of its plan, with the days of the plan.

    Args:
        given: the "work" of the template's campaign, its texts filled.
        document: the plan.
    """
    due = _last_day(document, SectionRole.ROSTER_DUE)
    rules = Rules.of(given)
    inspected = rules.inspectors_due_on or (due if given.get("inspectors") else None)
    band = _usual_band() if given.get("band") else {}
    return replace(
        rules, roster_due_on=due if rules.roster_of else None, inspectors_due_on=inspected,
        nominations_due_on=_last_day(document, SectionRole.REPORT_DUE)
        if rules.nominations_max else None, **band,
    )  # fmt: skip


def undated(rules: Rules) -> Rules:
    """Give the same rules without the days of an earlier year."""
    return replace(rules, roster_due_on=None, inspectors_due_on=None, nominations_due_on=None)


def set_first(campaign: Campaign, rules: Rules) -> None:
    """Give a new campaign its rules (inside `write()`)."""
    if not rules.is_empty:
        session().add(Fieldwork(campaign_id=campaign.id, content=rules.to_json()))


def is_over(campaign: Campaign) -> bool:
    """Say whether nothing can be asked for any more."""
    return campaign.phase in {Phase.CANCELLED, Phase.REPORTED}


def change(actor: Doer, campaign: Campaign, rules: Rules, version: int) -> None:
    """Set what a campaign asks for; what units have done already stays.

    Args:
        actor: who does it.
        campaign: of any state but cancelled or reported.
        rules: all of them.
        version: the one that the actor was shown; 0 for none yet.

    Raises:
        Invalid: by field.
        Refused: it is cancelled or reported.
        Stale: somebody else saved first; `theirs` holds the rules that are stored.
    """
    if is_over(campaign):
        raise Refused(OVER)
    texts: dict[str, Any] = {name: clean(getattr(rules, name)) for name in _TEXTS}
    rules = replace(rules, **texts)
    if errors := _errors(rules):
        raise Invalid(errors)
    with write(f"fieldwork:{campaign.id}") as current:
        row = current.get(Fieldwork, campaign.id, with_for_update=True, populate_existing=True)
        before = Rules.of(json.loads(row.content)) if row else Rules()
        if version != (row.version if row else 0):
            raise Stale(N_("Người khác vừa lưu trước. Mời xem lại."),
                        json.loads(before.to_json()))  # fmt: skip
        if row is None:
            current.add(Fieldwork(campaign_id=campaign.id, content=rules.to_json()))
        else:
            row.content = rules.to_json()
        changes = _changes(before, rules)
        if changes:
            audit.record(actor, Act(
                "campaign:fieldwork", "campaign", campaign.id, subject_name=campaign.name,
                unit_id=campaign.unit_id, changes=changes,
            ))  # fmt: skip


def _changes(before: Rules, after: Rules) -> dict[str, list[object]]:
    old, new = json.loads(before.to_json()), json.loads(after.to_json())
    return {name: [old[name], new[name]] for name in new if old[name] != new[name]}


def _errors(rules: Rules) -> dict[str, str]:
    errors = {
        name: N_("Mục này quá dài.")
        for name, most in _TEXTS.items() if len(getattr(rules, name)) > most
    }  # fmt: skip
    if not set(rules.objects) <= set(OBJECTS):
        errors["objects"] = NOT_LISTED
    if not set(rules.channels) <= set(CHANNELS):
        errors["channels"] = NOT_LISTED
    if bool(rules.objects) != bool(rules.channels):
        errors["channels"] = N_("Nội dung công khai và hình thức công khai đi cùng nhau.")
    low, high = rules.band_low, rules.band_high
    if (low is None) != (high is None) or (low is not None and not 0 <= low < (high or 0) <= 1000):
        errors["band_low"] = N_("Cần cả hai mức, mức dưới nhỏ hơn mức trên.")
    if not 0 <= rules.report_hour <= 23:
        errors["report_hour"] = N_("Giờ từ 0 đến 23.")
    if not 0 <= rules.nominations_min <= rules.nominations_max <= MOST_NOMINATIONS:
        errors["nominations_min"] = N_("Cần số ít nhất không lớn hơn số nhiều nhất.")
    return errors


def _last_day(document: Document, role: SectionRole) -> date | None:
    stated = schedule.stated(document.body, role, schedule.year_of(document))
    return stated.spans[-1].last if stated else None


def _usual_band() -> dict[str, Any]:
    return {name: settings.number(name) for name in ("band_low", "band_high")}


OVER = N_("Đợt đã báo cáo hoặc đã hủy nên không đổi yêu cầu được nữa.")
NOT_LISTED = N_("Mời chọn trong danh sách.")
