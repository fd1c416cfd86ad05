"""What a document says, as plain data: header, bases, sections, duties, recipients, signature.

Stored as one JSON text per version. Nothing is numbered here: numbers follow from the order
(`outline.py`) and the format.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Self, get_args, get_type_hints

from portal.core.text import N_


class Level(StrEnum):
    """How deep a section lies; the format says how each is numbered and set."""

    PLAIN = "plain"
    """A paragraph without a number."""
    PART = "part"
    """I."""
    POINT = "point"
    """1."""
    SUBPOINT = "subpoint"
    """1.1."""
    LETTER = "letter"
    """a)"""
    DASH = "dash"
    """-"""
    PLUS = "plus"
    """+"""


class SectionRole(StrEnum):
    """What the portal reads out of a section; "" for most."""

    NONE = ""
    SURVEY_WINDOW = "survey_window"
    """From when to when people are asked: the campaign takes its dates from here."""
    CONSULTATION_WINDOW = "consultation_window"
    BALLOT_DAY = "ballot_day"
    """When households are asked about a draft, on one day or the other (plan 004)."""
    ROSTER_DUE = "roster_due"
    REPORT_DUE = "report_due"
    ZALO_GROUP = "zalo_group"
    DUTIES = "duties"
    """The table of duties is printed after this section."""


class AppendixKind(StrEnum):
    """What an appendix holds."""

    TEXT = "text"
    TABLE = "table"
    UNITS = "units"
    """The communes of the plan's campaign, listed when it is printed."""
    QR_CODES = "qr_codes"
    """The same with the code of each."""


class Job(StrEnum):
    """The page of the portal on which a duty is done; "" for a duty done elsewhere."""

    NONE = ""
    TEAM = "team"
    ROSTER = "roster"
    CONSOLIDATION = "consolidation"
    INSPECTORS = "inspectors"
    PUBLICITY = "publicity"
    KIT = "kit"
    DAILY_REPORT = "daily_report"
    DAILY_POST = "daily_post"
    INSPECTION = "inspection"
    FIRST_DAY = "first_day"
    URGING = "urging"
    NOMINATION = "nomination"
    MAILBOX = "mailbox"
    MAILBOX_POINTS = "mailbox_points"
    LETTERS = "letters"
    TALLY = "tally"
    DRAFT_TEXT = "draft_text"
    CONSULTATION = "consultation"
    AGENCIES = "agencies"
    BALLOTS = "ballots"
    OPINIONS = "opinions"
    SUPERVISION = "supervision"


JOB_LABELS = {
    Job.TEAM: N_("Tổ công tác"),
    Job.ROSTER: N_("Danh sách, lịch phân công"),
    Job.CONSOLIDATION: N_("Tổng hợp danh sách"),
    Job.INSPECTORS: N_("Danh sách cán bộ kiểm tra"),
    Job.PUBLICITY: N_("Công khai"),
    Job.KIT: N_("Bộ gửi Zalo"),
    Job.DAILY_REPORT: N_("Báo cáo ngày"),
    Job.DAILY_POST: N_("Tin, ảnh trong ngày"),
    Job.INSPECTION: N_("Kiểm tra"),
    Job.FIRST_DAY: N_("Kiểm tra ngày đầu"),
    Job.URGING: N_("Đôn đốc"),
    Job.NOMINATION: N_("Biểu dương"),
    Job.MAILBOX: N_("Hòm thư góp ý"),
    Job.MAILBOX_POINTS: N_("Điểm đặt hòm thư"),
    Job.LETTERS: N_("Thư góp ý"),
    Job.TALLY: N_("Tổng hợp tuần"),
    Job.DRAFT_TEXT: N_("Dự thảo"),
    Job.CONSULTATION: N_("Đợt lấy ý kiến"),
    Job.AGENCIES: N_("Cơ quan góp ý"),
    Job.BALLOTS: N_("Phiếu của hộ gia đình"),
    Job.OPINIONS: N_("Tổng hợp, giải trình ý kiến"),
    Job.SUPERVISION: N_("Giám sát lấy ý kiến"),
}
"""What the pages are called."""


def new_id() -> str:
    """Give the id of a new row, kept through every change and move."""
    return secrets.token_hex(4)


@dataclass(frozen=True)
class Data:
    """Plain nested data that goes to JSON and back; unknown fields are dropped, lost ones empty."""

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Make one from what JSON gave."""
        types = get_type_hints(cls)
        values = {f.name: _read(types[f.name], given[f.name]) for f in fields(cls)
                  if f.name in given}  # fmt: skip
        return cls(**values)


def _read(kind: Any, value: Any) -> Any:  # noqa: ANN401 - a type and what JSON holds for it
    inner = get_args(kind)
    if inner:
        return tuple(_read(inner[0], one) for one in value)
    if isinstance(kind, type) and issubclass(kind, Data):
        return kind.of(value)
    return kind(value)


@dataclass(frozen=True)
class Party(Data):
    """Somebody a document speaks of: by name, and if the portal knows it, who that is."""

    name: str = ""
    organisation_id: int = 0
    """0 if it is no organisation of the portal."""
    group: str = ""
    """A group of organisations, "level:kind": "commune:party" is every commune's Party committee
    within the issuer's unit; "" if it is none."""


@dataclass(frozen=True)
class Section(Data):
    """One section, with what lies below it following it in the list."""

    id: str = field(default_factory=new_id)
    level: Level = Level.PLAIN
    heading: str = ""
    text: str = ""
    """Paragraphs, one a line. `[[…]]` within a line is a footnote."""
    role: SectionRole = SectionRole.NONE


@dataclass(frozen=True)
class Duty(Data):
    """A row of the table of duties; issuing makes it a task of every organisation that leads."""

    id: str = field(default_factory=new_id)
    what: str = ""
    lead: Party = Party()
    joins: str = ""
    due: str = ""
    """As it is printed: “chậm nhất ngày 04/5/2024”; `deadlines.py` reads it."""
    evidence: str = ""
    job: Job = Job.NONE


@dataclass(frozen=True)
class Recipient(Data):
    """A line of “Nơi nhận”."""

    party: Party = Party()
    note: str = ""
    """b/c, p/h, t/h; printed in brackets."""


@dataclass(frozen=True)
class Appendix(Data):
    """An appendix: text, a table pasted from Excel, or a list that the portal makes."""

    id: str = field(default_factory=new_id)
    kind: AppendixKind = AppendixKind.TEXT
    title: str = ""
    text: str = ""
    """Paragraphs; for a table, rows as lines and cells between tabs, the first row its head."""


@dataclass(frozen=True)
class Head(Data):
    """What stands above: bodies and place."""

    parent_name: str = ""
    issuer_name: str = ""
    symbol: str = ""
    """The organ's part of the symbol: "BCĐ", "UBND"; a unit may follow for a công văn."""
    place: str = ""


@dataclass(frozen=True)
class Signature(Data):
    """What stands below: on whose behalf, with which title, and who."""

    authority: str = ""
    titles: str = ""
    """One a line."""
    signer: str = ""


@dataclass(frozen=True)
class Body(Data):
    """The whole text of a document."""

    head: Head = Head()
    summary: str = ""
    """Trích yếu."""
    addressees: str = ""
    """“Kính gửi” of a công văn, tờ trình, giấy mời; one a line."""
    bases: tuple[str, ...] = ()
    """“Căn cứ …”, one each, without the sign at its end."""
    opening: str = ""
    """The paragraphs between the bases and the first section."""
    sections: tuple[Section, ...] = ()
    duties: tuple[Duty, ...] = ()
    closing: str = ""
    signature: Signature = Signature()
    second: Signature = Signature()
    """Who signs beside it, to the left: minutes that two people sign."""
    recipients: tuple[Recipient, ...] = ()
    keeper: str = "VT"
    """“Lưu: …”."""
    appendices: tuple[Appendix, ...] = ()

    @classmethod
    def from_json(cls, text: str) -> "Body":
        """Read what `to_json` wrote."""
        return cls.of(json.loads(text))

    def to_json(self) -> str:
        """Write it as JSON; equal bodies give equal texts."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    def section(self, role: SectionRole) -> Section | None:
        """Give the section that plays a role."""
        return next((section for section in self.sections if section.role == role), None)
