"""The ward of plan 004 that asks about a draft regulation, with everybody whom it asks.

The days are the plan's own: agencies answer from Monday 01/6/2026 to 05/6, groups hand ballots out
on 06/6 or 07/6, the sums are due on 08/6, the report before 10/6.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO

import pytest
from docx import Document as Docx
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from portal.cli.sample.draft_text import TEXT, TITLE
from portal.core import clock
from portal.core.database import session, write
from portal.core.text import fold, sort_key
from portal.features.ballots.figures import Figures
from portal.features.ballots.models import BallotGroup
from portal.features.consultations import voice_delivery
from portal.features.consultations.models import Consultation
from portal.features.documents.models import Document, Letterhead, State
from portal.features.org_units.kinds import PointKind
from portal.features.org_units.models import Organisation
from tests.journeys import citizens
from tests.journeys.carrying import World
from tests.support import papers, placed, surveyed
from tests.support.page import Page

WARD = "Phường Bắc Kạn"
HOST, FRONT, BUREAU, YOUTH = "culture", "front", "bureau", "youth"
BODIES = {
    HOST: "Phòng Văn hóa - Xã hội phường Bắc Kạn",
    FRONT: "Ủy ban MTTQ Việt Nam phường Bắc Kạn",
    BUREAU: "Văn phòng HĐND và UBND phường Bắc Kạn",
    YOUTH: "Đoàn Thanh niên phường Bắc Kạn",
}
GROUPS = {"Tổ dân phố số 1": 6, "Tổ dân phố số 2": 4}
"""Each with how many households it has."""
FIRST_DAY = date(2026, 6, 1)
SECOND = "2"
DRAFT = TITLE.replace("Ngô Quyền", "Bắc Kạn")
DAYS = {
    "posted_on": 0, "from": 0, "to": 4, "list_from": 1, "list_to": 6, "ballot_on": 5,
    "ballot_or": 6, "sum_due": 7, "report_due": 9,
}  # fmt: skip
"""The days that plan 004 names, counted from 01/6."""
INSERTED = """\
Điều 6. Giải đáp tại chỗ
1. Mỗi tháng một buổi, lãnh đạo phường ngồi tại nhà văn hóa để giải đáp cho bà con.
2. Lịch được niêm yết trước 07 ngày.
"""
"""What the second version puts in before Điều 6, so that all after it are counted on."""
VOTERS = "\n".join((
    "Số hộ\tHọ và tên\tTổ",
    *(f"{n}\tNguyễn Văn {name}\tTổ 1" for n, name in enumerate("ABCDEG", 1)),
    *(f"{n}\tTrần Thị {name}\tTổ {2 if n < 4 else 9}" for n, name in enumerate("HKLM", 1)),
))  # fmt: skip
"""The list of voters as the groups send it; the last has a group that there is not."""
TABLE = (
    "STT\tĐiều/khoản/điểm\tNội dung dự thảo\tÝ kiến góp ý\tLý do\n"
    "1\tkhoản 1 Điều 5\t\tNiêm yết ở nhà văn hóa ít nhất 30 ngày.\tĐể mọi người kịp đọc\n"
    "2\tĐiều 99\t\tThêm hình thức góp ý qua loa.\t\n3\tchung\t\tNhất trí\t"
)
"""What an agency has put into the table of form PGY-CQ; one row names no Điều of the draft."""


SCHOOL, CLINIC = "Trường THCS Bắc Kạn", "Trạm Y tế phường"

FRONTS = "Mặt trận giám sát hằng quý, có báo cáo gửi Hội đồng nhân dân."
HOUSEHOLDS = "Đề nghị niêm yết ở nhà văn hóa tổ ít nhất 30 ngày."
SAID = {
    "answer": ("Điều 10. Tổng hợp", "khoản 1 Điều 10", "Xin trả lời trong 03 ngày làm việc."),
    "board": ("Điều 5. Hình thức", "khoản 1 Điều 5",
              "Đề nghị niêm yết ở nhà văn hóa của tổ ít nhất 30 ngày."),
    "fees": ("Điều 4. Những việc", "điểm a khoản 3 Điều 4", "Ghi rõ thu mỗi hộ bao nhiêu."),
}  # fmt: skip
"""What people write on the phone page: from which line of the contents, where, what."""
ANSWERS = {
    "Ghi rõ thu mỗi hộ": ("decline", "Mức thu do nghị quyết của Hội đồng nhân dân quy định."),
    "Niêm yết ở nhà văn hóa ít nhất": ("accept", "Bổ sung nhà văn hóa, 30 ngày liên tục."),
    "Ghi rõ mức đóng góp": ("part", "Dẫn chiếu khoản 3 Điều 4."),
    "Thêm hình thức góp ý qua loa": ("decline", "Loa chỉ phát tin, không nhận ý kiến."),
    "Xin trả lời trong 03 ngày": ("part", "Giữ 05 ngày; việc gấp trả lời trong 03 ngày."),
    "Mặt trận giám sát hằng quý": ("accept", "Bổ sung báo cáo giám sát hằng quý."),
}
"""What the division decides on each, by the words with which it begins."""


@dataclass
class Story:
    """Who is there, and the slips that people have kept."""

    world: World
    slips: "dict[str, Citizen]" = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)


def world(app: Flask, patch: pytest.MonkeyPatch) -> World:
    """Make the ward ten days before the first day."""
    moment = clock.day_start(FIRST_DAY - timedelta(days=10)) + timedelta(hours=9)
    patch.setattr(clock, "now", lambda: moment)
    place = surveyed.province({"": [WARD]})
    with write() as current:
        bodies = {(body.unit.name, ""): body for body in current.query(Organisation)}
        for kind, name in BODIES.items():
            bodies[WARD, kind] = Organisation(
                unit_id=place[WARD].id, kind=kind, name=name, folded=fold(name),
                sort_key=sort_key(name),
            )  # fmt: skip
            current.add(bodies[WARD, kind])
        current.flush()
        current.add(Letterhead(
            organisation_id=bodies[WARD, HOST].id, regime="state", symbol="UBND", term="",
            issuer_name="ỦY BAN NHÂN DÂN PHƯỜNG BẮC KẠN", place="Bắc Kạn",
            signer="Người Ký Mẫu", titles="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        ))  # fmt: skip
    for name, households in GROUPS.items():
        point = placed.point(place[WARD], name, PointKind.GROUP)
        with write() as current:
            current.add(point)
            point.households = households
    return World(app, patch, place, bodies, FIRST_DAY)


def day(n: int) -> str:
    """Write a day of the plan as people do, counted from 01/6."""
    return clock.format_date(FIRST_DAY + timedelta(days=n))


def iso(n: int) -> str:
    """Write it as the choices of a form do."""
    return (FIRST_DAY + timedelta(days=n)).isoformat()


def case() -> Consultation:
    """Give the consultation."""
    return session().query(Consultation).one()


def at(*more: str) -> str:
    """Give an address under the consultation."""
    return "/".join((f"/lay-y-kien/{case().id}", *more))


def morning(world: World, days: int) -> int:
    """Let the morning of a day come and its job deliver; say how many sendings that moved."""
    world.comes(days, hour=5)
    moved = voice_delivery.deliver()
    world.comes(days)
    return moved


# --- the plan and the draft


def drafts_the_plan(world: World) -> Page:
    """Draft plan 004 by its template, its recipients as in the ward's own paper."""
    page = world.at(WARD, HOST).page("/van-ban/moi?mau=lay_y_kien_du_thao")
    asked = {f"q-{name}": day(n) for name, n in DAYS.items()}
    page = page.submit("Tạo bản thảo", **{"q-year": "2026", **asked})
    assert page.status == 200, page.text[:600]
    return page.submit("Lưu", recipient=["3", "4", "5"])


def issues_the_plan(world: World) -> Document:
    """Have the leader sign it and the bureau send it out."""
    author = surveyed.actor(world.people[f"{WARD}{HOST}"])
    with write() as current:
        plan = current.query(Document).one()
    return papers.bring(plan, State.ISSUED, author)


def word_file(text: str = TEXT, name: str = "du-thao.docx") -> FileStorage:
    """Write the draft as the division has it in Word."""
    document, content = Docx(), BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(content)
    return FileStorage(BytesIO(content.getvalue()), filename=name)


def words_of(answer: TestResponse) -> str:
    """Give the words of a .docx as it was fetched, those in tables too."""
    found = Docx(BytesIO(answer.data))
    cells = (cell.text for table in found.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(line.text for line in found.paragraphs), *cells])


def second_version() -> str:
    """Give the text with one Điều more: what was Điều 6 is Điều 7, and so on."""
    head, _, tail = TEXT.partition("Điều 6.")
    later = re.sub(r"^Điều (\d+)\.", lambda n: f"Điều {int(n[1]) + 1}.", f"Điều 6.{tail}",
                   flags=re.MULTILINE)  # fmt: skip
    return f"{head}{INSERTED}{later}"


# --- people


class Citizen(citizens.Citizen):
    """Somebody who says something about the draft."""

    def comments(self, article: str, place: str, text: str) -> "Citizen":
        """Open an Điều from the contents, write under one of its provisions, and send."""
        page = self.client.page(f"/g/{case().code}").follow(article)
        looked = page.submit("Xem và gửi", **{box(page, place): text})
        assert looked.h1 == "Xem lại trước khi gửi"
        assert f"Góp ý cho {place}" in looked.text
        return self.sends(looked.submit("Gửi ý kiến"))

    def agrees(self) -> "Citizen":
        """Agree to all of it with one tap."""
        return self.sends(self.client.page(f"/g/{case().code}").submit("Nhất trí toàn bộ"))

    def sends(self, kept: Page) -> "Citizen":
        """Note the code and confirm its last group."""
        assert kept.h1 == "Ý kiến đã được ghi nhận", kept.text
        self.notes(kept)
        return self


def told_link(page: Page, path: str) -> str:
    """Give the address that a page tells, from its path on."""
    return re.split(r"[^\w\-/]", page.text[page.text.index(path) :])[0]


def box(page: Page, place: str) -> str:
    """Give the name of the box that belongs to a provision."""
    [found] = [
        box.get("name", "") for box in page.html.elements("textarea")
        if place in box.get("aria-label", "")
    ]  # fmt: skip
    return found


def groups() -> list[str]:
    """Give the numbers of the groups that take part, as they stand in addresses."""
    found = session().query(BallotGroup).order_by(BallotGroup.group)
    return [str(one.id) for one in found]


def counted(
    issued: int, returned: int, valid: int, invalid: int, blank: int, each: tuple[int, int, int]
) -> dict[str, str]:
    """Give a counting as it is typed, the same on each of the seven contents."""
    opinions = dict.fromkeys(range(1, 8), each)
    values = Figures(issued, returned, valid, invalid, blank, opinions).values
    return {name: str(value) for name, value in values.items()}
