"""Ready-made answers: what official forms ask again and again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portal.core.text import N_
from portal.features.questionnaires.definition import Option

UNKNOWN_CODE: Final = "kb"
UNKNOWN: Final = Option(UNKNOWN_CODE, "Không biết / Không có ý kiến", unknown=True)
"""What stands apart from the others and enters no rate."""


@dataclass(frozen=True)
class Scale:
    """A set of options under a name that the author chooses by."""

    name: str
    options: tuple[Option, ...]


def _levels(*labels: str) -> tuple[Option, ...]:
    """Give the levels from best to worst, and what stands apart."""
    most = len(labels)
    return (*(Option(str(most - i), label, most - i) for i, label in enumerate(labels)), UNKNOWN)


_YES_NO: Final = (Option("co", "Có"), Option("khong", "Không"))

SCALES: Final[Mapping[str, Scale]] = {
    "hailong": Scale(N_("Hài lòng, 5 mức"), _levels(
        "Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng")),
    "tot": Scale(N_("Tốt – Yếu, 4 mức"), _levels("Tốt", "Khá", "Trung bình", "Yếu")),
    "thuongxuyen": Scale(N_("Thường xuyên, 3 mức"), _levels(
        "Thường xuyên, đúng quy định", "Có nhưng chưa thường xuyên", "Không thực hiện")),
    "co": Scale(N_("Có – Không – Không biết"), (*_YES_NO, UNKNOWN)),
    "cokhong": Scale(N_("Có – Không"), _YES_NO),
    "dongy": Scale(N_("Đồng ý – Không đồng ý – Ý kiến khác"), (
        Option("dy", "Đồng ý"), Option("kdy", "Không đồng ý"), Option("khac", "Ý kiến khác"))),
}  # fmt: skip
