"""What agencies sent by letter, entered by the ward: number, date, file, and what it says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.text import N_, clean, fold
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.consultations import agencies, agency_queries, comments, letter_files
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
    upload: Upload | None = None


def enter(
    author: Author, consultation: Consultation, agency: str | Submission, letter: Letter
) -> Submission:
    """Enter a letter: for an agency that was asked or answered already, its answer gets it.

    Nothing is doubled: what the agency has sent by its link stays as it is.

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
    with (
        letter_files.stored(given.upload) as stored,
        write(agencies.lock(consultation.id), AGENCY.name) as current,
    ):
        submission = _found(current, consultation, agency)
        current.refresh(submission, with_for_update={"of": Submission})
        has_comments = bool(agency_queries.counts([submission.id]))
        if given.agrees and has_comments:
            raise Invalid({"agrees": HAS_COMMENTS})
        _take(submission, given, stored)
        if submission.state == SubmissionState.INVITED:
            submission.agrees, submission.sent_on = given.agrees, clock.today()
            submission.entered_by = author.display_name
            current.flush()
            AGENCY.follow_all(Submission, "send", Submission.id == submission.id)
        elif submission.entered_by:
            submission.agrees = given.agrees
        _record(author, "agency:letter_entered", submission, letter_number=(None, given.number))
        agencies.when_answered(author, consultation)
    return submission


def add(author: Author, submission: Submission, said: Sequence[Said]) -> int:
    """Add what the letter says on provisions; what is there already is not doubled.

    Returns:
        How many were new.

    Raises:
        Forbidden: the author may not.
        Invalid: a text is too long; under "text".
        Refused: no letter was entered for this agency, or the consultation is over.
    """
    _may_enter(author, submission.consultation)
    with write(AGENCY.name) as current:
        current.refresh(submission, with_for_update={"of": Submission})
        if not submission.entered_by:
            raise Refused(NOT_ENTERED)
        there = {(one.key, one.folded) for one in agency_queries.comments(submission.id)}
        new = [one for one in said if (one.key, fold(one.text)) not in there]
        new = list({(one.key, fold(one.text)): one for one in new}.values())
        day = submission.letter_on or clock.today()
        source = Source(submission.consultation, TrackKind.AGENCY, day, submission.id)
        added = comments.add(current, source, new)
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
    _may_correct(author, submission)
    with write(AGENCY.name) as current:
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
    _may_correct(author, submission)
    with write(AGENCY.name) as current:
        _record(author, "agency:comment_removed", submission,
                comment_text=(comment.text, None))  # fmt: skip
        comments.remove(current, [comment])


def may_enter(author: Author, consultation: Consultation) -> bool:
    """Say whether an account may enter letters now."""
    published = consultation.state == State.PUBLISHED
    return published and allows(author, Permission.AGENCY_MANAGE, consultation)


def _may_enter(author: Author, consultation: Consultation) -> None:
    if not allows(author, Permission.AGENCY_MANAGE, consultation):
        raise Forbidden
    if consultation.state != State.PUBLISHED:
        raise Refused(NOT_NOW)


def _may_correct(author: Author, submission: Submission) -> None:
    _may_enter(author, submission.consultation)
    if not submission.entered_by:
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
    return Letter(number, letter.on, signer, letter.agrees, letter.upload)


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
    made = Submission(
        consultation_id=consultation.id, unit_id=consultation.unit_id,
        organisation_id=body.id if body else None, agency=name, folded=fold(name),
        state=SubmissionState.INVITED, link_number=0,
    )  # fmt: skip
    current.add(made)
    current.flush()
    return made


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
NOT_ENTERED = N_("Cơ quan tự gửi góp ý này, nên phường không sửa. Công văn thì vẫn ghi thêm được.")
HAS_COMMENTS = N_("Cơ quan này đã có ý kiến, nên không ghi là nhất trí toàn bộ.")
