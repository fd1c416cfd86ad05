"""The operator's commands for units and the first account."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from portal.core.database import session, write
from portal.features.audit.services import OPERATOR
from portal.features.org_units.models import Organisation, Unit
from portal.features.users import queries, services
from portal.features.users.services import NewAccount, SignedIn, Wrong
from portal.policy.roles import Role

HEAD = "code,name,full_name,level,parent_code,valid_from,valid_to,source,licence\n"
PROVINCE = "24,Bắc Giang,Tỉnh Bắc Giang,province,,,,,\n"


@pytest.fixture
def run(app):
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def listed(tmp_path):
    def write(*lines, encoding="utf-8"):
        path = tmp_path / "list.csv"
        path.write_text(HEAD + "".join(lines), encoding=encoding)
        return path

    return write


def one_time(result):
    return re.search(r"một lần: (\S+)", result.output)[1]


def test_a_list_is_taken_and_counted(run, listed):
    result = run("units", "import", listed(PROVINCE, encoding="utf-8-sig"))
    assert (result.exit_code, result.output) == (0, "Thêm 1, sửa 0, không đổi 0.\n")


def test_a_list_with_errors_names_the_lines_and_leaves_nothing(run, listed):
    result = run("units", "import", listed(PROVINCE, "1,X,Xã X,commune,99,,,,\n"))
    assert result.exit_code == 1
    assert "Dòng 3: không có cấp trên mã 99" in result.output
    assert session().scalar(select(func.count(Unit.id))) == 0


def test_a_file_that_is_no_text_says_so(run, listed):
    result = run("units", "import", listed(PROVINCE, encoding="utf-16"))
    assert (result.exit_code, "UTF-8" in result.output) == (1, True)


def test_the_first_operator_gets_a_one_time_password(run, listed):
    run("units", "import", listed(PROVINCE))
    result = run("accounts", "admin", "quan.tri", "--unit", "24")
    user = queries.by_username("quan.tri")
    assert (user.role_kind, user.must_change_password) == (Role.ADMIN, True)
    assert isinstance(services.sign_in("quan.tri", one_time(result), None, ""), SignedIn)


def test_a_second_operator_sits_in_the_same_organisation(run, listed):
    run("units", "import", listed(PROVINCE))
    run("accounts", "admin", "quan.tri", "--unit", "24")
    run("accounts", "admin", "quan.tri.2", "--unit", "24")
    first, second = queries.by_username("quan.tri"), queries.by_username("quan.tri.2")
    assert first.organisation_id == second.organisation_id


def test_who_forgot_the_password_gets_another(run, listed):
    run("units", "import", listed(PROVINCE))
    before = one_time(run("accounts", "admin", "quan.tri", "--unit", "24"))
    after = one_time(run("accounts", "reset", "quan.tri"))
    assert isinstance(services.sign_in("quan.tri", before, None, ""), Wrong)
    assert isinstance(services.sign_in("quan.tri", after, None, ""), SignedIn)


@pytest.mark.parametrize(
    "words", [("admin", "quan.tri", "--unit", "99"), ("admin", "Quản Trị", "--unit", "24"),
              ("reset", "khong.ai")],
)  # fmt: skip
def test_what_cannot_be_done_is_said(run, listed, words):
    run("units", "import", listed(PROVINCE))
    result = run("accounts", *words)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")


def test_who_takes_over_is_taken_with_all_that_follows(run, listed, tmp_path):
    run("units", "import", listed(
        PROVINCE, "1,A,Xã A,commune,24,,,,\n", "2,B,Xã B,commune,24,2025-07-01,,,\n"
    ))  # fmt: skip
    table = tmp_path / "crosswalk.csv"
    table.write_text("old_code,new_code\n1,2\n", encoding="utf-8")
    result = run("units", "crosswalk", table)
    assert "Thêm 1 dòng, 1 đơn vị kết thúc" in result.output
    assert session().scalar(select(Unit.valid_to).where(Unit.code == "1")) == date(2025, 6, 30)


def test_a_unit_with_an_account_and_no_heir_is_named_until_it_is_said_to_have_none(
    run, listed, tmp_path
):
    run("units", "import", listed(
        PROVINCE, "1,A,Xã A,commune,24,,,,\n", "2,B,Xã B,commune,24,2025-07-01,,,\n",
        "3,C,Xã C,commune,24,,2025-06-30,,\n",
    ))  # fmt: skip
    with write() as current:
        unit = current.scalars(select(Unit).where(Unit.code == "3")).one()
        body = Organisation(unit=unit, kind="youth", name="Đoàn", folded="", sort_key="")
        current.add(body)
        current.flush()
    services.create_account(OPERATOR, NewAccount("xa.c", "C", Role.COMMUNE, body.id))
    table = tmp_path / "crosswalk.csv"
    table.write_text("old_code,new_code\n1,2\n", encoding="utf-8")
    result = run("units", "crosswalk", table)
    assert (result.exit_code, "Xã C (3)" in result.output) == (1, True)
    assert run("units", "crosswalk", table, "--alone", "3").exit_code == 0


def test_who_takes_over_one_day_waits_for_that_day(run, listed, tmp_path):
    run("units", "import", listed(PROVINCE))
    table = tmp_path / "crosswalk.csv"
    table.write_text("old_code,new_code\n24,24\n", encoding="utf-8")
    result = run("units", "crosswalk", table, "--day", "2999-07-01")
    assert (result.exit_code, "chưa tới" in result.output) == (1, True)
