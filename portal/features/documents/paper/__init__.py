"""A document as it is set on paper: every line worked out, nothing of .docx or PDF in it.

`compose.py` makes it from a body; `rendering/word.py` and `rendering/pdf.py` draw it. What both
must agree on is decided here, once.
"""

from dataclasses import dataclass, field

from portal.features.documents.formats import Format


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; `note` is a footnote hung on its end."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the body.

    `style` is "basis", "body", "part", "point", "subpoint", "letter", "dash", "plus", "article"
    or "centred"; the number stands in the runs already.
    """

    runs: tuple[Run, ...]
    style: str = "body"
    keep_with_next: bool = False


@dataclass(frozen=True)
class Grid:
    """A table with a head that repeats on every page."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    """Shares of the width, together 1."""
    centred: frozenset[int] = frozenset()
    """Columns that are set in the middle, such as the running number."""
    caption: str = ""


@dataclass(frozen=True)
class CodeTable:
    """Codes to scan, with what each leads to: (caption, address) in the order of printing.

    The first line of a caption names the unit and is bold.
    """

    items: tuple[tuple[str, str], ...]


SIGNATURE_SHARE = 0.54
"""Of the width of the text, what the signature has; the recipients beside it have the rest."""
CODES_PER_ROW, CODE_MM = 3, 33
"""Codes beside each other, and how wide each is."""


def shown_address(address: str) -> str:
    """Give an address as it is printed under its code: nobody types “https://”."""
    return address.partition("://")[2] or address


Block = Paragraph | Grid | CodeTable


@dataclass(frozen=True)
class Annex:
    """An appendix with pages of its own."""

    label: str
    """“Phụ lục I”; "Phụ lục" if there is one only."""
    title: str
    reference: str
    """“(Kèm theo Kế hoạch số … ngày … của …)”."""
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Paper:
    """Everything that is printed, in order."""

    form: Format
    title: str
    """For the file's own title: “Kế hoạch tổ chức khảo sát …”."""
    parent_lines: tuple[str, ...]
    issuer_lines: tuple[str, ...]
    """The issuer's name, broken where it is long."""
    number_line: str
    subject_lines: tuple[str, ...]
    """“V/v …” of a công văn; empty otherwise."""
    date_line: str
    """“Bắc Giang, ngày 05 tháng 02 năm 2026”; with gaps while there is no date."""
    type_line: str
    """“KẾ HOẠCH”; "" for a công văn."""
    summary_lines: tuple[str, ...]
    addressees: tuple[str, ...]
    """Whole lines: “Kính gửi: Ban Dân vận Tỉnh ủy”, or “Kính gửi:” and a line “- …;” for each."""
    blocks: tuple[Block, ...]
    authority_lines: tuple[str, ...]
    title_lines: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]
    """Whole lines: “- Thường trực Tỉnh ủy (b/c);”, the last “- Lưu VT.”."""
    annexes: tuple[Annex, ...] = ()
    second_title_lines: tuple[str, ...] = ()
    """Of who signs beside, to the left; none with one signature."""
    second_signer: str = ""
    is_draft: bool = False
    """Drafts say DỰ THẢO over the number."""
    summary_note: str = ""
    """A footnote hung on the end of the summary, as in plan 003."""
    language: str = "vi"
    page_numbers_from: int = field(default=2)
