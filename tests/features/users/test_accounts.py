"""Accounts are made to fit, closed with a reason, never lost, never silently overwritten."""

import threading

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.core.errors import Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.audit.services import OPERATOR
from portal.features.org_units import queries as org_units
from portal.features.users import queries, services
from portal.features.users.models import SignIn, User
from portal.features.users.services import AccountEdit, NewAccount, SignedIn, Wrong
from portal.policy.roles import Duty, Role
from tests.support import surveyed

PASSWORD = "lá tre gió chiều sông"


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã B"]})


def wanted(place, unit="Xã B", role=Role.COMMUNE, username="xa.b"):
    [body] = org_units.organisations([place[unit].id])
    return NewAccount(username, "Cán bộ xã", role, body.id, frozenset({Duty.DRAFT}))


def made(place, **changes):
    return services.create_account(OPERATOR, wanted(place, **changes), password=PASSWORD)[0]


def enter(password=PASSWORD, name="xa.b"):
    return services.sign_in(name, password, None, "Trình duyệt")


def actions():
    return list(session().scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_a_new_account_gets_a_one_time_password_that_must_be_changed(place):
    user, password = services.create_account(OPERATOR, wanted(place))
    assert user.must_change_password
    assert isinstance(enter(password), SignedIn)
    assert password not in user.password_hash


def test_a_given_password_counts_as_chosen(place):
    assert not made(place).must_change_password


@pytest.mark.parametrize(
    ("unit", "role"),
    [
        ("Xã B", Role.PROVINCE), ("Xã B", Role.DISTRICT), ("Huyện A", Role.COMMUNE),
        ("Huyện A", Role.YOUTH), ("Tỉnh", Role.DISTRICT), ("Tỉnh", Role.COMMUNE),
    ],
)  # fmt: skip
def test_a_role_sits_only_at_units_of_its_level(place, unit, role):
    with pytest.raises(Invalid) as refused:
        made(place, unit=unit, role=role)
    assert refused.value.errors.keys() == {"role"}


@pytest.mark.parametrize("unit", ["Tỉnh", "Huyện A", "Xã B"])
def test_an_operator_sits_at_the_body_that_runs_the_portal_wherever_it_is(place, unit):
    with pytest.raises(Invalid) as refused:
        made(place, unit=unit, role=Role.ADMIN)
    assert refused.value.errors.keys() == {"role"}
    surveyed.runs_the_portal(place, unit)
    assert made(place, unit=unit, role=Role.ADMIN).role_kind == Role.ADMIN


@pytest.mark.parametrize("username", ["", "ab", "Xã B", "xa b", "xa/b", "x" * 41])
def test_a_name_to_sign_in_with_is_plain(place, username):
    with pytest.raises(Invalid):
        made(place, username=username)


def test_a_name_is_taken_once(place):
    made(place)
    with pytest.raises(Invalid) as refused:
        made(place)
    assert refused.value.errors.keys() == {"username"}


def test_a_closed_account_is_out_at_once_and_stays_on_the_record(place):
    user = made(place)
    ticket = enter()
    services.deactivate(OPERATOR, user.id, "Chuyển công tác")
    assert services.find_sign_in(ticket.token) is None
    assert isinstance(enter(), Wrong)
    last = session().scalar(select(AuditEntry).order_by(AuditEntry.number.desc()))
    assert (last.action, last.reason) == ("account:deactivated", "Chuyển công tác")
    services.reactivate(OPERATOR, user.id)
    assert isinstance(enter(), SignedIn)


def test_an_account_is_not_closed_without_a_reason_or_by_itself(place):
    surveyed.runs_the_portal(place, "Xã B")
    user = made(place, role=Role.ADMIN)
    with pytest.raises(Invalid):
        services.deactivate(OPERATOR, user.id, "  ")
    with pytest.raises(Refused):
        services.deactivate(surveyed.actor(user), user.id, "thử")
    assert session().get_one(User, user.id).active


def test_a_reset_ends_every_sign_in_and_the_old_password(place):
    user = made(place)
    ticket = enter()
    _, password = services.reset_password(OPERATOR, user.id)
    assert services.find_sign_in(ticket.token) is None
    assert isinstance(enter(), Wrong)
    assert isinstance(enter(password), SignedIn)


def test_a_reset_that_was_asked_for_once_is_done_once(place):
    user = made(place)
    seen = user.version
    _, password = services.reset_password(OPERATOR, user.id, version=seen)
    with pytest.raises(Stale):
        services.reset_password(OPERATOR, user.id, version=seen)
    assert isinstance(enter(password), SignedIn)
    assert actions().count("account:password_reset") == 1


def test_who_saves_second_is_shown_what_the_first_one_saved(place):
    user = made(place)
    seen = user.version
    services.edit_account(OPERATOR, user.id, AccountEdit("Một", frozenset()), seen)
    with pytest.raises(Stale) as stale:
        services.edit_account(OPERATOR, user.id, AccountEdit("Hai", frozenset()), seen)
    assert stale.value.theirs["display_name"] == "Một"
    assert session().get_one(User, user.id).display_name == "Một"


def test_of_two_who_save_at_once_one_is_told(app, place):
    user = made(place)
    seen, number, outcomes = user.version, user.id, []

    def save(name):
        with app.app_context():
            try:
                edit = AccountEdit(name, frozenset())
                services.edit_account(OPERATOR, number, edit, seen)
                outcomes.append("saved")
            except Stale:
                outcomes.append("told")

    threads = [threading.Thread(target=save, args=(name,)) for name in ("Một", "Hai")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", "told"]


def test_every_change_is_audited_and_saving_the_same_is_none(place):
    user = made(place)
    same = AccountEdit(user.display_name, user.duties)
    services.edit_account(OPERATOR, user.id, same, user.version)
    services.edit_account(OPERATOR, user.id, AccountEdit("Khác", frozenset()), user.version)
    assert actions() == ["account:created", "account:changed"]


def test_accounts_are_found_by_name_unit_and_organisation_without_accents(place):
    made(place)
    for words in ("xa b", "can bo", "b can xa", "xa.b"):
        assert [one.username for one in session().scalars(queries.accounts(words))] == ["xa.b"]
    assert not session().scalars(queries.accounts("huyen khac")).all()


def test_an_account_is_never_deleted_with_its_sign_ins(place):
    user = made(place)
    enter()
    services.deactivate(OPERATOR, user.id, "Nghỉ")
    assert session().scalars(select(SignIn)).all() == []
    assert session().get(User, user.id) is not None
