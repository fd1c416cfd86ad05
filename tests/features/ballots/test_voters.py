"""Lists of voters: wrong cells are shown before anything is saved, and names go by themselves."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Refused
from portal.features.audit.models import AuditEntry
from portal.features.ballots import jobs, queries, voters
from portal.features.ballots.models import Voter
from portal.features.consultations.models import Track
from portal.features.settings import services as settings
from tests.support import balloted
from tests.support.balloted import Balloted, table

pytestmark = pytest.mark.usefixtures("app")
CELLS = {"household": "12", "representative": "Nguyễn Văn An", "note": ""}


@pytest.fixture
def ward(app: object) -> Balloted:
    return balloted.ward()


def checked(ward: Balloted, *rows: tuple[str, ...], **how: object):
    listed = queries.listed(ward.case.id)
    how = {"own": None, "replaces": False, **how}
    return voters.check(listed, table(*rows), **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "written", ["Tổ dân phố số 1", "TỔ DÂN PHỐ SỐ 1", "TDP 1", "Tổ 01", "tổ dân phố 1", "1"]
)
def test_a_group_is_known_however_it_is_written(ward: Balloted, written: str) -> None:
    found = checked(ward, ("1", "Nguyễn Văn A", written))
    assert [one.group_id for one in found.entries] == [ward.one.id]


def test_wrong_groups_are_named_and_the_rest_is_kept(ward: Balloted) -> None:
    rows = [(str(n), f"Nguyễn Văn {chr(65 + n % 26)}", f"Tổ {1 + n % 3}") for n in range(300)]
    found = checked(ward, *rows)
    assert found.table.faults == 100
    assert all("group" in row.faults for row in found.table.wrong)
    assert found.entries == ()
    assert len(found.table.rows) == 300


def test_a_near_name_is_offered(ward: Balloted) -> None:
    [row] = checked(ward, ("1", "Nguyễn Văn A", "Tổ dân phó số 2x")).table.rows
    assert row.faults["group"].values == {"meant": "Tổ dân phố số 2"}


def test_a_household_has_one_voter(ward: Balloted) -> None:
    found = checked(ward, ("7", "Nguyễn Văn A", "1"), ("7", "Trần Thị B", "1"),
                    ("7", "Trần Thị B", "2"), ("", "Lê C", "1"), ("", "Lê C", "1"))  # fmt: skip
    assert {row.number: set(row.faults) for row in found.table.wrong} == {
        2: {"household"}, 5: {"representative"},
    }  # fmt: skip


def test_names_are_put_right_and_an_empty_group_follows_the_row_above(ward: Balloted) -> None:
    found = checked(ward, ("1", "ĐỖ VĂN H", "Tổ 2"), ("2", "đ/c Lê Văn C", ""))
    assert [one.representative for one in found.entries] == ["Đỗ Văn H", "Lê Văn C"]
    assert {one.group_id for one in found.entries} == {ward.two.id}
    assert found.table.filled == {"Tổ dân phố": 1}


def test_on_the_page_of_a_group_others_are_refused(ward: Balloted) -> None:
    found = checked(ward, ("1", "Nguyễn Văn A", ""), ("2", "Trần B", "Tổ 2"), own=ward.one)
    assert [row.number for row in found.table.wrong] == [2]


def test_taken_twice_a_list_is_there_once(ward: Balloted) -> None:
    rows = table(("1", "Nguyễn Văn A", "1"), ("2", "Trần Thị B", "2"))
    assert voters.take(ward.author, ward.case, rows) == (2, 0)
    assert voters.take(ward.author, ward.case, rows) == (0, 2)
    assert [one.number for one in queries.voters([ward.one.id])] == [1]


def test_a_list_that_takes_the_place_of_another_keeps_who_has_answered(ward: Balloted) -> None:
    voters.take(ward.author, ward.case, table(("1", "Nguyễn Văn A", "1"), ("2", "Lê B", "1")))
    first, _second = queries.voters([ward.one.id])
    assert voters.tick(ward.author, ward.one, {first.id}, set()) == 1
    new = table(("1", "Nguyễn Văn A", "1"), ("3", "Phạm Thị D", "1"))
    voters.take(ward.author, ward.case, new, replaces=True)
    kept = [(one.representative, one.has_answered) for one in queries.voters([ward.one.id])]
    assert kept == [("Nguyễn Văn A", True), ("Phạm Thị D", False)]


def test_ticks_of_two_people_add_up(ward: Balloted) -> None:
    rows = [(str(n), f"Nguyễn Văn {chr(64 + n)}", "1") for n in range(1, 5)]
    voters.take(ward.author, ward.case, table(*rows))
    one, two, three, four = (each.id for each in queries.voters([ward.one.id]))
    voters.tick(ward.author, ward.one, {one, four}, set())
    assert voters.tick(ward.author, ward.one, {one, two, three}, {one, four}) == 3
    # The other has had the page open since nothing but the first and the last was ticked.
    assert voters.tick(ward.other, ward.one, {four}, {one, four}) == 2
    ticked = {each.id for each in queries.voters([ward.one.id]) if each.has_answered}
    assert ticked == {two, three}


def test_one_household_is_added_changed_and_taken_off(ward: Balloted) -> None:
    voter = voters.add(ward.author, ward.one, CELLS)
    with pytest.raises(voters.Wrong) as caught:
        voters.add(ward.author, ward.one, {**CELLS, "representative": "Khác"})
    assert set(caught.value.faults) == {"household"}
    voters.change(ward.author, ward.one, voter, {**CELLS, "household": "12A"}, voter.line)
    assert voter.household == "12A"
    voters.remove(ward.author, ward.one, voter.id)
    assert queries.voters([ward.one.id]) == []


def test_the_record_never_holds_a_name(ward: Balloted) -> None:
    voter = voters.add(ward.author, ward.one, CELLS)
    voters.change(ward.author, ward.one, voter, {**CELLS, "note": "tạm trú"}, voter.line)
    voters.note_download(ward.author, ward.one, "niem-yet")
    entries = session().scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    told = " ".join(entry.changes + entry.subject_name for entry in entries)
    assert "Văn An" not in told
    assert entries[-1].action == "ballot_group:voters_downloaded"


def test_a_settled_group_keeps_its_list(ward: Balloted) -> None:
    voters.add(ward.author, ward.one, CELLS)
    ward.settled()
    with pytest.raises(Refused):
        voters.tick(ward.author, ward.one, {1}, set())


def test_names_go_by_themselves_some_days_after_the_last(ward: Balloted) -> None:
    voters.add(ward.author, ward.one, CELLS)
    last = voters.kept_until(ward.case)
    assert last is not None
    assert voters.erase_due(last) == 0
    assert voters.erase_due(last + timedelta(days=1)) == 1
    assert session().scalars(select(Voter.id)).all() == []


def test_how_long_is_a_setting(ward: Balloted) -> None:
    voters.add(ward.author, ward.one, CELLS)
    settings.change(ward.author, {"voter_days": "5"}, settings.version())
    assert voters.kept_until(ward.case) == balloted.day(1) + timedelta(days=5)


def test_of_an_erased_name_no_byte_is_left(ward: Balloted, database: str, backend) -> None:
    if backend != "sqlite":
        return
    voters.add(ward.author, ward.one, {**CELLS, "representative": "Tênkhônglặp Văn Xyz"})
    assert "Tênkhônglặp".encode() in _stored(database)
    with write() as current:
        household = select(Track).where(Track.kind == "household").order_by(Track.id)
        track = current.scalars(household).one()
        track.list_from = track.list_to = None
        track.opens_on = track.closes_on = clock.today() - timedelta(days=60)
    jobs.ERASE.handler(None)  # type: ignore[arg-type]  # it reports nothing on its way
    assert "Tênkhônglặp".encode() not in _stored(database)


def test_what_a_stopped_run_left_behind_goes_with_the_next(
    ward: Balloted, database: str, backend
) -> None:
    voters.add(ward.author, ward.one, {**CELLS, "representative": "Tênkhônglặp Văn Xyz"})
    assert voters.erase_due(clock.today() + timedelta(days=99)) == 1
    if backend == "sqlite":
        jobs.ERASE.handler(None)  # type: ignore[arg-type]
        assert "Tênkhônglặp".encode() not in _stored(database)
        return
    pages = text("SELECT pg_relation_size('ballot_voters')")
    assert session().scalar(pages)
    jobs.ERASE.handler(None)  # type: ignore[arg-type]
    assert session().scalar(pages) == 0


def _stored(database: str) -> bytes:
    """Give every byte that the database keeps, its log as well."""
    file = Path(database.removeprefix("sqlite:///"))
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
