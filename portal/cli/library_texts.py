"""Gathers for translation what pages show of library/documents; Babel calls it.

What goes into documents (clauses, headings, answers suggested) is left alone: a document is
Vietnamese whatever the language of the page.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO


def screen_texts(
    file: BinaryIO, *_asked: object, **_options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Give the texts of one file: names, what a template is for, its questions with their hints.

    Args:
        file: a template, a type of documents, or the list of formats.
        _asked: the keywords and tags of comments, which JSON has not.
        _options: none.

    Yields:
        Line (JSON gives none), function, text and comments, as Babel wants them.
    """
    given = json.load(file)
    for one in given if isinstance(given, list) else [given]:
        for text in _shown(one):
            yield 1, "N_", text, []


def _shown(given: Mapping[str, Any]) -> Iterator[str]:
    yield from _named(given, "name", "about")
    for question in given.get("questions", ()):
        yield from _named(question, "label", "hint")


def _named(given: Mapping[str, str], *names: str) -> Iterator[str]:
    yield from (given[name] for name in names if given.get(name))
