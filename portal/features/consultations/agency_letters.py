"""The official letter with an agency's comments (PGY-CQ) as .docx, ready to be signed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.features.consultations import agency_answers, agency_queries
from portal.features.consultations.comment_tables import REASON, WHOLE
from portal.features.consultations.comments import Said
from portal.features.consultations.models import Submission, SubmissionState
from portal.features.documents import letterheads
from portal.features.documents.body import (
    Appendix,
    AppendixKind,
    Body,
    Head,
    Level,
    Party,
    Recipient,
    Section,
    Signature,
)
from portal.features.documents.formats import format_for, number_text, type_of
from portal.features.documents.models import State
from portal.features.documents.paper.compose import compose
from portal.features.documents.rendering import word
from portal.features.regulations import reading

TYPE = "cong_van"
HEADS = ("STT", "Điều, khoản, điểm", "Nội dung dự thảo", "Ý kiến góp ý", REASON)
_LONGEST_QUOTE = 400


@dataclass(frozen=True)
class _Sheet:
    """A letter that is no document of the portal yet."""

    format_code: str
    body: Body
    number_text: str
    dated_on: date | None = None
    type_code: str = TYPE
    number: int | None = None
    state: str = State.DRAFT


def draw(submission: Submission, typed: Sequence[Said] | None = None) -> bytes:
    """Give the letter as .docx, with what is kept or was sent.

    Args:
        submission: of the agency.
        typed: what it says; read from the database if not given.
    """
    own = submission.organisation_id
    letterhead = letterheads.of(own) if own else None
    regime = letterhead.regime if letterhead else "state"
    form = format_for(regime, clock.today())
    head = Head(
        letterhead.parent_name if letterhead else "",
        letterhead.issuer_name if letterhead else submission.agency.upper(),
        letterhead.symbol if letterhead else "",
        letterhead.place if letterhead else submission.consultation.unit.name,
    )
    said = list(typed if typed is not None else what_it_says(submission))
    number = number_text(form, type_of(TYPE), head.symbol, 0)
    return word.draw(compose(_Sheet(form.code, _body(submission, said, head), number)))


def what_it_says(submission: Submission) -> list[Said]:
    """Give what an agency has sent, or what it keeps, in the order of the draft."""
    if submission.state == SubmissionState.INVITED:
        return agency_answers.in_order(submission)
    order = ["", *reading.places(submission.consultation.draft_id)]
    found = agency_queries.comments(submission.id)
    return [Said(one.key, one.text) for one in sorted(found, key=lambda one: order.index(one.key))]


def rows(submission: Submission, said: Sequence[Said]) -> Iterator[tuple[str, ...]]:
    """Give the lines of the table: where, what the draft says there, the comment, the reason."""
    places = reading.places(submission.consultation.draft_id)
    for number, one in enumerate(said, 1):
        entry = places.get(one.key)
        text, _mark, reason = one.text.partition(f"\n{REASON}: ")
        quoted = _quote(entry.heading, entry.text) if entry else ""
        yield (str(number), entry.place if entry else WHOLE, quoted, text, reason)


def _quote(heading: str, text: str) -> str:
    whole = " ".join(f"{heading} {text}".split())
    return whole if len(whole) <= _LONGEST_QUOTE else f"{whole[:_LONGEST_QUOTE].rstrip()}…"


def _body(submission: Submission, said: Sequence[Said], head: Head) -> Body:
    case = submission.consultation
    committee = f"Ủy ban nhân dân {case.unit.running_name}"
    told = (
        f"Sau khi nghiên cứu dự thảo {case.draft.title} do {case.organisation.name} gửi lấy ý "
        f"kiến, {submission.agency} "
    )
    told += (
        f"cơ bản nhất trí với dự thảo và có {len(said)} ý kiến góp ý tại bảng kèm theo."
        if said else "nhất trí toàn bộ với dự thảo."
    )  # fmt: skip
    closing = (
        f"Trên đây là ý kiến của {submission.agency}, đề nghị {case.organisation.name} tổng hợp."
    )
    return Body(
        head=head,
        summary=f"góp ý đối với dự thảo {case.draft.title}",
        addressees=f"{committee}\n(qua {case.organisation.name})",
        sections=(Section(level=Level.PLAIN, text=told),),
        closing=closing,
        signature=Signature("", "THỦ TRƯỞNG CƠ QUAN", ""),
        recipients=(Recipient(Party("Như trên"), ""),),
        appendices=(Appendix(
            kind=AppendixKind.TABLE, title=f"Bảng góp ý đối với dự thảo {case.draft.title}",
            text="\n".join("\t".join(_cell(cell) for cell in row)
                           for row in (HEADS, *rows(submission, said))),
        ),) if said else (),
    )  # fmt: skip


def _cell(text: str) -> str:
    return " ".join(text.split())
