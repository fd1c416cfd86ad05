"""Giving a signed document its number and date, out of the register of its organ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_, fold
from portal.features.documents import formats, letterheads, queries
from portal.features.documents.formats import DocumentType, Format
from portal.features.documents.models import Document, State
from portal.features.documents.recording import Author
from portal.features.documents.workflow import DOCUMENT
from portal.features.registers import services as registers
from portal.features.registers.services import Wanted
from portal.policy.predicates import Actor
from portal.workflow.engine import ALREADY_CHANGED

OLDEST = timedelta(days=366)


def number(author: Author, document: Document, *, day: date, number: int | None) -> Document:
    """Take a number for a signed document; both stand or neither does.

    Args:
        author: the clerk.
        document: signed.
        day: the date that it bears; the format in force on it is the document's from now on.
        number: None for the register's next; a reserved one, or the office's own system's.

    Raises:
        Invalid: the day or the number cannot be taken; under "day" or "number".
        Refused: the document is not signed, or its organ's letterhead lacks what numbers it.
        Forbidden: the author may not.
    """
    if day > clock.today() or day < clock.today() - OLDEST:
        raise Invalid({"day": IN_FUTURE if day > clock.today() else TOO_OLD})
    with write(DOCUMENT.name) as current:
        current.refresh(document, with_for_update={"of": Document})
        if document.state != State.SIGNED:
            raise Refused(ALREADY_CHANGED)
        form, kind = _format(document, day), formats.type_of(document.type_code)
        taken = registers.take(author, _wanted(document, form, kind, day, number))
        document.number, document.dated_on = taken.number, day
        document.format_code = form.code
        symbol = document.body.head.symbol
        document.number_text = formats.number_text(form, kind, symbol, taken.number)
        document.folded = f"{document.folded} {fold(document.number_text)}"
        return DOCUMENT.fire(author, document.id, "number")


@dataclass(frozen=True)
class Doubt:
    """What speaks against a date: a sentence (msgid) with its values."""

    message: str
    values: Mapping[str, str] = field(default_factory=dict)


def doubts(document: Document, day: date, number: int | None) -> tuple[Doubt, ...]:
    """Give what speaks against a date without forbidding it.

    A paper is dated on the day it is signed and issued (NĐ 30/2020 Annex I), after its approval;
    and the dates of a register follow its numbers.

    Args:
        document: signed.
        day: the date that it is to bear.
        number: as for `number`.

    Raises:
        Refused: as `number` says.
    """
    approved = queries.decided_at(document.id, DOCUMENT.transitions["approve"].done)
    early = approved is not None and day < approved.astimezone(clock.VN).date()
    found = [Doubt(N_("Ngày này trước ngày văn bản được duyệt."))] if early else []
    form, kind = _format(document, day), formats.type_of(document.type_code)
    if later := registers.doubt(_wanted(document, form, kind, day, number)):
        values = {"number": later.number_text, "day": clock.format_date(later.dated_on)}
        found.append(Doubt(LATER, values))
    return tuple(found)


def cancel_number(document: Document, actor: Actor, reason: str) -> None:
    """Cancel the number of a document that will not be issued (an effect); it stays in the book."""
    for entry in queries.numbers_of(document.id):
        registers.cancel(actor, entry, reason)  # type: ignore[arg-type]  # has a display name


def _format(document: Document, day: date) -> Format:
    return formats.format_for(formats.format_of(document.format_code).regime, day)


def _wanted(
    document: Document, form: Format, kind: DocumentType, day: date, given: int | None
) -> Wanted:
    letterhead = letterheads.of(document.organisation_id)
    if letterhead is None:
        raise Refused(N_("Cơ quan ban hành chưa có thể thức nên chưa lấy số được."))
    body = document.body
    symbol = formats.number_text(form, kind, body.head.symbol, 0).partition("00")[2]
    return Wanted(
        organisation_id=document.organisation_id, type_code=document.type_code,
        period=registers.period_of(form.numbering, letterhead.term, day), symbol=symbol, day=day,
        summary=document.name, signer=body.signature.signer, document_id=document.id, number=given,
        signer_title=" / ".join(body.signature.titles.splitlines()),
        recipients="; ".join(recipient.party.name for recipient in body.recipients),
    )  # fmt: skip


LATER = N_("Số %(number)s ghi ngày %(day)s. Số sau mà ngày trước thì sổ lộn thứ tự.")
IN_FUTURE = N_("Ngày văn bản không thể sau hôm nay.")
TOO_OLD = N_("Ngày này đã qua hơn một năm.")
