"""Writing a questionnaire as JSON."""

import json
from typing import Final

from portal.features.questionnaires.definition import Definition

FORMAT: Final = "phieu-khao-sat"
SCHEMA: Final = 1
"""Raised when an older portal could no longer read what is written."""


def to_json(definition: Definition) -> bytes:
    """Give a form as a file that another portal reads."""
    file = {"format": FORMAT, "schema": SCHEMA, "questionnaire": definition.to_data()}
    return json.dumps(file, ensure_ascii=False, indent=1).encode()
