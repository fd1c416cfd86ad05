"""The whole table “tổng hợp, tiếp thu, giải trình”: what the three kinds of file are drawn from."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.features.consolidation import listing, queries, sources
from portal.features.consolidation.explaining import DECISIONS
from portal.features.consolidation.models import Opinion
from portal.features.consolidation.sources import Sources
from portal.features.consultations.models import Consultation

HEADS = ("TT", "Điều, khoản, điểm", "Nội dung ý kiến", "Nguồn (số lượt)", "Tiếp thu, giải trình")
WHOLE = "Toàn bộ dự thảo"
UNDECIDED = "Chưa có giải trình được duyệt"
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


@dataclass(frozen=True)
class Table:
    """The table with what stands above and below it."""

    head: Head
    total: int
    """How many opinions it has."""
    silent: str
    """A sentence about the provisions without comments; "" if there are none."""
    consultation: Consultation

    def lines(self) -> Iterator[Line]:
        """Give the rows in reading order, a few hundred opinions in memory at a time."""
        counted = listing.counted(self.consultation.id)
        known = listing.Map(self.consultation, [one.key for one in counted])
        article = None
        for number, (opinion, said) in enumerate(_told(self.consultation.id, known), start=1):
            if known.article(opinion.key) != article:
                article = known.article(opinion.key)
                entry = known.entry(article)
                yield Line(0, entry.title if entry else WHOLE)
            yield _line(number, known.within(opinion.key), opinion, said)


def of(consultation: Consultation) -> Table:
    """Give the table of a consultation as it stands today."""
    counted = listing.counted(consultation.id)
    known = listing.Map(consultation, [one.key for one in counted])
    some = {known.article(one.key) for one in counted}
    silent = [one.label for one in known.entries if one.is_article and one.key not in some]
    unit, today = consultation.unit, clock.today()
    return Table(
        head=Head(
            unit=f"Ủy ban nhân dân {_lowered(unit.full_name)}", host=consultation.organisation.name,
            title="Bảng tổng hợp, tiếp thu, giải trình ý kiến",
            about=f"đối với dự thảo {consultation.draft.title}",
            place_and_day=f"{unit.name}, ngày {today:%d} tháng {today:%m} năm {today.year}",
        ),
        total=sum(one.total for one in counted),
        silent=f"Không có ý kiến về: {', '.join(silent)}." if silent else "",
        consultation=consultation,
    )  # fmt: skip


def told(given: Sources) -> str:
    """Say who said so: “38 hộ (5 tổ dân phố); 9 người dân; UBMTTQ phường, số 41/CV”."""
    said = []
    if given.households:
        said.append(f"{given.households} hộ ({given.groups} tổ dân phố)")
    if given.voices:
        said.append(f"{given.voices} người dân, trực tuyến")
    said += [f"{one.name}, số {one.letter}" if one.letter else one.name for one in given.agencies]
    return "; ".join(said)


def _told(consultation_id: int, known: listing.Map) -> Iterator[tuple[Opinion, Sources]]:
    order = sorted(
        (one.key for one in listing.counted(consultation_id)),
        key=lambda key: (known.order(key), key),
    )
    for key in order:
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
