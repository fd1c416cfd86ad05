"""The minutes of a group's counting: worked out once, drawn as PDF and as .docx.

The paper that stays at the group: who counted, which two representatives of households saw it, and
every number (Nghị định 59/2023/NĐ-CP). Before the numbers are settled it is printed with gaps, to
be filled in by hand.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Final

import typst

from portal.core import clock, typeset
from portal.core.clock import format_date
from portal.features.ballots import remarks
from portal.features.ballots.figures import Figures
from portal.features.ballots.models import BallotGroup, State
from portal.features.ballots.workflow import settled

_TEMPLATE: Final = typeset.TEMPLATES / "ballot_minutes.typ"
GAP: Final = "………"
_LONG_GAP: Final = "…" * 40
_SEATS: Final = ("Tổ trưởng", "Thư ký")
_LEAST_COUNTING, _WITNESSES = 3, 2


@dataclass(frozen=True)
class Minutes:
    """What is printed, in order; every text stands there literally."""

    unit: str
    group: str
    title: str
    about: str
    occasion: tuple[str, ...]
    papers: tuple[tuple[str, str, bool], ...]
    """What is counted, how many, whether it is a sum."""
    opinions: tuple[tuple[str, ...], ...]
    """Number, content, agree, disagree, other, nothing said."""
    written: tuple[str, ...]
    complaints: str
    closing: str
    signers: tuple[tuple[str, str], ...]
    foot: str


def of(group: BallotGroup) -> Minutes:
    """Give the minutes of a group; with gaps until its numbers are settled."""
    counted = settled(group) if group.state == State.BALANCED else None
    unit = group.consultation.unit
    return Minutes(
        unit=unit.full_name,
        group=group.group,
        title="Biên bản kiểm phiếu",
        about=f"lấy ý kiến cử tri đại diện hộ gia đình {group.group}, {unit.running_name} về dự "
        f"thảo {group.consultation.draft.title}",
        occasion=tuple(_occasion(group)),
        papers=tuple(_papers(group, counted)),
        opinions=tuple(_opinions(group, counted)),
        written=tuple(_written(group)) if counted else (_LONG_GAP, _LONG_GAP),
        complaints=group.complaints or ("Không có." if counted else _LONG_GAP),
        closing="Biên bản này lập thành 02 bản, đã đọc cho những người có mặt cùng nghe, thống "
        "nhất và ký tên; một bản lưu tại tổ, một bản gửi Ủy ban nhân dân.",
        signers=tuple(_signers(group)),
        foot=f"Lập từ Cổng ngày {format_date(clock.today())}.",
    )  # fmt: skip


def pdf(minutes: Minutes) -> bytes:
    """Return the minutes as a PDF, with our own fonts only."""
    inputs = {"data": json.dumps(asdict(minutes))}
    return typst.compile(_TEMPLATE, font_paths=typeset.fonts(), sys_inputs=inputs)


def _occasion(group: BallotGroup) -> Iterator[str]:
    day = f"ngày {format_date(group.day)}" if group.day else f"ngày {GAP}"
    yield f"Thời gian: {GAP} giờ {GAP} phút, {day}."
    yield f"Địa điểm: {group.place or _LONG_GAP}."
    yield "Tổ kiểm phiếu gồm:"
    team = group.team.splitlines() or [_LONG_GAP] * _LEAST_COUNTING
    for at, name in enumerate(team):
        seat = _SEATS[at] if at < len(_SEATS) else "Thành viên"
        # Whoever wrote a seat behind the name has said it.
        yield f"{at + 1}. {name};" if "," in name else f"{at + 1}. {name}, {seat};"
    yield "Đại diện hộ gia đình chứng kiến việc kiểm phiếu:"
    for at, name in enumerate(group.witnesses.splitlines() or [_LONG_GAP] * _WITNESSES, 1):
        yield f"{at}. {name};"


def _papers(group: BallotGroup, counted: Figures | None) -> Iterator[tuple[str, str, bool]]:
    yield "Số hộ gia đình của tổ", number(group.households), False
    yield "Số phiếu đã in", number(group.printed), False
    yield "Số phiếu đã đóng dấu", number(group.stamped), False
    yield "Số phiếu phát ra", number(counted.issued if counted else None), True
    yield "Số phiếu thu về", number(counted.returned if counted else None), True
    yield "Trong đó: hợp lệ", number(counted.valid if counted else None), False
    yield "Không hợp lệ", number(counted.invalid if counted else None), False
    yield "Phiếu trắng", number(counted.blank if counted else None), False
    yield "Số phiếu không thu về", number(counted.not_returned if counted else None), False


def _opinions(group: BallotGroup, counted: Figures | None) -> Iterator[tuple[str, ...]]:
    for one in group.consultation.groups:
        found = counted.opinions.get(one.number) if counted else None
        cells = [*found, counted.valid - sum(found)] if counted and found else [None] * 4
        yield str(one.number), one.text, *(number(each) for each in cells)


def _written(group: BallotGroup) -> Iterator[str]:
    found = remarks.listed(group)
    if not found:
        yield "Không có."
    for line in found:
        said = " ".join(line.comment.text.split())
        many = f" ({line.comment.households} phiếu)" if line.comment.households > 1 else ""
        yield f"{line.place or 'Toàn bộ dự thảo'}: {said}{many}"


def _signers(group: BallotGroup) -> Iterator[tuple[str, str]]:
    team = [_bare(name) for name in group.team.splitlines()]
    yield "Thư ký", team[1] if len(team) > 1 else ""
    yield "Tổ trưởng tổ kiểm phiếu", team[0] if team else ""
    seen = [_bare(name) for name in group.witnesses.splitlines()]
    for at in range(_WITNESSES):
        yield "Đại diện hộ gia đình chứng kiến", seen[at] if at < len(seen) else ""


def _bare(name: str) -> str:
    """Give a name without what stands behind it: “Nguyễn Văn A, Bí thư Chi bộ”."""
    return name.partition(",")[0].partition(" – ")[0].strip()


def number(n: int | None) -> str:
    """Write a number as papers do, a gap if it is not known."""
    return GAP if n is None else f"{n:,}".replace(",", ".")
