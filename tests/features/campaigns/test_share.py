"""Invitations and prints name the days on which the code takes answers, and no others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.core import clock
from portal.features.campaigns import parts, queries, services, share
from portal.features.documents.deadlines import Span
from portal.policy.roles import Duty, Role
from tests.support import drafted, surveyed
from tests.support.officials import PLACES, official

TODAY = clock.today()
ROUNDS = tuple(Span(TODAY + timedelta(a), TODAY + timedelta(b)) for a, b in ((2, 4), (9, 9)))


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


def asked(place, **other):
    given = replace(drafted.given(drafted.version()), rounds=ROUNDS, **other)
    return services.create(official(place, Role.PROVINCE, Duty.DRAFT), given)


def test_the_days_between_two_rounds_are_not_promised(place):
    code = queries.live_code(asked(place).id, place["Xã 1"].id)
    text = share.invitation(code, "https://danchu.vn").text
    first, last, only = (clock.format_date(TODAY + timedelta(n)) for n in (2, 4, 9))
    if first[6:] == only[6:]:
        first, last = first[:5], last[:5]
    assert f"(từ {first} đến hết {last} và ngày {only})" in text
    assert share.poster(code, "https://danchu.vn", sample=False).rounds == ROUNDS


def test_a_unit_that_chose_its_round_invites_on_its_days_alone(place):
    campaign = asked(place, one_round=True)
    commune = official(place, Role.COMMUNE, Duty.DRAFT)
    part = parts.of_unit(campaign, place["Xã 1"].id, place["Tỉnh"].id)
    parts.arrange(commune, campaign, part, 2, "")
    code = queries.live_code(campaign.id, place["Xã 1"].id)
    day = clock.format_date(ROUNDS[1].first)
    assert f"(ngày {day})" in share.invitation(code, "https://danchu.vn").text
    assert share.poster(code, "https://danchu.vn", sample=False).rounds == ROUNDS[1:]
