"""What a campaign asks of its units: by its plan, copied without days, changed by its owner."""

from dataclasses import replace
from datetime import date

import pytest

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Refused, Stale
from portal.features.campaigns import (
    copying,
    fieldwork,
    from_plans,
    history,
    plans,
    queries,
)
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.documents import letterheads, templates
from portal.features.documents.models import Document
from portal.features.documents.services import NewDocument
from portal.features.questionnaires import services as questionnaires
from portal.features.settings import services as settings
from portal.policy.roles import Duty, Role
from tests.support import carried, numbered, papers, surveyed
from tests.support.officials import PLACES, official

YEAR = clock.today().year + 1
ANSWERS = {
    "year": str(YEAR), "from": f"06/5/{YEAR}", "to": f"08/5/{YEAR}",
    "roster_due": f"04/5/{YEAR}", "report_due": f"20/6/{YEAR}",
    "zalo_link": "https://zalo.me/g/mau123",
}  # fmt: skip


@pytest.fixture
def place(app):
    return surveyed.province(PLACES)


@pytest.fixture
def author(place):
    questionnaires.load_library()
    numbered.letterhead(place, regime="party")
    return papers.worker(place)


@pytest.fixture
def owner(place):
    return official(place, Role.PROVINCE, Duty.DRAFT)


def of_template(author, code) -> Campaign:
    template, sheet = templates.find(code), letterheads.of(author.organisation_id)
    told = templates.suggested(template, sheet) | ANSWERS
    body = templates.fill(template, told, sheet)
    new = NewDocument(author.organisation_id, "ke_hoach", body, template_code=code)
    [campaign] = queries.of_plan(plans.begin(author, new, told).id)
    return campaign


def test_plan_001_asks_for_everything_by_its_own_days(author):
    rules = fieldwork.of(of_template(author, "khao_sat_pks03"))
    assert rules.team_head == "Phó bí thư thường trực đảng ủy"
    assert rules.roster_of == "cán bộ, hội viên Hội Nông dân"
    assert (rules.roster_due_on, rules.inspectors_due_on) == (date(YEAR, 5, 4), date(YEAR, 5, 4))
    assert rules.nominations_due_on == date(YEAR, 6, 20)
    assert (rules.nominations_min, rules.nominations_max) == (3, 5)
    assert (rules.band_low, rules.band_high) == (
        settings.number("band_low"), settings.number("band_high"),
    )  # fmt: skip
    assert rules.reports
    assert rules.first_day


def test_plan_002_has_another_head_and_no_band(author):
    rules = fieldwork.of(of_template(author, "khao_sat_pks07"))
    assert rules.team_head == "Trưởng khối dân vận"
    assert rules.roster_due_on == date(YEAR, 5, 4)
    assert rules.band_low is None


def test_plan_003_has_no_roster(author):
    rules = fieldwork.of(of_template(author, "khao_sat_pks01"))
    assert rules.team_head == "Chủ tịch công đoàn cơ quan cấp xã"
    assert (rules.roster_of, rules.roster_due_on) == ("", None)
    assert "roster" not in rules.objects


def test_the_form_of_a_plan_starts_with_the_same(author):
    campaign = of_template(author, "khao_sat_pks03")
    plan = session().get_one(Document, campaign.plan_id)
    assert from_plans.suggestion(plan)["work"] == fieldwork.of(campaign)


def test_a_copied_campaign_keeps_the_rules_without_the_days(place, owner):
    first = carried.carry_out(place)
    copied = copying.suggestion(first)["work"]
    assert copied == replace(carried.RULES, roster_due_on=None)


def test_a_change_is_stored_and_the_history_names_the_fields(place, owner):
    campaign = carried.carry_out(place)
    before = fieldwork.of(campaign)
    rules = replace(before, team_head="Bí thư đảng ủy", report_hour=20)
    fieldwork.change(owner, campaign, rules, fieldwork.version_of(campaign))
    assert fieldwork.of(campaign) == rules
    [event] = [one for one in history.history(campaign) if "yêu cầu" in one.what.message]
    assert set(event.fields) == {"tổ trưởng tổ công tác", "giờ báo cáo"}


def test_saving_the_same_again_is_no_change(place, owner):
    campaign = carried.carry_out(place)
    fieldwork.change(owner, campaign, fieldwork.of(campaign), fieldwork.version_of(campaign))
    assert not [one for one in history.history(campaign) if "yêu cầu" in one.what.message]


def test_whoever_saves_second_is_shown_what_is_stored(place, owner):
    campaign = carried.carry_out(place)
    seen = fieldwork.version_of(campaign)
    fieldwork.change(owner, campaign, replace(fieldwork.of(campaign), kickoff=True), seen)
    with pytest.raises(Stale) as stale:
        fieldwork.change(owner, campaign, Rules(team_head="Khác"), seen)
    assert Rules.of(stale.value.theirs).kickoff
    assert fieldwork.of(campaign).team_head == carried.RULES.team_head


def test_a_campaign_without_rules_gets_its_first(place, owner):
    campaign = surveyed.campaign(place)
    assert fieldwork.version_of(campaign) == 0
    fieldwork.change(owner, campaign, Rules(team_head="Chủ tịch"), 0)
    assert (fieldwork.of(campaign).team_head, fieldwork.version_of(campaign)) == ("Chủ tịch", 1)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"team_head": "x" * 201}, "team_head"), ({"objects": ("sach",)}, "objects"),
        ({"channels": ()}, "channels"), ({"channels": ("fax",)}, "channels"),
        ({"band_low": 90, "band_high": 50}, "band_low"), ({"band_low": None}, "band_low"),
        ({"report_hour": 24}, "report_hour"), ({"nominations_min": 6}, "nominations_min"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_at_its_field(place, owner, wrong, field):
    campaign = carried.carry_out(place)
    with pytest.raises(Invalid) as invalid:
        fieldwork.change(owner, campaign, replace(carried.RULES, **wrong), 1)
    assert field in invalid.value.errors


def test_after_the_report_nothing_is_asked_for_any_more(place, owner):
    campaign = carried.carry_out(place)
    with write():
        campaign.state = "reported"
    with pytest.raises(Refused):
        fieldwork.change(owner, campaign, Rules(), fieldwork.version_of(campaign))


def test_unknown_fields_of_an_older_time_are_dropped():
    assert Rules.of({"team_head": "A", "gone": 1, "objects": ["plan"]}).objects == ("plan",)
