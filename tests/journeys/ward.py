"""The ward of plan 000 with its youth union, its readers and the city above, and their acts.

The days are the plan's own: its first round begins on Monday 22/01/2024.
"""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from portal.core import clock
from portal.core.database import write
from portal.core.text import fold, sort_key
from portal.features.documents.models import Document, Letterhead, State
from portal.features.letters import delivery
from portal.features.mailbox.models import Mailbox
from portal.features.org_units.kinds import PointKind
from portal.features.org_units.models import Organisation
from portal.features.questionnaires import services as questionnaires
from tests.journeys import citizens
from tests.journeys.carrying import World
from tests.support import papers, pictures, placed, surveyed
from tests.support.page import Page

CITY, WARD = "Thành phố Bắc Giang", "Phường Ngô Quyền"
PARTY, BOARD, READER, YOUTH = "party", "steering", "mass_mobilisation", "youth"
BODIES = {
    "Tỉnh": {BOARD: "Ban Chỉ đạo tỉnh"},
    CITY: {BOARD: "Ban Chỉ đạo thành phố Bắc Giang"},
    WARD: {
        PARTY: "Đảng ủy phường Ngô Quyền",
        BOARD: "Ban Chỉ đạo phường Ngô Quyền",
        READER: "Khối Dân vận phường Ngô Quyền",
        YOUTH: "Đoàn Thanh niên phường Ngô Quyền",
    },
}  # fmt: skip
POINTS = {
    "Bộ phận tiếp nhận và trả kết quả": PointKind.ONE_STOP,
    "Nhà văn hóa tổ dân phố số 2": PointKind.CULTURAL_HOUSE,
    "Nhà văn hóa tổ dân phố số 4": PointKind.CULTURAL_HOUSE,
}
FIRST_DAY = date(2024, 1, 22)
ROUNDS = (
    "22/01/2024 – 25/3/2024\n01/4/2024 – 25/6/2024\n01/7/2024 – 25/9/2024\n01/10/2024 – 25/12/2024"
)
WORDS = "nắng vàng trên mái ngói cũ"
"""What opens the city's key."""


def world(app: Flask, patch: pytest.MonkeyPatch) -> World:
    """Make the ward, the city and the province two weeks before the first round."""
    moment = clock.day_start(FIRST_DAY - timedelta(days=14)) + timedelta(hours=9)
    patch.setattr(clock, "now", lambda: moment)
    place = surveyed.province({CITY: [WARD]})
    questionnaires.load_library()
    with write() as current:
        bodies = {(body.unit.name, ""): body for body in current.query(Organisation)}
        for unit, kinds in BODIES.items():
            for kind, name in kinds.items():
                bodies[unit, kind] = Organisation(
                    unit_id=place[unit].id, kind=kind, name=name, folded=fold(name),
                    sort_key=sort_key(name),
                )  # fmt: skip
                current.add(bodies[unit, kind])
    for kind, symbol in ((PARTY, "ĐU"), (YOUTH, "ĐTN")):
        _letterhead(bodies[WARD, kind], symbol)
    for name, what in POINTS.items():
        placed.point(place[WARD], name, what)
    return World(app, patch, place, bodies, FIRST_DAY)


def _letterhead(body: Organisation, symbol: str) -> None:
    with write() as current:
        current.add(Letterhead(
            organisation_id=body.id, regime="party", issuer_name=body.name.upper(), symbol=symbol,
            place="P. Ngô Quyền", parent_name="ĐẢNG BỘ THÀNH PHỐ BẮC GIANG", authority="T/M",
            titles="PHÓ BÍ THƯ", signer="Dương Minh Huấn", term="2020-2025",
        ))  # fmt: skip


# --- before the first round


def issues_the_plan(world: World) -> Document:
    """Draft plan 000 by its template as the ward's party committee does, and issue it."""
    page = world.at(WARD, PARTY).page("/van-ban/moi?mau=hom_thu_gop_y")
    page = page.submit("Tạo bản thảo", **{
        "q-year": "2024", "q-rounds": ROUNDS, "q-install_due": "19/01/2024",
        "q-places": "Bộ phận tiếp nhận và trả kết quả phường; các nhà văn hóa",
        "q-standing": "Khối Dân vận phường", "q-supporter": "Đoàn Thanh niên phường",
    })  # fmt: skip
    assert page.status == 200, page.text[:600]
    author = surveyed.actor(world.people[f"{WARD}{PARTY}"])
    with write() as current:
        plan = current.query(Document).one()
    return papers.bring(plan, State.ISSUED, author)


def makes_the_key(world: World) -> Page:
    """Have the city make the key to which letters about the ward are sealed."""
    page = world.at(CITY, BOARD).page("/khoa-mo-thu").follow("Lập khóa")
    return page.submit("Lập khóa và hiện phiếu", words=WORDS, again=WORDS)


def puts_it_up(world: World, box: Mailbox, point: str) -> Page:
    """Record since when the box hangs at a point, with a photo, and try the printed code."""
    client = world.at(WARD, YOUTH)
    page = client.page(f"/hom-thu/{box.id}/diem").follow(point)
    told: dict[str, Any] = {
        "placed_on": clock.format_date(clock.today()), "note": "Ngang tầm mắt",
        "photos": (BytesIO(pictures.told()), "anh.jpg"),
    }  # fmt: skip
    page = page.submit("Ghi đã đặt", **told)
    assert page.status == 200, page.text
    return client.page(f"/hom-thu/{box.id}/diem").follow(point)


# --- citizens


class Citizen(citizens.Citizen):
    """Somebody who writes to the box."""

    noted: Page | None = None
    """The page after the receipt was written down."""

    def looks_over(self, code: str, text: str, **told: Any) -> Page:  # noqa: ANN401 - a form's
        """Write a letter at the address of a code and look it over."""
        filled = {"loai": "suggestion", "ve": "viec", "noi_dung": text} | told
        page = self.client.page(f"/h/{code}")
        return page.submit("Xem lại trước khi gửi", **filled)

    def writes(self, code: str, text: str, **told: Any) -> "Citizen":  # noqa: ANN401
        """Write a letter, look it over and send it."""
        return self.sends(self.looks_over(code, text, **told))

    def sends(self, looked: Page) -> "Citizen":
        """Send what was looked over; note the receipt, and confirm its last group."""
        page = looked.submit("Gửi thư")
        assert page.h1 == "Thư đã được ghi nhận", page.text
        self.noted = self.notes(page)
        return self

    def withdraws(self) -> Page:
        """Take the letter back."""
        page = self.follows().follow("Rút thư này")
        assert "Bản sao lưu" in page.text
        return page.submit("Rút và xóa thư")


def morning(world: World, days: int) -> int:
    """Let the morning of a day come and its job deliver; say how many letters that moved."""
    world.comes(days, hour=5)
    moved = delivery.deliver()
    world.comes(days)
    return moved
