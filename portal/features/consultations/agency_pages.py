"""What the pages about agencies show."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core import clock
from portal.core.text import N_
from portal.features.consultations import (
    agencies,
    agency_answers,
    agency_entries,
    agency_queries,
    agency_words,
    standing,
    versions,
)
from portal.features.consultations.agency_articles import has_page
from portal.features.consultations.agency_letters import what_it_says
from portal.features.consultations.comments import LONGEST, Said
from portal.features.consultations.models import (
    Comment,
    Consultation,
    State,
    Submission,
    SubmissionState,
    TrackKind,
)
from portal.features.consultations.standing import Where
from portal.features.documents.recording import Author
from portal.features.regulations import queries as regulations
from portal.features.regulations import reading
from portal.features.regulations.models import DraftVersion, Level
from portal.features.regulations.reading import Entry
from portal.policy.permissions import Permission
from portal.policy.table import allows


@dataclass(frozen=True)
class Row:
    """An agency in the tracker."""

    submission: Submission
    n: int
    """How many comments it sent."""
    outdated: int | None = None
    """On which version it spoke, if there is a later one."""

    @property
    def is_sent(self) -> bool:
        """Say whether it has answered."""
        return self.submission.state == SubmissionState.SENT

    @property
    def word(self) -> str:
        """Say where it stands (msgid)."""
        one = self.submission
        if self.is_sent:
            if one.disagrees:
                return N_("Không nhất trí")
            return N_("Nhất trí toàn bộ") if one.agrees else N_("Đã góp ý")
        if one.kept != "{}":
            return N_("Đang ghi")
        return N_("Đã mở") if one.opened_on else N_("Chưa mở")

    @property
    def way(self) -> str:
        """Say on which way its answer came, or is to come (msgid)."""
        one = self.submission
        if one.letter_number:
            return N_("Công văn")
        if one.organisation_id and one.token_hash is None:
            return N_("Tài khoản")
        return N_("Đường dẫn") if one.token_hash else N_("Chưa có đường dẫn")


@dataclass(frozen=True)
class Tracker:
    """Who is asked, and who has answered."""

    consultation: Consultation
    rows: Sequence[Row]
    where: Where
    may_change: bool
    may_enter: bool
    reminder: str
    """For those who have not answered; "" if all have, or nobody may be reminded now."""

    @property
    def answered(self) -> int:
        """Count those who have answered."""
        return sum(row.is_sent for row in self.rows)

    @property
    def agreeing(self) -> int:
        """Count those who agree to all of it."""
        return sum(row.submission.agrees for row in self.rows)

    @property
    def disagreeing(self) -> int:
        """Count those who do not agree."""
        return sum(row.submission.disagrees for row in self.rows)

    @property
    def comments(self) -> int:
        """Count what was said."""
        return sum(row.n for row in self.rows)


@dataclass(frozen=True)
class Line:
    """One comment with its place."""

    key: str
    place: str
    article: str
    """The key of the Điều whose page has its box; "" for the draft as a whole."""
    text: str
    comment: Comment | None = None


@dataclass(frozen=True)
class Part:
    """An article in the table of contents, and how many comments stand in it."""

    entry: Entry
    above: str
    """The chapter that begins here, "" within one."""
    n: int


@dataclass(frozen=True)
class Answer:
    """What an agency sees of its own answer, and whoever brings the answers together."""

    submission: Submission
    version: DraftVersion | None
    where: Where
    lines: Sequence[Line]
    parts: Sequence[Part]
    takes: bool
    can_take_back: bool
    seen: str
    """A mark of all that is kept (`agency_answers.seen`)."""
    seen_whole: str
    """The same of what is kept on the draft as a whole."""
    outdated: int | None
    """On which version it spoke, if there is a later one."""

    most = LONGEST

    @property
    def consultation(self) -> Consultation:
        """Give the consultation."""
        return self.submission.consultation

    @property
    def is_sent(self) -> bool:
        """Say whether it was sent."""
        return self.submission.state == SubmissionState.SENT


def tracker(author: Author, consultation: Consultation) -> Tracker:
    """Give who is asked, and who has answered."""
    found = agency_queries.listed(consultation.id)
    counts = agency_queries.counts([one.id for one in found])
    silent = [one for one in found if one.state == SubmissionState.INVITED]
    manages = allows(author, Permission.AGENCY_MANAGE, consultation)
    reminds = manages and silent and consultation.state == State.PUBLISHED
    given = regulations.given(consultation.draft_id)
    return Tracker(
        consultation,
        [Row(one, counts.get(one.id, 0), versions.outdated(one, given)) for one in found],
        standing.of(consultation, TrackKind.AGENCY, clock.today()),
        may_change=manages and consultation.state in agencies.CHANGING,
        may_enter=agency_entries.may_enter(author, consultation),
        reminder=agency_words.reminder(consultation, silent) if reminds else "",
    )  # fmt: skip


def answer(submission: Submission) -> Answer:
    """Give an agency's answer: what it keeps or has sent, over the contents of the draft."""
    case = submission.consultation
    given = regulations.given(case.draft_id)
    version = given[-1] if given else None
    outline = reading.outline(version) if version else []
    where = standing.of(case, TrackKind.AGENCY, clock.today())
    lines = _lines(submission)
    return Answer(
        submission, version, where, lines, _parts(outline, lines),
        agency_answers.takes(submission), agency_answers.can_take_back(submission),
        agency_answers.seen(submission), agency_answers.seen(submission, {""}),
        versions.outdated(submission, given),
    )  # fmt: skip


def secret_link(submission: Submission, base_url: str) -> str:
    """Give an agency's whole link, "" if it has none that can be shown."""
    secret = agencies.secret_of(submission)
    return agency_words.address(base_url, secret) if secret else ""


def _lines(submission: Submission) -> list[Line]:
    places = reading.places(submission.consultation.draft_id)
    if submission.state == SubmissionState.INVITED:
        return [_line(places, said) for said in what_it_says(submission)]
    order = {key: at for at, key in enumerate(["", *places])}
    found = sorted(agency_queries.comments(submission.id), key=lambda one: order.get(one.key, 0))
    return [_line(places, Said(one.key, one.text), one) for one in found]


def _line(places: dict[str, Entry], said: Said, comment: Comment | None = None) -> Line:
    entry = places.get(said.key)
    if entry is None:
        return Line(said.key, N_("Cả dự thảo"), "", said.text, comment)
    return Line(said.key, entry.place, entry.article or entry.key, said.text, comment)


def _parts(outline: Sequence[Entry], lines: Sequence[Line]) -> list[Part]:
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.article] = counts.get(line.article, 0) + 1
    parts, above = [], ""
    for entry in outline:
        if entry.level is Level.CHAPTER:
            above = entry.title
        if has_page(entry):
            above = "" if above == entry.title else above
            parts.append(Part(entry, above, counts.get(entry.key, 0)))
            above = ""
    return parts
