"""Questionnaires as files: JSON between portals, .xlsx for people; docs/questionnaire-file.md."""

from portal.core.errors import Invalid
from portal.core.text import N_
from portal.features.questionnaires import limits
from portal.features.questionnaires.definition import Definition
from portal.features.questionnaires.files import from_json, from_sheet
from portal.features.questionnaires.files.as_json import to_json
from portal.features.questionnaires.files.as_sheet import to_sheet
from portal.features.questionnaires.files.renaming import renamed
from portal.features.questionnaires.wording import tidy

__all__ = ["read", "to_json", "to_sheet"]

TOO_LARGE = N_("Tệp này quá lớn.")
_ZIP = b"PK\x03\x04"


def read(content: bytes) -> Definition:
    """Read a questionnaire from a file, JSON or .xlsx, whatever its name is.

    What is missing may still be written later, in the editor; what cannot be understood is an
    error.

    Raises:
        Invalid: what is wrong by place: a cell as “Câu hỏi!B7”, a place in JSON as
            "sections.0.questions.3.kind", "file" for the whole. Nothing was stored.
    """
    if len(content) > limits.FILE:
        raise Invalid({"file": TOO_LARGE})
    reader = from_sheet if content.startswith(_ZIP) else from_json
    definition = renamed(tidy(reader.read(content)))
    limits.check(definition)
    return definition
