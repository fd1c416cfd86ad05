"""What is handed in waits for those above, who take it or send it back, many at once."""

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.core.errors import Forbidden, Invalid, Missing
from portal.features.documents.body import Duty as Row
from portal.features.documents.body import Party
from portal.features.evidence import queries as evidence
from portal.features.tasks import judging, queries, services
from portal.features.tasks.models import State
from portal.features.tasks.workflow import TASK
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import handed_out, papers
from tests.support.officials import everybody, official

PROVINCE = Party("Ban Tỉnh", group="province:committee")


@pytest.fixture
def place(app):
    return handed_out.province()


@pytest.fixture
def author(place):
    return papers.worker(place)


@pytest.fixture
def made(author):
    """Give the task of each commune by its name, and the province's own."""
    lead = Party("Các xã", group="commune:committee")
    document = papers.issued(author, duties=(Row(what="Niêm yết", lead=lead, due="thường xuyên"),
                                             Row(what="Tổng hợp", lead=PROVINCE)))  # fmt: skip
    return handed_out.by_unit(document)


def commune(place, number=1):
    return official(place, Role.COMMUNE, *papers.WORKS, at=f"Xã {number}")


def district(place, name="Huyện A"):
    return official(place, Role.DISTRICT, *papers.WORKS, at=name)


def submitted(place, made, *numbers):
    for number in numbers:
        TASK.fire(commune(place, number), made[f"Xã {number}"].id, "submit", "Đã làm")
    return [made[f"Xã {number}"] for number in numbers]


def test_the_district_takes_what_its_commune_handed_in(place, made):
    [task] = submitted(place, made, 1)
    TASK.fire(district(place), task.id, "accept")
    assert (task.state, task.note) == (State.ACCEPTED, "Đã làm")


def test_what_is_sent_back_carries_the_reason_and_is_to_be_done_again(place, made):
    [task] = submitted(place, made, 1)
    TASK.fire(district(place), task.id, "return", "Ảnh mờ")
    assert (task.state, task.note) == (State.RETURNED, "Ảnh mờ")
    assert task in queries.mine(commune(place))
    TASK.fire(commune(place), task.id, "submit", "Ảnh mới")
    assert task.state == State.SUBMITTED


def test_a_unit_says_that_a_task_does_not_apply_and_those_above_agree(place, made):
    TASK.fire(commune(place), made["Xã 1"].id, "claim", "Xã không có bộ phận này")
    assert made["Xã 1"] not in queries.mine(commune(place))
    TASK.fire(district(place), made["Xã 1"].id, "exempt")
    assert made["Xã 1"].state == State.EXEMPT
    assert made["Xã 1"].note == "Xã không có bộ phận này"


def test_nobody_judges_what_a_unit_beside_or_the_unit_itself_has_done(place, made):
    [task] = submitted(place, made, 1)
    with pytest.raises(Forbidden):
        TASK.fire(commune(place), task.id, "accept")
    with pytest.raises(Missing):
        TASK.fire(district(place, "Huyện B"), task.id, "accept")


def test_many_are_taken_at_once_and_those_of_others_are_passed_over(place, made):
    tasks = submitted(place, made, 1, 2, 3)
    assert judging.judge(district(place), {task.id for task in tasks}, "accept") == 2
    assert [task.state for task in tasks] == [State.ACCEPTED, State.ACCEPTED, State.SUBMITTED]
    assert judging.judge(district(place), {task.id for task in tasks}, "accept") == 0


def test_many_are_sent_back_with_one_reason_and_never_without(place, made):
    tasks = submitted(place, made, 1, 2)
    with pytest.raises(Invalid):
        judging.judge(district(place), {task.id for task in tasks}, "return", " ")
    assert judging.judge(district(place), {task.id for task in tasks}, "return", "Thiếu ảnh") == 2
    assert {task.note for task in tasks} == {"Thiếu ảnh"}


def test_nothing_chosen_is_said_and_an_unknown_verdict_does_not_exist(place):
    with pytest.raises(Invalid):
        judging.judge(district(place), set(), "accept")
    with pytest.raises(Missing):
        judging.judge(district(place), {1}, "drop")


def test_each_tier_is_told_of_the_one_below_it(place, made, author):
    submitted(place, made, 1, 3)
    for name in ("Huyện A", "Huyện B"):
        assert session().scalar(select(queries.waiting(district(place, name)))) == 1
    assert judging.waiting(author, State.SUBMITTED).tasks.total == 0
    assert judging.waiting(author, State.SUBMITTED).elsewhere == 2
    assert judging.waiting(author, State.SUBMITTED, direct=False).tasks.total == 2


def test_what_waits_for_somebody_is_what_that_account_may_judge(place, made, author):
    submitted(place, made, 1, 2, 3)
    TASK.fire(author, made["Tỉnh"].id, "submit")
    for actor in everybody(place):
        page = judging.waiting(actor, State.SUBMITTED, direct=False).tasks
        assert {task.id for task in page.rows} == {
            t.id for t in made.values() if allows(actor, Permission.TASK_JUDGE, t)
        }


def test_a_clerk_alone_does_not_take_what_its_own_office_did(place, made, author):
    TASK.fire(author, made["Tỉnh"].id, "submit")
    with pytest.raises(Forbidden):
        TASK.fire(papers.worker(place, Role.PROVINCE, Duty.CLERK), made["Tỉnh"].id, "accept")


def test_links_are_kept_with_what_was_handed_in_and_a_wrong_one_keeps_it_open(place, made):
    task, doer = made["Xã 1"], commune(place)
    with pytest.raises(Invalid):
        services.submit(doer, task, "Đã đăng", links=["javascript:alert(1)"])
    assert task.state == State.TODO
    services.submit(doer, task, "Đã đăng", links=["https://xa.example.vn/tin"])
    [proof] = evidence.of("task", [task.id])[task.id]
    assert (task.state, proof.url) == (State.SUBMITTED, "https://xa.example.vn/tin")
