"""A list of accounts: every cell is understood or named, and all of it is taken or nothing."""

import pytest
from sqlalchemy import func, select

from portal.core import clock, pasting
from portal.core.database import session, write
from portal.features.audit import services as audit
from portal.features.audit.models import AuditEntry
from portal.features.audit.services import OPERATOR
from portal.features.org_units.models import Organisation, Unit
from portal.features.users import services
from portal.features.users.importing.checking import Look, looked
from portal.features.users.importing.columns import COLUMNS
from portal.features.users.importing.taking import Taken, take
from portal.features.users.models import User
from portal.features.users.services import Wrong
from portal.policy.roles import Duty, Role
from tests.support import surveyed
from tests.support.queries import counted


@pytest.fixture
def place(app):
    made = surveyed.province({"Huyện A": ["Xã B", "Xã Tân Tiến"], "Huyện C": ["Xã Tân Tiến cũ"]})
    with write() as current:
        twin = current.merge(made["Xã Tân Tiến cũ"])
        twin.full_name = twin.name = "Xã Tân Tiến"
        for unit in current.scalars(select(Unit).order_by(Unit.id)):
            unit.folded = f"{unit.code} {surveyed.fold(unit.full_name + ' ' + unit.line_above)}"
    return made


def table(*rows, heads="Đơn vị\tCơ quan\tLoại cơ quan\tTên hiển thị\tTên đăng nhập\tVai trò"):
    lines = "\n".join("\t".join(row) for row in rows)
    return pasting.read_text(f"{heads}\tPhần việc\n{lines}", COLUMNS)


def faults(*rows, **kwargs):
    look = looked(table(*rows, **kwargs))
    return [(row.number, *sorted(row.faults)) for row in look.table.wrong]


def said(*rows, **kwargs):
    return [
        one.message % one.values
        for row in looked(table(*rows, **kwargs)).table.rows
        for one in row.faults.values()
    ]


def seat(*row, **kwargs):
    [one] = looked(table(row, **kwargs)).seats
    return one


ROW = ("Xã B", "Ban Xã B", "", "Trần Thị Mẫu", "xa.b", "Cấp xã", "Soạn thảo, văn thư")


def test_a_row_becomes_a_seat_at_an_organisation_that_exists(place):
    one = seat(*ROW)
    assert (one.username, one.role) == ("xa.b", Role.COMMUNE)
    assert one.duties == {Duty.DRAFT, Duty.CLERK}
    assert one.body.unit_id == place["Xã B"].id


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (("Xã Không Có", *ROW[1:]), ["unit"]),
        (("", *ROW[1:]), ["unit"]),
        (("Xã B", "Hội gì đó", *ROW[2:]), ["kind"]),
        (("Xã B", "", "", *ROW[3:]), ["body"]),
        (("Xã B", "Hội X", "loại lạ", *ROW[3:]), ["kind"]),
        (("Xã B", "Ban Xã B", "Hội Nông dân", *ROW[3:]), ["kind"]),
        ((*ROW[:3], "A" * 121, *ROW[4:]), ["name"]),
        ((*ROW[:4], "Xã B", *ROW[5:]), ["username"]),
        ((*ROW[:5], "Cấp tỉnh", ""), ["role"]),
        ((*ROW[:5], "vua", "vẽ"), ["role", "duties"]),
    ],
)
def test_each_cell_that_cannot_be_taken_is_named(place, row, columns):
    assert faults(row) == [(1, *sorted(columns))]


def test_a_name_of_two_units_asks_for_the_code_and_the_district_decides(place):
    [sentence] = said(("Xã Tân Tiến", *ROW[1:]))
    assert place["Xã Tân Tiến"].code in sentence
    one = seat("Xã Tân Tiến, huyện C", "", "Ủy ban nhân dân", *ROW[3:])
    assert one.place.id == place["Xã Tân Tiến cũ"].id


def test_a_code_is_enough_and_must_agree_with_the_name(place):
    heads = "Mã đơn vị\tĐơn vị\tLoại cơ quan\tTên hiển thị\tTên đăng nhập\tVai trò"
    code = place["Xã B"].code
    assert seat(code, "", "UBND", "Người", "xa.b", "", "", heads=heads).place.code == code
    assert faults((code, "Huyện A", "UBND", "Người", "", "", ""), heads=heads) == [(1, "unit")]
    assert faults(("99", "", "UBND", "Người", "", "", ""), heads=heads) == [(1, "code")]


def test_a_unit_that_has_ended_is_told_from_one_that_never_was(place):
    with write() as current:
        current.merge(place["Xã B"]).valid_to = clock.parse_date("30/06/2025")
    assert said(ROW) == ["Đơn vị này đã hết hiệu lực."]


def test_what_is_left_out_follows_from_the_rest(place):
    one = seat("Xã B", "", "Đoàn Thanh niên", "", "", "", "")
    assert (one.role, one.username) == (Role.YOUTH, "doan.xab")
    assert one.display_name == one.body.name == "Đoàn Thanh niên xã B"
    assert seat("Huyện A", "", "Hội Nông dân", "", "", "", "").role == Role.DISTRICT


@pytest.mark.parametrize(
    ("unit", "kind", "name"),
    [
        ("Xã B", "mass_mobilisation", "Khối Dân vận xã B"),
        ("Huyện A", "mass_mobilisation", "Ban Dân vận Huyện ủy A"),
        ("Xã B", "party", "Đảng ủy xã B"),
        ("Huyện A", "party", "Huyện ủy A"),
    ],
)
def test_a_body_that_nobody_named_is_called_as_there(place, unit, kind, name):
    assert seat(unit, "", kind, "", "", "", "").body.name == name


def test_one_cell_makes_nobody_an_administrator_outside_the_operator_s_body(place):
    row = (*ROW[:5], "Quản trị", "")
    assert faults(row) == [(1, "role")]
    assert faults(("Xã B", "Bộ phận vận hành", "operator", *ROW[3:5], "Quản trị", "")) == [
        (1, "role")
    ]
    surveyed.runs_the_portal(place, "Xã B")
    assert seat(*row).role == Role.ADMIN


def test_a_seat_without_a_duty_is_pointed_out(place):
    look = looked(table(ROW, (*ROW[:3], "Ai khác", "xa.b2", "", "")))
    assert look.idle == 1
    assert [sorted(row.notes) for row in look.table.rows] == [[], ["duties"]]


def test_names_that_are_made_avoid_all_others_and_fit(place):
    with write() as current:
        current.merge(place["Xã B"]).name = "B" * 60
    rows = [("Xã B", "", "Hội Nông dân", f"Người {n}", "", "", "") for n in range(3)]
    names = [one.username for one in looked(table(*rows)).seats]
    assert len(set(names)) == 3
    assert all(services.USERNAME.fullmatch(name) for name in names)


def test_two_rows_of_one_name_are_told_which_is_the_other(place):
    assert said(ROW, ROW) == ["Trùng dòng 2."]  # as Excel counts, below the heads
    nameless = (*ROW[:4], "", *ROW[5:])
    assert faults(nameless, nameless) == [(2, "name")]


def test_a_name_to_sign_in_with_that_somebody_has_is_refused(place):
    services.create_account(OPERATOR, services.NewAccount("xa.b", "Ai", Role.COMMUNE, body(place)))
    assert faults(ROW) == [(1, "username")]


def body(place, unit="Xã B"):
    query = select(Organisation.id).where(Organisation.unit_id == place[unit].id)
    return session().scalars(query.order_by(Organisation.id)).first()


def test_missing_organisations_are_made_once_in_the_same_import(place):
    rows = [
        ("Xã B", "Hội Nông dân xã B", "", f"Người {n}", "", "", "soạn thảo") for n in range(2)
    ]  # fmt: skip
    assert [one.name for one in looked(table(*rows)).bodies] == ["Hội Nông dân xã B"]
    assert take(OPERATOR, table(*rows), "khóa") == Taken(2, 1)
    [made] = session().scalars(select(Organisation).where(Organisation.kind == "farmers"))
    assert made.unit_id == place["Xã B"].id
    users = session().scalars(select(User).where(User.organisation_id == made.id)).all()
    assert {user.display_name for user in users} == {"Người 0", "Người 1"}


def test_with_one_fault_nothing_is_taken(place):
    before = session().scalar(select(func.count(AuditEntry.number)))
    wrong = ("Xã B", "Hội Nông dân xã B", "", "Người", "", "vua", "")
    assert isinstance(take(OPERATOR, table(ROW, wrong), "khóa"), Look)
    assert session().scalar(select(func.count(User.id))) == 0
    assert session().scalar(select(func.count(AuditEntry.number))) == before


def test_pressing_twice_makes_one_of_each_and_tells_the_same(place):
    rows = table((*ROW[:4], "", *ROW[5:]))
    assert take(OPERATOR, rows, "khóa") == take(OPERATOR, rows, "khóa") == Taken(1, 0)
    again = take(OPERATOR, rows, "khóa khác")
    assert isinstance(again, Look)
    assert [sorted(row.faults) for row in again.table.wrong] == [["name"]]
    assert session().scalar(select(func.count(User.id))) == 1


def test_nobody_signs_in_before_a_password_was_given(place):
    take(OPERATOR, table(ROW), "khóa")
    for tried in ("", "x", "None"):
        assert isinstance(services.sign_in("xa.b", tried, None, ""), Wrong)


def test_every_account_is_on_the_record_and_the_chain_holds(place):
    take(OPERATOR, table(ROW, (*ROW[:3], "Người khác", "xa.b2", *ROW[5:])), "khóa")
    query = select(AuditEntry.action).order_by(AuditEntry.number)
    assert list(session().scalars(query)) == [
        "account:created", "account:created", "accounts:imported",
    ]  # fmt: skip
    assert audit.verify_all() is None


def test_many_rows_cost_as_many_queries_as_few(place):
    few, many = table(ROW), table(*((*ROW[:3], f"Người {n}", "", "", "") for n in range(50)))
    with counted() as once:
        looked(few)
    with counted() as often:
        looked(many)
    assert len(often) == len(once)
