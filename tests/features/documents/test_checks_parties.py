"""What is warned of when the portal knows none of the names; and only of a plan, not of minutes."""

from datetime import date

import pytest

from portal.features.documents.body import (
    Body,
    Duty,
    Level,
    Party,
    Recipient,
    Section,
    SectionRole,
)
from portal.features.documents.checks import Facts, warnings
from portal.features.documents.formats import format_of, type_of

HERE, GROUP = Party("Ban Tỉnh", organisation_id=1), Party("Các xã", group="commune:committee")
NAME, NOBODY = Party("Hội A"), Party()


def said(body):
    facts = Facts(today=date(2026, 11, 21))
    found = warnings(body, type_of("ke_hoach"), format_of("party-hd36"), facts)
    rules = {"unlinked", "unsent"}
    return [one.message % one.values for one in found if one.rule in rules]


def test_duties_led_by_names_alone_are_warned_of_once():
    duties = tuple(Duty(what="Họp", lead=lead) for lead in (NAME, NOBODY, Party("Hội B")))
    assert said(Body(duties=duties)) == [
        "2 việc chưa gắn với nơi nào trong Cổng nên không thành nhiệm vụ."
    ]


@pytest.mark.parametrize("leads", [(), (NOBODY,), (NAME, HERE), (GROUP, NAME)])
def test_duties_are_not_warned_of_if_one_is_tied_or_none_is_led(leads):
    assert said(Body(duties=tuple(Duty(lead=lead) for lead in leads))) == []


def test_recipients_without_an_inbox_are_warned_of():
    names = tuple(map(Recipient, (Party("Như kính gửi"), NAME)))
    assert said(Body(recipients=names)) == [
        "Chưa nơi nhận nào gắn với Cổng nên không ai nhận được văn bản này qua Cổng."
    ]


@pytest.mark.parametrize("parties", [(), (Party("Như trên"), NOBODY), (NAME, HERE), (GROUP,)])
def test_recipients_are_not_warned_of_if_one_is_tied_or_none_is_named(parties):
    assert said(Body(recipients=tuple(map(Recipient, parties)))) == []


@pytest.mark.parametrize(("type_code", "warned"), [("ke_hoach", True), ("bien_ban", False)])
def test_minutes_of_the_same_days_are_no_late_plan(type_code, warned):
    said = Section(
        level=Level.POINT, role=SectionRole.CONSULTATION_WINDOW,
        text="từ ngày 01/6/2026 đến hết ngày 05/6/2026",
    )  # fmt: skip
    facts = Facts(today=date(2026, 6, 3), dated_on=date(2026, 6, 3))
    body = Body(sections=(Section(level=Level.PART, heading="THỜI GIAN"), said))
    found = warnings(body, type_of(type_code), format_of("state-nd30"), facts)
    assert ("late" in {one.rule for one in found}) is warned
