"""Guessing is slowed down, for everybody alike, and nobody is ever locked out."""

import threading
import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.core.database import session
from portal.features.audit.services import OPERATOR
from portal.features.org_units import queries as org_units
from portal.features.users import services
from portal.features.users.models import SignIn, SignInBucket, User
from portal.features.users.services import NewAccount, SignedIn, Wait, Wrong
from portal.features.users.tickets import ABSOLUTE, IDLE
from portal.policy.roles import Role
from tests.support import surveyed

PASSWORD = "lá tre gió chiều sông"


@pytest.fixture
def user(app):
    place = surveyed.province({"Huyện A": ["Xã B"]})
    [body] = org_units.organisations([place["Xã B"].id])
    wanted = NewAccount("xa.b", "Cán bộ xã", Role.COMMUNE, body.id)
    return services.create_account(OPERATOR, wanted, password=PASSWORD)[0]


@pytest.fixture
def later(monkeypatch):
    real, moved = clock.now, [timedelta()]
    monkeypatch.setattr(clock, "now", lambda: real() + moved[0])

    def move(**span):
        moved[0] += timedelta(**span)

    return move


def enter(password=PASSWORD, name="xa.b", browser=None):
    return services.sign_in(name, password, browser, "Trình duyệt")


def test_the_right_password_gives_a_ticket_that_is_stored_by_hash_only(user):
    ticket = enter()
    assert services.find_sign_in(ticket.token).user_id == user.id
    assert ticket.token.encode() not in session().scalar(select(SignIn.token_hash))


def test_capitals_and_spaces_around_the_name_do_not_matter(user):
    assert isinstance(enter(name=" XA.B "), SignedIn)


def test_forty_wrong_tries_are_slowed_and_told_how_long_to_wait(user):
    outcomes = [enter("sai") for _ in range(40)]
    assert sum(isinstance(one, Wrong) for one in outcomes) <= 6
    assert all(1 <= one.seconds <= 10 for one in outcomes if isinstance(one, Wait))


def test_the_owner_in_a_known_browser_gets_in_during_an_attack(user):
    for _ in range(40):
        enter("sai")
    assert isinstance(enter(), Wait)
    assert isinstance(enter(browser="máy quen"), SignedIn)


def test_a_known_browser_has_no_endless_tries_either(user):
    outcomes = [enter("sai", browser="máy quen") for _ in range(10)]
    assert isinstance(outcomes[-1], Wait)


def test_whoever_waits_gets_in_from_any_browser(user, later):
    for _ in range(40):
        enter("sai")
    later(seconds=enter().seconds)
    assert isinstance(enter(), SignedIn)


def test_a_clock_set_back_makes_nobody_wait_for_it(user, later):
    for _ in range(6):
        enter("sai")
    later(hours=-3)
    enter("sai")
    later(seconds=10)
    assert isinstance(enter(), SignedIn)


def test_names_nobody_has_are_answered_and_slowed_alike(user):
    known = [type(enter("sai")) for _ in range(8)]
    unknown = [type(enter("sai", name="không.ai")) for _ in range(8)]
    assert known == unknown


def test_names_nobody_has_take_about_the_same_time(user):
    def spent(name):
        began = time.process_time()
        for _ in range(4):
            enter("sai", name=name)
        return time.process_time() - began

    enter("sai", name="nóng.máy")
    known, unknown = spent("xa.b"), spent("không.ai")
    assert 0.5 < known / unknown < 2


def test_tries_sent_at_once_are_counted_one_by_one(app, user):
    outcomes = []

    def attempt():
        with app.app_context():
            outcomes.append(enter("sai"))

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(one, Wrong) for one in outcomes) <= 6


def test_the_names_that_were_tried_are_not_kept(user):
    enter("sai", name="matkhaucuatoi")
    assert b"matkhaucuatoi" not in b"".join(session().scalars(select(SignInBucket.key)))


def test_a_ticket_ends_when_it_is_not_used(user, later):
    ticket = enter()
    later(seconds=IDLE.total_seconds() - 60)
    assert services.find_sign_in(ticket.token)
    later(seconds=IDLE.total_seconds() + 1)
    assert services.find_sign_in(ticket.token) is None


def test_a_ticket_ends_after_seven_days_however_busy(user, later):
    ticket = enter()
    for _ in range(int(ABSOLUTE / timedelta(hours=6)) - 1):
        later(hours=6)
        assert services.find_sign_in(ticket.token)
    later(hours=6, seconds=1)
    assert services.find_sign_in(ticket.token) is None


def test_being_in_use_is_written_down_only_every_few_minutes(user, later):
    ticket = enter()
    first = services.find_sign_in(ticket.token).seen_at
    later(minutes=2)
    assert services.find_sign_in(ticket.token).seen_at == first
    later(minutes=4)
    assert services.find_sign_in(ticket.token).seen_at > first


def test_what_has_expired_is_forgotten(user, later):
    enter()
    later(hours=9)
    services.forget_expired()
    left = [
        session().scalar(select(func.count()).select_from(one)) for one in (SignIn, SignInBucket)
    ]
    assert left == [0, 0]


def test_a_new_password_ends_all_other_sign_ins(user):
    here, elsewhere = enter(), enter()
    keep = services.find_sign_in(here.token).id
    services.change_password(user.id, PASSWORD, "con mèo ngồi trong bếp", keep_sign_in=keep)
    assert services.find_sign_in(here.token)
    assert services.find_sign_in(elsewhere.token) is None
    assert session().get_one(User, user.id).must_change_password is False
