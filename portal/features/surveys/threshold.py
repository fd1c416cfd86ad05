"""The least number of answers for which anything is shown."""

from portal.features.questionnaires.definition import Definition
from portal.features.settings import services as settings

LEAST = 5
"""DESIGN rule 5: k may be raised, by the operator or by a form, and never lowered."""


def threshold(definition: Definition) -> int:
    """Give k for a form: the larger of the portal's and the form's own."""
    return max(LEAST, settings.number("threshold"), definition.threshold)
