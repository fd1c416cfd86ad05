"""Numbers are unique, follow one another and stay, whoever takes them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Missing, Refused
from portal.extensions import db
from portal.features.audit.models import AuditEntry
from portal.features.registers import queries, services
from portal.features.registers.models import EntryState, Mode, Register, RegisterEntry
from portal.features.registers.services import period_of, take
from portal.policy.roles import Duty, Role
from tests.support import surveyed
from tests.support.numbered import wanted
from tests.support.officials import PLACES, official


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def clerk(place):
    return official(place, Role.PROVINCE, Duty.CLERK)


def numbers() -> list[int]:
    query = select(RegisterEntry.number).order_by(RegisterEntry.number)
    return list(session().scalars(query))


def at_once(app, clerk, paper, times):
    """Have 24 people ask for numbers at once, and give what they got."""
    session().rollback()

    def take_one(_):
        with app.app_context():
            try:
                return take(clerk, paper).number
            finally:
                db.session.remove()

    with ThreadPoolExecutor(24) as crowd:
        return list(crowd.map(take_one, range(times)))


def test_numbers_taken_by_24_at_once_follow_one_another(app, place, clerk):
    # `benchmarks.numbers` takes 1,000.
    given = at_once(app, clerk, wanted(place), 240)
    assert sorted(given) == numbers() == list(range(1, 241))


def test_one_form_sent_24_times_at_once_takes_one_number(app, place, clerk):
    assert set(at_once(app, clerk, wanted(place, since=clock.now()), 24)) == {1}
    assert numbers() == [1]


def test_a_write_that_fails_gives_its_number_back(place, clerk):
    def fail():
        with write():
            take(clerk, wanted(place))
            raise InterruptedError

    take(clerk, wanted(place))
    with pytest.raises(InterruptedError):
        fail()
    assert take(clerk, wanted(place)).number == 2


def test_every_type_counts_for_itself_unless_one_register_is_for_all(place, clerk):
    letter = wanted(place, type_code="cong_van", symbol="/UBND")
    assert [take(clerk, p).number for p in (wanted(place), letter, letter)] == [1, 1, 2]
    below = official(place, Role.COMMUNE, Duty.CLERK)
    organ, year = below.organisation_id, str(clock.today().year)
    services.configure(below, organ, queries.SHARED, year, Mode.PORTAL, 1)
    mixed = [wanted(place, "Xã 1"), wanted(place, "Xã 1", type_code="cong_van")]
    assert [take(below, paper).number for paper in mixed] == [1, 2]


def test_31_december_at_18_utc_is_next_year_in_viet_nam(place, clerk, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 31, 16, tzinfo=UTC))
    assert take(clerk, wanted(place)).register.period == "2026"
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 12, 31, 18, tzinfo=UTC))
    entry = take(clerk, wanted(place))
    assert (entry.register.period, entry.number, entry.dated_on) == ("2027", 1, date(2027, 1, 1))


def test_the_party_counts_through_the_term_and_the_state_by_the_year():
    days = date(2025, 12, 31), date(2026, 1, 1)
    assert [period_of("year", "2025-2030", day) for day in days] == ["2025", "2026"]
    assert [period_of("term", "2025-2030", day) for day in days] == ["2025-2030"] * 2
    with pytest.raises(Refused):
        period_of("term", "", days[0])


def test_a_day_of_another_year_is_no_day_of_the_register(place, clerk):
    with pytest.raises(Invalid) as caught:
        take(clerk, wanted(place, period="2019"))
    assert "day" in caught.value.errors
    assert numbers() == []


def test_a_day_outside_the_term_is_no_day_of_the_party_s_register(place, clerk):
    term = {"period": "2025-2030", "symbol": "-KH/BCĐ"}
    for day, number in ((date(2025, 1, 1), 1), (date(2030, 12, 31), 2)):
        assert take(clerk, wanted(place, **term, day=day)).number == number
    for day in (date(2024, 12, 31), date(2031, 1, 1)):
        with pytest.raises(Invalid) as caught:
            take(clerk, wanted(place, **term, day=day))
        assert "day" in caught.value.errors


def test_a_number_under_ten_is_printed_with_a_zero(place, clerk):
    year = str(clock.today().year)
    services.configure(clerk, clerk.organisation_id, "ke_hoach", year, Mode.PORTAL, 9)
    texts = [take(clerk, wanted(place, symbol="/KH - UBND")).number_text for _ in range(2)]
    assert texts == ["09/KH-UBND", "10/KH-UBND"]


def test_a_register_begins_where_the_paper_book_ended_and_is_fixed_by_its_first_number(
    place, clerk
):
    setting = clerk.organisation_id, "ke_hoach", str(clock.today().year)
    services.configure(clerk, *setting, Mode.PORTAL, 40)
    services.configure(clerk, *setting, Mode.PORTAL, 54)
    assert take(clerk, wanted(place)).number == 54
    with pytest.raises(Refused):
        services.configure(clerk, *setting, Mode.CLERK, 60)
    with pytest.raises(Invalid):
        services.configure(clerk, clerk.organisation_id, "cong_van", setting[2], Mode.PORTAL, 0)


def test_a_type_gets_no_register_of_its_own_once_the_one_for_all_has_begun(place, clerk):
    organ, year = clerk.organisation_id, str(clock.today().year)
    services.configure(clerk, organ, queries.SHARED, year, Mode.PORTAL, 1)
    services.configure(clerk, organ, "quyet_dinh", year, Mode.PORTAL, 1)
    take(clerk, wanted(place))
    with pytest.raises(Refused):
        services.configure(clerk, organ, "ke_hoach", year, Mode.PORTAL, 1)
    assert take(clerk, wanted(place, type_code="quyet_dinh")).number == 1
    assert take(clerk, wanted(place, type_code="cong_van")).number == 2


def test_a_new_year_keeps_the_registers_and_modes_of_the_last_and_begins_at_one(place, clerk):
    organ = clerk.organisation_id
    services.configure(clerk, organ, queries.SHARED, "2025", Mode.CLERK, 30)
    services.configure(clerk, organ, "quyet_dinh", "2025", Mode.PORTAL, 30)
    day = date(2026, 1, 5)
    order = wanted(place, day=day, type_code="quyet_dinh")
    assert take(clerk, order).number == 1
    assert take(clerk, wanted(place, day=day, number=7)).register.type_code == queries.SHARED


def test_setting_one_register_up_in_a_new_year_keeps_the_others(place, clerk):
    organ = clerk.organisation_id
    services.configure(clerk, organ, queries.SHARED, "2025", Mode.PORTAL, 30)
    services.configure(clerk, organ, "quyet_dinh", "2026", Mode.PORTAL, 5)
    plan = wanted(place, day=date(2026, 1, 5))
    assert take(clerk, plan).register.type_code == queries.SHARED
    assert take(clerk, replace(plan, type_code="quyet_dinh")).number == 5


def test_the_clerk_enters_numbers_of_the_offices_own_system_each_once(place, clerk):
    year = str(clock.today().year)
    services.configure(clerk, clerk.organisation_id, "ke_hoach", year, Mode.CLERK, 1)
    assert take(clerk, wanted(place, number=191)).number == 191
    for number in (None, 191, 0, -4, 10**7):
        with pytest.raises(Invalid) as caught:
            take(clerk, wanted(place, number=number))
        assert "number" in caught.value.errors
    assert take(clerk, wanted(place, number=12)).number == 12


def test_where_the_portal_counts_nobody_chooses_a_number(place, clerk):
    with pytest.raises(Invalid):
        take(clerk, wanted(place, number=5))
    assert numbers() == []


def test_a_reserved_number_is_used_later_and_others_go_on_meanwhile(place, clerk):
    with pytest.raises(Invalid):
        services.reserve(clerk, wanted(place), "  ")
    kept = services.reserve(clerk, wanted(place, summary=""), "Chờ ký")
    assert (kept.number, kept.state, kept.reason) == (1, EntryState.RESERVED, "Chờ ký")
    assert take(clerk, wanted(place)).number == 2
    used = take(clerk, wanted(place, number=1, summary="Kế hoạch đã ký"))
    assert (used.id, used.state, used.summary) == (kept.id, EntryState.USED, "Kế hoạch đã ký")
    with pytest.raises(Invalid):
        take(clerk, wanted(place, number=1))
    assert numbers() == [1, 2]


def test_a_cancelled_number_stays_with_its_reason_and_is_not_given_again(place, clerk):
    entry = take(clerk, wanted(place))
    with pytest.raises(Refused):
        services.cancel(clerk, entry, " ")
    services.cancel(clerk, entry, "In sai mẫu")
    assert (entry.state, entry.reason) == (EntryState.CANCELLED, "In sai mẫu")
    assert take(clerk, wanted(place)).number == 2
    with pytest.raises(Refused):
        services.cancel(clerk, entry, "Lần nữa")


@pytest.mark.parametrize(
    "act",
    [
        "DELETE FROM register_entries",
        "UPDATE register_entries SET number = 7",
        "UPDATE register_entries SET symbol = '/QĐ-UBND'",
        "UPDATE register_entries SET dated_on = '2020-01-01'",
        "UPDATE register_entries SET summary = 'Việc khác'",
        "UPDATE register_entries SET state = 'reserved'",
    ],
)
def test_the_database_itself_lets_no_number_be(place, clerk, act):
    given = take(clerk, wanted(place)).name
    with pytest.raises(DatabaseError, match="kept for good"), write() as current:
        current.execute(text(act))
    [entry] = session().scalars(select(RegisterEntry))
    assert (entry.name, entry.state) == (given, EntryState.USED)


def test_the_database_itself_brings_no_cancelled_number_back(place, clerk):
    services.cancel(clerk, take(clerk, wanted(place)), "In sai mẫu")
    with pytest.raises(DatabaseError, match="kept for good"), write() as current:
        current.execute(text("UPDATE register_entries SET state = 'used'"))
    assert session().scalars(select(RegisterEntry.reason)).all() == ["In sai mẫu"]


def test_every_number_is_in_the_record(place, clerk):
    services.cancel(clerk, take(clerk, wanted(place)), "In sai")
    services.reserve(clerk, wanted(place), "Chờ ký")
    query = select(AuditEntry.action).order_by(AuditEntry.number)
    assert list(session().scalars(query)) == [
        "register_entry:taken", "register_entry:cancel", "register_entry:reserved",
    ]  # fmt: skip


def test_strangers_neither_see_nor_cancel_a_number(place, clerk):
    entry = take(clerk, wanted(place))
    for stranger in (
        official(place, Role.COMMUNE, Duty.CLERK),
        official(place, Role.YOUTH, Duty.CLERK),
        official(place, Role.ADMIN),
    ):
        assert queries.get_entry(stranger, entry.id) is None
        with pytest.raises(Missing):
            services.cancel(stranger, entry, "Thử")
    with pytest.raises(Forbidden):
        services.cancel(official(place, Role.PROVINCE, Duty.DRAFT), entry, "Thử")


def test_a_date_before_that_of_an_earlier_number_is_found(place, clerk):
    first = take(clerk, wanted(place, day=date(2026, 3, 10)))
    second = take(clerk, wanted(place, day=date(2026, 3, 5)))
    assert queries.dated_later(first.register, second.dated_on, second.number) == first
    assert queries.dated_later(first.register, first.dated_on, first.number) is None
    services.cancel(clerk, first, "In sai")
    assert queries.dated_later(first.register, second.dated_on) is None


def test_numbers_are_found_without_accents_by_any_word_of_theirs(place, clerk):
    take(clerk, wanted(place, summary="Tổ chức khảo sát đợt 2", recipients="Đoàn Thanh niên"))
    take(clerk, wanted(place, summary="Giao ban"))
    [register] = session().scalars(select(Register))
    found = queries.Filter(clerk.organisation_id, register.period)
    for words in ("khao sat", "doan THANH nien", "01/kh", "ký giao", ""):
        page = queries.listed(replace(found, search=words), 1)
        assert page.total == (2 if not words else 1), words


def test_a_long_register_is_read_a_page_at_a_time(place, clerk):
    for _ in range(52):
        take(clerk, wanted(place))
    found = queries.Filter(clerk.organisation_id, str(clock.today().year))
    page = queries.listed(found, 2)
    assert [entry.number for entry in page.rows] == [2, 1]
    assert [entry.number for entry in queries.whole(found)] == list(range(1, 53))
