"""The ballot day stands on lists, ballots and minutes: who may still change it, and when."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.core.errors import Invalid, Refused
from portal.features.audit.models import AuditEntry
from portal.features.ballots import services, voters
from portal.features.ballots.links import Head
from portal.features.ballots.models import Enterer
from portal.features.ballots.services import GroupInput
from tests.support import balloted
from tests.support.balloted import FIGURES, Balloted
from tests.support.cased import day

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def ward(app: object) -> Balloted:
    return balloted.ward()


def given(ward: Balloted, new: date, reason: str = "") -> GroupInput:
    group = ward.one
    return GroupInput(group.group, 100, new, group.printed, group.stamped, reason)


def change(ward: Balloted, new: date, reason: str = "") -> None:
    services.change(ward.author, ward.one, given(ward, new, reason), ward.one.version)


@pytest.mark.parametrize("who", list(Enterer))
def test_once_anybody_has_counted_the_day_stands(ward: Balloted, who: Enterer) -> None:
    ward.enter(who, FIGURES)
    with pytest.raises(Refused):
        services.choose_day(Head.of(ward.one), ward.one, day(1))
    with pytest.raises(Invalid) as caught:
        change(ward, day(1), "Mưa bão")
    assert set(caught.value.errors) == {"day"}
    assert ward.one.day == day(0)


def over(ward: Balloted, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)


def printed(ward: Balloted, _patch: pytest.MonkeyPatch) -> None:
    values = GroupInput(ward.one.group, 100, ward.one.day, 110, 100)
    services.change(ward.author, ward.one, values, ward.one.version)


def posted(ward: Balloted, _patch: pytest.MonkeyPatch) -> None:
    voters.note_download(ward.author, ward.one, "niem-yet")


@pytest.mark.parametrize("told", [over, printed, posted])
def test_a_day_that_people_were_told_is_changed_by_the_ward_with_a_reason(
    ward: Balloted, monkeypatch: pytest.MonkeyPatch, told
) -> None:
    before, after = day(0), day(1)
    told(ward, monkeypatch)
    with pytest.raises(Refused):
        services.choose_day(Head.of(ward.one), ward.one, after)
    with pytest.raises(Invalid) as caught:
        change(ward, after)
    assert set(caught.value.errors) == {"reason"}
    change(ward, after, "Mưa bão, tổ hoãn một ngày")
    assert ward.one.day == after
    entry = session().scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert entry is not None
    assert entry.reason == "Mưa bão, tổ hoãn một ngày"
    assert json.loads(entry.changes) == {"day": [before.isoformat(), after.isoformat()]}


def test_a_list_taken_away_as_a_table_tells_nobody_a_day(ward: Balloted) -> None:
    voters.note_download(ward.author, ward.one, "xlsx")
    services.choose_day(Head.of(ward.one), ward.one, day(1))
    assert ward.one.day == day(1)
