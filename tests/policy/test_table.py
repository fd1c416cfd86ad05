"""Who may do what: the whole table, role by role and duty by duty, typed here once more."""

from dataclasses import dataclass

import pytest

from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.policy.table import TABLE, allows

P = Permission
DRAFT, APPROVE, CLERK = Duty.DRAFT, Duty.APPROVE, Duty.CLERK
ANY = frozenset(Duty)
BELOW = (Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
OFFICIALS = (Role.PROVINCE, *BELOW)

PROVINCE = {
    # permission: the duties with which the province holds it for what is its own; None: any
    P.CAMPAIGN_APPROVE: {APPROVE},
    P.CAMPAIGN_ARRANGE: {DRAFT},
    P.CAMPAIGN_CREATE: {DRAFT},
    P.CAMPAIGN_EDIT: {DRAFT},
    P.CAMPAIGN_READ: None,
    P.CAMPAIGN_REPORT: {APPROVE},
    P.CODE_HANDLE: {DRAFT, APPROVE, CLERK},
    P.CODE_MANAGE: {DRAFT},
    P.CODE_READ: None,
    P.DAILY_REPORT_READ: None,
    P.PARTICIPATION_READ: None,
    P.RESULT_EXPORT: {DRAFT, APPROVE, CLERK},
    P.RESULT_READ: None,
    P.TEXT_READ: None,
    P.UNIT_EDIT: {DRAFT, CLERK},
}
CONCERNED = {
    P.CAMPAIGN_READ, P.CODE_READ, P.DAILY_REPORT_READ, P.PARTICIPATION_READ, P.RESULT_READ,
}  # fmt: skip
"""What those below hold for an announced campaign that asks at their place."""
AFTER_SEALING = {
    Role.PROVINCE: {P.RESULT_EXPORT, P.TEXT_READ},
    **{role: {P.RESULT_READ} for role in BELOW},
}
ADMIN = {P.ACCOUNT_MANAGE, P.AUDIT_READ, P.SETTING_MANAGE, P.UNIT_EDIT, P.UNIT_MANAGE}
EVERYBODY = {P.QUESTIONNAIRE_READ, P.UNIT_READ}
OWN = {P.JOB_READ}
ELSEWHERE_TESTED = {
    right
    for right in P
    if right.partition(":")[0]
    in {
        "agency",
        "ballot",
        "comment",
        "consultation",
        "delivery",
        "document",
        "draft",
        "evidence",
        "explanation",
        "hiding",
        "inspection",
        "letter",
        "letterhead",
        "mailbox",
        "nomination",
        "opinion",
        "paper",
        "posting",
        "register",
        "seal_key",
        "roster",
        "reminder",
        "slip",
        "tally",
        "team",
        "task",
        "voter",
    }
    or right in {P.ACCOUNT_RESET, P.QUESTIONNAIRE_CREATE, P.QUESTIONNAIRE_EDIT}
}
"""These have rules of their own: test_papers, test_questionnaires, test_accounts, test_handed,
test_nominations, test_publicity."""
HOME, ELSEWHERE = 1, 2


@dataclass(frozen=True)
class Actor:
    role: Role
    duties: frozenset[Duty]
    user_id: int = 7
    unit_id: int = HOME

    def reaches(self, unit_id: int) -> bool:
        return unit_id == HOME


@dataclass(frozen=True)
class Thing:
    unit_id: int = HOME
    asks_at: int = HOME
    is_announced: bool = True
    is_sealed: bool = True
    owner_id: int = 7

    def concerns(self, unit_id: int) -> bool:
        return unit_id == self.asks_at


def held(role: Role, thing: Thing, *duties: Duty) -> set[P]:
    actor = Actor(role, frozenset(duties))
    tested = set(P) - ELSEWHERE_TESTED
    return {permission for permission in tested if allows(actor, permission, thing)}


def always(role: Role) -> set[P]:
    return EVERYBODY | OWN | (ADMIN if role == Role.ADMIN else set())


def province(duty: Duty | None) -> set[P]:
    return {right for right, duties in PROVINCE.items() if duties is None or duty in duties}


def test_every_permission_has_its_line():
    assert set(TABLE) == set(P)


@pytest.mark.parametrize("duty", [None, *Duty])
def test_the_province_holds_for_its_own_what_its_duty_needs(duty):
    duties = (duty,) if duty else ()
    assert held(Role.PROVINCE, Thing(), *duties) == always(Role.PROVINCE) | province(duty)


@pytest.mark.parametrize("role", BELOW)
@pytest.mark.parametrize("duties", [(), tuple(Duty)])
def test_those_below_read_what_concerns_them_whatever_their_duty(role, duties):
    works = {P.CODE_HANDLE} if duties else set()
    if duties and role == Role.COMMUNE:
        works.add(P.CAMPAIGN_ARRANGE)
    if duties and role != Role.DISTRICT:
        works.add(P.DAILY_REPORT_ENTER)
    assert held(role, Thing(unit_id=ELSEWHERE), *duties) == always(role) | CONCERNED | works


@pytest.mark.parametrize("role", OFFICIALS)
def test_before_the_sealing_results_are_for_the_province_alone_and_stay_inside(role):
    before = held(role, Thing(is_sealed=False), *Duty)
    assert held(role, Thing(), *Duty) - before == AFTER_SEALING[role]


@pytest.mark.parametrize("role", BELOW)
def test_a_draft_is_nothing_to_those_below(role):
    assert held(role, Thing(unit_id=ELSEWHERE, is_announced=False), *Duty) == always(role)


@pytest.mark.parametrize("role", BELOW)
def test_what_asks_elsewhere_is_nothing_to_those_below(role):
    assert held(role, Thing(unit_id=ELSEWHERE, asks_at=ELSEWHERE), *Duty) == always(role)


def test_another_province_is_nothing_to_the_province():
    foreign = held(Role.PROVINCE, Thing(unit_id=ELSEWHERE), *Duty)
    assert foreign == always(Role.PROVINCE) | {P.CAMPAIGN_CREATE}


def test_the_operator_manages_and_reads_no_campaign():
    assert held(Role.ADMIN, Thing(), *Duty) == always(Role.ADMIN)


@pytest.mark.parametrize("role", Role)
def test_what_one_account_asked_for_is_no_other_account_s(role):
    assert P.JOB_READ not in held(role, Thing(owner_id=8), *Duty)
