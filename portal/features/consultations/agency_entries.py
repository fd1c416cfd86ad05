"""What agencies sent by letter, entered by the ward: number, date, file, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.text import N_, clean, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.consultations import agencies, agency_queries, comments
from portal.features.consultations.agency_queries import LETTERS
from portal.features.consultations.agency_workflow import AGENCY
from portal.features.consultations.comments import Said, Source
from portal.features.consultations.models import (
    Comment,
    Consultation,
    State,
    Submission,
    SubmissionState,
    TrackKind,
)
from portal.features.documents.files import Upload
from portal.features.documents.recording import Author
from portal.features.regulations import queries as regulations
from portal.features.regulations.models import DraftVersion
from portal.policy.permissions import Permission
from portal.policy.table import allows

LONGEST_NUMBER = 60


@dataclass(frozen=True)
class Letter:
    """A letter as it came in."""

    number: str
    on: date | None
    signer: str = ""
    agrees: bool = False
    """Whether it says “nhất trí toàn bộ”."""
    disagrees: bool = False
    """Whether it says “không nhất trí”."""
    upload: Upload | None = None
    version: int | None = None
    """Which version of the draft it speaks of; None: the one that stood on its day."""


def enter(
    author: Author, consultation: Consultation, agency: str | Submission, letter: Letter
) -> Submission:
    """Enter a letter: for an agency that was asked or answered already, its answer gets it.

    Nothing is doubled: comments that the agency has sent by its link stay as they are. Whether it
    agrees is what the letter says.

    Args:
        author: of the body that brings the answers together.
        consultation: published and not reported.
        agency: which, or the name of one; who is on the list already is found by any writing.
        letter: what came.

    Raises:
        Forbidden: the author may not.
        Invalid: something is missing or wrong, by field.
        Refused: the consultation is not published, or over.
    """
    _may_enter(author, consultation)
    given = _checked(agency, letter)
    upload = given.upload
    stored = LETTERS.store(upload.data, upload.suffix) if upload else ""
    with write(agencies.lock(consultation.id), AGENCY.name) as current, LETTERS.kept(stored):
        agencies.hold_case(current, consultation)
        _may_enter(author, consultation)
        submission = _found(current, consultation, agency)
        current.refresh(submission, with_for_update={"of": Submission})
        has_comments = bool(agency_queries.counts([submission.id]))
        if given.agrees and has_comments:
            raise Invalid({"agrees": HAS_COMMENTS})
        _take(submission, given, stored)
        submission.letter_version = _version(consultation, given)
        # What is signed and stamped stands, whatever was tapped on the link before.
        submission.agrees, submission.disagrees = given.agrees, given.disagrees
        if submission.state == SubmissionState.INVITED:
            submission.sent_on, submission.entered_by = clock.today(), author.display_name
            current.flush()
            AGENCY.follow_all(Submission, "send", Submission.id == submission.id)
        _record(author, "agency:letter_entered", submission, letter_number=(None, given.number))
        agencies.when_answered(author, consultation)
    return submission


def add(author: Author, submission: Submission, said: Sequence[Said]) -> int:
    """Add what the letter says on provisions; what is there already is not doubled.

    What the agency sent by its link stays as it is; if that was “nhất trí”, it is so no more.

    Returns:
        How many were new.

    Raises:
        Forbidden: the author may not.
        Invalid: a text is too long; under "text".
        Refused: no letter was entered for this agency, or the consultation is over.
    """
    with write(AGENCY.name) as current:
        agencies.hold(current, submission)
        _may_enter(author, submission.consultation)
        if not submission.letter_number:
            raise Refused(NO_LETTER)
        there = {(one.key, one.folded) for one in agency_queries.comments(submission.id)}
        new = [one for one in said if (one.key, fold(one.text)) not in there]
        new = list({(one.key, fold(one.text)): one for one in new}.values())
        day = submission.letter_on or clock.today()
        source = Source(submission.consultation, TrackKind.AGENCY, day, submission.id)
        added = comments.add(current, source, new)
        for comment in added:
            comment.typed_in = True
        submission.agrees = submission.agrees and not added
        if added:
            _record(author, "agency:comments_entered", submission, comment_count=(None, len(added)))
    return len(added)


def change(author: Author, submission: Submission, comment: Comment, text: str) -> None:
    """Put right what was typed from a letter.

    Raises:
        Forbidden: the author may not.
        Invalid: it is empty or too long; under "text".
        Refused: the agency wrote it itself, it is being answered, or the consultation is over.
    """
    with write(AGENCY.name) as current:
        _may_correct(author, current, submission, comment)
        before = comment.text
        comments.change(current, comment, text)
        _record(author, "agency:comment_changed", submission,
                comment_text=(before, comment.text))  # fmt: skip


def remove(author: Author, submission: Submission, comment: Comment) -> None:
    """Take out what was typed by mistake.

    Raises:
        Forbidden: the author may not.
        Refused: the agency wrote it itself, it is being answered, or the consultation is over.
    """
    with write(AGENCY.name) as current:
        _may_correct(author, current, submission, comment)
        _record(author, "agency:comment_removed", submission,
                comment_text=(comment.text, None))  # fmt: skip
        comments.remove(current, [comment])


def is_typed(submission: Submission, comment: Comment) -> bool:
    """Say whether the ward typed a comment in, and so may put it right."""
    return bool(submission.entered_by) or comment.typed_in


def speaks_of(submission: Submission) -> DraftVersion | None:
    """Give the version whose numbers a letter uses; None if no letter was entered."""
    if submission.letter_version is None:
        return None
    return regulations.version(submission.consultation.draft_id, submission.letter_version)


def may_enter(author: Author, consultation: Consultation) -> bool:
    """Say whether an account may enter letters now."""
    published = consultation.state == State.PUBLISHED
    return published and allows(author, Permission.AGENCY_MANAGE, consultation)


def _may_enter(author: Author, consultation: Consultation) -> None:
    if not allows(author, Permission.AGENCY_MANAGE, consultation):
        raise Forbidden
    if consultation.state != State.PUBLISHED:
        raise Refused(NOT_NOW)


def _may_correct(
    author: Author, current: Session, submission: Submission, comment: Comment
) -> None:  # fmt: skip
    agencies.hold(current, submission)
    _may_enter(author, submission.consultation)
    if not is_typed(submission, comment):
        raise Refused(NOT_ENTERED)


def _checked(agency: str | Submission, letter: Letter) -> Letter:
    number, signer = clean(letter.number), clean(letter.signer)
    errors = {}
    if isinstance(agency, str) and not clean(agency):
        errors["agency"] = N_("Chọn cơ quan, hoặc ghi tên cơ quan.")
    elif isinstance(agency, str) and len(clean(agency)) > agencies.LONGEST_NAME:
        errors["agency"] = agencies.LONG_NAME
    if not number or len(number) > LONGEST_NUMBER:
        errors["number"] = N_("Ghi số, ký hiệu của công văn, ví dụ 41/MTTQ-BTT.")
    if letter.on is None:
        errors["on"] = N_("Ghi ngày của công văn.")
    elif letter.on > clock.today():
        errors["on"] = N_("Ngày của công văn chưa tới.")
    if len(signer) > agencies.LONGEST_NAME:
        errors["signer"] = N_("Tên và chức vụ dài nhất 200 chữ cái.")
    if errors:
        raise Invalid(errors)
    return replace(letter, number=number, signer=signer)


def _found(
    current: Session, consultation: Consultation, agency: str | Submission
) -> Submission:  # fmt: skip
    if isinstance(agency, Submission):
        return agency
    name = clean(agency)
    if known := agency_queries.by_name(consultation.id, name):
        return known
    body = next((one for one in agency_queries.invitable(consultation)
                 if fold(one.name) == fold(name)), None)  # fmt: skip
    made = agencies.asked_of(consultation, name, body.id if body else None)
    current.add(made)
    current.flush()
    return made


def _version(consultation: Consultation, letter: Letter) -> int:
    """Give the number of the version a letter speaks of: as said, else what stood on its day.

    Raises:
        Invalid: under "version", no such version was published.
    """
    day = letter.on or clock.today()
    stood = regulations.standing_on(consultation.draft_id, day)
    if letter.version is None and stood:
        return stood.number
    named = regulations.version(consultation.draft_id, letter.version or 0)
    if named is None or not named.is_announced:
        raise Invalid({"version": N_("Chọn một bản đã công bố.")})
    return named.number


def _take(submission: Submission, letter: Letter, stored: str) -> None:
    submission.letter_number, submission.letter_on = letter.number, letter.on
    submission.signer = letter.signer or submission.signer
    if letter.upload is not None:
        submission.letter_stored, submission.letter_sha256 = stored, letter.upload.sha256


def _record(
    author: Author, action: str, submission: Submission, **changes: tuple[object, object]
) -> None:
    audit.record(author, Act(
        action, "agency", submission.id, subject_name=submission.agency,
        unit_id=submission.unit_id, changes={name: list(pair) for name, pair in changes.items()},
    ))  # fmt: skip


NOT_NOW = N_("Chỉ nhập công văn khi đợt đã công bố và chưa lập báo cáo.")
NO_LETTER = N_("Chưa ghi công văn nào của cơ quan này. Mời ghi công văn trước.")
NOT_ENTERED = N_("Cơ quan tự gửi góp ý này, nên phường không sửa. Công văn thì vẫn ghi thêm được.")
HAS_COMMENTS = N_("Cơ quan này đã có ý kiến, nên không ghi là nhất trí toàn bộ.")
