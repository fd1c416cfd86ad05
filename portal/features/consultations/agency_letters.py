"""The official letter with an agency's comments (PGY-CQ) as .docx, ready to be signed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.features.consultations import agency_answers, agency_queries
from portal.features.consultations.comment_tables import REASON, WHOLE
from portal.features.consultations.comments import Said
from portal.features.consultations.models import Comment, Submission, SubmissionState
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
from portal.features.documents.formats import format_for
from portal.features.documents.models import State
from portal.features.documents.paper.compose import compose
from portal.features.documents.rendering import word
from portal.features.regulations import reading
from portal.features.regulations.reading import Entry

TYPE = "cong_van"
HEADS = ("STT", "Điều, khoản, điểm", "Nội dung dự thảo", "Ý kiến góp ý", REASON)
_LONGEST_QUOTE = 400


@dataclass(frozen=True)
class _Sheet:
    """A letter that is no document of the portal yet."""

    format_code: str
    body: Body
    number_text: str = ""
    dated_on: date | None = None
    type_code: str = TYPE
    number: int | None = None
    state: str = State.APPROVED
    """What is printed to be signed is no draft any more."""


@dataclass(frozen=True)
class Signing:
    """Who signs, and whether the agency does not agree."""

    signer: str
    """Title and name as typed, with a comma between them."""
    disagrees: bool


def draw(
    submission: Submission, typed: Sequence[Said] | None = None, signing: Signing | None = None
) -> bytes:  # fmt: skip
    """Give the letter as .docx, with what is kept or was sent.

    Args:
        submission: of the agency.
        typed: what it says; read from the database if not given.
        signing: as it is about to be sent; as it was sent if not given.
    """
    signing = signing or Signing(submission.signer, submission.disagrees)
    own = submission.organisation_id
    letterhead = letterheads.of(own) if own else None
    regime = letterhead.regime if letterhead else "state"
    form = format_for(regime, clock.today())
    head = Head(
        letterhead.parent_name if letterhead else "",
        letterhead.issuer_name if letterhead else submission.agency,
        letterhead.symbol if letterhead else "",
        letterhead.place if letterhead else submission.consultation.unit.name,
    )
    said = list(typed if typed is not None else what_it_says(submission))
    return word.draw(compose(_Sheet(form.code, _body(submission, said, head, signing))))


def what_it_says(submission: Submission) -> list[Said]:
    """Give what an agency has sent, or what it keeps, in the order of the draft."""
    if submission.state == SubmissionState.INVITED:
        return agency_answers.in_order(submission)
    places = reading.places(submission.consultation.draft_id)
    return in_order(agency_queries.comments(submission.id), places)


def in_order(found: Iterable[Comment], places: Mapping[str, Entry]) -> list[Said]:
    """Give comments in the order of the draft, those on the whole of it first.

    Args:
        found: of one agency.
        places: of the draft (`reading.places`).
    """
    order = {key: at for at, key in enumerate(["", *places])}
    return [Said(one.key, one.text) for one in sorted(found, key=lambda one: order[one.key])]


def rows(said: Sequence[Said], places: Mapping[str, Entry]) -> Iterator[tuple[str, ...]]:
    """Give the lines of the table: where, what the draft says there, the comment, the reason."""
    for number, one in enumerate(said, 1):
        entry = places.get(one.key)
        text, _mark, reason = one.text.partition(f"\n{REASON}: ")
        quoted = _quote(entry.heading, entry.text) if entry else ""
        yield (str(number), entry.place if entry else WHOLE, quoted, text, reason)


def _quote(heading: str, text: str) -> str:
    whole = " ".join(f"{heading} {text}".split())
    return whole if len(whole) <= _LONGEST_QUOTE else f"{whole[:_LONGEST_QUOTE].rstrip()}…"


def _body(
    submission: Submission, said: Sequence[Said], head: Head, signing: Signing
) -> Body:  # fmt: skip
    case = submission.consultation
    committee = f"Ủy ban nhân dân {case.unit.running_name}"
    told = (
        f"Sau khi nghiên cứu dự thảo {case.draft.title} do {case.organisation.name} gửi lấy ý "
        f"kiến, {submission.agency} "
    )
    told += _stance(len(said), disagrees=signing.disagrees)
    closing = (
        f"Trên đây là ý kiến của {submission.agency}, đề nghị {case.organisation.name} tổng hợp."
    )
    return Body(
        head=head,
        summary=f"góp ý đối với dự thảo {case.draft.title}",
        addressees=f"{committee} (qua {case.organisation.name})",
        sections=(Section(level=Level.PLAIN, text=told),),
        closing=closing,
        signature=_signature(signing.signer),
        recipients=(Recipient(Party("Như trên"), ""),),
        appendices=(Appendix(
            kind=AppendixKind.TABLE, title=f"Bảng góp ý đối với dự thảo {case.draft.title}",
            text="\n".join("\t".join(_cell(cell) for cell in row)
                           for row in (HEADS, *rows(said, reading.places(case.draft_id)))),
        ),) if said else (),
    )  # fmt: skip


def _stance(n: int, *, disagrees: bool) -> str:
    """Say which of the three answers of PGY-CQ it is."""
    if disagrees:
        return "không nhất trí với dự thảo; lý do và ý kiến cụ thể tại bảng kèm theo."
    if n:
        return f"nhất trí với dự thảo và có {n} ý kiến góp ý tại bảng kèm theo."
    return "nhất trí toàn bộ với dự thảo."


def _signature(typed: str) -> Signature:
    """Take title and name apart at the comma; without one, it is who signs for the head."""
    title, comma, name = typed.partition(",")
    if comma:
        return Signature("", title.strip(), name.strip())
    return Signature("", "THỦ TRƯỞNG CƠ QUAN", typed)


def _cell(text: str) -> str:
    return " ".join(text.split())
