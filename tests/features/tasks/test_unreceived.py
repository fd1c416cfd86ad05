"""A unit where nobody acts for who should lead gets its task all the same, and all can see it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.database import session, write
from portal.features.audit import queries as audit
from portal.features.documents.body import Duty as Row
from portal.features.documents.body import Party
from portal.features.documents.workflow import DOCUMENT
from portal.features.org_units import fallbacks
from portal.features.org_units import services as org_units
from portal.features.tasks import board, exports, queries
from portal.features.tasks.board_parts import Wanted
from portal.features.tasks.models import NOBODY, State, Task
from portal.features.tasks.workflow import TASK
from portal.features.users.models import User
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from tests.support import handed_out, papers, workbooks
from tests.support.officials import Official, official

FARMERS = Party("Hội Nông dân cấp xã", group="commune:farmers")
YOUTH = Party("Đoàn thanh niên cấp xã", group="commune:youth")
TODAY = clock.today()
YESTERDAY = clock.format_date(TODAY - timedelta(days=1))
HELP, POST = "Hướng dẫn người dân", "Niêm yết"


@pytest.fixture
def place(app):
    made = handed_out.province()
    body(made, "Xã 1")
    return made


@pytest.fixture
def author(place):
    return papers.worker(place)


@pytest.fixture
def plan(author):
    committees = Party("Các xã", group="commune:committee")
    duties = (
        Row(what=HELP, lead=FARMERS, due=f"trong ngày {YESTERDAY}"),
        Row(what=POST, lead=committees, due="thường xuyên"),
    )
    return papers.issued(author, duties=duties)


def body(place, unit, kind="farmers"):
    return org_units.add_organisation(place[unit].id, kind, f"{kind} {unit}")


def doers(document, what=HELP):
    query = select(Task).where(Task.document_id == document.id, Task.what == what)
    found = session().scalars(query.order_by(Task.id))
    return [(task.unit.name, task.doer, task.state) for task in found]


def waiting(document, unit="Xã 3"):
    return handed_out.by_unit(document, HELP)[unit]


def commune(place, unit="Xã 3", role=Role.COMMUNE):
    return official(place, role, *papers.WORKS, at=unit)


def test_a_unit_without_the_body_has_the_task_itself(plan):
    assert doers(plan) == [
        ("Xã 1", "farmers Xã 1", "todo"), ("Xã 2", NOBODY, "todo"), ("Xã 3", NOBODY, "todo"),
    ]  # fmt: skip


def test_its_offices_find_it_do_it_and_those_above_take_it(place, plan):
    doer, task = commune(place), waiting(plan)
    assert task.id in {one.id for one in queries.mine(doer)}
    TASK.fire(doer, task.id, "submit", "Đã làm")
    TASK.fire(official(place, Role.DISTRICT, *papers.WORKS, at="Huyện B"), task.id, "accept")
    assert task.state == State.ACCEPTED


def test_listed_and_done_by_the_same_accounts(place, plan):
    every = session().scalars(select(Task)).all()
    for actor in (commune(place), commune(place, role=Role.YOUTH), official(place, Role.DISTRICT)):
        mine = {task.id for task in queries.mine(actor)}
        assert mine == {one.id for one in every if allows(actor, Permission.TASK_DO, one)}


def test_a_body_that_is_added_later_has_it_at_once(place, plan, author):
    task = waiting(plan)
    body(place, "Xã 3")
    assert doers(plan)[2] == ("Xã 3", "farmers Xã 3", "todo")
    assert [one.action for one in audit.of_subject("task", task.id)] == ["task:given"]
    [count] = [one for one in queries.per_duty(author) if one.what == HELP]
    assert (count.total, count.unreceived) == (3, 1)


def test_a_body_of_another_kind_leaves_it_where_it_is(place, plan):
    body(place, "Xã 3", "front")
    assert doers(plan)[2] == ("Xã 3", NOBODY, "todo")


def test_the_youth_account_of_a_union_that_is_added_can_do_what_names_it(place, author):
    plan = papers.issued(author, duties=(Row(what=HELP, lead=YOUTH, due="thường xuyên"),))
    union = body(place, "Xã 3", "youth")
    member = Official(Role.YOUTH, frozenset(), union.unit_id, union.id)
    assert [task.id for task in queries.mine(member)] == [waiting(plan).id]
    assert allows(member, Permission.TASK_DO, waiting(plan))


def test_who_is_named_in_its_place_has_it_and_does_it_once_for_all(place, plan):
    district = body(place, "Huyện A", "front")
    fallbacks.name(official(place, Role.PROVINCE), place["Xã 2"].id, {"farmers": district.id})
    assert doers(plan)[1] == ("Huyện A", "front Huyện A", "todo")
    fallbacks.name(official(place, Role.PROVINCE), place["Xã 1"].id, {"farmers": district.id})
    assert len(doers(plan)) == 3


def test_sending_on_gives_what_waits_and_makes_no_second_one(place, plan, author):
    with write() as current:
        current.execute(Task.__table__.update().values(organisation_id=None))
        DOCUMENT.follow(author, plan, "send_on")
    assert [who for _unit, who, _state in doers(plan)] == ["farmers Xã 1", NOBODY, NOBODY]
    assert len(doers(plan, POST)) == 3
    assert all(who != NOBODY for _unit, who, _state in doers(plan, POST))


def test_what_its_offices_have_done_stays_theirs(place, plan):
    TASK.fire(commune(place), waiting(plan).id, "submit", "Đã làm")
    TASK.fire(official(place, Role.PROVINCE, *papers.WORKS), waiting(plan).id, "accept")
    body(place, "Xã 3")
    assert doers(plan)[2] == ("Xã 3", NOBODY, "accepted")


@pytest.mark.parametrize("dated", [True, False])
def test_the_database_keeps_two_of_one_unit_apart(plan, dated):
    twin = {
        "document_id": plan.id, "duty": "mot-viec", "unit_id": waiting(plan).unit_id,
        "what": HELP, "due_on": TODAY if dated else None, "changed_at": clock.now(),
    }  # fmt: skip
    with pytest.raises(IntegrityError), write() as current:
        current.add_all([Task(**twin), Task(**twin)])


def test_the_table_says_who_lacks_somebody_and_shows_these_alone(author, plan):
    shown = board.of(author, Wanted())
    assert [(row.unit.name, row.unreceived, row.bodiless) for row in shown.rows] == [
        ("Xã 1", 0, False), ("Xã 2", 1, False), ("Xã 3", 1, False),
    ]  # fmt: skip
    assert shown.unreceived == 2
    narrowed = board.of(author, Wanted(unreceived=True))
    assert [row.unit.name for row in narrowed.rows] == ["Xã 2", "Xã 3"]


def test_so_does_the_spreadsheet(author, plan):
    shown = board.of(author, Wanted(unreceived=True))
    sheets = workbooks.sheets_of(lambda stream: exports.board(stream, shown, "Cán bộ"))
    rows = sheets["Bảng nhiệm vụ"]
    assert [row[-1] for row in rows[:3]] == [
        "Cơ quan nhận việc", "1 việc chưa có cơ quan nhận", "1 việc chưa có cơ quan nhận",
    ]  # fmt: skip


def test_the_pages_say_so_in_words(author, client, plan):
    client.sign_in(session().get_one(User, author.user_id))
    page = client.page("/nhiem-vu/bang")
    assert "2 đơn vị chưa có cơ quan nhận việc trên Cổng" in page.text
    assert "Xã 1" not in page.follow("Chỉ xem các đơn vị này").text
    assert "2 đơn vị chưa có nơi nhận việc" in client.page("/giao-ban").text
    assert "2 chưa có nơi nhận" in client.page("/nhiem-vu/cap-duoi").text
    task = client.page(f"/nhiem-vu/{waiting(plan).id}")
    assert NOBODY in task.text
