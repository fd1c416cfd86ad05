"""A public document as a page to read: its entry in the list, and its paper with footnotes."""

from dataclasses import dataclass, field
from datetime import date

from portal.features.documents.formats import type_of
from portal.features.documents.models import Document, State
from portal.features.documents.paper import Paper
from portal.features.documents.text.masking import hidden
from portal.features.documents.text.wording import upper_first


@dataclass(frozen=True)
class Entry:
    """What a list says of a document."""

    id: int
    name: str
    """“Kế hoạch số 191-KH/BCĐ”."""
    summary: str
    day: date | None
    issuer: str
    is_withdrawn: bool
    is_replaced: bool
    relation: str


@dataclass
class Footnotes:
    """Footnotes in the order in which a page comes to them; on a screen they stand at its end."""

    texts: list[str] = field(default_factory=list)

    def hang(self, text: str) -> int:
        """Take a footnote in and give its number."""
        self.texts.append(text)
        return len(self.texts)


@dataclass(frozen=True)
class Reading:
    """A public document with what it says and what became of it."""

    entry: Entry
    paper: Paper
    """The masked copy."""
    before: Entry | None
    """What it replaces, amends or corrects, if that is public."""
    after: tuple[Entry, ...]
    """What replaces, amends or corrects it, the newest first."""
    notes: Footnotes = field(default_factory=Footnotes)


def entry(document: Document) -> Entry:
    """Give the entry of a document; its text is not read."""
    number = document.number_text.removeprefix("Số").removeprefix(":").strip()
    return Entry(
        id=document.id,
        name=f"{type_of(document.type_code).name} số {number}",
        summary=upper_first(hidden(document.name)),
        day=document.dated_on,
        issuer=document.organisation.name,
        is_withdrawn=document.state == State.WITHDRAWN,
        is_replaced=document.state == State.REPLACED,
        relation=document.relation,
    )
