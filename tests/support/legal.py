"""Draft regulations in many styles, each with what is to be found in it.

A sample is a text whose lines carry a mark: `C I|`, `S 1|`, `A 5|`, `K 2|`, `P đ|` begin a
chương, mục, điều, khoản, điểm with that number; `H|` and `T|` are headings and text, `-|` what
belongs to no provision, `+|` the rest of a line that a page had broken.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml

from portal.features.documents.recording import Author
from portal.features.regulations import parsing, reading, services
from portal.features.regulations.models import DraftVersion, Level
from portal.features.regulations.parsing import Part
from tests.support.worded import NS, add_run, run, saved

FOLDER = Path(__file__).parent.parent / "features" / "regulations" / "samples"
LEVELS = {"C": Level.CHAPTER, "S": Level.SECTION, "A": Level.ARTICLE, "K": Level.CLAUSE,
          "P": Level.POINT}  # fmt: skip
AUTOMATIC = {
    Level.CHAPTER: (0, "upperRoman", "Chương %1"),
    Level.ARTICLE: (1, "decimal", "Điều %2."),
    Level.CLAUSE: (2, "decimal", "%3."),
    Level.POINT: (3, "lowerLetter", "%4)"),
}
Key = tuple[str, str, str]
"""Level, number, how its words begin."""


@dataclass(frozen=True)
class Sample:
    """A text and what is in it."""

    name: str
    marked: str

    @cached_property
    def lines(self) -> list[tuple[str, str]]:
        """Give the lines with their marks."""
        return [tuple(line.split("|", 1)) for line in self.marked.splitlines() if line]  # type: ignore[misc]

    @property
    def text(self) -> str:
        """Give the text as it would be pasted."""
        return "\n".join(line for _mark, line in self.lines)

    @cached_property
    def expected(self) -> Counter[Key]:
        """Count what is to be found."""
        return Counter(self._expected())

    def _expected(self) -> Iterable[Key]:
        for at, (mark, line) in enumerate(self.lines):
            if mark[0] not in LEVELS:
                continue
            level, number = LEVELS[mark[0]], mark[1:].strip()
            more = takewhile(lambda one: one[0] in {"H", "T", "+"}, self.lines[at + 1 :])
            yield level, number, _begins(_bare(line, number), *(text for _mark, text in more))

    def _paragraphs(self) -> list[tuple[str, str]]:
        """Give the lines, those that a page had broken joined again."""
        joined: list[tuple[str, str]] = []
        for mark, line in self.lines:
            if mark == "+":
                joined[-1] = (joined[-1][0], f"{joined[-1][1]} {line}")
            else:
                joined.append((mark, line))
        return joined

    def docx(self) -> bytes:
        """Give the text as a .docx, every number typed by hand."""
        document = docx.Document()
        for _mark, line in self._paragraphs():
            document.add_paragraph(line)
        return saved(document)

    def automatic(self) -> bytes:
        """Give it as a .docx whose chapters, articles, clauses and points Word numbers itself."""
        document = _numbered(docx.Document())
        for mark, line in self._paragraphs():
            level = LEVELS.get(mark[0])
            if level is None or level not in AUTOMATIC:
                document.add_paragraph(line)
                continue
            at = AUTOMATIC[level][0]
            numbering = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="9"/></w:numPr>'
            bare = _bare(line, mark[1:].strip())
            add_run(document, run(bare), f"<w:pPr>{numbering}</w:pPr>")
        return saved(document)


def samples() -> list[Sample]:
    """Give all samples."""
    return [Sample(path.stem, path.read_text()) for path in sorted(FOLDER.glob("*.txt"))]


def sample(name: str) -> Sample:
    """Give one by the end of its name."""
    return next(one for one in samples() if one.name.endswith(name))


def found(parts: Iterable[Part]) -> Counter[Key]:
    """Count what was found, to be held against `Sample.expected`."""
    return Counter((one.level, one.number, _begins(one.heading, one.text)) for one in parts)


def scores(pairs: Iterable[tuple[Counter[Key], Counter[Key]]]) -> Mapping[str, tuple[float, float]]:
    """Give recall and precision by level of what was found against what was expected."""
    right, wanted, got = Counter[str](), Counter[str](), Counter[str]()
    for expected, read in pairs:
        for key, count in (expected & read).items():
            right[key[0]] += count
        for counts, all_of in ((wanted, expected), (got, read)):
            for key, count in all_of.items():
                counts[key[0]] += count
    return {level: (right[level] / max(wanted[level], 1), right[level] / max(got[level], 1))
            for level in Level}  # fmt: skip


def spoiled(text: str) -> str:
    """Give a text as Word and old keyboards leave it: NFD, odd spaces, invisible signs."""
    text = unicodedata.normalize("NFD", text).replace(". ", ".\u00a0 ").replace(") ", ")\t")
    return "\n".join(f"\u200b {line}\u2009" for line in text.split("\n"))


def long(articles: int, clauses: int = 4) -> str:
    """Give a regulation of so many articles, each with as many clauses and two points."""
    lines = ["QUY CHẾ"]
    for at in range(1, articles + 1):
        if at % 10 == 1:
            lines += [f"Chương {at // 10 + 1}", "CÔNG VIỆC CỦA PHƯỜNG"]
        lines.append(f"Điều {at}. Việc thứ {at}")
        for clause in range(1, clauses + 1):
            lines.append(f"{clause}. Ủy ban nhân dân phường làm việc {at}.{clause} " + _FILL)
            lines += [f"a) Phần đầu của việc {at}.{clause};", "b) Phần sau của việc ấy."]
    return "\n".join(lines)


_FILL = "theo kế hoạch đã công khai, báo cáo Nhân dân vào cuối mỗi quý. " * 3


def _bare(line: str, number: str) -> str:
    """Take the mark and number off a line."""
    if not number:
        return line
    words = r"(?:chương|mục|điều|ðiều|khoản|điểm)?\s*"
    return re.sub(rf"^{words}{re.escape(number)}\s*[.:)/–-]*\s*", "", line, flags=re.IGNORECASE)


def _begins(*said: str) -> str:
    """Give how a provision's words begin, on whatever lines they stand."""
    return " ".join(" ".join(said).split())[:24].rstrip(" .:")


def _numbered(document: Document) -> Document:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        + ('<w:lvlRestart w:val="0"/>' if text.startswith("Điều") else "")
        + f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, kind, text in AUTOMATIC.values()
    )
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for xml in (
        f'<w:abstractNum {NS} w:abstractNumId="9">{levels}</w:abstractNum>',
        f'<w:num {NS} w:numId="9"><w:abstractNumId w:val="9"/></w:num>',
    ):
        numbering.append(parse_xml(xml))
    return document


def read(text: str) -> list[Part]:
    """Read a pasted text."""
    return list(parsing.read_text(text).parts)


SHORT = """QUY CHẾ
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Quy chế này áp dụng trong toàn phường Ngô Quyền.
Điều 2. Nội dung công khai
1. Các khoản đóng góp của Nhân dân và việc sử dụng.
2. Kết quả giải quyết kiến nghị, phản ánh của Nhân dân.
Điều 3. Hình thức công khai
1. Niêm yết tại trụ sở ít nhất 7 ngày liên tục.
2. Thông báo qua loa truyền thanh của phường."""


def drafted(author: Author, text: str = SHORT) -> DraftVersion:
    """Bring a draft in."""
    return services.create(author, "Quy chế thực hiện dân chủ", parsing.read_text(text))


def key_of(version: DraftVersion, place: str) -> str:
    """Give the key of a provision by its place: “khoản 2 Điều 3”."""
    return next(one.key for one in reading.outline(version) if one.place == place)
