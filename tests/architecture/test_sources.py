"""Rules about the project's own source files."""

from tests.architecture.checks import (
    LONGEST_FILE,
    PROJECT,
    bare_refusals,
    files,
    local_imports,
    machine_paths,
    state_assignments,
)

CODE = files("portal", suffixes={".py"})
ALL_CODE = files("portal", "tests", "benchmarks", suffixes={".py"})
TEXTS = {".css", ".html", ".in", ".js", ".json", ".md", ".po", ".py", ".toml", ".txt", ".typ"}


def faults(check, paths):
    found = {str(path.relative_to(PROJECT)): list(check(path.read_text())) for path in paths}
    return {path: lines for path, lines in found.items() if lines}


def test_imports_stand_at_the_top():
    assert faults(local_imports, CODE) == {}


def test_only_the_engine_changes_a_state():
    engine = PROJECT / "portal" / "workflow"
    assert faults(state_assignments, [p for p in CODE if not p.is_relative_to(engine)]) == {}


def test_no_page_tells_a_refusal_without_its_numbers_and_names():
    assert faults(bare_refusals, CODE) == {}


def test_no_file_grows_beyond_reading():
    lengths = {str(path): len(path.read_text().splitlines()) for path in ALL_CODE}
    assert {path: n for path, n in lengths.items() if n > LONGEST_FILE} == {}


def test_no_file_knows_the_machine_it_was_written_on():
    texts = [*files("", suffixes=TEXTS), PROJECT / "Makefile", PROJECT / ".ci" / "run"]
    assert faults(machine_paths, texts) == {}
