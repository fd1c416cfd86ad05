"""From a body to the paper: everything that is printed is decided here, once for .docx and PDF.

State: NĐ 30/2020/NĐ-CP Annex I. Party: HD 36-HD/VPTW, then HD 05-HD/VPTW (DOMAIN 2.1, 2.2).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from portal.core import clock
from portal.features.documents.body import Body, Head, Recipient
from portal.features.documents.formats import (
    DocumentType,
    Format,
    format_of,
    number_text,
    type_of,
)
from portal.features.documents.models import OPEN_STATES, State
from portal.features.documents.paper import Block, Paper, Paragraph, setting
from portal.features.documents.paper.annexes import UnitLine, annexes
from portal.features.documents.paper.inline import lines, runs, without_notes
from portal.features.documents.paper.lines import broken
from portal.features.documents.paper.signature import authority_lines, deciding, title_lines
from portal.features.documents.text.masking import masked
from portal.features.documents.text.wording import (
    GAP,
    date_words,
    lower_first,
    month_text,
    running_name,
    tidy_symbol,
    upper_first,
)

__all__ = ["Printable", "UnitLine", "citation", "compose"]

_SUMMARY_SHARE = 0.82
"""A summary keeps off the edges, so that it reads as a heading."""


class Printable(Protocol):
    """What can be printed: a document, or one of its versions."""

    @property
    def type_code(self) -> str: ...  # noqa: D102 - as in `models.Document`
    @property
    def format_code(self) -> str: ...  # noqa: D102
    @property
    def body(self) -> Body: ...  # noqa: D102
    @property
    def number(self) -> int | None: ...  # noqa: D102
    @property
    def number_text(self) -> str: ...  # noqa: D102
    @property
    def dated_on(self) -> date | None: ...  # noqa: D102
    @property
    def state(self) -> str: ...  # noqa: D102


def compose(document: Printable, *, units: Sequence[UnitLine] = (), public: bool = False) -> Paper:
    """Work out every line of a document.

    Args:
        document: what is printed.
        units: the communes of its campaign with their codes, for appendices that list them.
        public: for everybody: officials' group links and telephone numbers are masked.

    Raises:
        KeyError: its type or its format is not in the library.
    """
    form, kind = format_of(document.format_code), type_of(document.type_code)
    body = Body.from_json(unicodedata.normalize("NFC", document.body.to_json()))
    body = masked(body) if public else body
    summary, note = without_notes(" ".join(body.summary.split()))
    left, _ = form.head_mm
    size = form.sizes["head"]
    return Paper(
        form=form,
        title=f"{kind.name} {lower_first(summary)}".strip(),
        parent_lines=broken(body.head.parent_name.upper(), size, left),
        issuer_lines=broken(body.head.issuer_name.upper(), size, left),
        number_line=_number_line(document, form, kind, body.head),
        subject_lines=() if kind.titled else _subject(summary, form, left),
        date_line=date_words(form, body.head.place, document.dated_on, clock.today().year),
        type_line=kind.name.upper() if kind.titled else "",
        summary_lines=_summary(summary, form) if kind.titled else (),
        addressees=_addressees(body, kind) if kind.addressed else (),
        summary_note=note,
        blocks=tuple(_blocks(body, form, kind)),
        authority_lines=authority_lines(body.signature, form),
        title_lines=title_lines(body.signature, form),
        signer=body.signature.signer.strip(),
        second_title_lines=title_lines(body.second, form),
        second_signer=body.second.signer.strip(),
        recipients=recipient_lines(body, form, kind),
        annexes=annexes(body.appendices, form, f"(Kèm theo {citation(document)})", units),
        is_draft=document.state in OPEN_STATES | {State.SUBMITTED},
    )  # fmt: skip


def citation(document: Printable) -> str:
    """Cite a document without its summary: “Kế hoạch số 191-KH/BCĐ ngày 26/3/2024 của …”.

    What it has not got yet is dotted, to be filled in by hand: “số ……-QĐ/ĐU, ngày …… tháng ……”.

    Raises:
        KeyError: its type or its format is not in the library.
    """
    form, kind = format_of(document.format_code), type_of(document.type_code)
    head = document.body.head
    number = _number_line(document, form, kind, head)
    return form.citation_pattern.format(
        type=kind.name,
        symbol=_dotted(number.removeprefix("Số").removeprefix(":").strip(" ")),
        date=_cited_date(form, document.dated_on),
        issuer=running_name(unicodedata.normalize("NFC", head.issuer_name)),
    ).removesuffix(" của ")


def recipient_lines(body: Body, form: Format, kind: DocumentType) -> tuple[str, ...]:
    """Give the lines under “Nơi nhận”, the keeper last."""
    said = [_recipient(one) for one in body.recipients if one.party.name.strip()]
    if kind.addressed and body.addressees.strip() and not any(_says_above(one) for one in said):
        said.insert(0, "Như trên")
    shown = [f"- {one}{form.recipient_end}" for one in said]
    keeper = body.keeper.strip().rstrip(".")
    return (*shown, f"- {form.keeper_pattern.format(keeper=keeper)}") if keeper else tuple(shown)


def _addressees(body: Body, kind: DocumentType) -> tuple[str, ...]:
    """Give one on the line of “Kính gửi:”, several below it, each with a dash (NĐ 30)."""
    given = [line.strip(" -").rstrip(";., ") for line in lines(body.addressees)]
    if len(given) < 2:
        return tuple(f"{kind.address_word}: {one}" for one in given)
    shown = [f"- {one};" for one in given]
    return (f"{kind.address_word}:", *shown[:-1], f"- {given[-1]}.")


def _recipient(one: Recipient) -> str:
    name = one.party.name.strip(" -").rstrip(".;, ")
    note = one.note.strip(" ()")
    return f"{name} ({note})" if note else name


def _says_above(line: str) -> bool:
    return line.lower().startswith(("như trên", "như kính gửi"))


def _number_line(document: Printable, form: Format, kind: DocumentType, head: Head) -> str:
    given = document.number_text or number_text(form, kind, head.symbol, document.number)
    prefix, _, rest = given.partition(" ")
    gap = "" if document.number_text or document.number is not None else GAP * 2
    return f"{prefix} {gap}{tidy_symbol(rest)}"


def _subject(summary: str, form: Format, room: float) -> tuple[str, ...]:
    text = summary.removeprefix("V/v ").strip()
    return broken(f"V/v {lower_first(text)}", form.sizes["subject"], room) if text else ()


def _summary(summary: str, form: Format) -> tuple[str, ...]:
    shown = lower_first(summary) if form.summary_lower else upper_first(summary)
    return broken(shown, form.sizes["summary"], form.text_mm * _SUMMARY_SHARE)


def _dotted(symbol: str) -> str:
    rest = symbol.strip(f" {GAP}")
    return f"{_DOTS}{rest}" if rest[:1] in {"-", "/"} else rest


def _cited_date(form: Format, day: date | None) -> str:
    if day is None:
        return f"ngày {_DOTS} tháng {_DOTS} năm {_DOTS}"
    return form.citation_date.format(day=f"{day.day:02}", month=month_text(day), year=day.year)


def _blocks(body: Body, form: Format, kind: DocumentType) -> Iterator[Block]:
    enacting = kind.enacting.get(form.regime, "")
    decider = deciding(body, kind)
    if enacting and form.regime == "state":
        yield _centred(decider)
    yield from setting.bases(body, form)
    yield from (Paragraph(runs(line)) for line in lines(body.opening))
    if enacting:
        yield _centred(enacting.format(decider=decider))
    text: list[Block] = list(setting.sections(body, form, kind))
    text += [Paragraph(runs(line)) for line in lines(body.closing)]
    yield from setting.ended(text, form.end_mark)


def _centred(text: str) -> Paragraph:
    return Paragraph(runs(text, bold=True), "centred", keep_with_next=True)


_DOTS = "……"
