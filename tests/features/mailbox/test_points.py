"""Points of a box: each its own code, shown by a photo, tried with a phone, taken down."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused
from portal.features.evidence import services as evidence
from portal.features.mailbox import pages, placing, queries
from portal.features.mailbox.placing import Placed
from portal.features.mailbox.workflow import MAILBOX
from portal.features.org_units.kinds import PointKind
from portal.features.org_units.models import Point
from portal.features.org_units.points import Described
from tests.support import boxed, lettered, placed
from tests.support.pictures import upload

HOUSE = Described(PointKind.CULTURAL_HOUSE, "Nhà văn hóa tổ dân phố số 4")


@pytest.fixture
def made(app):
    return lettered.box()


@pytest.fixture
def author(made):
    return boxed.runner(made)


def put_up(author, point, *, day: date | None = None, photo: bool = True) -> None:
    photos = evidence.read_photos([upload()]) if photo else []
    placing.place(author, point, Placed(day or clock.today()), photos)


def test_points_of_the_ward_are_chosen_once_each_with_a_code_of_its_own(made, author):
    one_stop = placed.point(made.units[lettered.WARD], "Bộ phận một cửa", PointKind.ONE_STOP)
    assert placing.choose(author, made.box, {one_stop.id, made.point.point_id}) == 1
    codes = [one.code for one in queries.points_of(made.box.id)]
    assert len(set(codes)) == 2
    assert placing.choose(author, made.box, {one_stop.id}) == 0


def test_points_of_another_ward_are_passed_over(made, author):
    theirs = placed.point(made.units["Xã bên"], "Nhà văn hóa xã bên", PointKind.CULTURAL_HOUSE)
    assert placing.choose(author, made.box, {theirs.id}) == 0


def test_a_new_point_joins_the_list_of_the_ward(made, author):
    added = placing.add(author, made.box, HOUSE)
    stored = session().scalars(select(Point).where(Point.name == HOUSE.name)).one()
    assert (added.point_id, stored.unit_id) == (stored.id, made.box.unit_id)


def test_a_name_that_is_taken_is_said_at_its_field(made, author):
    placing.add(author, made.box, HOUSE)
    with pytest.raises(Invalid) as caught:
        placing.add(author, made.box, HOUSE)
    assert set(caught.value.errors) == {"name"}


def test_a_point_counts_as_placed_with_its_photo_alone(made, author):
    [before] = pages.points_of(made.box)
    assert not before.is_shown
    with pytest.raises(Invalid) as caught:
        put_up(author, made.point, photo=False)
    assert set(caught.value.errors) == {"photos"}
    put_up(author, made.point)
    assert placing.lacking(made.box) == []


def test_a_day_ahead_is_no_day_on_which_it_was_put_up(made, author):
    with pytest.raises(Invalid) as caught:
        put_up(author, made.point, day=clock.today() + timedelta(days=1))
    assert set(caught.value.errors) == {"placed_on"}


def test_whoever_scanned_reads_the_last_signs_off_the_phone(made, author):
    with pytest.raises(Invalid):
        placing.try_out(author, made.point, "zzzz")
    placing.try_out(author, made.point, f"http://localhost/h/{lettered.POINT_CODE.upper()}")
    assert made.point.tested_on == clock.today()


def test_the_code_of_a_point_that_was_taken_down_still_takes_letters(made, author):
    placing.take_down(author, made.point, "Nhà văn hóa sửa chữa")
    assert queries.points_of(made.box.id) == []
    assert queries.by_code(lettered.POINT_CODE).takes


def test_a_point_hangs_again_under_its_old_code(made, author):
    placing.take_down(author, made.point, "Nhà văn hóa sửa chữa")
    assert placing.choose(author, made.box, {made.point.point_id}) == 1
    assert [one.code for one in queries.points_of(made.box.id)] == [lettered.POINT_CODE]


def test_taking_down_wants_a_reason(made, author):
    with pytest.raises(Invalid):
        placing.take_down(author, made.point, " ")


def test_nothing_is_hung_on_a_box_that_has_ended(made, author):
    with write() as current:
        current.refresh(made.box)
        made.box.rounds = (boxed.span(-9, -5), boxed.span(5, 9))
    MAILBOX.fire(author, made.box.id, "end", "Hết năm")
    with pytest.raises(Refused):
        placing.add(author, made.box, HOUSE)
