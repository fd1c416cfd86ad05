"""Text of a line as runs: footnotes in `[[…]]` are taken out and hung on what stands before."""

import re

from portal.features.documents.paper import Run

_NOTE = re.compile(r"\s*\[\[(.*?)\]\]")


def runs(text: str, *, bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    """Give the runs of one line in one style; none if it is empty."""
    found: list[Run] = []
    start = 0
    for match in _NOTE.finditer(text):
        found.append(Run(text[start : match.start()], bold, italic, match[1].strip()))
        start = match.end()
    if start < len(text):
        found.append(Run(text[start:], bold, italic))
    return tuple(found)


def without_notes(text: str) -> tuple[str, str]:
    """Give a text without its footnotes, and these in one."""
    notes = [note.strip() for note in _NOTE.findall(text)]
    return _NOTE.sub("", text).strip(), " ".join(notes)


def lines(text: str) -> list[str]:
    """Give the lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
