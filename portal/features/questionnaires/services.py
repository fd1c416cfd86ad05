"""Bringing questionnaires in: the library that ships with the portal."""

import json
from pathlib import Path

from portal.core.database import write
from portal.core.errors import Invalid
from portal.core.text import sort_key
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.questionnaires import queries
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.models import Questionnaire, QuestionnaireVersion
from portal.features.questionnaires.validation import faults

LIBRARY = Path(__file__).resolve().parents[2] / "library" / "questionnaires.json"


def load_library(path: Path = LIBRARY) -> list[QuestionnaireVersion]:
    """Store the questionnaires of the library; wording that is already there is left alone.

    Args:
        path: a JSON list of definitions, as `Definition.to_json` writes each.

    Returns:
        A version for every questionnaire of the library, in its order. New wording becomes a new
        version; what was answered before keeps the one it was asked with.

    Raises:
        Invalid: naming the questionnaires that could not be asked; nothing was stored.
    """
    definitions = [Definition.from_json(json.dumps(raw)) for raw in json.loads(path.read_text())]
    wrong = {each.code: "; ".join(found) for each in definitions if (found := faults(each))}
    if wrong:
        raise Invalid(wrong)
    with write("questionnaires"):
        return [_store(definition) for definition in definitions]


def _store(definition: Definition) -> QuestionnaireVersion:
    digest = definition.digest()
    if (known := queries.by_digest(digest)) is not None:
        return known
    with write() as current:
        form = queries.by_code(definition.code) or Questionnaire(code=definition.code)
        form.title, form.sort_key = definition.title, sort_key(definition.code)
        version = QuestionnaireVersion(
            number=len(form.versions) + 1, content=definition.to_json(), digest=digest
        )
        form.versions.append(version)
        current.add(form)
        current.flush()
        audit.record(
            audit.OPERATOR,
            Act("questionnaire:stored", "questionnaire", form.id, definition.shown_code,
                changes={"version": [None, version.number]}),
        )  # fmt: skip
        return version
