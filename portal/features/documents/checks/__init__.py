"""What the portal would have looked at again before a document is issued.

Every rule warns and none refuses: whoever keeps what is warned of says why (`models.Waiver`).
"""

from portal.features.documents.body import Body
from portal.features.documents.checks import (
    consultation,
    days,
    duties,
    heads,
    links,
    parties,
    wording,
)
from portal.features.documents.checks.found import Facts, Fix, Paper, Warning
from portal.features.documents.formats import DocumentType, Format

__all__ = ["Facts", "Fix", "Warning", "warnings"]

_RULES = (*days.RULES, *consultation.RULES, *duties.RULES, *heads.RULES, *links.RULES,
          *parties.RULES, *wording.RULES)  # fmt: skip


def warnings(body: Body, kind: DocumentType, form: Format, facts: Facts) -> tuple[Warning, ...]:
    """Look a document through.

    Args:
        body: the text, stored or just typed.
        kind: its type.
        form: its format.
        facts: what the text alone does not say.

    Returns:
        What to look at, in the order of the rules; each key once.
    """
    paper = Paper(body, kind, form, facts)
    found = {warning.key: warning for rule in _RULES for warning in rule(paper)}
    return tuple(found.values())
