"""Bringing text in: what was pasted from Word, a .docx file or a table from Excel becomes a body.

`outline.split` reads plain text, `word.read` a file, `tables.duties` a table. All three give
guesses that a person looks at before they are taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portal.features.documents.body import (
    Appendix,
    Body,
    Duty,
    Head,
    Recipient,
    Section,
    Signature,
)


@dataclass(frozen=True)
class Notice:
    """Something to tell about what was read: a msgid and the values of its placeholders."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Imported:
    """What was recognised in a text; empty where nothing was."""

    head: Head = field(default_factory=Head)
    type_code: str = ""
    """A type of the library by its title: "ke_hoach"."""
    number_text: str = ""
    """As it stood: “Số 191-KH/BCĐ”; a new document gets its own."""
    date_text: str = ""
    """“ngày 26 tháng 3 năm 2024”."""
    addressees: str = ""
    summary: str = ""
    bases: tuple[str, ...] = ()
    opening: str = ""
    sections: tuple[Section, ...] = ()
    duties: tuple[Duty, ...] = ()
    closing: str = ""
    signature: Signature = field(default_factory=Signature)
    recipients: tuple[Recipient, ...] = ()
    keeper: str = ""
    appendices: tuple[Appendix, ...] = ()
    notices: tuple[Notice, ...] = ()
    encoding: str = ""
    """The old encoding the text is in (`core.legacy.detect`); "" if it is Unicode."""

    def into(self, body: Body) -> Body:
        """Give the body with everything replaced that was recognised, and the rest kept.

        Args:
            body: the draft it goes into. Parts of the head that the draft has are kept: the
                letterhead knows better than a guess. Who signs is no matter of the letterhead:
                what was recognised of the signature counts.
        """
        names = (
            "addressees", "summary", "bases", "opening", "sections", "duties", "closing",
            "recipients", "keeper", "appendices",
        )  # fmt: skip
        found = {name: value for name in names if (value := getattr(self, name))}
        signature = Signature(
            authority=self.signature.authority or body.signature.authority,
            titles=self.signature.titles or body.signature.titles,
            signer=self.signature.signer or body.signature.signer,
        )
        head = Head(
            parent_name=body.head.parent_name or self.head.parent_name,
            issuer_name=body.head.issuer_name or self.head.issuer_name,
            symbol=body.head.symbol or self.head.symbol,
            place=body.head.place or self.head.place,
        )
        return replace(body, head=head, signature=signature, **found)
