"""The sample's households: six groups, each at another point of the way; every name is made up."""

from dataclasses import replace
from datetime import date
from typing import Final

from portal.cli.sample import accounts, consultations
from portal.core import pasting
from portal.features.ballots import (
    checking,
    entering,
    groups,
    links,
    queries,
    remarks,
    services,
    standing,
    voters,
)
from portal.features.ballots.figures import Figures
from portal.features.ballots.models import BallotGroup, Enterer
from portal.features.ballots.services import GroupInput, TeamInput
from portal.features.consultations.comments import Said
from portal.features.consultations.models import Consultation
from portal.features.regulations import queries as regulations
from portal.features.regulations import reading
from portal.web.actor import Account

SECOND: Final = "xa.ngoquyen"
_SETTLED: Final = 2
"""So many groups have their numbers settled; of the next the entries differ, then they agree."""
_TEAM: Final = (
    "Nguyễn Mẫu An, Tổ trưởng tổ dân phố\nTrần Mẫu Bình, Thư ký\nLê Mẫu Cường",
    "Phạm Mẫu Dung\nVũ Mẫu Giang",
)
_FAMILY: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đỗ", "Bùi")
_SAID: Final = (
    ("khoản 1 Điều 5", "Niêm yết các khoản thu theo đầu hộ ở nhà văn hóa ít nhất 30 ngày.", 38),
    ("điểm a khoản 3 Điều 5", "Phát loa buổi tối, sau 18 giờ, để người đi làm nghe được.", 17),
    ("điểm a khoản 3 Điều 4", "Ghi rõ từng khoản thu dùng vào việc gì.", 6),
    ("khoản 1 Điều 10", "Trả lời cả ý kiến không tiếp thu, dán ở nhà văn hóa.", 9),
    ("", "Nhất trí với dự thảo, mong phường làm đúng như đã viết.", 22),
)


def create(case: Consultation) -> None:
    """Bring the ward's groups to where they are on the day after the ballot.

    Args:
        case: the sample's running consultation.
    """
    host = accounts.acting(consultations.HOST)
    wanted = {one.id: one.households or 1 for one in queries.points_left(case)}
    groups.choose(host, case, wanted)
    days = standing.days(case)
    for at, group in enumerate(queries.listed(case.id)):
        _prepare(host, group, days[at % len(days)])
        _list_voters(host, group)
        _count(host, group, at)


def _prepare(host: Account, group: BallotGroup, day: date) -> None:
    stamped = group.households
    given = GroupInput(group.group, group.households, day, stamped + 10, stamped)
    services.change(host, group, given, group.version)
    house = f"Nhà văn hóa {group.group[:1].lower()}{group.group[1:]}"
    services.keep_team(host, group, TeamInput(*_TEAM, house), group.version)


def _list_voters(host: Account, group: BallotGroup) -> None:
    rows = [("Số hộ", "Cử tri đại diện hộ")]
    rows += [(f"{n:03}", f"{_FAMILY[n % len(_FAMILY)]} Mẫu {_letters(n)}")
             for n in range(1, group.households + 1)]  # fmt: skip
    names = "\n".join("\t".join(row) for row in rows)
    table = pasting.read_text(names, checking.COLUMNS)
    voters.take(host, group.consultation, table, own=group)


def _count(host: Account, group: BallotGroup, at: int) -> None:
    """Enter what was counted: the first groups are done, the last has not begun."""
    counted = _figures(group)
    other = accounts.acting(SECOND)
    if at <= _SETTLED + 2:
        links.issue(host, group)
        entering.enter(links.Head.of(group), group, Enterer.HEAD, counted)
    if at <= _SETTLED + 1:
        _tick(host, group, counted.returned)
        blank = counted.blank + (2 if at == _SETTLED else 0)
        mine = replace(counted, blank=blank, invalid=counted.invalid - (blank - counted.blank))
        entering.enter(other, group, Enterer.WARD, mine)
    if at < _SETTLED:
        entering.settle(host, group, counted, "")
    if at <= _SETTLED:
        _write_remarks(other, group, at)


def _figures(group: BallotGroup) -> Figures:
    returned = group.households * 87 // 100
    invalid, blank = 5, 3
    valid = returned - invalid - blank
    opinions = {}
    for number in group.numbers:
        disagree, other = 3 + number * 5 % 11, 4 + number * 7 % 13
        opinions[number] = (valid - disagree - other - number, disagree, other)
    return Figures(group.households - 4, returned, valid, invalid, blank, opinions)


def _tick(host: Account, group: BallotGroup, returned: int) -> None:
    ids = [one.id for one in queries.voters([group.id])]
    voters.tick(host, group, set(ids[:returned]), set())


def _write_remarks(author: Account, group: BallotGroup, at: int) -> None:
    version = regulations.published(group.consultation.draft_id)
    assert version is not None
    keys = {one.place: one.key for one in reading.outline(version)} | {"": ""}
    for place, text, many in _SAID[at:]:
        remarks.add(author, group, Said(keys[place], text, max(1, many - 3 * at)))


def _letters(n: int) -> str:
    """Give a made-up given name for a number, no two alike: “Ab”."""
    first, second = divmod(n, 26)
    return f"{chr(65 + first % 26)}{chr(97 + second)}"
