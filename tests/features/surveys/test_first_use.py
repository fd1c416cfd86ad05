"""When a code counts as used, and which codes are pointed out as never used."""

from datetime import date, timedelta

import pytest

from portal.core import clock
from portal.core.database import random_key, write
from portal.features.campaigns import code_queries, issuing
from portal.features.campaigns.models import QrCode
from portal.features.surveys import fold, unused
from portal.features.surveys.channels import Channel
from portal.features.surveys.models import Intake
from portal.policy.roles import Role
from tests.support import placed, surveyed
from tests.support.officials import PLACES, official

LINE = "5|khong|"


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def campaign(place):
    """Give one that has been open for six days and goes on."""
    made = surveyed.campaign(place, opens_in=-6, days=20)
    with write() as current:
        places = [(place[name].id, None) for name in ("Xã 1", "Xã 2", "Xã 3")]
        for code in issuing.issue(current, made.id, places):
            code.issued_on = None
    return made


@pytest.fixture
def village(place, campaign):
    made = placed.point(place["Xã 1"], "Thôn Đông")
    issue(campaign, place, made.id, days_ago=5)
    return made


@pytest.fixture
def province(place):
    return official(place, Role.PROVINCE)


def issue(campaign, place, point_id: int | None, days_ago: int) -> QrCode:
    with write() as current:
        [code] = issuing.issue(current, campaign.id, [(place["Xã 1"].id, point_id)])
        code.issued_on = clock.today() - timedelta(days=days_ago)
    return code


def own(campaign, place, name: str = "Xã 1", point_id: int | None = None) -> QrCode:
    code = code_queries.live(campaign.id, place[name].id, point_id, below=place["Tỉnh"].id)
    assert code is not None
    return code


def take(
    campaign, place, n: int, *, point_id: int | None = None, channel: Channel = Channel.QR,
    day: date | None = None,
) -> None:  # fmt: skip
    with write() as current:
        for _ in range(n):
            current.add(Intake(
                key=random_key(), campaign_id=campaign.id, unit_id=place["Xã 1"].id,
                day=day or clock.today(), choices=LINE, channel=channel, point_id=point_id,
            ))  # fmt: skip


def test_the_fold_notes_the_day_of_the_first_answers(campaign, place):
    take(campaign, place, 12)
    fold.fold_pending()
    assert own(campaign, place).used_on == clock.today()
    assert own(campaign, place, "Xã 2").used_on is None


def test_a_few_answers_note_nothing_before_they_are_folded(campaign, place):
    take(campaign, place, 9)
    fold.fold_pending()
    assert own(campaign, place).used_on is None


def test_a_point_is_used_by_its_own_answers_alone(campaign, place, village):
    take(campaign, place, 30, point_id=village.id)
    fold.fold_pending()
    assert own(campaign, place, point_id=village.id).used_on == clock.today()
    assert own(campaign, place).used_on is None


def test_paper_and_slips_use_no_code(campaign, place):
    take(campaign, place, 10, channel=Channel.PAPER)
    take(campaign, place, 10, channel=Channel.SLIP)
    fold.fold_pending()
    assert own(campaign, place).used_on is None


def test_the_first_day_stays(campaign, place, monkeypatch):
    take(campaign, place, 12)
    fold.fold_pending()
    first = own(campaign, place).used_on
    tomorrow = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: tomorrow)
    take(campaign, place, 12)
    fold.fold_pending()
    assert own(campaign, place).used_on == first


def test_answers_that_may_be_an_older_code_s_do_not_count_for_the_new_one(
    campaign, place, province
):
    take(campaign, place, 12)
    issuing.reissue(province, own(campaign, place), "bị xé")
    fold.fold_pending()
    assert own(campaign, place).used_on is None
    take(campaign, place, 12, day=clock.today() + timedelta(days=1))
    fold.fold_pending()
    assert own(campaign, place).used_on is not None


def test_the_seal_notes_nothing_of_the_few_that_are_left(campaign, place, monkeypatch):
    take(campaign, place, 3)
    surveyed.move_past(campaign, monkeypatch)
    fold.seal_closed()
    assert own(campaign, place).used_on is None


def test_codes_without_an_answer_are_pointed_out(campaign, place, province):
    take(campaign, place, 12)
    fold.fold_pending()
    assert unused.of(province, campaign) == {
        own(campaign, place, name).code for name in ("Xã 2", "Xã 3")
    }


def test_each_reader_is_told_of_what_it_reaches(campaign, place, village):
    commune = official(place, Role.COMMUNE, at="Xã 1")
    codes = {own(campaign, place).code, own(campaign, place, point_id=village.id).code}
    assert unused.of(commune, campaign) == codes


def test_a_unit_with_any_answer_is_not_pointed_out(campaign, place, province):
    take(campaign, place, 1)
    assert own(campaign, place).code not in unused.of(province, campaign)


def test_of_a_point_nothing_is_told_before_its_unit_is_folded(campaign, place, village, province):
    code = own(campaign, place, point_id=village.id).code
    take(campaign, place, 2)
    assert code not in unused.of(province, campaign)
    take(campaign, place, 20)
    fold.fold_pending()
    assert code in unused.of(province, campaign)


def test_a_code_of_yesterday_has_its_days_first(campaign, place, province):
    made = placed.point(place["Xã 1"], "Thôn Tây")
    code = issue(campaign, place, made.id, days_ago=2)
    assert code.code not in unused.of(province, campaign)


def test_days_between_rounds_do_not_count(campaign, place):
    code, today = own(campaign, place), clock.today()
    first = replace_span(campaign, today - timedelta(days=6), today - timedelta(days=5))
    later = replace_span(campaign, today - timedelta(days=1), today)
    assert unused.days_open(code, (first, later)) == 3


def replace_span(campaign, first: date, last: date):
    return campaign.all_rounds[0]._replace(first=first, last=last)


def test_before_the_opening_nothing_is_pointed_out(place, province):
    assert unused.of(province, surveyed.campaign(place, opens_in=2)) == frozenset()
