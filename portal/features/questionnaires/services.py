"""Bringing questionnaires in: the library that ships with the portal."""

import json
from pathlib import Path

from portal.core.database import write
from portal.core.errors import Invalid
from portal.core.text import sort_key
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.questionnaires import checks, queries
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.models import Questionnaire, QuestionnaireVersion

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
    wrong = {each.code: "; ".join(found) for each in definitions if (found := _faults(each))}
    if wrong:
        raise Invalid(wrong)
    with write("questionnaires"):
        return [_store(definition) for definition in definitions]


def _faults(definition: Definition) -> list[str]:
    found = checks.errors(definition)
    return [f"{', '.join(each.questions) or 'phiếu'}: {each.said}" for each in found]


def order_key(code: str) -> str:
    """Give the key that sorts questionnaires by code, spaces apart."""
    return sort_key(code.replace(" ", ""))


def add_version(
    form: Questionnaire, definition: Definition, *, official: bool = False
) -> QuestionnaireVersion:
    """Store the next version of a questionnaire (inside a write); its title is the newest one."""
    with write() as current:
        form.title, form.sort_key = definition.title, order_key(form.code)
        version = QuestionnaireVersion(
            number=len(form.versions) + 1, content=definition.to_json(),
            digest=definition.digest(), official=official,
        )  # fmt: skip
        form.versions.append(version)
        current.add(form)
        current.flush()
        return version


def _store(definition: Definition) -> QuestionnaireVersion:
    form = queries.written_by(None, definition.code) or Questionnaire(code=definition.code)
    if (known := queries.worded_so(form, definition.digest())) is not None:
        return known
    version = add_version(form, definition)
    audit.record(
        audit.OPERATOR,
        Act("questionnaire:stored", "questionnaire", form.id, definition.shown_code,
            changes={"version": [None, version.number]}),
    )  # fmt: skip
    return version
