"""An agency's own answer, by its link or its account: kept as it is written, sent, taken back."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused, Stale
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.consultations import (
    agencies,
    agency_boxes,
    agency_queries,
    comments,
    standing,
)
from portal.features.consultations.agency_workflow import AGENCY
from portal.features.consultations.comments import Said, Source
from portal.features.consultations.models import Submission, SubmissionState, TrackKind
from portal.features.regulations import queries as regulations
from portal.features.regulations import reading

MOST_KEPT = 500_000
LONGEST_SIGNER = 200


@dataclass(frozen=True)
class Link:
    """Whoever holds an agency's link, in the record."""

    display_name: str
    user_id: int = 0


def link_of(submission: Submission) -> Link:
    """Give who acts on an agency's link."""
    return Link(f"Đường dẫn của {submission.agency}"[:200])


def kept(submission: Submission) -> dict[str, str]:
    """Give what was written and not sent, by key of provision; "" for the whole draft."""
    found: dict[str, str] = json.loads(submission.kept)
    return found


def seen(submission: Submission, keys: Collection[str] | None = None) -> str:
    """Give a mark of what stands there, box by box (`agency_boxes.marks`).

    Args:
        submission: of the agency.
        keys: of the provisions that are shown; without it, all on which something is kept, and
            the draft as a whole.
    """
    found = kept(submission)
    return agency_boxes.marks(found, {"", *found} if keys is None else keys)


def takes(submission: Submission) -> bool:
    """Say whether the agency can write and send today."""
    where = standing.of(submission.consultation, TrackKind.AGENCY, clock.today())
    return where.takes and submission.state == SubmissionState.INVITED


def can_take_back(submission: Submission) -> bool:
    """Say whether the agency can take back what it has sent by its link, to change it."""
    where = standing.of(submission.consultation, TrackKind.AGENCY, clock.today())
    sent = submission.state == SubmissionState.SENT
    return where.takes and sent and not submission.letter_number


def opened(submission: Submission) -> None:
    """Note the day on which a link was first opened."""
    if submission.opened_on is None:
        with write() as current:
            current.refresh(submission, with_for_update={"of": Submission})
            submission.opened_on = submission.opened_on or clock.today()


def keep(submission: Submission, typed: Mapping[str, str], shown: str) -> None:
    """Keep what was written on some provisions; the others stay as they are.

    Args:
        submission: of the agency.
        typed: texts by key, also of provisions that a later version dropped; an empty one takes
            away what was kept, and one that is what was shown changes nothing.
        shown: what `seen` gave of these keys when the page was drawn.

    Raises:
        Invalid: a text is too long, or all together are; by the field's name `field(key)`.
        Refused: it was sent already, or the days are over.
        Stale: somebody else of the agency changed the same boxes; `theirs` by key.
    """
    tidied = _tidied(submission, agency_boxes.changed(typed, shown))
    with write() as current:
        current.refresh(submission, with_for_update={"of": Submission})
        _check_open(submission)
        found = kept(submission)
        differing = {key: found.get(key, "") for key, text in tidied.items()
                     if found.get(key, "") != text}  # fmt: skip
        if theirs := agency_boxes.changed(differing, shown):
            raise Stale(BOTH, theirs)
        _keep(submission, found | tidied)


def keep_more(submission: Submission, said: Collection[Said]) -> int:
    """Keep what a table says besides what is there; what is there already is not doubled.

    Returns:
        How many were new.

    Raises:
        Invalid: a text becomes too long, or all together do; under "text".
        Refused: it was sent already, or the days are over.
    """
    with write() as current:
        current.refresh(submission, with_for_update={"of": Submission})
        _check_open(submission)
        found, new = kept(submission), 0
        for each in said:
            before, text = found.get(each.key, ""), comments.tidy(each.text)
            if f"\n{text}\n" not in f"\n{before}\n":
                found[each.key] = comments.tidy(f"{before}\n{text}")
                new += 1
        _keep(submission, found)
    return new


def send(
    doer: Doer, submission: Submission, signer: str, *, agrees: bool, shown: str,
    disagrees: bool = False,
) -> None:  # fmt: skip
    """Send what is kept, or that the agency agrees to all of it.

    Args:
        doer: the link (`link_of`) or the agency's account.
        submission: of the agency.
        signer: who answers for it, with title; may be empty.
        agrees: “nhất trí toàn bộ”; only without a comment.
        shown: what `seen` gave of everything when the page was drawn.
        disagrees: “không nhất trí”; only with its reason as a comment on the draft as a whole.

    Raises:
        Invalid: nothing to send, agreeing and commenting at once, or no reason; under "agrees",
            "disagrees" or "signer".
        Refused: it was sent already, or the days are over.
        Stale: somebody else of the agency wrote in the meantime.
    """
    signer = clean(signer)
    if len(signer) > LONGEST_SIGNER:
        raise Invalid({"signer": LONG_SIGNER})
    with write(AGENCY.name) as current:
        agencies.hold(current, submission)
        _check_open(submission)
        said = in_order(submission)
        if agrees and said:
            raise Invalid({"agrees": BOTH_AT_ONCE}, n=len(said))
        if not agrees and not said:
            raise Invalid({"agrees": NOTHING})
        if disagrees and not any(one.key == "" for one in said):
            raise Invalid({"disagrees": NO_REASON})
        if shown != seen(submission):
            raise Stale(CHANGED, {})
        submission.disagrees = disagrees
        _sent(current, submission, said, signer)
        AGENCY.follow_all(Submission, "send", Submission.id == submission.id)
        _record(doer, "agency:send", submission)
        agencies.when_answered(doer, submission.consultation)


def take_back(doer: Doer, submission: Submission) -> None:
    """Take back what was sent, to change it: it is kept again, and no comment any more.

    Raises:
        Refused: the days are over, the ward has entered its letter, or it is being answered.
    """
    with write(AGENCY.name) as current:
        agencies.hold(current, submission)
        if not can_take_back(submission):
            raise Refused(LETTERED if submission.letter_number else NOT_BACK)
        said = agency_queries.comments(submission.id)
        _keep(submission, {one.key: one.text for one in said})
        comments.remove(current, said)
        submission.sent_on, submission.agrees, submission.disagrees = None, False, False
        submission.sent_version = None
        current.flush()
        AGENCY.follow_all(Submission, "take_back", Submission.id == submission.id)
        _record(doer, "agency:take_back", submission)


def in_order(submission: Submission) -> list[Said]:
    """Give what is kept in the order of the draft, the draft as a whole first."""
    found = kept(submission)
    version = regulations.published(submission.consultation.draft_id)
    order = ["", *regulations.keys(version.id)] if version else [""]
    gone = [key for key in found if key not in order]
    return [Said(key, found[key]) for key in (*order, *gone) if key in found]


def _sent(current: Session, submission: Submission, said: list[Said], signer: str) -> None:
    source = Source(submission.consultation, TrackKind.AGENCY, clock.today(), submission.id)
    comments.add(current, source, said)
    submission.agrees, submission.signer = not said, signer
    submission.sent_on, submission.kept, submission.entered_by = clock.today(), "{}", ""
    version = regulations.published(submission.consultation.draft_id)
    submission.sent_version = version.number if version else None
    current.flush()


def _tidied(submission: Submission, typed: Mapping[str, str]) -> dict[str, str]:
    known, tidied, errors = reading.places(submission.consultation.draft_id), {}, {}
    for key, text in typed.items():
        if key and key not in known:
            continue
        tidied[key] = clean(text, multiline=True)
        if len(tidied[key]) > comments.LONGEST:
            errors[agency_boxes.field(key)] = comments.TOO_LONG
    if errors:
        raise Invalid(errors)
    return tidied


def _keep(submission: Submission, texts: Mapping[str, str]) -> None:
    submission.kept = json.dumps({k: v for k, v in texts.items() if v}, ensure_ascii=False)
    if len(submission.kept) > MOST_KEPT:
        raise Invalid({"text": TOO_MUCH})


def _check_open(submission: Submission) -> None:
    if submission.state == SubmissionState.SENT:
        raise Refused(SENT)
    if not takes(submission):
        raise Refused(CLOSED)


def _record(doer: Doer, action: str, submission: Submission) -> None:
    audit.record(doer, Act(
        action, "agency", submission.id, subject_name=submission.agency,
        unit_id=submission.unit_id,
    ))  # fmt: skip


SENT = N_("Cơ quan đã gửi góp ý rồi. Muốn sửa thì rút lại trước.")
CLOSED = N_("Đã hết thời gian góp ý, hoặc đợt lấy ý kiến chưa mở. Những gì đã ghi vẫn được giữ.")
BOTH = N_("Có người khác của cơ quan vừa ghi ở chỗ này. Mời xem cả hai rồi lưu lại.")
CHANGED = N_("Bản góp ý vừa được sửa ở nơi khác. Mời xem lại trước khi gửi.")
BOTH_AT_ONCE = N_("Đang có %(n)s góp ý đã ghi. Nếu nhất trí toàn bộ, xin xóa các góp ý ấy trước.")
NOTHING = N_("Chưa ghi góp ý nào. Nếu không có góp ý, xin bấm “Nhất trí toàn bộ”.")
NO_REASON = N_("Không nhất trí thì xin ghi lý do ở phần “Góp ý chung cho cả dự thảo”, lưu rồi gửi.")
LONG_SIGNER = N_("Tên và chức vụ dài nhất 200 chữ cái.")
NOT_BACK = N_("Không rút lại được: đã hết thời gian góp ý.")
LETTERED = N_("Không rút lại được: công văn đã ghi sổ. Muốn sửa, xin gửi công văn khác.")
TOO_MUCH = N_("Tất cả góp ý dài quá mức Cổng nhận. Xin gửi kèm bằng công văn.")
