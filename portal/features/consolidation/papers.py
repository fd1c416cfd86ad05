"""The two papers at the end: the report with all answers, and the tờ trình with the draft mended.

Plan 004, III.5 and V.1: the division brings the comments together, reports what was accepted and
why the rest was not, completes the draft and submits it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from portal.core.database import write
from portal.core.errors import Refused
from portal.core.text import N_, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.consolidation import told
from portal.features.consultations.models import Consultation, State
from portal.features.consultations.workflow import CONSULTATION
from portal.features.documents import beginning, letterheads, templates
from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Body,
    Level,
    Party,
    Recipient,
    Section,
)
from portal.features.documents.checks.consultation import COUNCIL, FRONT
from portal.features.documents.formats import type_of
from portal.features.documents.models import Document, Letterhead
from portal.features.documents.models import State as Paper
from portal.features.documents.paper.compose import citation
from portal.features.documents.recording import Author
from portal.features.documents.services import NewDocument
from portal.features.documents.text.wording import lower_first
from portal.features.org_units.kinds import OrganisationKind

REPORT: Final = "bao_cao"
PETITION: Final = "to_trinh"
_GIVEN_UP = frozenset({Paper.WITHDRAWN, Paper.CANCELLED, Paper.REPLACED})


@dataclass(frozen=True)
class Papers:
    """What stands of the two; None where one was not drafted, or was given up."""

    report: Document | None
    petition: Document | None


def of(consultation: Consultation) -> Papers:
    """Give the papers of a consultation that stand."""
    return Papers(_standing(consultation.report), _standing(consultation.petition))


def lacks_letterhead(consultation: Consultation) -> bool:
    """Say whether who brings the comments together has not said how its papers begin and end."""
    return letterheads.of(consultation.organisation_id) is None


def draft(author: Author, consultation: Consultation) -> Papers:
    """Draft both papers, or give those that stand; the consultation counts as reported then.

    Args:
        author: of the body that brings the comments together.
        consultation: whose days are over and whose opinions are all answered.

    Raises:
        Forbidden, Refused: as its workflow says, or the body has no letterhead.
    """
    letterhead = letterheads.of(consultation.organisation_id)
    if letterhead is None:
        raise Refused(NO_LETTERHEAD)
    with write(CONSULTATION.name) as current:
        current.refresh(consultation, with_for_update={"of": Consultation})
        if consultation.state == State.PUBLISHED:
            CONSULTATION.fire(author, consultation.id, "report")
        elif consultation.state != State.REPORTED:
            raise Refused(NOT_NOW)
        matter, found = _Matter(consultation, letterhead), of(consultation)
        report = found.report or _begin(author, consultation, REPORT, matter.report)
        petition = found.petition or _begin(author, consultation, PETITION, matter.petition)
        consultation.report_id, consultation.petition_id = report.id, petition.id
    return Papers(report, petition)


def _begin(author: Author, one: Consultation, type_code: str, body: Callable[[], Body]) -> Document:
    made = beginning.begin(author, NewDocument(one.organisation_id, type_code, body()))
    audit.record(author, Act(
        "consultation:drafted", "consultation", one.id, subject_name=one.name, unit_id=one.unit_id,
        changes={type_code: [None, made.name]},
    ))  # fmt: skip
    return made


def _standing(document: Document | None) -> Document | None:
    return None if document is None or document.state in _GIVEN_UP else document


@dataclass(frozen=True)
class _Matter:
    """What both papers say."""

    one: Consultation
    letterhead: Letterhead

    def report(self) -> Body:
        """Write the report: who was asked and how, how many said what, what became of it."""
        return replace(
            self._begun(REPORT),
            summary=_matter(REPORT, f"tổng hợp, tiếp thu, giải trình ý kiến đối với {self._name}"),
            bases=self._bases(),
            opening=f"{self.letterhead.organisation.name} báo cáo kết quả lấy ý kiến, tiếp thu, "
            f"giải trình đối với {self._name} như sau:",
            sections=(
                *_part("VIỆC TỔ CHỨC LẤY Ý KIẾN", told.held(self.one)),
                *_part("KẾT QUẢ LẤY Ý KIẾN", told.counted(self.one)),
                *_part("TIẾP THU, GIẢI TRÌNH", told.answered(self.one)),
                *_part("ĐỀ NGHỊ", iter((ASKED,))),
            ),
            recipients=self._recipients(),
            appendices=self._tables(),
        )  # fmt: skip

    def petition(self) -> Body:
        """Write the tờ trình with which the mended draft goes to be decided."""
        unit = self.one.unit.full_name
        return replace(
            self._begun(PETITION),
            summary=_matter(PETITION, f"ban hành {self.one.draft.title}"),
            addressees=f"Ủy ban nhân dân {unit[:1].lower()}{unit[1:]}",
            bases=self._bases(),
            opening=f"{self.letterhead.organisation.name} đã lấy ý kiến và hoàn thiện "
            f"{self._name}, kính trình xem xét, quyết định như sau:",
            sections=(
                *_part("VIỆC LẤY Ý KIẾN", told.counted(self.one)),
                *_part("NỘI DUNG ĐÃ CHỈNH LÝ", told.revised(self.one)),
                *_part("ĐỀ NGHỊ", iter((DECIDE.format(title=self.one.draft.title),))),
            ),
        )  # fmt: skip

    @property
    def _name(self) -> str:
        return f"dự thảo {self.one.draft.title}"

    def _begun(self, type_code: str) -> Body:
        empty = templates.find(f"trong_{type_code}")
        assert empty is not None, type_code
        return templates.fill(empty, {}, self.letterhead)

    def _bases(self) -> tuple[str, ...]:
        plan = self.one.plan
        if plan is None or not plan.is_announced:
            return (LAW,)
        return (LAW, f"Căn cứ {citation(plan)} về {_about(plan.body.summary)}")

    def _recipients(self) -> tuple[Recipient, ...]:
        """The result goes to the Council and the Front (Luật, Art. 28), and to who decides."""
        unit = self.one.unit
        committee = f"Ủy ban nhân dân {unit.running_name}"
        issues = fold(committee).startswith(fold(self.letterhead.issuer_name))
        above = () if issues else (Recipient(Party(committee), "b/c"),)
        front = Party(FRONT, group=f"{unit.level}:{OrganisationKind.FRONT}")
        return (Recipient(Party(COUNCIL), "b/c"), *above, Recipient(front, "p/h"))

    def _tables(self) -> tuple[Appendix, ...]:
        every = (
            ("Ý kiến theo điều của dự thảo", told.by_article(self.one)),
            ("Phiếu lấy ý kiến hộ gia đình theo nội dung", told.by_content(self.one)),
        )
        return tuple(
            Appendix(kind=AppendixKind.TABLE, title=title, text="\n".join(map("\t".join, rows)))
            for title, rows in every if len(rows) > 1
        )  # fmt: skip


def _part(heading: str, said: Iterator[str]) -> Iterator[Section]:
    yield Section(level=Level.PART, heading=heading)
    yield from (Section(level=Level.POINT, text=line) for line in said if line)


def _about(summary: str) -> str:
    """Give a summary as a citation goes on after “về”."""
    return lower_first(summary.removeprefix("Về ").removeprefix("về ").strip())


def _matter(type_code: str, what: str) -> str:
    return f"{type_of(type_code).matter_word} {what}".strip()


LAW = "Căn cứ Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15 ngày 10 tháng 11 năm 2022"
ASKED = ("Công khai bảng tổng hợp, tiếp thu, giải trình để cơ quan, đơn vị và Nhân dân biết; trình "
         "xem xét, ban hành dự thảo đã chỉnh lý.")  # fmt: skip
DECIDE = (
    "Xem xét, ban hành {title} (có dự thảo đã chỉnh lý, báo cáo tiếp thu, giải trình kèm theo)."
)
NOT_NOW = N_("Đợt lấy ý kiến chưa tới bước lập báo cáo, hoặc đã kết thúc.")
NO_LETTERHEAD = N_("Cơ quan tổng hợp chưa đặt thể thức văn bản nên chưa lập báo cáo, tờ trình "
                   "được. Mời đặt thể thức trước.")  # fmt: skip
