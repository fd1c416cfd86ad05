"""Ballots balance, are counted by two, and settle only when both agree or somebody says why."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.ballots import entering, groups, links, pages, queries, remarks, services
from portal.features.ballots.figures import Figures, Stock, differing, read
from portal.features.ballots.links import Head
from portal.features.ballots.models import Enterer, State
from portal.features.ballots.services import GroupInput, TeamInput
from portal.features.ballots.standing import Step, step
from portal.features.ballots.workflow import BALLOT_GROUP
from portal.features.consultations import services as cases
from portal.features.consultations.comments import Said
from portal.policy.roles import Duty
from tests.support import balloted
from tests.support.balloted import FIGURES, Balloted
from tests.support.cased import day

pytestmark = pytest.mark.usefixtures("app")
STOCK = Stock(100, 95)


@pytest.fixture
def ward(app: object) -> Balloted:
    return balloted.ward()


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"issued": 101}, "issued"),
        ({"issued": 96}, "issued"),
        ({"returned": 91, "blank": 13}, "returned"),
        ({"blank": 3}, "valid"),
        ({"opinions": {1: (70, 5, 1)}}, "agree-1"),
    ],
)
def test_counts_that_do_not_balance_are_named(changed: dict[str, object], where: str) -> None:
    assert where in replace(FIGURES, **changed).faults(STOCK)


def test_counts_that_balance_have_no_fault() -> None:
    assert FIGURES.faults(STOCK) == {}
    assert Figures.from_json(FIGURES.to_json()) == FIGURES
    assert FIGURES.not_returned == 10


def test_numbers_are_read_as_people_type_them() -> None:
    typed = {name: str(value) for name, value in FIGURES.values.items()} | {"issued": "1.090"}
    assert read(typed, [1, 2]).figures == replace(FIGURES, issued=1090)
    wrong = read(typed | {"blank": "ba", "agree-2": ""}, [1, 2])
    assert wrong.figures is None
    assert set(wrong.errors) == {"blank", "agree-2"}


def test_groups_come_from_the_wards_list_once(ward: Balloted) -> None:
    assert [one.group for one in queries.listed(ward.case.id)] == [
        "Tổ dân phố số 1", "Tổ dân phố số 2",
    ]  # fmt: skip
    assert queries.points_left(ward.case) == []
    with pytest.raises(Invalid):
        groups.add(ward.author, ward.case, "tổ dân phố SỐ 1", 5)


def test_a_group_picks_only_a_day_that_the_plan_names(ward: Balloted) -> None:
    services.choose_day(Head.of(ward.one), ward.one, day(1))
    assert ward.one.day == day(1)
    with pytest.raises(Invalid):
        services.choose_day(Head.of(ward.one), ward.one, day(2))


def test_nobody_counts_before_the_day(app: object) -> None:
    ward = balloted.ward(ballots_in=3)
    with pytest.raises(Refused):
        ward.enter(Enterer.HEAD, FIGURES)


def test_two_equal_entries_settle_without_a_word(ward: Balloted) -> None:
    group = ward.settled()
    assert group.state == State.BALANCED
    assert (group.issued, group.returned, group.valid) == (90, 80, 75)
    assert group.settled_by == ward.author.display_name
    assert pages.totals(ward.case)[0].silent == 2


def test_entries_that_differ_need_a_word_and_numbers_that_balance(ward: Balloted) -> None:
    ward.ready()
    ward.enter(Enterer.HEAD, FIGURES)
    ward.enter(Enterer.WARD, replace(FIGURES, blank=3, invalid=2))
    assert step(ward.one, day(0)) is Step.DIFFERS
    with pytest.raises(Invalid) as caught:
        entering.settle(ward.author, ward.one, FIGURES, " ")
    assert set(caught.value.errors) == {"reason"}
    with pytest.raises(Invalid):
        entering.settle(ward.author, ward.one, replace(FIGURES, blank=9), "đếm lại")
    entering.settle(ward.author, ward.one, FIGURES, "Mở hòm đếm lại cùng tổ trưởng")
    assert ward.one.state == State.BALANCED


def test_one_person_does_not_enter_both(ward: Balloted) -> None:
    ward.ready()
    entering.enter(ward.other, ward.one, Enterer.HEAD, FIGURES)
    with pytest.raises(Refused):
        entering.enter(ward.other, ward.one, Enterer.WARD, FIGURES)
    entering.enter(ward.author, ward.one, Enterer.WARD, FIGURES)
    assert differing(*(Figures.from_json(one.figures) for one in ward.one.entries)) == []


@pytest.mark.parametrize("lacking", ["papers", "witnesses", "entry"])
def test_nothing_is_settled_before_all_is_known(ward: Balloted, lacking: str) -> None:
    if lacking != "papers":
        ward.ready()
    if lacking == "witnesses":
        services.keep_team(ward.author, ward.one, TeamInput("A\nB\nC", "D"),
                           ward.one.version)  # fmt: skip
    for who in (Enterer.HEAD,) if lacking == "entry" else Enterer:
        ward.enter(who, FIGURES)
    with pytest.raises(Refused):
        entering.settle(ward.author, ward.one, FIGURES, "")
    assert ward.one.state == State.OPEN
    assert ward.one.issued is None


def test_only_the_body_that_runs_the_case_settles(ward: Balloted) -> None:
    ward.ready()
    for who in Enterer:
        ward.enter(who, FIGURES)
    with pytest.raises(Forbidden):
        entering.settle(ward.other, ward.one, FIGURES, "")
    inspector = ward.place.actor(Duty.INSPECT)
    assert BALLOT_GROUP.available(inspector, ward.one) == []


def test_a_settled_group_is_shut_until_it_is_opened_with_a_reason(ward: Balloted) -> None:
    group = ward.settled()
    with pytest.raises(Refused):
        ward.enter(Enterer.WARD, FIGURES)
    with pytest.raises(Refused):
        BALLOT_GROUP.fire(ward.author, group.id, "reopen")
    BALLOT_GROUP.fire(ward.author, group.id, "reopen", "Ghi nhầm phiếu trắng")
    assert (group.state, group.issued) == (State.OPEN, None)
    assert queries.counts([group.id]) == []
    assert len(group.entries) == 2


def test_no_report_while_a_group_is_open(ward: Balloted) -> None:
    ward.settled()
    assert services.all_settled(ward.case)
    ward.settled(ward.two) if ward.two.households >= 90 else groups.remove(ward.author, ward.two)
    assert services.all_settled(ward.case) is None


def test_a_group_with_counts_is_not_taken_out(ward: Balloted) -> None:
    ward.enter(Enterer.HEAD, FIGURES)
    with pytest.raises(Refused):
        groups.remove(ward.author, ward.one)


def test_whoever_saves_second_sees_what_the_first_saved(ward: Balloted) -> None:
    given = GroupInput(ward.one.group, 101, day(0), 120, 110)
    version = ward.one.version
    services.change(ward.author, ward.one, given, version)
    with pytest.raises(Stale) as caught:
        services.change(ward.other, ward.one, given, version)
    assert caught.value.theirs["households"] == 101
    with pytest.raises(Invalid):
        services.change(ward.other, ward.one, replace(given, stamped=121), ward.one.version)


def test_a_draft_case_with_groups_is_not_thrown_away(ward: Balloted) -> None:
    draft = ward.place.case(ward.author, name="Đợt khác")
    groups.add(ward.author, draft, "Tổ dân phố số 9", 30)
    with pytest.raises(Refused):
        cases.discard(ward.author, draft)
    assert len(queries.listed(draft.id)) == 1


def test_a_day_that_the_plan_no_longer_allows_counts_as_none(ward: Balloted) -> None:
    with write() as current:
        current.add(ward.one)
        ward.one.day = day(9)
    assert step(ward.one, day(0)) is Step.NO_DAY
    with pytest.raises(Refused):
        ward.enter(Enterer.HEAD, FIGURES)


def test_a_link_opens_until_it_is_revoked_or_made_anew(ward: Balloted) -> None:
    token = links.issue(ward.author, ward.one)
    assert links.find(token) is ward.one
    newer = links.issue(ward.author, ward.one)
    assert (links.find(token), links.find(newer)) == (None, ward.one)
    links.revoke(ward.author, ward.one)
    assert links.find(newer) is None
    acts = session().scalars(select(AuditEntry.action).order_by(AuditEntry.number)).all()
    assert acts[-3:] == ["ballot_group:link_made"] * 2 + ["ballot_group:link_revoked"]


def recorded(action: str) -> AuditEntry:
    """Give the last line of the record of one kind."""
    query = select(AuditEntry).where(AuditEntry.action == f"ballot_group:{action}")
    return session().scalars(query.order_by(AuditEntry.number.desc())).first()


def test_numbers_that_were_overwritten_stand_in_the_record(ward: Balloted) -> None:
    ward.ready()
    ward.enter(Enterer.WARD, FIGURES)
    ward.enter(Enterer.WARD, replace(FIGURES, blank=3, invalid=2, opinions={1: (1, 2, 3)}))
    assert json.loads(recorded("entered_ward").changes) == {
        "invalid": [3, 2], "blank": [2, 3],
        "opinions": ["1: 60/10/3; 2: 70/0/5", "1: 1/2/3"],
    }  # fmt: skip


def test_an_account_does_not_write_over_what_the_head_entered_himself(ward: Balloted) -> None:
    ward.ready()
    ward.enter(Enterer.HEAD, FIGURES)
    with pytest.raises(Refused, match="Tổ trưởng đã tự nhập"):
        entering.enter(ward.other, ward.one, Enterer.HEAD, replace(FIGURES, blank=3, invalid=2))
    [entry] = ward.one.entries
    assert Figures.from_json(entry.figures) == FIGURES


@pytest.mark.parametrize("who", list(Enterer))
def test_once_both_have_counted_other_numbers_need_a_reason(ward: Balloted, who: Enterer) -> None:
    ward.ready()
    others = replace(FIGURES, blank=3, invalid=2)
    doer = Head.of(ward.one) if who is Enterer.HEAD else ward.other
    entering.enter(doer, ward.one, who, replace(FIGURES, opinions={1: (1, 2, 3)}))
    entering.enter(doer, ward.one, who, FIGURES)
    ward.enter(Enterer.WARD if who is Enterer.HEAD else Enterer.HEAD, FIGURES)
    with pytest.raises(Invalid) as caught:
        entering.enter(doer, ward.one, who, others, " ")
    assert set(caught.value.errors) == {"reason"}
    entering.enter(doer, ward.one, who, FIGURES)
    entering.enter(doer, ward.one, who, others, "Gõ nhầm so với biên bản")
    assert recorded(f"entered_{who}").reason == "Gõ nhầm so với biên bản"


def test_a_remark_of_more_ballots_than_are_valid_is_named_first(ward: Balloted) -> None:
    ward.ready()
    remarks.add(ward.author, ward.one, Said("", "Niêm yết ở nhà văn hóa", 76))
    for who in Enterer:
        ward.enter(who, FIGURES)
    with pytest.raises(Invalid) as caught:
        entering.settle(ward.author, ward.one, FIGURES, "")
    assert set(caught.value.errors) == {"valid"}
    assert caught.value.values["said"] == "Niêm yết ở nhà văn hóa"
    [line] = remarks.listed(ward.one)
    remarks.change(ward.author, ward.one, line.comment.id, Said("", line.comment.text, 75))
    entering.settle(ward.author, ward.one, FIGURES, "")
    assert ward.one.state == State.BALANCED


def test_the_report_waits_for_groups_that_are_named(ward: Balloted) -> None:
    said = services.all_settled(ward.case)
    assert said == "Còn tổ dân phố chưa chốt số phiếu: Tổ dân phố số 1, Tổ dân phố số 2."
    for name in ("Khu phố 3", "Khu phố 4", "Khu phố 5"):
        groups.add(ward.author, ward.case, name, 10)
    assert services.all_settled(ward.case).endswith("Khu phố 5 và 2 tổ, thôn khác.")
