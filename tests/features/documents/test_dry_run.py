"""What a dry run foretells is what issuing then does."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.text import fold, sort_key
from portal.features.documents import queries
from portal.features.documents.body import Duty, Level, Party, Recipient, Section, SectionRole
from portal.features.documents.models import State
from portal.features.documents.pages import dry_run
from portal.features.org_units.models import Organisation
from portal.features.tasks.models import Task
from tests.support import numbered, papers, surveyed
from tests.support.officials import PLACES
from tests.support.queries import counted

COMMITTEES = Party("Ủy ban nhân dân xã", group="commune:committee")
FARMERS = Party("Hội Nông dân xã", group="commune:farmers/mass_mobilisation")
DISTRICTS = Party("Ban huyện", group="district:committee")
MONDAY = clock.today() + timedelta(days=14 - clock.today().weekday())
FRIDAY, SATURDAY = MONDAY + timedelta(days=4), MONDAY + timedelta(days=5)


def written(day):
    return clock.format_date(day)


WINDOW = Section(
    level=Level.POINT, heading="Thời gian",
    text=f"Từ ngày {written(MONDAY)} đến hết ngày {written(MONDAY + timedelta(days=6))}.",
    role=SectionRole.SURVEY_WINDOW,
)  # fmt: skip


def add(place, unit, kind):
    with write() as current:
        name = f"{kind} {unit}"
        current.add(Organisation(unit_id=place[unit].id, kind=kind, name=name, folded=fold(name),
                                 sort_key=sort_key(name)))  # fmt: skip


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made)
    add(made, "Xã 1", "farmers")
    add(made, "Xã 1", "mass_mobilisation")
    add(made, "Xã 2", "mass_mobilisation")
    return made


@pytest.fixture
def author(place):
    return papers.worker(place)


def duty(what, lead, due):
    return Duty(what=what, lead=lead, due=due)


def draft(author, *duties, recipients=(), sections=(WINDOW,)):
    return papers.draft(author, duties=duties, recipients=recipients, sections=sections)


def test_what_is_foretold_happens(author):
    document = draft(
        author,
        duty("Niêm yết", COMMITTEES, f"chậm nhất ngày {written(MONDAY)}"),
        duty("Hướng dẫn", FARMERS, "hằng ngày"),
        duty("Kiểm tra", DISTRICTS, "trong ngày đầu tiên"),
        duty("Trước hạn", DISTRICTS, f"trước ngày {written(MONDAY)}"),
        duty("Theo dõi", COMMITTEES, "thường xuyên"),
        duty("Cả năm", COMMITTEES, f"hằng ngày, từ ngày 01/01/{MONDAY.year + 1} đến hết ngày "
                                   f"31/12/{MONDAY.year + 1}"),
        duty("Không rõ", COMMITTEES, "khi cần"),
        duty("Đưa tin", Party("Báo tỉnh"), "hằng tuần"),
        recipients=(
            Recipient(COMMITTEES), Recipient(FARMERS), Recipient(Party("Thường trực Tỉnh ủy")),
            Recipient(Party("Mình", group="province:committee")), Recipient(COMMITTEES),
            Recipient(Party()),
        ),
    )  # fmt: skip
    run = dry_run.of(document)
    foretold = Counter(
        (line.duty.what, body, day.day if day else None)
        for line in run.lines for day in line.days or (None,)
        for body in [*(lead.id for lead in line.leads), *(None for _unit in line.lacking)]
    )  # fmt: skip
    papers.bring(document, State.ISSUED, author)
    made = session().scalars(select(Task).where(Task.document_id == document.id)).all()
    assert Counter((one.what, one.organisation_id, one.due_on) for one in made) == foretold
    assert run.tasks == len(made)
    assert [one.unit.name for one in made if one.organisation is None][:1] == ["Xã 3"]
    assert (run.lacking, run.units) == (1, 5)
    reached = {one.organisation_id for one in queries.deliveries_of(document.id)}
    assert reached == {one.id for one in run.inboxes}
    assert run.on_paper == ("Thường trực Tỉnh ủy",)
    assert [(one.name, len(one.to)) for one in run.sent if one.to] == [
        ("Ủy ban nhân dân xã", 3), ("Hội Nông dân xã", 2),
    ]  # fmt: skip


def test_each_day_tells_what_is_due_on_it(author):
    run = dry_run.of(draft(
        author, duty("Kiểm tra", DISTRICTS, "trong ngày đầu tiên"),
        duty("Nhập", COMMITTEES, "hằng ngày"), duty("Không ai", Party("Báo"), "hằng ngày"),
    ))  # fmt: skip
    due = {day.day: [line.duty.what for line in lines] for day, lines in run.calendar.items()}
    assert due == {MONDAY: ["Kiểm tra", "Nhập"]} | {
        MONDAY + timedelta(days=n): ["Nhập"] for n in range(1, 7)
    }
    assert [day.day for day in run.calendar if day.is_off] == [
        SATURDAY, SATURDAY + timedelta(days=1),
    ]  # fmt: skip


def test_who_stands_in_and_who_is_missing_is_told(author, place):
    [line] = dry_run.of(draft(author, duty("Hướng dẫn", FARMERS, "hằng ngày"))).lines
    assert [(one.kind, one.unit.name) for one in line.leads] == [
        ("farmers", "Xã 1"), ("mass_mobilisation", "Xã 2"),
    ]  # fmt: skip
    assert [(one.unit.name, one.instead) for one in line.standing_in] == [("Xã 2", "farmers")]
    assert list(line.instead) == ["Hội Nông dân"]
    assert [one.name for one in line.lacking] == ["Xã 3"]
    assert (len(line.days), line.doers, line.tasks) == (7, 3, 21)


def test_days_on_which_nobody_works_are_marked(author):
    due = f"chậm nhất ngày {written(SATURDAY)}"
    [line] = dry_run.of(draft(author, duty("Gửi", COMMITTEES, due))).lines
    assert [(off.day, off.weekday) for off in line.days_off] == [(SATURDAY, "Thứ Bảy")]


def test_holidays_are_named(author):
    tet = "trong ngày 06/02/2027"  # the first day of the year of the Goat
    [line] = dry_run.of(draft(author, duty("Trực", COMMITTEES, tet))).lines
    assert [(off.day, off.holiday) for off in line.days_off] == [
        (date(2027, 2, 6), "Tết Nguyên đán")
    ]


def test_days_below_the_heading_of_the_window_count(author):
    sections = (
        Section(level=Level.POINT, heading="Thời gian", role=SectionRole.SURVEY_WINDOW),
        Section(level=Level.DASH, text=f"từ ngày {written(MONDAY)} đến ngày {written(FRIDAY)}"),
        Section(level=Level.POINT, heading="Khác", text=f"ngày {written(SATURDAY)}"),
    )
    run = dry_run.of(draft(author, duty("Nhập", COMMITTEES, "hằng ngày"), sections=sections))
    assert run.windows == ((MONDAY, FRIDAY),)
    assert len(run.lines[0].days) == 5


def test_a_group_is_looked_up_once_however_many_duties_it_has(author):
    rows = [duty(f"Việc {n}", COMMITTEES, "hằng ngày") for n in range(30)]
    few = draft(author, *rows[:1], recipients=(Recipient(COMMITTEES),))
    many = draft(author, *rows, recipients=(Recipient(COMMITTEES),))
    with counted() as one:
        dry_run.of(few)
    with counted() as thirty:
        dry_run.of(many)
    assert len(one) == len(thirty) <= 4
