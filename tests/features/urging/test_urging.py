"""Who has not done what, reminding them once a day, one digest a day for whoever is reminded."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Refused
from portal.features.audit.models import AuditEntry
from portal.features.campaigns import fieldwork
from portal.features.campaigns.fieldwork import Rules
from portal.features.documents.body import Job
from portal.features.tasks.models import State, Task
from portal.features.tasks.workflow import TASK
from portal.features.urging import board, pages, queries, services
from portal.features.urging.models import Channel, Reminder
from portal.features.urging.pages import Wanted
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import carried, papers, surveyed, urged
from tests.support.officials import PLACES, official
from tests.support.queries import counted

TODAY = clock.today()
BASE = "https://danchu.example.vn"
ROSTER = f"viec-{Job.ROSTER}"


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    return carried.carry_out(place)


@pytest.fixture
def district(place):
    return urged.district(place)


@pytest.fixture
def commune(place):
    return papers.worker(place, Role.COMMUNE)


@pytest.fixture
def remind(place, campaign, district):
    def sent(*names, duty=ROSTER, channel=Channel.PORTAL, actor=district):
        units = {place[name].id for name in names}
        return services.remind(actor, campaign, duty, units, channel, BASE)

    return sent


def by_duty(actor, campaign, **given):
    return {group.duty: group for group in board.groups(actor, campaign, **given)}


def names(group):
    return [one.unit.name for one in group.lacks]


def of(place, unit, job) -> Task:
    query = session().query(Task).filter_by(unit_id=place[unit].id, job=job)
    return query.order_by(Task.due_on).first()


def test_what_is_due_and_not_done_is_on_the_board_by_duty(place, campaign, district):
    found = by_duty(district, campaign)
    assert names(found[ROSTER]) == ["Xã 1", "Xã 2"]
    assert found[ROSTER].lacks[0].days_late == (TODAY - found[ROSTER].first_due).days > 0
    assert names(by_duty(official(place, Role.PROVINCE), campaign)[ROSTER])[2:] == ["Xã 3"]


def test_what_is_handed_in_is_off_it_and_what_is_returned_says_why(
    place, campaign, district, commune
):
    task = of(place, "Xã 1", Job.ROSTER)
    TASK.fire(commune, task.id, "submit")
    assert names(by_duty(district, campaign)[ROSTER]) == ["Xã 2"]
    TASK.fire(district, task.id, "return", "Thiếu buổi chiều")
    lack = by_duty(district, campaign)[ROSTER].lacks[0]
    assert (lack.kind, lack.reason) == ("returned", "Thiếu buổi chiều")


def test_what_is_due_daily_is_one_line_and_what_is_ahead_comes_when_asked(campaign, district):
    report = f"viec-{Job.DAILY_REPORT}"
    now, ahead = by_duty(district, campaign), by_duty(district, campaign, ahead=3)
    assert [one.times for one in now[report].lacks] == [2, 2]
    assert [one.times for one in ahead[report].lacks] == [3, 3]


def test_silence_is_on_it_too(place, campaign, district):
    assert names(by_duty(district, campaign)[board.ANSWERS]) == ["Xã 1", "Xã 2"]
    surveyed.answer(campaign, place["Xã 1"], ["5|co|loa"] * 9)
    assert board.REPORT not in by_duty(district, campaign)


def test_a_report_that_no_task_asks_for_is_missed_all_the_same(place, district):
    bare = surveyed.campaign(place, opens_in=-2)
    with write():
        fieldwork.set_first(bare, Rules(reports=True))
    group = by_duty(district, bare)[board.REPORT]
    assert names(group) == ["Xã 1", "Xã 2"]
    assert group.first_due == TODAY - timedelta(days=1)


def test_a_reminder_is_courteous_and_says_what_by_when_and_where(campaign, remind):
    [sent] = remind("Xã 1").sent
    assert "đồng chí" in sent.text
    assert "Lập danh sách, lịch phân công" in sent.text
    assert "đã quá" in sent.text
    assert f"{BASE}/dot-khao-sat/{campaign.id}/danh-sach" in sent.text
    assert session().query(AuditEntry).filter_by(action="reminder:sent").count() == 1


def test_the_words_to_all_name_every_unit(place, campaign, district, remind):
    page = pages.of(district, campaign, Wanted(ROSTER), BASE, "Ban Huyện A")
    assert "- Xã 1, huyện A\n- Xã 2, huyện A" in page.words
    remind("Xã 1", "Xã 2")
    page = pages.of(district, campaign, Wanted(ROSTER), BASE, "Ban Huyện A")
    assert (page.words, page.reminded_today) == ("", 2)


def test_nobody_is_reminded_of_the_same_twice_a_day(place, remind, monkeypatch):
    remind("Xã 1", channel=Channel.ZALO)
    with pytest.raises(Refused) as refused:
        remind("Xã 1", actor=official(place, Role.PROVINCE, Duty.DRAFT))
    assert refused.value.values["who"] == "Ban Huyện A"
    both = remind("Xã 1", "Xã 2")
    assert [len(both.sent), len(both.already)] == [1, 1]
    assert remind("Xã 1", duty=f"viec-{Job.TEAM}").sent
    papers.later(monkeypatch, days=1)
    assert remind("Xã 1").sent


def test_who_has_done_it_or_is_elsewhere_is_left_in_peace(place, campaign, remind, commune):
    TASK.fire(commune, of(place, "Xã 1", Job.ROSTER).id, "submit")
    for names_ in (("Xã 1",), ("Xã 3",), ()):
        with pytest.raises(Refused):
            remind(*names_)
    assert session().query(Reminder).count() == 0


def test_reminding_is_the_urging_that_the_plan_asks_for(place, campaign, remind):
    today = urged.task(place, campaign, Job.URGING, TODAY)
    tomorrow = urged.task(place, campaign, Job.URGING, TODAY + timedelta(days=1))
    remind("Xã 1")
    assert (today.state, today.note) == (State.SUBMITTED, "Đã nhắc 1 đơn vị")
    assert tomorrow.state == State.TODO


def test_only_those_above_remind(place, campaign):
    may = {
        role for role in Role
        if allows(official(place, role, *papers.WORKS), Permission.REMINDER_SEND, campaign)
    }  # fmt: skip
    assert may == {Role.PROVINCE, Role.DISTRICT}
    inspector = official(place, Role.DISTRICT, Duty.INSPECT)
    assert not allows(inspector, Permission.REMINDER_SEND, campaign)


def test_there_is_one_digest_a_day(campaign, remind, commune, monkeypatch):
    assert queries.count_unread(commune) == 0
    remind("Xã 1")
    remind("Xã 1", duty=f"viec-{Job.TEAM}")
    assert queries.count_unread(commune) == 1
    services.mark_read(commune, pages.notices(commune).latest)
    assert (queries.count_unread(commune), pages.notices(commune).unread) == (0, 0)
    remind("Xã 1", duty=f"viec-{Job.PUBLICITY}")
    assert queries.count_unread(commune) == 0
    papers.later(monkeypatch, days=1)
    assert queries.count_unread(commune) == 1
    remind("Xã 1")
    assert queries.count_unread(commune) == 2


def test_what_came_after_the_page_was_opened_stays_unread(remind, commune):
    remind("Xã 1")
    shown = pages.notices(commune).latest
    remind("Xã 1", duty=f"viec-{Job.TEAM}")
    services.mark_read(commune, shown)
    assert pages.notices(commune).unread == 1


def test_a_notice_is_for_the_offices_of_the_unit_and_zalo_is_none(place, remind, commune):
    remind("Xã 1")
    remind("Xã 2", channel=Channel.ZALO)
    youth = official(place, Role.YOUTH, at="Xã 2")
    other = official(place, Role.COMMUNE, at="Xã 2")
    assert len(queries.notices(commune, TODAY)) == 1
    assert queries.notices(other, TODAY) == queries.notices(youth, TODAY) == []


def test_the_count_is_one_query(remind, commune):
    remind("Xã 1")
    with counted() as taken:
        queries.count_unread(commune)
    assert len(taken) == 1


def test_the_log_shows_nothing_of_other_units(place, campaign, remind, district):
    remind("Xã 1", "Xã 2")
    seen = {
        actor.unit_id: pages.log(actor, campaign).total
        for actor in (
            district, official(place, Role.COMMUNE, at="Xã 2"),
            official(place, Role.DISTRICT, at="Huyện B"), official(place, Role.PROVINCE),
        )
    }  # fmt: skip
    assert list(seen.values()) == [2, 1, 0, 2]
