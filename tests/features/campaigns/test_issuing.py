"""Codes of points and the tick of a scan, below the pages."""

from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused
from portal.features.audit.models import AuditEntry
from portal.features.campaigns import code_queries, issuing, queries, services
from portal.features.campaigns.code_list import Show, Wanted, code_list
from portal.policy.roles import Role
from tests.support import drafted, placed, surveyed
from tests.support.officials import PLACES, official


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def province(place):
    return official(place, Role.PROVINCE)


@pytest.fixture
def village(place):
    return placed.point(place["Xã 1"], "Thôn Đông")


@pytest.fixture
def campaign(place):
    return drafted.announced(place)


def unit_code(campaign, place, name="Xã 1"):
    return services.live_code(campaign.id, place[name].id)


def test_a_point_gets_one_live_code_and_it_is_on_record(province, campaign, village):
    assert issuing.issue_for_points(province, campaign, [village]) == 1
    assert issuing.issue_for_points(province, campaign, [village]) == 0
    [code] = code_queries.of_points(campaign.id)
    assert (code.unit_id, code.issued_on) == (village.unit_id, clock.today())
    assert session().query(AuditEntry).filter_by(action="code:issued").count() == 1


def test_a_point_where_nobody_is_asked_gets_none(place, province, village):
    elsewhere = surveyed.campaign(place)
    with write() as current:
        current.query(code_queries.CampaignUnit).filter_by(unit_id=village.unit_id).delete()
    assert issuing.issue_for_points(province, elsewhere, [village]) == 0


def test_a_point_that_has_ended_is_offered_no_more(place, village):
    with write():
        village.valid_to = clock.today() - timedelta(days=1)
    assert code_queries.points_at([place["Xã 1"].id]) == []


def test_after_the_close_no_code_is_made_or_ticked(place, province, campaign, village, monkeypatch):
    code = unit_code(campaign, place)
    surveyed.move_past(campaign, monkeypatch)
    with pytest.raises(Refused):
        issuing.issue_for_points(province, campaign, [village])
    with pytest.raises(Refused):
        issuing.tick(province, code, code.code)


def test_codes_of_points_are_no_codes_of_units(place, province, campaign, village):
    before = [code.code for code in queries.codes(campaign.id)]
    own = unit_code(campaign, place).code
    issuing.issue_for_points(province, campaign, [village])
    assert [code.code for code in queries.codes(campaign.id)] == before
    assert unit_code(campaign, place).code == own


@pytest.mark.parametrize("typed", ["{last}", "{code}", "HTTP://LOCALHOST/{code}/", "{a}-{last}"])
def test_a_tick_takes_the_end_of_the_address_however_it_is_typed(place, province, campaign, typed):
    code = unit_code(campaign, place)
    a, last = code.code[:4], code.code[4:]
    issuing.tick(province, code, typed.format(code=code.code, a=a, last=last.upper()))
    assert (code.tested_on, code.tested_by) == (clock.today(), province.display_name)


@pytest.mark.parametrize(
    "typed", ["", " ", "{short}", "x{code}", "{a}", "zzzz", "!!!!", "{code}zz"]
)
def test_a_tick_refuses_whatever_else_is_typed(place, province, campaign, typed):
    code = unit_code(campaign, place)
    a, short = code.code[:4] + "x", code.code[-3:]
    with pytest.raises(Invalid):
        issuing.tick(province, code, typed.format(code=code.code, a=a, short=short))
    assert code.tested_on is None


def test_a_new_code_has_to_be_tried_again(place, province, campaign):
    code = unit_code(campaign, place)
    issuing.tick(province, code, code.code)
    assert issuing.reissue(province, code, "bị xé").tested_on is None


def test_the_list_keeps_a_unit_for_the_sake_of_its_points(place, province, campaign, village):
    issuing.issue_for_points(province, campaign, [village])
    [point] = code_queries.of_points(campaign.id)
    found = code_list(province, campaign, Wanted(show=Show.UNUSED), {point.code})
    [row] = found.groups[0].rows
    assert (row.kept, [each.code for each in row.points]) == (False, [point.code])


def test_a_long_list_only_counts_the_points(place, province, campaign, village, monkeypatch):
    monkeypatch.setattr("portal.features.campaigns.code_list.FEW", 1)
    issuing.issue_for_points(province, campaign, [village])
    row = code_list(province, campaign, Wanted()).groups[0].rows[0]
    assert (row.points, row.hidden) == ((), 1)
    district = code_list(province, campaign, Wanted(district=place["Huyện A"].id))
    assert len(district.groups[0].rows[0].points) == 1


def test_a_point_is_found_by_its_name_and_by_its_code(province, campaign, village):
    issuing.issue_for_points(province, campaign, [village])
    [point] = code_queries.of_points(campaign.id)
    for words in ("thon dong", "ĐÔNG thôn", point.code):
        [group] = code_list(province, campaign, Wanted(words=words)).groups
        assert [each.code for row in group.rows for each in row.points] == [point.code]
