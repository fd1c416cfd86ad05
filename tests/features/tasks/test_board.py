"""The table of units and duties says of each how it stands, and is the spreadsheet it gives."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.features.documents.body import Duty as Row
from portal.features.documents.body import Job, Level, Party, Section, SectionRole
from portal.features.tasks import board, exports
from portal.features.tasks.board import Wanted
from portal.features.tasks.models import OVERDUE
from portal.features.tasks.workflow import TASK
from portal.policy.roles import Role
from tests.support import handed_out, papers, workbooks
from tests.support.officials import official

COMMUNES = Party("Các xã", group="commune:committee")
DISTRICTS = Party("Các huyện", group="district:committee")
TODAY = clock.today()
LATE = f"trong ngày {clock.format_date(TODAY - timedelta(days=1))}"


def window(days):
    first, last = TODAY, TODAY + timedelta(days=days - 1)
    text = f"Từ ngày {clock.format_date(first)} đến hết ngày {clock.format_date(last)}."
    role = SectionRole.SURVEY_WINDOW
    return Section(level=Level.POINT, heading="Thời gian", text=text, role=role)


@pytest.fixture
def place(app):
    return handed_out.province()


@pytest.fixture
def author(place):
    return papers.worker(place)


@pytest.fixture
def plan(author):
    duties = (
        Row(what="Niêm yết", lead=COMMUNES, due=LATE),
        Row(what="Nhập báo cáo trong ngày", lead=COMMUNES, due="hằng ngày", job=Job.DAILY_REPORT),
        Row(what="Kiểm tra", lead=DISTRICTS, due="thường xuyên"),
    )
    return papers.issued(author, duties=duties, sections=(*papers.BODY.sections, window(2)))


def hands_in(place, plan, number):
    task = handed_out.by_unit(plan, "Niêm yết")[f"Xã {number}"]
    TASK.fire(official(place, Role.COMMUNE, *papers.WORKS, at=f"Xã {number}"), task.id, "submit")
    return task


def words(shown):
    return {row.unit.name: [cell and cell.look for cell in row.cells] for row in shown.rows}


def test_a_daily_duty_is_a_column_a_day_and_each_tier_has_its_own_table(author, plan):
    shown = board.of(author, Wanted())
    assert [column.label for column in shown.columns] == [
        "Niêm yết", "Báo cáo ngày", "Báo cáo ngày",
    ]  # fmt: skip
    assert [column.day for column in shown.columns[:2]] == ["", f"{TODAY:%d}/{TODAY.month}"]
    assert shown.levels == ("commune", "district")
    assert list(words(board.of(author, Wanted(level="district")))) == ["Huyện A", "Huyện B"]


def test_every_cell_says_how_its_task_stands(author, place, plan):
    hands_in(place, plan, 2)
    shown = board.of(author, Wanted())
    assert words(shown) == {
        "Xã 1": [OVERDUE, "todo", "todo"],
        "Xã 2": ["submitted", "todo", "todo"],
        "Xã 3": [OVERDUE, "todo", "todo"],
    }
    assert (shown.done, shown.total, shown.counts[OVERDUE]) == (1, 9, 2)
    assert [(column.done, column.total) for column in shown.columns] == [(1, 3), (0, 3), (0, 3)]


def test_units_stand_by_district_and_can_be_narrowed_to_one_or_sought_by_name(author, place, plan):
    assert [group.name for group in board.of(author, Wanted()).groups] == ["Huyện A", "Huyện B"]
    narrowed = board.of(author, Wanted(district_id=place["Huyện B"].id))
    assert list(words(narrowed)) == ["Xã 3"]
    assert list(words(board.of(author, Wanted(search="xa 2")))) == ["Xã 2"]
    assert board.of(author, Wanted(search="không có")).groups == ()


def test_a_state_keeps_the_cells_that_look_so_and_the_counts_of_all(author, place, plan):
    hands_in(place, plan, 2)
    shown = board.of(author, Wanted(state=OVERDUE))
    assert words(shown) == {"Xã 1": [OVERDUE], "Xã 3": [OVERDUE]}
    assert shown.total == 9


def test_a_district_sees_its_own_communes_alone(place, plan):
    shown = board.of(official(place, Role.DISTRICT), Wanted())
    assert list(words(shown)) == ["Xã 1", "Xã 2"]
    assert shown.total == 6


def test_without_tasks_there_is_no_table(author, place):
    assert board.of(author, Wanted()) is None


def test_arrows_go_down_a_column_and_on_to_the_next(author, plan):
    shown = board.of(author, Wanted())
    first, second, third = shown.rows
    ids = [[cell.id for cell in row.cells] for row in (first, second, third)]
    assert shown.beside(ids[1][0]) == (ids[0][0], ids[2][0])
    assert shown.beside(ids[2][0]) == (ids[1][0], ids[0][1])
    assert shown.beside(ids[0][0])[0] is None
    assert shown.beside(-1) == (None, ids[0][0])


def test_the_spreadsheet_holds_what_is_shown_and_nothing_else(author, place, plan):
    hands_in(place, plan, 2)
    shown = board.of(author, Wanted(district_id=place["Huyện A"].id))
    sheets = workbooks.sheets_of(lambda stream: exports.board(stream, shown, "Cán bộ"))
    rows = sheets["Bảng nhiệm vụ"][1:]
    assert [row[:3] for row in rows] == [
        ["Huyện A", "Xã 1", "Quá hạn"], ["Huyện A", "Xã 2", "Đã nộp"], ["", "Cộng", "1/2"],
    ]  # fmt: skip
