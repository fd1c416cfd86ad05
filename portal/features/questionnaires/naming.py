"""Code and title of a questionnaire: each is the only one of its kind in its unit."""

import re
from typing import Final

from portal.core.errors import Invalid
from portal.core.text import N_, clean, fold
from portal.features.questionnaires import limits, queries

_CODE: Final = re.compile(r"[A-Z][A-Z0-9]*(?:[ -][A-Z0-9]+)*")

BAD_CODE = N_("Mã phiếu gồm chữ in hoa không dấu và chữ số, ví dụ PKS 08.")
CODE_TAKEN = N_("Đơn vị đã có phiếu mang mã này.")
TITLE_MISSING = N_("Mời ghi tên phiếu, dài nhất 300 chữ cái.")
TITLE_TAKEN = N_("Đơn vị đã có phiếu mang tên này.")


def normal_code(text: str) -> str:
    """Give a code as it is stored: “pks 08” is PKS 08."""
    return clean(text).upper()


def check_names(unit_id: int | None, code: str, title: str, but: int = 0) -> None:
    """Refuse a code or title that a unit has already (inside a write).

    Args:
        unit_id: whose questionnaires count: others may have the same code and title.
        code: as stored; those of questionnaires laid aside are taken too.
        title: compared without capitals and marks, among the questionnaires in use.
        but: the questionnaire that has them already.

    Raises:
        Invalid: under "code" and "title".
    """
    wrong: dict[str, str] = {}
    holder = queries.written_by(unit_id, code)
    if not _CODE.fullmatch(code) or len(code) > limits.CODE:
        wrong["code"] = BAD_CODE
    elif holder is not None and holder.id != but:
        wrong["code"] = CODE_TAKEN
    if not title or len(title) > limits.TITLE:
        wrong["title"] = TITLE_MISSING
    elif any(fold(each.title) == fold(title) for each in queries.in_use(unit_id) if each.id != but):
        wrong["title"] = TITLE_TAKEN
    if wrong:
        raise Invalid(wrong)
