"""A consultation in sentences and numbers, as its report, tờ trình and public page tell it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.core.clock import format_date
from portal.core.database import session
from portal.features.ballots import pages as ballots
from portal.features.ballots.minutes import number
from portal.features.consolidation import listing, queries, totals
from portal.features.consolidation.explaining import DECISIONS
from portal.features.consolidation.models import Decision, Opinion
from portal.features.consolidation.totals import SOURCES, Share
from portal.features.consultations import warnings
from portal.features.consultations.models import (
    Consultation,
    Submission,
    SubmissionState,
    TrackKind,
)
from portal.features.consultations.voice_models import Agreement, Voice
from portal.features.regulations import difference, reading
from portal.features.regulations import queries as regulations
from portal.features.regulations.difference import Change

ASKED: Final = {
    TrackKind.AGENCY: "Cơ quan, tổ chức, đơn vị góp ý bằng văn bản và trên Cổng",
    TrackKind.HOUSEHOLD: "Cử tri đại diện hộ gia đình cho ý kiến bằng phiếu",
    TrackKind.PUBLIC: "Người dân góp ý trực tuyến, không phải ghi tên",
}
_KEPT: Final = {
    warnings.TOO_SHORT: "Thời gian lấy ý kiến là %(days)s ngày, ngắn hơn 20 ngày theo khoản 2 "
                        "Điều 28 Luật Thực hiện dân chủ ở cơ sở",
    warnings.AGENCY_SHORT: "Cơ quan, tổ chức, đơn vị có %(days)s ngày để góp ý trong cả thời gian "
                           "%(all)s ngày",
    warnings.CHOICE: "Mỗi tổ dân phố chọn một trong các ngày phát phiếu và báo trước cho các hộ",
    warnings.NO_LIST: "Danh sách cử tri đại diện hộ gia đình không ấn định ngày niêm yết",
    warnings.LIST_LATE: "Danh sách cử tri đại diện hộ gia đình không được niêm yết trước ngày phát "
                        "phiếu",
    warnings.NO_PLAN: "Việc lấy ý kiến được tổ chức không theo một kế hoạch riêng",
    warnings.NO_COUNCIL: "Kế hoạch lấy ý kiến không có Hội đồng nhân dân ở nơi nhận",
    warnings.NO_FRONT: "Kế hoạch lấy ý kiến không có Mặt trận Tổ quốc ở nơi nhận",
}  # fmt: skip
"""Every warning as a report tells it; one that names days says nothing that is told already."""
_KINDS: Final = {"changed": "sửa", "added": "thêm", "removed": "bỏ", "moved": "chuyển chỗ"}


@dataclass(frozen=True)
class Numbers:
    """How many were asked, how many answered, what became of it."""

    invited: int
    sent: int
    agreed: int
    """Agencies that agree with the whole draft."""
    disagreed: int
    """Agencies that do not agree with it."""
    households: ballots.Sums
    voices: int
    whole: int
    """People who agreed with the whole draft on the public page."""
    opinions: int
    by_decision: dict[str, int]


def numbers(one: Consultation) -> Numbers:
    """Count a consultation."""
    agencies = dict(_grouped(Submission.state, Submission.consultation_id == one.id))
    sent = select(func.count()).where(
        Submission.consultation_id == one.id, Submission.state == SubmissionState.SENT
    )
    voices = select(func.count()).where(Voice.consultation_id == one.id)
    whole = select(Agreement.n).where(Agreement.consultation_id == one.id, Agreement.key == "")
    decided = dict(_grouped(Opinion.decision, *queries.standing(one.id)))
    return Numbers(
        invited=sum(agencies.values()), sent=agencies.get(SubmissionState.SENT, 0),
        agreed=session().scalar(sent.where(Submission.agrees)) or 0,
        disagreed=session().scalar(sent.where(Submission.disagrees)) or 0,
        households=ballots.sums(one),
        voices=session().scalar(voices) or 0, whole=session().scalar(whole) or 0,
        opinions=sum(decided.values()),
        by_decision={key: decided.get(key, 0) for key in Decision},
    )  # fmt: skip


def held(one: Consultation) -> Iterator[str]:
    """Say how people were asked: since when the draft was public, on which ways, on which days.

    The paper's own checks read these sentences: two ways that begin on one day are no window
    written twice, and a day that was asked for is none by which something is due.
    """
    if one.published_on:
        yield f"Dự thảo được công khai từ ngày {format_date(one.published_on)}."
    for track in one.tracks:
        first, last = format_date(track.opens_on), format_date(track.closes_on)
        yield f"{ASKED[TrackKind(track.kind)]}: bắt đầu ngày {first}, kết thúc ngày {last}."
    reasons = warnings.kept(one)
    for warning in warnings.of(one):
        if reason := reasons.get(warning.key):
            yield f"{_KEPT[warning.message] % warning.values}; lý do: {reason.rstrip('. ')}."
    if one.supervision and one.supervised_on:
        note, day = " ".join(one.supervision.split()), format_date(one.supervised_on)
        yield f"Mặt trận Tổ quốc giám sát, ghi nhận ngày {day}: {note}"


def counted(one: Consultation) -> Iterator[str]:
    """Say how many answered on each way."""
    found = numbers(one)
    if one.track(TrackKind.AGENCY):
        against = f", {number(found.disagreed)} không nhất trí" if found.disagreed else ""
        yield (f"{number(found.sent)}/{number(found.invited)} cơ quan, tổ chức, đơn vị được mời đã "
               f"góp ý, trong đó {number(found.agreed)} nhất trí toàn bộ{against}.")  # fmt: skip
    if one.track(TrackKind.HOUSEHOLD):
        yield _ballots(found.households)
    if one.track(TrackKind.PUBLIC):
        yield (f"{number(found.voices)} lượt góp ý trực tuyến, trong đó {number(found.whole)} lượt "
               "nhất trí với toàn bộ dự thảo.")  # fmt: skip
    yield _comments(totals.by_source(one))
    yield f"Các ý kiến giống nhau được gộp thành {number(found.opinions)} ý kiến, giữ đủ nguồn."


def answered(one: Consultation) -> Iterator[str]:
    """Say what became of it."""
    found = numbers(one)
    said = "; ".join(
        f"{DECISIONS[key].lower()} {number(n)} ý kiến" for key, n in found.by_decision.items() if n
    )
    every = number(found.opinions)
    yield f"Trong {every} ý kiến đã gộp: {said}." if said else "Không có ý kiến nào."
    silent = silent_articles(one)
    if silent:
        yield f"Không có ý kiến về: {', '.join(silent)}."
    yield "Từng ý kiến và nội dung tiếp thu, giải trình ở Bảng tổng hợp kèm theo."


def revised(one: Consultation) -> Iterator[str]:
    """Say what is different in the latest version from the one that people read first."""
    changes = changed(one)
    if not changes:
        yield "Nội dung dự thảo giữ nguyên như bản đã lấy ý kiến."
        return
    for kind, word in _KINDS.items():
        places = [each.entry.place for each in changes if each.kind == kind]
        if places:
            n = number(len(places))
            yield f"{word.capitalize()} {n} điều, khoản, điểm: {'; '.join(places)}."


def changed(one: Consultation) -> list[Change]:
    """Give what is different between the first published version and the latest one."""
    every = regulations.given(one.draft_id)
    if len(every) < 2:
        return []
    first, last = reading.outline(every[0]), reading.outline(every[-1])
    return [each for each in difference.compare(first, last) if each.kind != "same"]


def silent_articles(one: Consultation) -> list[str]:
    """List the Điều on which nobody said anything."""
    return listing.Map(one, [each.key for each in listing.counted(one.id)]).silent()


def by_article(one: Consultation) -> list[Sequence[str]]:
    """Give a table: Điều, opinions, accepted, in part, declined; its head first."""
    per_key = list(_per_key(one.id))
    known = listing.Map(one, [key for key, *_ in per_key])
    totals: dict[str, dict[str, int]] = {}
    for key, decision, n in per_key:
        row = totals.setdefault(known.article(key), {})
        row[decision] = row.get(decision, 0) + n
    rows: list[Sequence[str]] = [("Điều", "Ý kiến", *DECISIONS.values())]
    for article in sorted(totals, key=known.order):
        entry, row = known.entry(article), totals[article]
        rows.append((
            entry.title if entry else "Toàn bộ dự thảo", number(sum(row.values())),
            *(number(row.get(key, 0)) for key in Decision),
        ))  # fmt: skip
    return rows


def by_content(one: Consultation) -> list[Sequence[str]]:
    """Give a table: content group, agree, do not, other, silent; ward-wide, its head first."""
    rows: list[Sequence[str]] = [
        ("Nội dung", "Nhất trí", "Không nhất trí", "Ý kiến khác", "Không ghi")
    ]
    if one.track(TrackKind.HOUSEHOLD) and ballots.sums(one).groups:
        rows += [
            (f"{each.content.number}. {each.content.text}",
             *map(number, (each.agree, each.disagree, each.other, each.silent)))
            for each in ballots.totals(one)
        ]  # fmt: skip
    return rows


def _comments(found: Sequence[Share]) -> str:
    """Say how many comments lie behind the opinions, by source."""
    every = number(sum(one.comments for one in found))
    by_source = "; ".join(f"{SOURCES[one.kind].lower()} {number(one.comments)}" for one in found)
    return f"Có {every} lượt ý kiến về nội dung dự thảo: {by_source}."


def _ballots(found: ballots.Sums) -> str:
    return (
        f"{number(found.groups)} tổ dân phố phát {number(found.issued)} phiếu cho "
        f"{number(found.households)} hộ; thu về {number(found.returned)} phiếu, gồm "
        f"{number(found.valid)} hợp lệ, {number(found.invalid)} không hợp lệ, "
        f"{number(found.blank)} phiếu trắng; {number(found.not_returned)} phiếu không thu về."
    )


def _grouped(
    column: InstrumentedAttribute[str], *conditions: ColumnElement[bool]
) -> list[tuple[str, int]]:
    query = select(column, func.count()).where(*conditions).group_by(column).order_by(column)
    return [(key, n) for key, n in session().execute(query)]


def _per_key(consultation_id: int) -> Iterator[tuple[str, str, int]]:
    query = (
        select(Opinion.key, Opinion.decision, func.count())
        .where(*queries.standing(consultation_id))
        .group_by(Opinion.key, Opinion.decision).order_by(Opinion.key, Opinion.decision)
    )  # fmt: skip
    yield from ((row[0], row[1], row[2]) for row in session().execute(query))
