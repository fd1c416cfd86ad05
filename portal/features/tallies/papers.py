"""The two papers of a locked week: minutes that are kept, and the report to the steering board."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select

from portal.core.clock import format_date
from portal.core.database import session, write
from portal.core.errors import Refused
from portal.core.text import N_
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents import beginning, letterheads, templates
from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Body,
    Level,
    Party,
    Recipient,
    Section,
    Signature,
)
from portal.features.documents.formats import type_of
from portal.features.documents.models import Document, Letterhead
from portal.features.documents.models import State as Paper
from portal.features.documents.paper.compose import citation
from portal.features.documents.recording import Author
from portal.features.documents.services import NewDocument
from portal.features.mailbox.models import Mailbox
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation
from portal.features.tallies import lines, weeks
from portal.features.tallies.figures import Figures
from portal.features.tallies.models import State, Tally

MINUTES, REPORT = "bien_ban", "bao_cao"
_GIVEN_UP = frozenset({Paper.WITHDRAWN, Paper.CANCELLED, Paper.REPLACED})


@dataclass(frozen=True)
class Papers:
    """What has been drafted of a week; None where it has not, or was given up."""

    minutes: Document | None
    report: Document | None


def of(tally: Tally) -> Papers:
    """Give the papers of a week that stand."""
    return Papers(_standing(tally.minutes), _standing(tally.report))


def draft(author: Author, tally: Tally) -> Papers:
    """Draft both papers, or give those that stand.

    Args:
        author: of the body that runs the box, which issues them.
        tally: locked.

    Raises:
        Refused: it is not locked yet, or the body has no letterhead.
    """
    if tally.state != State.LOCKED:
        raise Refused(N_("Hai người ký xong mới lập được biên bản và báo cáo."))
    letterhead = letterheads.of(tally.box.organisation_id)
    if letterhead is None:
        raise Refused(NO_LETTERHEAD)
    matter = _Matter(tally, Figures.from_json(tally.figures), letterhead)
    with write(f"tally:{tally.box_id}:{tally.week}") as current:
        current.refresh(tally, with_for_update={"of": Tally})
        found = of(tally)
        minutes = found.minutes or _begin(author, tally, MINUTES, matter.minutes())
        report = found.report or _begin(author, tally, REPORT, matter.report())
        tally.minutes_id, tally.report_id = minutes.id, report.id
    return Papers(minutes, report)


def _begin(author: Author, tally: Tally, type_code: str, body: Body) -> Document:
    made = beginning.begin(author, NewDocument(tally.box.organisation_id, type_code, body))
    audit.record(author, Act(
        "tally:drafted", "tally", tally.id, subject_name=tally.name, unit_id=tally.unit_id,
        changes={type_code: [None, made.name]},
    ))  # fmt: skip
    return made


def _standing(document: Document | None) -> Document | None:
    return None if document is None or document.state in _GIVEN_UP else document


@dataclass(frozen=True)
class _Matter:
    """What both papers say."""

    tally: Tally
    counted: Figures
    letterhead: Letterhead

    def minutes(self) -> Body:
        """Write the minutes of the two who counted."""
        return replace(
            self._begun(MINUTES),
            summary=f"tổng hợp {self._name} {self._days}",
            sections=(
                *_part("THỜI GIAN, THÀNH PHẦN", self._present()),
                *_part("SỐ LIỆU TỔNG HỢP", self._numbers(), Level.POINT),
                *_part("KẾT LUẬN", self._agreed()),
            ),
            signature=Signature("", "NGƯỜI XÁC NHẬN", self.tally.confirmed_by),
            second=Signature("", "NGƯỜI TỔNG HỢP", self.tally.made_by),
            appendices=self._tables(),
        )

    def report(self) -> Body:
        """Write the report to the board, which is to resolve what has come (plan 000, III.3)."""
        return replace(
            self._begun(REPORT),
            summary=_matter(REPORT, f"tổng hợp {self._name} {self._days}"),
            opening=f"{self._after_plan()}{self.letterhead.organisation.name} báo cáo kết quả "
            f"tổng hợp {self._name} {self._days} như sau:",
            sections=(
                *_part("SỐ LIỆU TRONG TUẦN", self._numbers(), Level.POINT),
                *_part("NHẬN XÉT, ĐỀ NGHỊ", self._asked()),
            ),
            closing="",
            recipients=tuple(self._recipients()),
            appendices=self._tables(),
        )

    @property
    def _name(self) -> str:
        name = self.tally.box.name
        return name[:1].lower() + name[1:]

    @property
    def _days(self) -> str:
        last = weeks.last_of(self.tally.week)
        return f"tuần từ ngày {format_date(self.tally.week)} đến ngày {format_date(last)}"

    def _begun(self, type_code: str) -> Body:
        empty = templates.find(f"trong_{type_code}")
        assert empty is not None, type_code
        return templates.fill(empty, {}, self.letterhead)

    def _after_plan(self) -> str:
        plan = self.tally.box.plan
        return f"Thực hiện {citation(plan)}, " if plan and plan.is_announced else ""

    def _numbers(self) -> Iterator[str]:
        return lines.told(self.tally.box, self.counted)

    def _present(self) -> Iterator[str]:
        made, confirmed = self.tally.made_on, self.tally.confirmed_on or self.tally.made_on
        yield f"Người tổng hợp: {self.tally.made_by}, {self.tally.made_as}; ký ngày " \
              f"{format_date(made)}."  # fmt: skip
        yield f"Người xác nhận: {self.tally.confirmed_by}, {self.tally.confirmed_as}; ký ngày " \
              f"{format_date(confirmed)}."  # fmt: skip

    def _agreed(self) -> Iterator[str]:
        yield from self.tally.remark.splitlines()
        yield ("Hai người đã đối chiếu số liệu trên Cổng Dân chủ cơ sở, thống nhất và ký. Số liệu "
               "của tuần đã khóa, không ai sửa được nữa.")  # fmt: skip

    def _asked(self) -> Iterator[str]:
        yield from self.tally.remark.splitlines()
        yield lines.asked(self.counted)

    def _recipients(self) -> Iterator[Recipient]:
        yield from (Recipient(Party(one.name, one.id), "b/c") for one in board(self.tally.box))

    def _tables(self) -> tuple[Appendix, ...]:
        text = "\n".join("\t".join(row) for row in lines.table(self.tally.box, self.counted))
        title = f"Bảng số liệu {self._days}"
        return (Appendix(kind=AppendixKind.TABLE, title=title, text=text),)


def board(box: Mailbox) -> list[Organisation]:
    """List who the report goes to: the steering board of the unit, and its standing agency."""
    steering = select(Organisation).where(
        Organisation.unit_id == box.unit_id, Organisation.valid_to.is_(None),
        Organisation.kind == OrganisationKind.STEERING,
    )  # fmt: skip
    found = list(session().scalars(steering.order_by(Organisation.sort_key, Organisation.id)))
    every = {one.id: one for one in (*found, box.reader)}
    return [one for one in every.values() if one.id != box.organisation_id]


def _part(
    heading: str, said: Iterator[str], level: Level = Level.PLAIN
) -> Iterator[Section]:  # fmt: skip
    yield Section(level=Level.PART, heading=heading)
    yield from (Section(level=level, text=line) for line in said if line)


def _matter(type_code: str, what: str) -> str:
    return f"{type_of(type_code).matter_word} {what}".strip()


NO_LETTERHEAD = N_("Cơ quan giữ hòm thư chưa đặt thể thức văn bản nên chưa lập biên bản, báo cáo "
                   "được. Mời đặt ở mục Thể thức trước.")  # fmt: skip
