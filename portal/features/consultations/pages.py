"""What the pages of a consultation show."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from portal.core import clock
from portal.core.database import session
from portal.core.text import N_
from portal.features.consultations import groups, publishing, queries, standing, warnings
from portal.features.consultations.drafting import TRACK_LABELS
from portal.features.consultations.models import (
    Consultation,
    ContentGroup,
    State,
    Submission,
    SubmissionState,
    Track,
    TrackKind,
)
from portal.features.consultations.stating import Words, on_track, told, words
from portal.features.consultations.voice_models import Agreement
from portal.features.consultations.warnings import Warning
from portal.features.documents import models as documents
from portal.features.publicity import pages as publicity
from portal.features.publicity import queries as postings
from portal.features.publicity.pages import Entry
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows


@dataclass(frozen=True)
class Row:
    """A consultation in the list."""

    one: Consultation
    words: Words
    comments: int


@dataclass(frozen=True)
class Way:
    """One track: its days, where it stands, what came."""

    track: Track
    label: str
    words: Words
    received: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Asked:
    """One thing that is asked about, and on which articles it hangs."""

    group: ContentGroup
    places: str


@dataclass(frozen=True)
class Step:
    """One step of a consultation."""

    label: str
    done_on: date | None = None
    due_on: date | None = None
    from_on: date | None = None
    """Its first day, where it has one: before it nobody is at work on it."""
    is_now: bool = False

    @property
    def is_late(self) -> bool:
        """Say whether its last day is over and it is not done."""
        return self.done_on is None and self.due_on is not None and self.due_on < clock.today()


@dataclass(frozen=True)
class Detail:
    """One consultation as an actor sees it."""

    one: Consultation
    words: Words
    ways: tuple[Way, ...]
    asked: tuple[Asked, ...]
    steps: tuple[Step, ...]
    warnings: tuple[tuple[Warning, str], ...]
    """With the reason with which each is kept, "" if with none."""
    postings: tuple[Entry, ...]
    comments: int
    may_edit: bool
    may_set: bool
    """Say whether everybody reads what others wrote."""
    may_publish: bool
    may_supervise: bool

    @property
    def warnings_left(self) -> int:
        """Count those without a reason."""
        return sum(not reason for _, reason in self.warnings)


def listing(actor: Actor) -> list[Row]:
    """Give the consultations that an actor may see."""
    found = queries.listed(actor)
    counts = queries.comment_counts([one.id for one in found])
    return [Row(one, words(one), sum(counts.get(one.id, {}).values())) for one in found]


def public(unit_id: int) -> list[tuple[Consultation, Words]]:
    """Give the consultations of a unit that citizens may know of, each with where it stands."""
    return [(one, told(one)) for one in queries.of_unit(unit_id)]


def detail(actor: Actor, one: Consultation) -> Detail:
    """Give one consultation as an actor sees it."""
    counts = queries.comment_counts([one.id]).get(one.id, {})
    reasons = warnings.kept(one)
    edits = allows(actor, Permission.CONSULTATION_EDIT, one)
    return Detail(
        one, words(one), tuple(_ways(one, counts)),
        tuple(Asked(group, groups.places(group.keys.split(), one.draft_id))
              for group in one.groups),
        tuple(_steps(one)),
        tuple((warning, reasons.get(warning.key, "")) for warning in warnings.of(one)),
        tuple(_postings(one)), sum(counts.values()),
        may_edit=edits and one.state == State.DRAFT,
        may_set=edits and one.state == State.PUBLISHED,
        may_publish=allows(actor, Permission.CONSULTATION_PUBLISH, one),
        may_supervise=publishing.may_be_noted(one)
        and allows(actor, Permission.CONSULTATION_SUPERVISE, one),
    )  # fmt: skip


def _ways(one: Consultation, counts: Mapping[str, int]) -> list[Way]:
    today, found = clock.today(), {track.kind: track for track in one.tracks}
    ways = []
    for kind in TRACK_LABELS:
        if kind in found:
            where = standing.at(one.state, found[kind], today)
            message, values = _received(one.id, kind, counts.get(kind, 0))
            ways.append(Way(found[kind], TRACK_LABELS[kind], on_track(where), message, values))
    return ways


def _received(consultation_id: int, kind: str, comments: int) -> tuple[str, dict[str, object]]:
    if kind == TrackKind.AGENCY:
        sent, invited = _agencies(consultation_id)
        return N_("%(sent)s/%(of)s nơi đã trả lời, %(n)s ý kiến"), {
            "sent": sent, "of": invited, "n": comments,
        }  # fmt: skip
    if kind == TrackKind.PUBLIC:
        whole = select(Agreement.n).where(
            Agreement.consultation_id == consultation_id, Agreement.key == ""
        )
        agrees = session().scalar(whole) or 0
        return N_("%(n)s ý kiến, %(agrees)s lượt nhất trí toàn bộ"), {
            "n": comments, "agrees": agrees,
        }  # fmt: skip
    return N_("%(n)s ý kiến ghi thêm trên phiếu"), {"n": comments}


def _agencies(consultation_id: int) -> tuple[int, int]:
    query = (
        select(Submission.state, func.count().label("n"))
        .where(Submission.consultation_id == consultation_id)
        .group_by(Submission.state)
    )
    found = {row.state: row.n for row in session().execute(query)}
    return found.get(SubmissionState.SENT, 0), sum(found.values())


def _steps(one: Consultation) -> list[Step]:
    last, first_day = standing.last_day(one), standing.first_day(one)
    steps = [
        Step(N_("Công bố dự thảo"), one.published_on if one.is_announced else None),
        Step(N_("Lấy ý kiến"), last if _is_over(one) else None, last, first_day),
        Step(N_("Cơ quan, tổ dân phố gửi tổng hợp"),
             one.sum_due_on if _is_summed(one) else None, one.sum_due_on),
        Step(N_("Báo cáo tiếp thu, giải trình"), _reported_on(one), one.report_due_on),
        Step(N_("Công khai giải trình"), one.answers_public_on),
        Step(N_("Ban hành quy chế"), one.decided_on),
    ]  # fmt: skip
    now = next((at for at, step in enumerate(steps) if step.done_on is None), None)
    if now is not None and one.state not in {State.CLOSED, State.CANCELLED}:
        first = steps[now].from_on
        steps[now] = replace(steps[now], is_now=first is None or first <= clock.today())
    return steps


def _is_over(one: Consultation) -> bool:
    last = standing.last_day(one)
    return one.is_announced and last is not None and clock.today() > last


def _is_summed(one: Consultation) -> bool:
    """Say whether all agencies have answered; whoever reports has what it needs."""
    if one.state in {State.REPORTED, State.CLOSED}:
        return True
    sent, invited = _agencies(one.id)
    return _is_over(one) and sent == invited


def _reported_on(one: Consultation) -> date | None:
    """Give the date of the report once it is issued: a report that is drafted is under way."""
    report = one.report
    issued = report is not None and report.state in documents.PUBLISHED_STATES
    return report.dated_on if report and issued else None


def _postings(one: Consultation) -> list[Entry]:
    """Give where the draft and the answers were made public, the earliest first."""
    wanted = {publishing.DRAFT_SHOWN, publishing.ANSWERS_SHOWN}
    found = [
        posting for posting in postings.of_unit(None, one.unit_id)
        if posting.object in wanted and one.draft.title in posting.title and not posting.mistaken
    ]  # fmt: skip
    return publicity.entries(found)
