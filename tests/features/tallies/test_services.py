"""Two named people count a week; then nobody changes it, not by the portal nor past it."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Refused
from portal.features.documents import schedule
from portal.features.documents.body import Duty, Job, Party
from portal.features.letters.models import LetterIntake
from portal.features.tallies import queries, services
from portal.features.tallies.figures import Figures
from portal.features.tallies.models import State, Tally
from portal.features.tallies.services import Signature
from portal.features.tallies.workflow import TALLY
from portal.features.tasks.models import Task
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from tests.support import papers, surveyed, tallied
from tests.support.tallied import Tallied, acting, week

pytestmark = pytest.mark.usefixtures("app")
POSITION = Signature("Phó Bí thư Đoàn phường")


@pytest.fixture
def box(app: object) -> Tallied:
    return tallied.box()


def test_one_signs_and_another_confirms_and_the_week_is_locked(box: Tallied) -> None:
    box.letter()
    tally = box.lock(remark="Đề nghị trả lời sớm.")
    assert tally.state == State.LOCKED
    assert (tally.made_by, tally.confirmed_by) == (box.first.display_name, box.second.display_name)
    assert (tally.made_as, tally.confirmed_as) == ("Bí thư Đoàn phường", "Phó Bí thư Đoàn phường")


def test_whoever_signed_cannot_confirm(box: Tallied) -> None:
    tally = box.sign()
    with pytest.raises(Forbidden):
        services.confirm(acting(box.first), tally, POSITION)
    assert tally.state == State.SIGNED


def test_readers_and_others_do_not_sign_the_tally_of_the_youth_union(box: Tallied) -> None:
    with pytest.raises(Forbidden):
        services.sign(acting(box.reader), box.box, week(-1), POSITION)


def test_a_week_that_runs_cannot_be_counted(box: Tallied) -> None:
    with pytest.raises(Refused):
        box.sign(0)


def test_a_week_can_be_counted_from_its_monday_after(
    box: Tallied, monkeypatch: pytest.MonkeyPatch
) -> None:
    after = week(1)
    sunday = datetime.combine(after, time(), clock.VN).astimezone(UTC) - timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: sunday)
    assert queries.due(box.box)[-1] == week(-1)
    monkeypatch.setattr(clock, "now", lambda: sunday + timedelta(seconds=1))
    assert queries.due(box.box)[-1] == week(-1)
    assert box.sign().state == State.SIGNED


def test_a_week_waits_for_its_last_letters(box: Tallied) -> None:
    box.place.receipt()
    with write() as current:
        current.execute(text("DROP TRIGGER IF EXISTS letter_intake_unchanged") if (
            current.get_bind().dialect.name == "sqlite"
        ) else text("ALTER TABLE letter_intake DISABLE TRIGGER ALL"))  # fmt: skip
        current.query(LetterIntake).update({"day": week(-1)})
    with pytest.raises(Refused, match="chuyển tới bên đọc"):
        box.sign()


def test_both_say_as_what_they_sign(box: Tallied) -> None:
    with pytest.raises(Invalid) as wrong:
        services.sign(acting(box.first), box.box, week(-1), Signature("  "))
    assert set(wrong.value.errors) == {"position"}


def test_what_is_returned_is_signed_anew_and_the_reason_stands_until_then(box: Tallied) -> None:
    tally = box.sign()
    TALLY.fire(acting(box.second), tally.id, "return", "Thiếu nhận xét.")
    assert (tally.state, tally.returned_why) == (State.DRAFT, "Thiếu nhận xét.")
    assert (box.sign(remark="Có.").state, tally.returned_why) == (State.SIGNED, "")


def test_a_week_is_signed_once_however_often_the_button_is_pressed(box: Tallied) -> None:
    box.sign()
    with pytest.raises(Refused):
        box.sign()
    assert session().query(Tally).count() == 1


def test_nothing_is_confirmed_that_is_no_longer_what_was_signed(box: Tallied) -> None:
    tally = box.sign()
    box.letter()
    with pytest.raises(Refused, match="đếm lại"):
        services.confirm(acting(box.second), tally, POSITION)


def test_a_recount_of_a_locked_week_equals_what_was_frozen(box: Tallied) -> None:
    for n in (-2, -1):
        for _ in range(6):
            box.letter(n)
    box.lock(-2)
    tally = box.lock(-1)
    box.letter(0)
    assert services.recount(tally) == Figures.from_json(tally.figures)


@pytest.mark.parametrize("change", [
    "figures = '{}'", "state = 'draft'", "confirmed_by_id = made_by_id", "remark = 'khác'",
])  # fmt: skip
def test_the_database_itself_keeps_a_locked_week(box: Tallied, change: str) -> None:
    tally = box.lock()
    with pytest.raises(DatabaseError), write() as current:
        current.execute(text(f"UPDATE mailbox_tallies SET {change} WHERE id = {tally.id}"))


def test_the_weeks_that_wait_are_those_that_are_over_and_not_locked(box: Tallied) -> None:
    box.lock(-2)
    box.sign(-1)
    assert queries.due(box.box) == [week(n) for n in (-6, -5, -4, -3, -1)]
    assert [day for _, day in queries.waiting(acting(box.first))] == queries.due(box.box)
    assert queries.waiting(acting(box.reader)) == []


def test_locking_a_week_hands_in_the_task_of_its_plan(box: Tallied) -> None:
    tallied.letterhead(box)
    runner = box.place.bodies["runner"]
    first, last = (clock.format_date(week(n)) for n in (-3, -1))
    weekly = Duty("tuan", "Tổng hợp hàng tuần", Party(runner.name, runner.id), job=Job.TALLY,
                  due=f"hàng tuần, từ ngày {first} đến ngày {last}")  # fmt: skip
    plan = papers.issued(acting(box.first), duties=(weekly,))
    with write() as current:
        current.add(box.box)
        box.box.plan_id = plan.id
    box.lock(-2)
    tasks = session().query(Task).filter(Task.document_id == plan.id).order_by(Task.due_on)
    stand = {task.due_on: task.state for task in tasks}
    assert list(stand) == [schedule.week_due(week(n)) for n in (-3, -2, -1)]
    assert [stand[schedule.week_due(week(n))] for n in (-3, -2)] == ["todo", "submitted"]


def test_the_tallies_an_actor_finds_are_those_it_may_read(box: Tallied) -> None:
    tally = box.sign()
    stranger = surveyed.account(box.place.units, "Xã bên", Role.COMMUNE)
    for user in (box.first, box.reader, stranger):
        who = acting(user)
        found = queries.get_visible(who, tally.id)
        assert (found is not None) == allows(who, Permission.MAILBOX_READ, tally)


@pytest.mark.parametrize(("state", "first", "second"), [
    ("draft", {"sign"}, {"sign"}),
    ("signed", {"take_back"}, {"confirm", "return"}),
    ("locked", set(), set()),
])  # fmt: skip
def test_what_each_of_the_two_may_do(
    box: Tallied, state: str, first: set[str], second: set[str]
) -> None:
    tally = {"draft": box.sign, "signed": box.sign, "locked": box.lock}[state]()
    if state == "draft":
        TALLY.fire(acting(box.second), tally.id, "return", "Thiếu.")
    offered = [
        {one.transition.name for one in TALLY.available(acting(user), tally)}
        for user in (box.first, box.second)
    ]
    assert offered == [first, second]
    assert TALLY.available(acting(box.reader), tally) == []
