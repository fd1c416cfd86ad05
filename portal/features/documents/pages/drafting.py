"""What the drafting page shows: the sections in groups, numbered, with what was said of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from portal.core.text import N_
from portal.features.documents import queries
from portal.features.documents.body import (
    JOB_LABELS,
    AppendixKind,
    Body,
    Job,
    Level,
    Party,
    Section,
    SectionRole,
)
from portal.features.documents.checks import Facts, Warning, warnings
from portal.features.documents.formats import DocumentType, Format, format_of, type_of
from portal.features.documents.models import Document, DocumentComment, Waiver
from portal.features.documents.targets import TargetGroup, offered, value_of
from portal.features.documents.text.editing import BELOW, block_end
from portal.features.documents.text.outline import numbered
from portal.policy.predicates import Actor

LEVEL_LABELS = {
    Level.PART: N_("Phần I."),
    Level.POINT: N_("Mục 1."),
    Level.SUBPOINT: N_("Mục 1.1."),
    Level.LETTER: N_("Điểm a)"),
    Level.DASH: N_("Gạch đầu dòng -"),
    Level.PLUS: N_("Dấu cộng +"),
    Level.PLAIN: N_("Đoạn không số"),
}
ROLE_LABELS = {
    SectionRole.NONE: N_("Không có vai trò riêng"),
    SectionRole.SURVEY_WINDOW: N_("Đợt khảo sát lấy ngày từ mục này"),
    SectionRole.CONSULTATION_WINDOW: N_("Thời gian lấy ý kiến dự thảo"),
    SectionRole.BALLOT_DAY: N_("Ngày lấy phiếu các hộ"),
    SectionRole.ROSTER_DUE: N_("Hạn nộp danh sách"),
    SectionRole.REPORT_DUE: N_("Hạn nộp báo cáo"),
    SectionRole.ZALO_GROUP: N_("Nhóm Zalo của đợt"),
    SectionRole.DUTIES: N_("In bảng nhiệm vụ sau mục này"),
}
ADD_LABELS = {
    Level.POINT: N_("Thêm 1."),
    Level.SUBPOINT: N_("Thêm 1.1."),
    Level.LETTER: N_("Thêm a)"),
    Level.DASH: N_("Thêm -"),
    Level.PLUS: N_("Thêm +"),
}
APPENDIX_LABELS = {
    AppendixKind.TEXT: N_("Chữ"),
    AppendixKind.TABLE: N_("Bảng dán từ Excel"),
    AppendixKind.UNITS: N_("Danh sách xã của đợt khảo sát"),
    AppendixKind.QR_CODES: N_("Mã QR của từng xã"),
}

BOXES = ("head", "bases", "duty", "closing", "signature", "recipient", "appendix")
"""What a document has beside its sections, in the order of the page."""
_BOX_OF_RULE = {
    "symbol": "head", "place": "head", "author": "bases", "citation": "bases",
    "no-signer": "signature", "addressed": "recipient", "no-council": "recipient",
    "no-front": "recipient", "unlinked": "duty", "unsent": "recipient", "no-recipient": "recipient",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A section on the page."""

    section: Section
    label: str
    depth: int
    add: str
    """What its “add below” makes (msgid); "" if nothing lies below its level."""
    below: int
    """How many sections lie below it and go with it."""
    comments: tuple[DocumentComment, ...]
    warnings: tuple[Warning, ...]

    @property
    def lines(self) -> int:
        """Give how many lines its text about takes, for browsers whose fields do not grow."""
        return lines_of(self.section.text)


@dataclass(frozen=True)
class Group:
    """A part with all below it, or what stands before the first part."""

    rows: tuple[Row, ...]
    is_open: bool

    @property
    def head(self) -> Row:
        """Give the section by which it is called."""
        return self.rows[0]

    @property
    def gist(self) -> str:
        """Give its first words, for the closed group."""
        texts = (f"{row.section.heading} {row.section.text}".strip() for row in self.rows[1:])
        return next((text for text in (self.head.section.text, *texts) if text), "")[:160]

    @property
    def warnings(self) -> tuple[Warning, ...]:
        """Give what is warned of within it."""
        return tuple(one for row in self.rows for one in row.warnings)


def lines_of(text: str, width: int = 56) -> int:
    """Give how many lines a text takes in a field of this many letters."""
    return sum(-(-max(len(line), 1) // width) for line in text.split("\n"))


def groups(
    body: Body,
    form: Format,
    kind: DocumentType,
    *,
    comments: Iterable[DocumentComment] = (),
    warnings: Sequence[Warning] = (),
    focus: str = "",
) -> tuple[Group, ...]:
    """Put the sections into groups, a part each.

    Args:
        body: the text.
        form: its format, which numbers.
        kind: its type.
        comments: what was said, oldest first.
        warnings: what is warned of.
        focus: "section-<id>" of where the writing goes on; its group is open.
    """
    said = _by_node(comments)
    rows = [
        Row(
            section=one.section, label=one.label, depth=one.depth,
            add=ADD_LABELS.get(BELOW.get(one.section.level, Level.PLAIN), ""),
            below=block_end(body.sections, place) - place - 1,
            comments=tuple(said.get(one.section.id, ())),
            warnings=tuple(w for w in warnings if w.section_id == one.section.id),
        )
        for place, one in enumerate(numbered(body.sections, form, kind))
    ]  # fmt: skip
    starts = [at for at, row in enumerate(rows) if row.section.level == Level.PART or at == 0]
    parts = [tuple(rows[a:b]) for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
    return tuple(Group(part, _is_open(part, at, focus)) for at, part in enumerate(parts))


def _is_open(rows: Sequence[Row], at: int, focus: str) -> bool:
    if focus.startswith("section-"):
        return any(f"section-{row.section.id}" == focus for row in rows)
    return at == 0 and not focus


def _by_node(comments: Iterable[DocumentComment]) -> Mapping[str, list[DocumentComment]]:
    said: dict[str, list[DocumentComment]] = {}
    for one in comments:
        if one.resolved_at is None:
            said.setdefault(one.node_id, []).append(one)
    return said


@dataclass(frozen=True)
class Editor:
    """The drafting page."""

    document: Document
    body: Body
    form: Format
    kind: DocumentType
    groups: tuple[Group, ...]
    warnings: tuple[Warning, ...]
    """Those that nobody decided to live with."""
    kept: tuple[Waiver, ...]
    comments: tuple[DocumentComment, ...]
    """Those on the whole, or on a section that is gone."""
    targets: tuple[TargetGroup, ...]
    focus: str = ""
    said: str = ""
    """What went wrong, for the person."""
    pasted_text: str = ""
    """Rows from Excel that could not be taken yet."""
    pasted_count: int = 0
    """How many of them could."""
    pasted: tuple[str, ...] = ()
    """What is wrong with them, a cell each."""

    roles = ROLE_LABELS
    levels = LEVEL_LABELS
    appendix_kinds = APPENDIX_LABELS
    jobs = MappingProxyType({Job.NONE: N_("Không có trang riêng"), **JOB_LABELS})

    @property
    def by_duty(self) -> Mapping[str, list[Warning]]:
        """Give the warnings about each duty."""
        ids = {duty.id for duty in self.body.duties}
        found: dict[str, list[Warning]] = {}
        for one in self.warnings:
            if one.section_id in ids:
                found.setdefault(one.section_id, []).append(one)
        return found

    @property
    def by_box(self) -> Mapping[str, list[Warning]]:
        """Give the boxes beside the sections, each with the warnings about it."""
        found: dict[str, list[Warning]] = {box: [] for box in BOXES}
        found["duty"] = [one for given in self.by_duty.values() for one in given]
        for one in self.warnings:
            if not one.section_id and one.rule in _BOX_OF_RULE:
                found[_BOX_OF_RULE[one.rule]].append(one)
        return found

    @property
    def leads(self) -> int:
        """Give how many different bodies lead a duty."""
        return len({duty.lead.name for duty in self.body.duties})

    @property
    def recipients_gist(self) -> str:
        """Give the recipients in a line: “Thường trực Tỉnh ủy (b/c); …”."""
        shown = (
            f"{one.party.name} ({one.note})" if one.note else one.party.name
            for one in self.body.recipients
        )  # fmt: skip
        return "; ".join(shown)[:160]

    def target(self, party: Party) -> str:
        """Give a party's address within the portal as the value of a choice."""
        return value_of(party)


@dataclass(frozen=True)
class Judged:
    """What a text is warned of."""

    open: tuple[Warning, ...] = ()
    """Those that nobody decided to live with."""
    kept: tuple[Waiver, ...] = ()
    """Those lived with, with the reason, as long as the mistake stands."""


def judged(document: Document, body: Body, facts: Facts) -> Judged:
    """Give what a text of a document, stored or just typed, is warned of."""
    form, kind = format_of(document.format_code), type_of(document.type_code)
    found, waivers = warnings(body, kind, form, facts), queries.waivers(document.id)
    return Judged(
        tuple(one for one in found if one.key not in waivers),
        tuple(waivers[one.key] for one in found if one.key in waivers),
    )


def editor(
    actor: Actor, document: Document, body: Body, facts: Facts, focus: str = "", said: str = ""
) -> Editor:
    """Give the drafting page of a body, stored or just typed.

    Args:
        actor: who writes.
        document: whose body it is.
        body: the text.
        facts: what the warnings are judged by.
        focus: where the writing goes on: "section-3fa81c02", "duty-…", "bases".
        said: what went wrong, for the person.
    """
    form, kind = format_of(document.format_code), type_of(document.type_code)
    found, comments = judged(document, body, facts), queries.comments(document.id)
    known = {section.id for section in body.sections}
    rest = tuple(c for c in comments if c.node_id not in known and c.resolved_at is None)
    parties = [*(d.lead for d in body.duties), *(r.party for r in body.recipients)]
    return Editor(
        document=document, body=body, form=form, kind=kind, warnings=found.open,
        kept=found.kept, comments=rest,
        groups=groups(body, form, kind, comments=comments, warnings=found.open, focus=focus),
        targets=offered(actor, parties), focus=focus, said=said,
    )  # fmt: skip
