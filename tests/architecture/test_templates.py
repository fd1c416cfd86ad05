"""Templates hold nothing that the content policy refuses, and import only what they use."""

from tests.architecture.checks import files, included, inline_code, unused_imports

TEMPLATES = files("portal/templates", suffixes={".html"})


def test_there_are_templates():
    assert TEMPLATES


def test_templates_hold_no_script_and_no_style():
    assert faults(inline_code) == {}


def test_templates_use_what_they_import():
    def check(template):
        parts = "".join(part.read_text() for part in included(template))
        return unused_imports(template, parts)

    assert faults(check) == {}


def faults(check):
    found = {str(path): list(check(path.read_text())) for path in TEMPLATES}
    return {path: lines for path, lines in found.items() if lines}
