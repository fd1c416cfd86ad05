"""What each of the five plans says becomes its draft campaign, or the start of one."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.database import session
from portal.features.campaigns import drafting, from_plans, plans, queries
from portal.features.documents import beginning, letterheads, templates
from portal.features.documents.deadlines import Span
from portal.features.documents.services import NewDocument
from portal.features.org_units.models import Unit
from portal.features.questionnaires import drafts
from portal.features.questionnaires import services as questionnaires
from tests.support import numbered, papers, surveyed
from tests.support.composing import FULL, Author
from tests.support.officials import PLACES

YEAR = clock.today().year + 1


def day(month: int, number: int) -> date:
    return date(YEAR, month, number)


ANSWERS = {
    "year": str(YEAR), "from": f"06/5/{YEAR}", "to": f"08/5/{YEAR}",
    "roster_due": f"04/5/{YEAR}", "report_due": f"20/6/{YEAR}", "install_due": f"20/01/{YEAR}",
    "posted_on": f"01/5/{YEAR}", "list_from": f"02/6/{YEAR}", "list_to": f"07/6/{YEAR}",
    "ballot_on": f"06/6/{YEAR}", "ballot_or": f"07/6/{YEAR}", "sum_due": f"08/6/{YEAR}",
    "zalo_link": "https://zalo.me/g/mau123",
}  # fmt: skip


@pytest.fixture
def author(app):
    place = surveyed.province(PLACES)
    questionnaires.load_library()
    numbered.letterhead(place, regime="party")
    return papers.worker(place)


def begin(author, code, **answers):
    template, sheet = templates.find(code), letterheads.of(author.organisation_id)
    told = templates.suggested(template, sheet) | ANSWERS | answers
    body = templates.fill(template, told, sheet)
    new = NewDocument(author.organisation_id, "ke_hoach", body, template_code=code)
    return plans.begin(author, new, told)


def campaign_of(author, code, **answers):
    [campaign] = queries.of_plan(begin(author, code, **answers).id)
    return campaign


def way(campaign) -> list[str]:
    return [":".join(step) for step in queries.way_of(campaign.id)]


def test_plan_001_asks_three_days_against_the_visits(author):
    campaign = campaign_of(author, "khao_sat_pks03")
    assert campaign.all_rounds == (Span(day(5, 6), day(5, 8)),)
    assert campaign.denominator == "visits"
    assert campaign.fallback_supporter == "Khối Dân vận cấp xã"
    assert way(campaign) == [
        "commune:working_team", "province:farmers", "province:mass_mobilisation",
    ]  # fmt: skip


def test_plan_002_asks_in_groups_whose_address_is_kept(author):
    campaign = campaign_of(author, "khao_sat_pks07")
    assert campaign.zalo_group == ANSWERS["zalo_link"]
    assert "district:mass_mobilisation" in way(campaign)


def test_what_a_plan_leaves_open_is_left_open(author):
    campaign = campaign_of(author, "khao_sat_pks07", fallback="", zalo_link="")
    assert (campaign.zalo_group, campaign.fallback_supporter) == ("", "")


def test_plan_003_asks_one_day_against_the_headcount(author):
    campaign = campaign_of(author, "khao_sat_pks01", to=ANSWERS["from"])
    assert campaign.all_rounds == (Span(day(5, 6), day(5, 6)),)
    assert campaign.denominator == "headcount"


def test_plan_000_asks_in_four_rounds_with_gaps(author):
    rounds = f"22/01/{YEAR} – 25/3/{YEAR}\n01/4/{YEAR} – 25/6/{YEAR}\n" \
             f"01/7/{YEAR} – 25/9/{YEAR}\n01/10/{YEAR} – 25/12/{YEAR}"  # fmt: skip
    campaign = campaign_of(author, "hom_thu_gop_y", rounds=rounds)
    assert [one.first for one in campaign.all_rounds] == [
        day(1, 22), day(4, 1), day(7, 1), day(10, 1),
    ]  # fmt: skip
    assert not campaign.one_round


def test_plan_004_orders_a_consultation_and_no_campaign(author):
    assert queries.of_plan(begin(author, "lay_y_kien_du_thao").id) == []


@pytest.mark.parametrize(
    "code", [one.code for one in templates.available() if one.campaign], ids=str
)
def test_the_form_starts_with_what_the_plan_says_though_nobody_answers_again(author, code):
    plan = begin(author, code)
    [campaign] = queries.of_plan(plan.id)
    start = from_plans.suggestion(plan)
    for name in ("rounds", "one_round", "denominator", "name", "version_id", "supporter"):
        assert start[name] == getattr(campaign, name)
    assert start["steps"] == queries.way_of(campaign.id)


def test_a_plan_written_elsewhere_is_known_by_the_one_form_it_names(author):
    plan = papers.draft(author, summary="khảo sát theo phiếu PKS 07")
    start = from_plans.suggestion(plan)
    assert start["name"] == f"PKS 07 năm {clock.today().year}"
    both = papers.draft(author, summary="khảo sát theo phiếu PKS 07 và PKS 01")
    assert from_plans.suggestion(both) == {}


def test_a_code_means_the_own_form_then_that_of_a_unit_above_then_the_shipped_one(author):
    above, below = Author(author.unit_id), Author(surveyed_unit("Xã 3"))
    shipped = queries.asked_by(below.unit_id, "PKS07")
    written(below)
    assert queries.asked_by(above.unit_id, "PKS07") == shipped
    own = written(above)
    assert campaign_of(author, "khao_sat_pks07").version_id == own.id
    assert queries.asked_by(surveyed_unit("Xã 1"), "PKS 07") == own
    assert queries.asked_by(below.unit_id, "PKS07").questionnaire.unit_id == below.unit_id
    drafts.archive(above, own.questionnaire)
    assert queries.asked_by(above.unit_id, "PKS07") == shipped


def written(writer):
    draft = drafts.create(writer, "PKS 07", "Mẫu của đơn vị", FULL)
    return drafts.freeze(writer, draft, draft.version)


def surveyed_unit(name):
    return session().scalar(select(Unit.id).where(Unit.full_name == name))


def test_last_year_s_plan_brings_its_rounds_and_way_again(author, monkeypatch):
    monkeypatch.setattr(drafting, "HORIZON", timedelta(days=1000))
    from_year = begin(author, "khao_sat_pks03")
    [before] = queries.of_plan(from_year.id)
    body = templates.again(from_year, YEAR + 1).body
    new = NewDocument(author.organisation_id, "ke_hoach", body, "khao_sat_pks03")
    [campaign] = queries.of_plan(plans.repeat(author, new, from_year).id)
    assert queries.way_of(campaign.id) == queries.way_of(before.id)
    assert campaign.denominator == "visits"


def test_a_second_survey_of_a_name_is_told_from_the_first(author, monkeypatch):
    first = campaign_of(author, "khao_sat_pks03")
    monkeypatch.setattr(beginning, "TWICE", timedelta(0))
    assert campaign_of(author, "khao_sat_pks03").name == f"{first.name}, lần 2"
