"""What is wrong with a questionnaire, and what its author should look at before it is used."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final

from portal.features.questionnaires.checks import branches, judging, privacy, reading, structure
from portal.features.questionnaires.checks.found import Finding, Level
from portal.features.questionnaires.definition import Definition

_RULES: Final[tuple[Callable[[Definition], Iterator[Finding]], ...]] = (
    structure.whole,
    structure.sections,
    structure.questions,
    branches.conditions,
    branches.unreachable,
    judging.double_negatives,
    judging.without_dont_know,
    judging.scales,
    privacy.combinations,
    privacy.asks_who,
    privacy.without_notice,
    reading.too_long,
    reading.untranslated_texts,
)


def check(definition: Definition) -> tuple[Finding, ...]:
    """List what is wrong and what to look at: errors first, each in the order of the form."""
    found = chain.from_iterable(rule(definition) for rule in _RULES)
    return tuple(sorted(found, key=lambda finding: finding.level != Level.ERROR))


def errors(definition: Definition) -> tuple[Finding, ...]:
    """List what keeps a form from being used; nothing when it can be asked and counted."""
    return tuple(finding for finding in check(definition) if finding.level == Level.ERROR)
