"""Bringing the papers of a week as far as the duties of one account reach, at one press."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.core import clock
from portal.core.errors import Forbidden, Invalid, Refused
from portal.core.text import N_
from portal.features.documents import services as documents
from portal.features.documents.models import Document
from portal.features.documents.models import State as Paper
from portal.features.documents.recording import Author
from portal.features.documents.workflow import DOCUMENT
from portal.features.tallies import papers
from portal.features.tallies.models import Tally

SIGNED = N_("Hai người đã ký số liệu trên Cổng Dân chủ cơ sở khi khóa tuần.")
"""Why no scanned copy is attached."""
LEFT: dict[str, str] = {
    Paper.DRAFT: N_("còn chờ trình duyệt"),
    Paper.RETURNED: N_("bị trả lại, chờ sửa"),
    Paper.SUBMITTED: N_("còn chờ lãnh đạo duyệt"),
    Paper.APPROVED: N_("còn chờ ký"),
    Paper.SIGNED: N_("còn chờ văn thư lấy số"),
    Paper.NUMBERED: N_("còn chờ ban hành"),
    Paper.ISSUED: N_("đã ban hành"),
}


@dataclass(frozen=True)
class Carried:
    """How far one paper has come."""

    document: Document
    why: str = ""
    """Why it went no further (msgid); "" where only somebody else's duty is left."""

    @property
    def is_issued(self) -> bool:
        """Say whether it has reached those to whom it goes."""
        return self.document.state == Paper.ISSUED

    @property
    def left(self) -> str:
        """Say what is left (msgid)."""
        return LEFT.get(self.document.state, "")


def carry(author: Author, tally: Tally) -> tuple[Carried, Carried]:
    """Draft both papers of a locked week and bring them on, each as far as the author may.

    Returns:
        The minutes and the report.

    Raises:
        Refused: the papers cannot be drafted (see `papers.draft`).
    """
    found = papers.draft(author, tally)
    assert found.minutes is not None
    assert found.report is not None
    return _bring_on(author, found.minutes), _bring_on(author, found.report)


def _bring_on(author: Author, document: Document) -> Carried:
    while step := _STEPS.get(document.state):
        name, act = step
        offered = {one.transition.name: one for one in DOCUMENT.available(author, document)}
        if name not in offered:
            return Carried(document)
        try:
            act(author, document)
        except (Refused, Invalid, Forbidden) as failure:
            return Carried(document, _why(failure))
    return Carried(document)


def _why(failure: Refused | Invalid | Forbidden) -> str:
    if isinstance(failure, Invalid):
        return next(iter(failure.errors.values()), "")
    return failure.message


def _fire(name: str) -> Callable[[Author, Document], object]:
    return lambda author, document: DOCUMENT.fire(author, document.id, name)


_STEPS: dict[str, tuple[str, Callable[[Author, Document], object]]] = {
    Paper.DRAFT: ("submit", _fire("submit")),
    Paper.SUBMITTED: ("approve", _fire("approve")),
    Paper.APPROVED: ("sign", lambda author, one: documents.sign(author, one, SIGNED)),
    Paper.SIGNED: (
        "number", lambda author, one: documents.number(author, one, day=clock.today(), number=None)
    ),
    Paper.NUMBERED: ("issue", documents.issue),
}  # fmt: skip
