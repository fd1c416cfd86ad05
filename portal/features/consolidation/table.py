"""The whole table “tổng hợp, tiếp thu, giải trình”: what the three kinds of file are drawn from."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.features.ballots.minutes import number
from portal.features.consolidation import listing, papers, queries, sources, totals
from portal.features.consolidation.explaining import DECISIONS
from portal.features.consolidation.models import Opinion
from portal.features.consolidation.sources import Sources
from portal.features.consolidation.totals import SOURCES, UNDECIDED
from portal.features.consultations.models import Consultation
from portal.features.documents.models import Document
from portal.features.documents.paper.compose import citation, compose

SUM_HEADS = ("Cộng", "Lượt ý kiến", "Ý kiến đã gộp")
HEADS = ("TT", "Điều, khoản, điểm", "Nội dung ý kiến", "Nguồn (số lượt)", "Tiếp thu, giải trình")
WHOLE = "Toàn bộ dự thảo"
_AT_ONCE = 500


@dataclass(frozen=True)
class Line:
    """One row: the head of an Điều (its number is 0), or an opinion."""

    number: int
    place: str
    text: str = ""
    sources: str = ""
    decision: str = ""
    explanation: str = ""


@dataclass(frozen=True)
class Head:
    """What stands above the table."""

    unit: str
    host: str
    title: str
    about: str
    place_and_day: str
    attached: str = ""
    """“(Kèm theo Báo cáo số … ngày … của …)”; "" while there is no report."""


@dataclass(frozen=True)
class Signed:
    """Who signs below, as the report is signed."""

    lines: tuple[str, ...]
    signer: str


@dataclass(frozen=True)
class Table:
    """The table with what stands above and below it."""

    head: Head
    total: int
    """How many opinions it has."""
    silent: str
    """A sentence about the provisions without comments; "" if there are none."""
    consultation: Consultation
    known: listing.Map
    sums: tuple[tuple[str, ...], ...] = ()
    """Rows under `SUM_HEADS`: by source, then by result."""
    signed: Signed | None = None
    """None while there is no report."""

    @property
    def said_last(self) -> str:
        """Say how many opinions it has in all."""
        return f"Cộng: {number(self.total)} ý kiến đã gộp."

    def lines(self) -> Iterator[Line]:
        """Give the rows in reading order, a few hundred opinions in memory at a time."""
        known, article = self.known, None
        for at, (opinion, said) in enumerate(_told(self.consultation.id, known), start=1):
            if known.article(opinion.key) != article:
                article = known.article(opinion.key)
                entry = known.entry(article)
                yield Line(0, entry.title if entry else WHOLE)
            yield _line(at, known.within(opinion.key), opinion, said)


def of(consultation: Consultation) -> Table:
    """Give the table of a consultation as it stands today."""
    counted = listing.counted(consultation.id)
    known = listing.Map(consultation, [one.key for one in counted])
    silent = known.silent()
    unit, report = consultation.unit, papers.of(consultation).report
    day = report.dated_on if report and report.dated_on else clock.today()
    return Table(
        head=Head(
            unit=f"Ủy ban nhân dân {_lowered(unit.full_name)}", host=consultation.organisation.name,
            title="Bảng tổng hợp, tiếp thu, giải trình ý kiến",
            about=f"đối với dự thảo {consultation.draft.title}",
            place_and_day=f"{unit.name}, ngày {day:%d} tháng {day:%m} năm {day.year}",
            attached=f"(Kèm theo {citation(report)})" if report else "",
        ),
        total=sum(one.total for one in counted),
        silent=f"Không có ý kiến về: {', '.join(silent)}." if silent else "",
        consultation=consultation, known=known, sums=tuple(_sums(consultation)),
        signed=_signed(report) if report else None,
    )  # fmt: skip


def _sums(one: Consultation) -> Iterator[tuple[str, ...]]:
    for share in totals.by_source(one):
        yield SOURCES[share.kind], number(share.comments), number(share.opinions)
    yield from ((word, "", number(n)) for word, n in totals.by_result(one.id))


def _signed(report: Document) -> Signed:
    paper = compose(report)
    return Signed((*paper.authority_lines, *paper.title_lines), paper.signer)


def told(given: Sources) -> str:
    """Say who said so: “38 hộ (5 tổ dân phố); 9 người dân; UBMTTQ phường, số 41/CV”."""
    said = []
    if given.households:
        said.append(f"{number(given.households)} hộ ({given.groups} tổ dân phố)")
    if given.voices:
        said.append(f"{number(given.voices)} người dân, trực tuyến")
    said += [f"{one.name}, số {one.letter}" if one.letter else one.name for one in given.agencies]
    return "; ".join(said)


def _told(consultation_id: int, known: listing.Map) -> Iterator[tuple[Opinion, Sources]]:
    for key in sorted(known.keys, key=lambda key: (known.order(key), key)):
        query = (
            select(Opinion).where(*queries.standing(consultation_id), Opinion.key == key)
            .order_by(Opinion.id)
        )  # fmt: skip
        for some in session().scalars(query).partitions(_AT_ONCE):
            found = sources.of(some)
            yield from ((one, found[one.id]) for one in some)


def _line(number: int, place: str, opinion: Opinion, given: Sources) -> Line:
    approved = opinion.approved_on is not None
    return Line(
        number, place, opinion.text, told(given),
        DECISIONS[opinion.decision] if approved else UNDECIDED,
        opinion.explanation if approved else "",
    )  # fmt: skip


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]
