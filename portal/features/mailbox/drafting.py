"""What is entered to set a box up or to change it, and what cannot be taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, Final

from portal.core import clock
from portal.core.text import N_, clean
from portal.features.campaigns import rounds as windows
from portal.features.campaigns.drafting import HORIZON, MOST_ROUNDS
from portal.features.documents.deadlines import Span
from portal.features.mailbox.models import Mailbox
from portal.features.mailbox.standing import State
from portal.features.org_units.kinds import OrganisationKind

LENGTHS: Final[Mapping[str, int]] = {"name": 120, "subject": 300}
MOST_FIELDS: Final = 15
LONGEST_FIELD: Final = 80
READERS: Final = (
    OrganisationKind.MASS_MOBILISATION, OrganisationKind.STEERING, OrganisationKind.PARTY,
    OrganisationKind.FRONT,
)  # fmt: skip
"""Bodies that can read letters, the likeliest first: plan 000 names the steering board and its
standing agency. The committee is what the letters are about."""
FIELDS: Final = (
    N_("Hộ tịch, chứng thực"),
    N_("Đất đai, xây dựng, môi trường"),
    N_("Văn hóa – xã hội, chính sách"),
    N_("Công an, quân sự"),
    N_("Tài chính, thuế, phí"),
    N_("Lĩnh vực khác"),
)
"""Those of form HTGY."""


@dataclass(frozen=True)
class BoxInput:
    """A box as entered."""

    name: str
    subject: str
    fields: tuple[str, ...]
    reader_id: int
    rounds: tuple[Span, ...]
    takes_between: bool = True
    runner_reads: frozenset[str] = frozenset()
    answer_days: int = 15

    def cleaned(self) -> "BoxInput":
        """Give the same with texts as they are stored."""
        fields = (clean(one) for one in self.fields)
        return replace(
            self, name=clean(self.name), subject=clean(self.subject),
            fields=tuple(dict.fromkeys(filter(None, fields))),
        )  # fmt: skip

    def columns(self) -> dict[str, Any]:
        """Give what goes into the box's columns."""
        return {
            "name": self.name, "subject": self.subject, "fields": "\n".join(self.fields),
            "reader_id": self.reader_id, "rounds": self.rounds,
            "takes_between": self.takes_between, "runner_reads": self.runner_reads,
            "answer_days": self.answer_days,
        }  # fmt: skip


def check(given: BoxInput) -> dict[str, str]:
    """Give what cannot be taken, by field.

    Args:
        given: cleaned input.
    """
    errors = {name: EMPTY for name in LENGTHS if not getattr(given, name)}
    errors |= {name: TOO_LONG for name, most in LENGTHS.items() if len(getattr(given, name)) > most}
    if wrong := _wrong_fields(given.fields):
        errors["fields"] = wrong
    if not 1 <= given.answer_days <= 60:
        errors["answer_days"] = N_("Số ngày trả lời từ 1 đến 60.")
    if wrong := _wrong_rounds(given.rounds):
        errors["rounds"] = wrong
    return errors


def held(box: Mailbox, given: BoxInput) -> dict[str, str]:
    """Give what may not change any more of a box that is open, by field (DESIGN rule 4).

    No setting takes from people what they were promised: a round that has begun keeps its first
    day and its last day or a later one; while it runs, nobody else comes to read.

    Args:
        box: as it is stored.
        given: cleaned input.
    """
    if box.state == State.DRAFT:
        return {}
    today, errors = clock.today(), {}
    if wrong := _broken_promise(box.rounds, given.rounds, today):
        errors["rounds"] = wrong
    if not any(one.first <= today <= one.last for one in box.rounds):
        return errors
    if given.reader_id != box.reader_id:
        errors["reader_id"] = NOT_WHILE_OPEN
    if given.runner_reads - box.runner_reads:
        errors["runner_reads"] = NOT_WHILE_OPEN
    return errors


def _broken_promise(before: Sequence[Span], after: Sequence[Span], today: date) -> str:
    over = [one for one in before if one.last < today]
    running = next((one for one in before if one.first <= today <= one.last), None)
    if [one for one in after if one.last < today] != over:
        return PAST_STAYS
    if running is None:
        return ""
    now = next((one for one in after if one.first == running.first), None)
    return "" if now and now.last >= running.last else ONLY_LONGER


def _wrong_fields(fields: Sequence[str]) -> str:
    if not fields:
        return N_("Ghi ít nhất một lĩnh vực, mỗi dòng một lĩnh vực.")
    if len(fields) > MOST_FIELDS:
        return N_("Nhiều nhất 15 lĩnh vực.")
    return N_("Mỗi lĩnh vực không quá 80 ký tự.") if max(map(len, fields)) > LONGEST_FIELD else ""


def _wrong_rounds(rounds: Sequence[Span]) -> str:
    if not rounds:
        return N_("Ghi ít nhất một đợt: ngày đầu – ngày cuối.")
    if len(rounds) > MOST_ROUNDS * 5:
        return N_("Nhiều nhất 60 đợt, kể cả các đợt đã qua.")
    if rounds[-1].first > clock.today() + HORIZON:
        return N_("Đợt cuối còn xa hơn hai năm. Mời xem lại năm.")
    ordered = all(a.last < b.first for a, b in pairwise(rounds))
    return "" if ordered and all(one.first <= one.last for one in rounds) else NOT_APART


def changes(box: Mailbox, given: BoxInput) -> dict[str, list[object]]:
    """Give what an input changes of a box, field by field before and after, for the record."""
    pairs = {name: [getattr(box, name), new] for name, new in given.columns().items()}
    found = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if "rounds" in found:
        found["rounds"] = [windows.said(box.rounds), windows.said(given.rounds)]
    if "runner_reads" in found:
        found["runner_reads"] = [
            " ".join(sorted(box.runner_reads)), " ".join(sorted(given.runner_reads)),
        ]  # fmt: skip
    return found


EMPTY = N_("Mục này chưa được điền.")
TOO_LONG = N_("Mục này dài quá.")
NOT_APART = N_("Các đợt phải theo thứ tự và không chồng lên nhau.")
PAST_STAYS = N_("Đợt đã qua giữ nguyên như đã công bố; không thêm, bớt, sửa được nữa.")
ONLY_LONGER = N_(
    "Đợt đang mở chỉ kéo dài được: bà con đã được hẹn đến ngày cuối, nên không rút ngắn, không bỏ."
)
NOT_WHILE_OPEN = N_(
    "Không đổi được khi một đợt đang mở: người viết đã được báo ai đọc. Đổi giữa hai đợt."
)
