"""Whatever is done to the record behind the portal's back, checking it says where."""

import re

import pytest
from sqlalchemy import select, text

from portal.core.database import dialect, session, write
from portal.features.audit import pages, queries, services
from portal.features.audit.models import AuditEntry
from portal.features.audit.queries import Filter
from portal.features.audit.services import OPERATOR, Act, Head

CHANGED = "UPDATE audit_entries SET reason = 'khác' WHERE number = 4"
DELETED = "DELETE FROM audit_entries WHERE number = 4"
CUT = "DELETE FROM audit_entries WHERE number > 7"


@pytest.fixture
def record(app):
    for n in range(1, 11):
        with write():
            services.record(OPERATOR, Act("account:changed", "account", n, subject_name=f"số {n}"))


def tamper(*statements):
    """Do what only somebody with the database in hands can do: the triggers forbid it."""
    triggers = ["audit_entries_no_update", "audit_entries_no_delete"]
    with write() as current:
        for trigger in triggers:
            on = "" if dialect() == "sqlite" else " ON audit_entries"
            current.execute(text(f"DROP TRIGGER {trigger}{on}"))
        for statement in statements:
            current.execute(text(statement))


def command(app, *words):
    return app.test_cli_runner().invoke(args=["audit", *words])


def test_an_untouched_record_is_sound(app, record):
    result = command(app, "verify")
    assert (result.exit_code, services.verify_tail(3)) == (0, None)
    assert "10 dòng" in result.output


@pytest.mark.parametrize(
    ("damage", "first"),
    [
        ([CHANGED], 4),
        ([DELETED], 4),
        (["UPDATE audit_entries SET subject_id = '9' WHERE number = 10"], 10),
        (["DELETE FROM audit_entries WHERE number = 1"], 1),
        (
            [
                "UPDATE audit_entries SET number = 99 WHERE number = 4",
                "UPDATE audit_entries SET number = 4 WHERE number = 5",
                "UPDATE audit_entries SET number = 5 WHERE number = 99",
            ],
            4,
        ),
        ([DELETED, "UPDATE audit_entries SET number = number - 1 WHERE number > 4"], 4),
    ],
)
def test_a_changed_deleted_or_swapped_entry_is_named(app, record, damage, first):
    tamper(*damage)
    result = command(app, "verify")
    assert result.exit_code == 1
    assert f"từ dòng {first}." in result.output


def test_a_cut_end_shows_against_the_head_that_was_handed_up(app, record):
    head = command(app, "head").output.strip()
    assert re.fullmatch("10:[0-9a-f]{64}", head)
    tamper(CUT)
    assert command(app, "verify").exit_code == 0
    result = command(app, "verify", "--head", head)
    assert result.exit_code == 1
    assert "từ dòng 8." in result.output


def test_a_record_that_grew_still_holds_the_head_that_was_handed_up(app, record):
    head = services.head()
    with write():
        services.record(OPERATOR, Act("account:changed", "account", 1))
    assert services.verify_all(head) is None
    assert services.verify_all(Head(10, "0" * 64)) == 10


def test_the_latest_entries_alone_show_damage_among_them(app, record):
    tamper("UPDATE audit_entries SET reason = 'khác' WHERE number = 9")
    assert services.verify_tail(3) == 9


def test_the_database_itself_refuses_to_alter_the_record(app, record):
    for statement in (CHANGED, DELETED):
        with pytest.raises(Exception, match="append-only"), write() as current:
            current.execute(text(statement))


def test_an_act_that_is_rolled_back_leaves_no_entry(app, record):
    def fail():
        with write():
            services.record(OPERATOR, Act("account:changed", "account", 1))
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert queries.count() == 10


def test_the_record_is_read_newest_first_and_page_by_page(app, record):
    first = [entry.number for entry in queries.entries(Filter(), limit=4)]
    then = [entry.number for entry in queries.entries(Filter(), before=first[-1], limit=4)]
    assert first + then == [10, 9, 8, 7, 6, 5, 4, 3]


def test_changes_read_in_vietnamese(app):
    changes = {
        "opens_on": ["2026-05-06", "2026-05-07"],
        "role": [None, "youth"],
        "duties": [["draft"], ["approve", "clerk"]],
    }
    with write():
        services.record(OPERATOR, Act("account:created", "account", 1, changes=changes))
    line = pages.line(session().scalars(select(AuditEntry)).one())
    assert line.action == "Tạo tài khoản"
    assert {one.field: (one.before, one.after) for one in line.changes} == {
        "Ngày mở": (["06/05/2026"], ["07/05/2026"]),
        "Vai trò": ([], ["Đoàn Thanh niên cơ sở"]),
        "Phần việc": (["Soạn thảo"], ["Lãnh đạo duyệt", "Văn thư"]),
    }
