"""What a list of units would do, said before it is done."""

import csv
import io
from datetime import date

from sqlalchemy import func, select

from portal.core.database import session
from portal.features.org_units import crosswalk, listing, queries
from portal.features.org_units.listing import Fate
from portal.features.org_units.models import Unit
from portal.features.org_units.services import import_crosswalk, import_units

HEAD = "code,name,full_name,level,parent_code,valid_from,valid_to\n"
OLD = (
    "24,Bắc Giang,Tỉnh Bắc Giang,province,,,2025-06-30\n"
    "213,Bắc Giang,Thành phố Bắc Giang,district,24,,2025-06-30\n"
    "1,Ngô Quyền,Phường Ngô Quyền,commune,213,,2025-06-30\n"
)
NEW = (
    "24,Bắc Ninh,Tỉnh Bắc Ninh,tỉnh,,2025-07-01,\n"
    "1,Bắc Giang,Phường Bắc Giang,cấp xã,24,2025-07-01,\n"
)
DAY = date(2025, 7, 1)


def rows(text):
    return csv.DictReader(io.StringIO(HEAD + text))


def ids():
    found = session().scalars(select(Unit))
    return {unit.full_name: unit.id for unit in found}


def test_new_changed_ended_and_the_same_are_told_apart(app):
    import_units(rows(OLD.replace(",2025-06-30", ",")))
    text = OLD.replace("Phường Ngô Quyền,commune,213,,2025-06-30", "Phường NQ,commune,213,,")
    text = text.replace("213,Bắc Giang,Thành phố Bắc Giang,district,24,,2025-06-30",
                        "213,Bắc Giang,Thành phố Bắc Giang,district,24,,")  # fmt: skip
    found = listing.of(rows(text + "2,X,Xã X,commune,213,,\n"))
    assert found.counts == {Fate.ENDED: 1, Fate.CHANGED: 1, Fate.SAME: 1, Fate.ADDED: 1}


def test_looking_at_a_list_stores_nothing(app):
    listing.of(rows(OLD))
    assert session().scalar(select(func.count(Unit.id))) == 0


def test_one_list_may_end_the_old_units_and_begin_the_new_in_any_order(app):
    import_units(rows(OLD.replace(",2025-06-30", ",")))
    report = import_units(rows(NEW + OLD))
    assert (report.errors, report.added, report.ended) == ([], 2, 3)


def test_levels_may_be_written_as_people_say_them(app):
    assert not import_units(rows(NEW)).errors
    assert queries.current_by_code("1").level == "commune"


def test_a_list_that_was_looked_at_is_known_again_until_somebody_changes_the_units(app):
    before = listing.of(rows(OLD)).fingerprint
    assert listing.of(rows(OLD)).fingerprint == before
    import_units(rows(OLD))
    assert listing.of(rows(OLD)).fingerprint != before


def test_who_takes_over_reaches_what_lay_below_too(app):
    import_units(rows(OLD))
    import_units(rows(NEW))
    import_crosswalk(csv.DictReader(io.StringIO("old_code,new_code\n24,24\n")), day=DAY)
    found = ids()
    for below in ("Tỉnh Bắc Giang", "Thành phố Bắc Giang", "Phường Ngô Quyền"):
        assert queries.reaches(found["Tỉnh Bắc Ninh"], found[below])
    assert not queries.reaches(found["Phường Bắc Giang"], found["Phường Ngô Quyền"])


def test_old_units_without_an_end_get_one_and_those_that_go_on_do_not(app):
    import_units(rows(OLD.replace(",2025-06-30", ",") + "2,A,Xã A,commune,213,,\n"))
    table = [{"old_code": "1", "new_code": "2"}, {"old_code": "2", "new_code": "2"}]
    found = crosswalk.of(table, DAY)
    assert [unit.full_name for unit in found.ending] == ["Phường Ngô Quyền"]
    import_crosswalk(table, day=DAY)
    ends = dict(session().execute(select(Unit.code, Unit.valid_to)).all())
    assert (ends["1"], ends["2"]) == (date(2025, 6, 30), None)


def test_a_code_that_a_spreadsheet_shortened_is_understood(app):
    import_units(rows(OLD.replace("1,Ngô", "07207,Ngô") + NEW.replace("1,Bắc", "07210,Bắc")))
    table = [{"old_code": "7207", "new_code": "7210"}]
    assert not crosswalk.of(table, DAY).errors
