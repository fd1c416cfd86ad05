"""The minutes of an inspection (biên bản), begun as a document out of what was written down."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from portal.core.clock import format_date
from portal.core.database import session, write
from portal.core.errors import Refused
from portal.core.text import N_
from portal.features.documents import beginning, letterheads, templates
from portal.features.documents import queries as documents
from portal.features.documents.body import Body, Level, Section
from portal.features.documents.models import Document, Letterhead
from portal.features.documents.models import State as Paper
from portal.features.documents.services import NewDocument
from portal.features.inspections import queries
from portal.features.inspections.models import Inspection, Point, Verdict
from portal.features.inspections.services import Author
from portal.policy.predicates import Actor

TYPE = "bien_ban"
_HEADS = {Verdict.MET: "Những mục đạt", Verdict.MISSED: "Những mục chưa đạt"}


def draft(author: Author, inspection: Inspection) -> Document:
    """Begin the minutes, or give those that have been begun.

    Args:
        author: of the body that inspected; another organ of its unit issues where that one has
            no letterhead.
        inspection: recorded.

    Raises:
        Refused: nothing has been recorded yet, or no organ of the unit has a letterhead.
    """
    if not inspection.is_announced:
        raise Refused(N_("Ghi kết quả kiểm tra trước rồi mới soạn biên bản."))
    letterhead = _letterhead(author)
    if letterhead is None:
        raise Refused(NO_LETTERHEAD)
    with write(f"inspection:{inspection.id}") as current:
        current.refresh(inspection, with_for_update={"of": Inspection})
        if begun := of(inspection):
            return begun
        new = NewDocument(letterhead.organisation_id, TYPE, _body(inspection, letterhead))
        document = beginning.begin(author, new)
        inspection.minutes_id = document.id
    return document


def is_possible(author: Actor) -> bool:
    """Say whether an organ of the author's has the letterhead that minutes need."""
    return _letterhead(author) is not None


def of(inspection: Inspection) -> Document | None:
    """Give the minutes that have been begun and not given up."""
    found = session().get(Document, inspection.minutes_id) if inspection.minutes_id else None
    return None if found is None or found.state == Paper.CANCELLED else found


def _letterhead(author: Actor) -> Letterhead | None:
    issuers = documents.issuers(author)
    own = [one for one in issuers if one.id == author.organisation_id]
    return letterheads.of((own or issuers)[0].id) if issuers else None


def _body(inspection: Inspection, letterhead: Letterhead) -> Body:
    empty = next(one for one in templates.available() if one.code == f"trong_{TYPE}")
    unit, day = inspection.unit.running_name, inspection.done_on or inspection.planned_on
    return replace(
        templates.fill(empty, {}, letterhead),
        summary=f"kiểm tra việc tổ chức {inspection.campaign.name} tại {unit} "
        f"ngày {format_date(day)}",
        sections=tuple(_sections(inspection)),
    )


def _sections(inspection: Inspection) -> Iterator[Section]:
    yield from _part("THỜI GIAN, ĐỊA ĐIỂM, THÀNH PHẦN", list(_occasion(inspection)))
    points = inspection.points
    yield from _part("NỘI DUNG KIỂM TRA", [])
    for verdict in (Verdict.MET, Verdict.MISSED):
        if found := [one for one in points if one.verdict == verdict]:
            yield Section(level=Level.POINT, heading=_HEADS[verdict])
            yield from (Section(level=Level.DASH, text=_line(one)) for one in found)
    yield from _part("NHẬN XÉT, KẾT LUẬN", inspection.findings.splitlines())
    follow_ups = queries.follow_ups(inspection)
    if follow_ups:
        yield Section(level=Level.POINT, heading="Việc phải khắc phục")
        for task in follow_ups:
            by = f"; xong chậm nhất ngày {format_date(task.due_on)}" if task.due_on else ""
            yield Section(level=Level.DASH, text=f"{task.doer}: {task.what}{by}.")
    for note in queries.notes(inspection.id):
        who = "Ý kiến của đơn vị" if note.kind == "reply" else "Bổ sung của đoàn kiểm tra"
        yield Section(level=Level.PLAIN, text=f"{who}: {note.text}")


def _occasion(inspection: Inspection) -> Iterator[str]:
    day = inspection.done_on or inspection.planned_on
    yield f"Thời gian: ngày {format_date(day)}."
    yield f"Địa điểm: {inspection.place or inspection.unit.full_name}."
    yield f"Đoàn kiểm tra của {inspection.organisation.name}: {inspection.inspectors}."
    yield f"Đơn vị được kiểm tra: {inspection.unit.full_name}; người làm việc với đoàn: …"


def _part(heading: str, lines: Sequence[str]) -> Iterator[Section]:
    yield Section(level=Level.PART, heading=heading)
    yield from (Section(level=Level.PLAIN, text=line) for line in lines if line)


def _line(point: Point) -> str:
    return ": ".join(filter(None, (point.text, point.remark.rstrip(".")))) + "."


NO_LETTERHEAD = N_("Đơn vị chưa đặt thể thức văn bản nên chưa soạn biên bản trên Cổng được.")
