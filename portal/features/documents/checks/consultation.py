"""What the law asks of a consultation on a draft (Luật Thực hiện dân chủ ở cơ sở, Art. 28)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from portal.core.text import N_, fold
from portal.features.documents.body import Body, Party, Recipient
from portal.features.documents.checks.found import Fix, Paper, Warning, warning
from portal.features.documents.templates.questions import written

LEAST_DAYS: Final = 20
COUNCIL: Final = "Thường trực Hội đồng nhân dân"
FRONT: Final = "Ủy ban Mặt trận Tổ quốc Việt Nam"


def too_short(paper: Paper) -> Iterator[Warning]:
    """Fewer than twenty days from publicising the draft (004: seven)."""
    if not paper.is_consultation or paper.window is None:
        return
    place, span = paper.window
    days = (span.last - span.first).days + 1
    if days < LEAST_DAYS:
        yield warning(
            "short", TOO_SHORT, place.id,
            first=written(span.first), last=written(span.last), days=str(days),
        )  # fmt: skip


def not_sent(paper: Paper) -> Iterator[Warning]:
    """The plan goes to the People's Council and to the Front (004 names neither)."""
    if not paper.is_consultation:
        return
    if not is_sent_to_council(paper.body):
        yield warning("no-council", NO_COUNCIL, "", Fix(ADD, _adding(Party(COUNCIL))))
    if not is_sent_to_front(paper.body):
        party = Party(FRONT, group=paper.facts.front_group)
        yield warning("no-front", NO_FRONT, "", Fix(ADD, _adding(party)))


def is_sent_to_council(body: Body) -> bool:
    """Say whether the People's Council is among the recipients."""
    names = (fold(one.party.name) for one in body.recipients)
    return any(name.startswith(_COUNCIL) or _AND_COUNCIL in name for name in names)


def is_sent_to_front(body: Body) -> bool:
    """Say whether the Fatherland Front is among the recipients."""
    if any(one.party.group.partition(":")[2] == "front" for one in body.recipients):
        return True
    return any(word in fold(one.party.name) for one in body.recipients for word in _FRONT)


RULES: Final = (too_short, not_sent)
# “Văn phòng HĐND và UBND” is the chairmen's office, not the council.
_COUNCIL: Final = ("hdnd", "hoi dong nhan dan", "thuong truc hdnd", "thuong truc hoi dong nhan dan",
                   "tt hdnd", "tt. hdnd")  # fmt: skip
_AND_COUNCIL: Final = "dang uy, hdnd"
_FRONT: Final = ("mttq", "mat tran to quoc")


def _adding(party: Party) -> Callable[[Body], Body]:
    return lambda body: replace(body, recipients=(Recipient(party), *body.recipients))


TOO_SHORT = N_(
    "Lấy ý kiến từ %(first)s đến %(last)s là %(days)s ngày; Luật Thực hiện dân chủ ở cơ sở"
    " (Điều 28) cần ít nhất 20 ngày."
)
NO_COUNCIL = N_("Nơi nhận chưa có Hội đồng nhân dân (Luật Thực hiện dân chủ ở cơ sở, Điều 28).")
NO_FRONT = N_("Nơi nhận chưa có Mặt trận Tổ quốc (Luật Thực hiện dân chủ ở cơ sở, Điều 28).")
ADD = N_("Thêm vào nơi nhận")
