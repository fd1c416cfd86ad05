"""The English catalogue has every text of the screens, and the placeholders agree."""

import re
import tomllib

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from tests.architecture.checks import PROJECT

KEYWORDS = DEFAULT_KEYWORDS | {"N_": None, "_l": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]")


@pytest.fixture(scope="module")
def texts():
    """The messages that the code and the templates ask for."""
    mappings = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {pattern: {"trimmed": "true"} for pattern, _ in methods}
    found = extract_from_dir(PROJECT / "portal", methods, options, KEYWORDS)
    return {message[0] if isinstance(message, tuple) else message for _, _, message, *_ in found}


@pytest.fixture(scope="module")
def catalogue():
    path = PROJECT / "translations" / "en" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def pairs(message):
    """Each text with its translation, plural forms apart."""
    if message.pluralizable:
        return [(message.id[-1], translated) for translated in message.string]
    return [(message.id, message.string)]


def test_no_text_is_missing_and_none_is_left_over(texts, catalogue):
    known = {message.id[0] if message.pluralizable else message.id for message in catalogue}
    assert (texts - known, known - texts) == (set(), set()), "run: make strings"


def test_every_text_is_translated(catalogue):
    assert [m.id for m in catalogue if m.fuzzy or not all(string for _, string in pairs(m))] == []


def test_placeholders_survive_translation(catalogue):
    differing = [
        source
        for message in catalogue
        for source, translated in pairs(message)
        if set(PLACEHOLDER.findall(source)) != set(PLACEHOLDER.findall(translated))
    ]
    assert differing == []
