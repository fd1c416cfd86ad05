"""Who sees a letter, who reads it, who handles it: the list equals the table, for everybody."""

import itertools

import pytest
from sqlalchemy import select

from portal.core.database import session, write
from portal.features.letters import handling, hiding, queries
from portal.features.letters.handling import Sorting
from portal.features.letters.models import Letter
from portal.features.sealing.models import KeyHolder
from portal.policy.permissions import Permission as P  # noqa: N817 - as in the table
from portal.policy.roles import Duty, Role
from portal.policy.table import allows
from tests.support import lettered, surveyed
from tests.support.sealed import keeper

SEATS = {
    "runner": Role.YOUTH, "reader": Role.COMMUNE, "committee": Role.COMMUNE,
    "city": Role.DISTRICT, "province": Role.PROVINCE,
}  # fmt: skip
READ, SEE, HANDLE = P.LETTER_READ, P.LETTER_SEE, P.LETTER_HANDLE


@pytest.fixture
def made(app):
    """A box with plain letters, praise, one that is to be hidden and a sealed one."""
    made = lettered.box()
    made.give_key()
    for text in ("Giấy hẹn", "Đèn hỏng", "Lời tục"):
        made.receipt(text)
    made.receipt("Cảm ơn", category="praise")
    made.receipt("Chủ tịch phường nhận quà", official=True)
    lettered.next_morning()
    reader = keeper(made.account("reader", Role.COMMUNE))
    committee = made.bodies["committee"].id
    handling.sort_out(reader, letters()["Đèn hỏng"], Sorting("report", "", committee))
    hiding.ask(reader, letters()["Lời tục"], "Lời lẽ xúc phạm")
    return made


@pytest.fixture
def people(made):
    """One account of every body and of the neighbour ward, the holder of the key, the operator."""
    found = {name: keeper(made.account(name, role)) for name, role in SEATS.items()}
    found["holder"] = keeper(made.account("city", Role.DISTRICT))
    key = made.bodies["city"].id
    with write() as current:
        [sealed] = [one for one in lettered.letters() if one.is_sealed]
        assert sealed.reader_id == key
        current.add(KeyHolder(key_id=sealed.seal_key_id, kind="account", salt=b"", wrapped=b"",
                              user_id=found["holder"].user_id, since=sealed.day))  # fmt: skip
    found["neighbour"] = keeper(surveyed.account(made.units, "Xã bên", Role.COMMUNE))
    found["operator"] = keeper(made.account("province", Role.ADMIN))
    return found


def letters() -> dict[str, Letter]:
    """Give the letters by what they say; the sealed one by "sealed"."""
    found = {}
    for one in lettered.letters():
        found["sealed" if one.is_sealed else lettered.messages(one)[0].text] = one
    return found


def may(people, permission) -> dict[str, set[str]]:
    found = {
        name: {text for text, one in letters().items() if allows(actor, permission, one)}
        for name, actor in people.items()
    }
    return {name: texts for name, texts in found.items() if texts}


def test_plain_letters_are_read_by_those_named_and_sealed_ones_by_the_holders_of_the_key(people):
    plain = {"Giấy hẹn", "Đèn hỏng", "Lời tục", "Cảm ơn"}
    assert may(people, READ) == {
        "reader": plain, "runner": {"Cảm ơn"}, "committee": {"Đèn hỏng"},
        "city": {"Lời tục"}, "holder": {"Lời tục", "sealed"}, "province": {"Lời tục"},
    }  # fmt: skip


def test_the_ward_and_those_above_see_a_line_of_what_is_sealed(people):
    read, see = may(people, READ), may(people, SEE)
    more = {name: see[name] - read.get(name, set()) for name in see}
    assert {name for name, texts in more.items() if texts} == {"reader", "city", "province"}
    assert set.union(*more.values()) == {"sealed"}


def test_only_who_reads_for_the_box_or_holds_the_key_handles(people):
    assert set(may(people, HANDLE)) == {"reader", "holder"}
    assert may(people, HANDLE)["holder"] == {"sealed"}
    assert may(people, P.LETTER_SEND) == {}


def test_what_is_listed_is_what_is_admitted(people):
    for name, actor in people.items():
        listed = set(session().scalars(queries.visible_to(actor).with_only_columns(Letter.id)))
        admitted = {one.id for one in lettered.letters() if allows(actor, SEE, one)}
        assert listed == admitted, name


@pytest.mark.parametrize("duty", sorted(Duty))
def test_each_duty_reads_and_only_those_that_work_handle(made, duty):
    one = keeper(made.account("reader", Role.COMMUNE, duty))
    letter = letters()["Giấy hẹn"]
    assert allows(one, READ, letter)
    assert allows(one, HANDLE, letter) == (duty != Duty.INSPECT)
    assert allows(one, P.LETTER_PUBLISH, letter) == (duty == Duty.APPROVE)


def test_a_holder_who_comes_to_work_in_a_ward_opens_nothing_there(made, people):
    [sealed] = [one for one in lettered.letters() if one.is_sealed]
    seats = itertools.product((Role.COMMUNE, Role.YOUTH), ("reader", "committee", "runner"))
    for role, body in seats:
        one = keeper(made.account(body, role))
        with write() as current:
            current.add(KeyHolder(key_id=sealed.seal_key_id, kind="account", salt=b"",
                                  wrapped=b"", user_id=one.user_id, since=sealed.day))  # fmt: skip
        session().expire_all()
        assert not allows(one, READ, sealed)


def test_what_is_reclassified_leaves_the_eyes_of_who_runs_the_box(made, people):
    handling.sort_out(people["reader"], letters()["Cảm ơn"], Sorting("complaint", ""))
    assert may(people, READ).get("runner", set()) == set()
    assert (
        session().scalars(select(Letter.id).where(queries.ways(people["runner"])[-1])).all() == []
    )
