"""Whatever is on the record has words: what features record, and what workflows record by rule."""

import re
from pathlib import Path

import pytest

import portal
from portal.features.audit import fields
from portal.features.audit.models import AuditEntry
from portal.features.registry import WORKFLOWS
from tests.support.unworded_acts import ACTIONS, unworded

PORTAL = Path(portal.__file__).parent
ACT = re.compile(
    r"""\b(?:Act|_?record|_?act|account_act)\([^()"]*"([a-z_]+:[a-z_]+)"(?:, "(\w+)")?"""
)
VERB = re.compile(r"""Act\(\s*(?:action=)?f"([a-z_]+):\{\w+\}",\s*(?:subject_kind=)?"(\w+)\"""")


def sources():
    return ((file, file.read_text()) for file in sorted(PORTAL.rglob("*.py")))


def test_every_act_that_is_written_out_has_words():
    found = {(act, kind) for _, text in sources() for act, kind in ACT.findall(text)}
    assert len(found) > 40
    assert not [each for each in sorted(found) if unworded(each[0], each[1] or "account", "{}")]


def test_every_act_that_is_put_together_has_words_for_its_kind():
    found = {each for _, text in sources() for each in VERB.findall(text)}
    assert len(found) > 8
    acts = {action.partition(":")[0] for action in ACTIONS}
    assert not [(source, kind) for source, kind in sorted(found)
                if source not in acts or unworded(min(ACTIONS), kind, "{}")]  # fmt: skip


@pytest.mark.parametrize("flow", WORKFLOWS.values(), ids=WORKFLOWS)
def test_every_state_of_a_workflow_has_words(flow):
    assert not {str(state) for state in flow.states} - fields.OF_FIELD["state"].keys()


def test_what_a_test_records_without_words_fails():
    given = {"action": "cup:broken", "subject_kind": "cup", "changes": '{"handle": [1, 0]}'}
    with pytest.raises(AssertionError, match=r"\['cup:broken', 'cup', 'handle'\]"):
        AuditEntry(**given)
