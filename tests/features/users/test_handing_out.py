"""One-time passwords in numbers: given to who waits, printed once, gone after a day."""

import os
import time
from datetime import timedelta

import pypdfium2
import pytest

from portal.core import exports, jobs, pasting
from portal.core.database import session
from portal.core.errors import Refused
from portal.core.exports import Export
from portal.core.jobs import Job, JobStatus, Running
from portal.features.audit import queries as records
from portal.features.users import handing_out, queries, services
from portal.features.users.handing_out import Which
from portal.features.users.importing.columns import COLUMNS
from portal.features.users.importing.taking import take
from portal.features.users.services import SignedIn, Wrong
from portal.policy.roles import Role
from tests.support import surveyed

ADDRESS = "https://danchu.example.vn/dang-nhap"
PASSWORD = "lá tre gió chiều sông"


@pytest.fixture
def place(app):
    return surveyed.province({"Huyện A": ["Xã B", "Xã C"]})


@pytest.fixture
def admin(place):
    return surveyed.actor(surveyed.account(place, "Tỉnh", Role.ADMIN))


@pytest.fixture
def imported(admin):
    rows = [f"{unit}\tUBND\tCán bộ {unit} {n}" for unit in ("Xã C", "Xã B") for n in (1, 2)]
    take(admin, pasting.read_text("Đơn vị\tLoại cơ quan\tHọ tên\n" + "\n".join(rows), COLUMNS), "k")
    return list(session().scalars(queries.accounts(state="without")))


def print_them(admin, which=Which.WITHOUT, key="1", unit_id=None):
    job = handing_out.order(admin, which, key, ADDRESS, unit_id=unit_id)
    while jobs.work_once():
        pass
    session().refresh(job)
    assert job.status == JobStatus.DONE
    return job


def pages(job):
    document = pypdfium2.PdfDocument(Export.from_result(job.result).path)
    return [page.get_textpage().get_text_range() for page in document]


def words(text, username):
    """Give what is printed under “Mật khẩu dùng một lần” of an account."""
    lines = [line.strip() for line in text.splitlines()]
    return lines[lines.index(username) :]


def sign_in(username, password):
    return services.sign_in(username, password, None, "")


def test_each_unit_has_pages_of_its_own_with_a_password_that_opens_its_account(admin, imported):
    job = print_them(admin)
    first, second = pages(job)
    assert "Xã B" in first and "Xã C" in second and ADDRESS in first  # noqa: PT018
    user = next(one for one in imported if one.organisation.unit.name == "Xã B")
    password = next(line for line in words(first, user.username) if line.count("-") == 2)
    assert isinstance(sign_in(user.username, password), SignedIn)
    assert queries.get(user.id).must_change_password


def test_a_sheet_for_one_unit_leaves_the_others_waiting(admin, place, imported):
    assert len(pages(print_them(admin, unit_id=place["Xã B"].id))) == 1
    waiting = {line.unit.name: (line.without, line.new) for line in handing_out.waiting()}
    assert waiting == {"Xã B": (0, 2), "Xã C": (2, 2)}


def test_printing_again_replaces_the_passwords_of_who_has_not_come(admin, imported):
    name = imported[0].username
    [old] = [one.password for one in handing_out.give(admin, [imported[0].id])]
    print_them(admin, Which.NEW)
    assert isinstance(sign_in(name, old), Wrong)


def test_whoever_has_a_password_of_their_own_keeps_it(admin, imported):
    user = imported[0]
    [strip] = handing_out.give(admin, [user.id])
    entered = sign_in(strip.username, strip.password)
    services.change_password(
        user.id, None, PASSWORD, keep_sign_in=services.find_sign_in(entered.token).id
    )
    assert handing_out.give(admin, [user.id]) == []
    assert isinstance(sign_in(strip.username, PASSWORD), SignedIn)


def test_asked_twice_from_one_page_it_is_one_job(admin, imported):
    first = handing_out.order(admin, Which.NEW, "trang", ADDRESS)
    assert handing_out.order(admin, Which.NEW, "trang", ADDRESS).id == first.id


def test_a_job_that_died_halfway_gives_everybody_another_one(admin, imported):
    job = handing_out.order(admin, Which.WITHOUT, "1", ADDRESS)
    handing_out.give(admin, [one.id for one in imported[:2]])
    kind = jobs.kinds.get(job.kind)
    result = kind.handler(Running(job.id, job.data, job.owner_id))
    job.result = result
    printed = "".join(pages(job))
    session().rollback()
    assert all(one.username in printed for one in imported)


def test_with_nobody_waiting_there_is_nothing_to_print(admin, place):
    with pytest.raises(Refused):
        handing_out.order(admin, Which.NEW, "1", ADDRESS)


def test_the_file_is_gone_after_a_day_and_no_password_is_anywhere_else(admin, imported):
    job = print_them(admin)
    export = Export.from_result(job.result)
    secret = next(line for line in pages(job)[0].split() if line.count("-") == 2)
    entries = records.of_subject("account", imported[0].id)
    assert secret not in " ".join([job.payload, job.result, *(one.changes for one in entries)])
    past = time.time() - timedelta(days=1, minutes=1).total_seconds()
    os.utime(export.path, (past, past))
    exports.TIDY.handler(Running(0, {}, None))
    assert Export.from_result(job.result) is None


def test_each_printed_password_is_on_the_record_of_its_account(admin, imported):
    print_them(admin)
    entries = records.of_subject("account", imported[0].id)
    assert entries[0].action == "account:password_printed"
    assert entries[0].actor_id == admin.user_id


def test_the_list_says_who_has_never_come(admin, imported):
    state = {line.unit.name: line.new for line in handing_out.waiting()}
    assert state == {"Xã B": 2, "Xã C": 2}
    assert session().get_one(Job, print_them(admin).id).total == 4
    assert queries.count(state="new") == 4
