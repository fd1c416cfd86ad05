"""A plan brings its campaign, gives it its days, makes it ready, and alone may change them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.errors import Invalid, Refused
from portal.features.audit import queries as audit
from portal.features.campaigns import amending, drafting, plans, queries, services, tying
from portal.features.campaigns.amending import Kind
from portal.features.campaigns.phase import Phase, State
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.documents import letterheads, templates
from portal.features.documents import models as documents
from portal.features.documents import services as saving
from portal.features.documents.body import Level, Section, SectionRole
from portal.features.documents.deadlines import Span
from portal.features.documents.models import Relation
from portal.features.documents.services import NewDocument
from portal.features.documents.templates.repeating import again
from portal.features.documents.workflow import DOCUMENT
from portal.features.questionnaires import services as questionnaires
from portal.policy.roles import Duty, Role
from tests.support import drafted, numbered, papers, surveyed
from tests.support.officials import PLACES

OPENS = clock.today() + timedelta(days=20)
CLOSES = OPENS + timedelta(days=2)
TEMPLATE = "khao_sat_pks03"


def written(day):
    return clock.format_date(day)


def says(opens, closes):
    text = f"Từ ngày {written(opens)} đến hết ngày {written(closes)}."
    return Section("muc0003", Level.POINT, "Thời gian", text, SectionRole.SURVEY_WINDOW)


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    questionnaires.load_library()
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def author(place):
    return papers.worker(place)


def begin(author, opens=OPENS):
    """Begin a plan from the template, with its draft campaign."""
    closes = opens + timedelta(days=2)
    template, sheet = templates.find(TEMPLATE), letterheads.of(author.organisation_id)
    answers = templates.suggested(template, sheet) | {
        "year": str(opens.year), "from": written(opens), "to": written(closes),
        "roster_due": written(opens - timedelta(days=3)),
        "report_due": written(closes + timedelta(days=10)),
    }  # fmt: skip
    body = templates.fill(template, answers, sheet)
    new = NewDocument(author.organisation_id, "ke_hoach", body, template_code=TEMPLATE)
    return plans.begin(author, new, answers)


@pytest.fixture
def begun(author):
    return begin(author)


def only(document):
    [campaign] = queries.of_plan(document.id)
    return campaign


def issue(document, author):
    return papers.bring(document, documents.State.ISSUED, author)


def amended(author, plan, opens, closes):
    return papers.issued(
        author, relation=Relation.AMENDS, refers_to_id=plan.id, sections=(says(opens, closes),)
    )


def test_a_new_plan_brings_its_draft_campaign_everywhere(begun):
    campaign = only(begun)
    assert campaign.state == State.DRAFT
    assert (campaign.opens_on, campaign.closes_on) == (OPENS, CLOSES)
    assert campaign.name == f"PKS 03 năm {OPENS.year}"
    assert campaign.fallback_supporter == "Khối Dân vận cấp xã"
    assert len(queries.unit_ids(campaign.id)) == 3


def test_pressing_the_button_twice_makes_one_plan_and_one_campaign(begun, author):
    new = NewDocument(begun.organisation_id, "ke_hoach", begun.body, template_code=TEMPLATE)
    assert plans.begin(author, new, {}) is begun
    assert only(begun)


def test_those_who_make_no_campaigns_begin_a_plan_alone(place):
    numbered.letterhead(place, "Xã 1", regime="party")
    author = papers.worker(place, Role.COMMUNE)
    new = NewDocument(author.organisation_id, "ke_hoach", papers.BODY, template_code=TEMPLATE)
    assert queries.of_plan(plans.begin(author, new, {}).id) == []


def test_while_both_are_drafts_the_days_follow_the_plan(begun, author):
    later = says(OPENS + timedelta(days=7), CLOSES + timedelta(days=7))
    saving.save(author, begun, replace(begun.body, sections=(later,)), begun.version)
    campaign = only(begun)
    assert campaign.opens_on == OPENS + timedelta(days=7)
    assert audit.of_subject("campaign", campaign.id)[0].action == "campaign:edited"


def test_a_window_that_cannot_be_read_leaves_the_days(begun, author):
    nothing = Section("muc0003", text="Sẽ thông báo sau.", role=SectionRole.SURVEY_WINDOW)
    saving.save(author, begun, replace(begun.body, sections=(nothing,)), begun.version)
    assert only(begun).opens_on == OPENS


def test_issuing_makes_it_ready_though_the_clerk_approves_nothing(begun, author, place):
    papers.bring(begun, documents.State.NUMBERED, author)
    clerk = papers.worker(place, Role.PROVINCE, Duty.CLERK)
    saving.issue(clerk, begun)
    campaign = only(begun)
    assert campaign.phase == Phase.READY
    assert audit.of_subject("campaign", campaign.id)[0].action == "campaign:approve"


def test_the_clock_opens_it_and_closes_it(begun, author, monkeypatch):
    campaign = only(issue(begun, author))
    papers.later(monkeypatch, days=20)
    assert campaign.phase == Phase.OPEN
    papers.later(monkeypatch, days=3)
    assert campaign.phase == Phase.CLOSED


def test_it_is_not_approved_by_hand_before_its_plan_is_issued(begun, author):
    with pytest.raises(Refused, match="kế hoạch chưa ban hành"):
        CAMPAIGN.fire(author, only(begun).id, "approve")


def test_a_plan_whose_days_have_gone_by_is_not_issued(begun, author, monkeypatch):
    papers.bring(begun, documents.State.NUMBERED, author)
    papers.later(monkeypatch, days=40)
    with pytest.raises(Refused, match="Ngày kết thúc đã qua"):
        saving.issue(author, begun)
    assert begun.state == documents.State.NUMBERED


def test_its_form_refuses_other_days_than_the_plans(begun, author):
    campaign = only(begun)
    given = drafted.given(campaign.questionnaire_version)
    with pytest.raises(Invalid) as refusal:
        services.edit(author, campaign, given, campaign.version)
    assert "opens_on" in refusal.value.errors


def test_withdrawing_the_plan_takes_the_campaign_back_before_it_opens(begun, author):
    issue(begun, author)
    DOCUMENT.fire(author, begun.id, "withdraw", "Hoãn")
    assert only(begun).state == State.DRAFT
    assert queries.governing_plan(only(begun)) is None


def test_an_open_campaign_outlives_its_plan(begun, author, monkeypatch):
    issue(begun, author)
    papers.later(monkeypatch, days=21)
    DOCUMENT.fire(author, begun.id, "withdraw", "Hoãn")
    assert only(begun).phase == Phase.OPEN


def test_a_replacing_plan_takes_the_campaign_over_with_its_codes(begun, author):
    codes = {code.code for code in queries.codes(only(issue(begun, author)).id)}
    later = says(OPENS + timedelta(days=7), CLOSES + timedelta(days=7))
    new = papers.issued(
        author, relation=Relation.REPLACES, refers_to_id=begun.id, sections=(later,)
    )
    campaign = only(new)
    assert (campaign.phase, campaign.opens_on) == (Phase.READY, OPENS + timedelta(days=7))
    assert {code.code for code in queries.codes(campaign.id)} == codes


def change(campaign, *days, by, kind=Kind.MOVE, reason="Bão số 3"):
    """Change the days by hand, as the page does for those that a document says."""
    return amending.change_days(
        by[0], campaign, amending.Change(kind, by[1], reason, (Span(*days),))
    )


def test_days_change_only_by_an_issued_document_that_amends_the_plan(begun, author):
    campaign, last = only(issue(begun, author)), CLOSES + timedelta(days=3)
    other = papers.issued(author, summary="Văn bản khác")
    draft = papers.draft(author, relation=Relation.AMENDS, refers_to_id=begun.id)
    for cited in (other, draft, begun):
        with pytest.raises(Refused):
            change(campaign, OPENS, last, by=(author, cited))
    changing = amended(author, begun, OPENS, last)
    change(campaign, OPENS, last, by=(author, changing))
    assert campaign.closes_on == last
    assert [paper for _, paper in queries.changes_of(campaign.id)] == [changing]
    entry = audit.of_subject("campaign", campaign.id)[0]
    assert (entry.action, entry.reason) == ("campaign:window_changed", changing.number_text)
    assert "Bão số 3" in entry.changes


def test_without_a_plan_days_change_by_any_issued_document_of_the_unit(author, place):
    campaign = drafted.draft_by(author)
    CAMPAIGN.fire(author, campaign.id, "approve")
    last = campaign.closes_on + timedelta(days=3)
    numbered.letterhead(place, "Huyện A", regime="party")
    elsewhere = papers.issued(papers.worker(place, Role.DISTRICT))
    for cited in (papers.draft(author), elsewhere):
        with pytest.raises(Refused, match="đã ban hành của đơn vị"):
            change(campaign, campaign.opens_on, last, by=(author, cited))
    letter = papers.issued(author, summary="Gia hạn đợt khảo sát")
    change(campaign, campaign.opens_on, last, by=(author, letter))
    assert campaign.closes_on == last


def test_a_campaign_that_outlives_its_plan_is_changed_as_one_without(begun, author, monkeypatch):
    campaign = only(issue(begun, author))
    papers.later(monkeypatch, days=21)
    letter = papers.issued(author, summary="Gia hạn đợt khảo sát")
    assert letter not in queries.citable(campaign)
    DOCUMENT.fire(author, begun.id, "withdraw", "Hoãn")
    assert letter in queries.citable(campaign)


def test_the_days_are_those_that_the_document_says(begun, author):
    campaign = only(issue(begun, author))
    changing = amended(author, begun, OPENS, CLOSES + timedelta(days=3))
    with pytest.raises(Invalid):
        change(campaign, OPENS, CLOSES + timedelta(days=4), by=(author, changing))


def test_an_open_campaign_keeps_its_first_day_and_a_closed_one_both(begun, author, monkeypatch):
    campaign = only(issue(begun, author))
    one = timedelta(days=1)
    changing = amended(author, begun, OPENS + one, CLOSES + one)
    papers.later(monkeypatch, days=21)
    with pytest.raises(Invalid):
        change(campaign, OPENS + one, CLOSES + one, by=(author, changing))
    papers.later(monkeypatch, days=10)
    with pytest.raises(Refused):
        change(campaign, OPENS, CLOSES + timedelta(days=30), by=(author, changing))


def test_the_plan_of_another_year_brings_the_same_campaign_again(begun, author):
    issue(begun, author)
    year = OPENS.year + 1
    new = NewDocument(begun.organisation_id, "ke_hoach", again(begun, year).body, TEMPLATE)
    campaign = only(plans.repeat(author, new, begun))
    assert campaign.opens_on == OPENS.replace(year=OPENS.year + 1)
    assert campaign.name == f"PKS 03 năm {year}"
    assert len(queries.unit_ids(campaign.id)) == 3


def test_a_plan_issued_the_year_before_counts_from_its_own_days(author, monkeypatch):
    monkeypatch.setattr(drafting, "HORIZON", timedelta(days=1000))
    opens = OPENS + timedelta(days=365)
    plan = issue(begin(author, opens), author)
    body = again(plan, opens.year + 1).body
    new = NewDocument(plan.organisation_id, "ke_hoach", body, TEMPLATE)
    campaign = only(plans.repeat(author, new, plan))
    assert campaign.name == f"PKS 03 năm {opens.year + 1}"
    assert campaign.opens_on == opens.replace(year=opens.year + 1)


def planned(author, **given):
    return papers.draft(author, sections=(says(OPENS, CLOSES),), **given)


def test_a_campaign_of_its_own_is_tied_to_a_plan_and_takes_its_days(author):
    plan, campaign = planned(author), drafted.draft_by(author)
    tying.tie(author, campaign, plan)
    assert (campaign.plan_id, campaign.opens_on) == (plan.id, OPENS)
    issue(plan, author)
    assert campaign.phase == Phase.READY
    with pytest.raises(Refused):
        tying.tie(author, campaign, None)


def test_it_is_untied_again_and_then_approved_by_hand(author):
    plan, campaign = planned(author), drafted.draft_by(author)
    tying.tie(author, campaign, plan)
    tying.tie(author, campaign, None)
    assert campaign.plan_id is None
    CAMPAIGN.fire(author, campaign.id, "approve")
    issue(plan, author)
    assert audit.of_subject("campaign", campaign.id)[0].action == "campaign:approve"


def test_a_campaign_made_by_a_plan_has_the_plan_s_days_whatever_was_typed(author):
    plan = planned(author)
    campaign = tying.create(author, drafted.given(drafted.version()), plan)
    assert (campaign.plan_id, campaign.opens_on, campaign.closes_on) == (plan.id, OPENS, CLOSES)


def test_a_campaign_is_tied_to_nothing_but_a_plan_of_its_unit_that_says_when(author, place):
    campaign, plan = drafted.draft_by(author), papers.issued(author)
    cancelled = planned(author)
    DOCUMENT.fire(author, cancelled.id, "cancel", "Thôi")
    amending = planned(author, relation=Relation.AMENDS, refers_to_id=plan.id)
    numbered.letterhead(place, "Huyện A", regime="party")
    elsewhere = planned(papers.worker(place, Role.DISTRICT))
    report = planned(author, type_code="bao_cao")
    for wrong in (plan, cancelled, amending, elsewhere, report):
        with pytest.raises(Refused):
            tying.tie(author, campaign, wrong)
    assert campaign.plan_id is None


def test_what_can_be_chosen_is_what_can_be_tied(author):
    every = [planned(author), planned(author, type_code="bao_cao"), papers.issued(author)]
    offered = queries.plans_of(author.unit_id)
    assert offered == [one for one in every[::-1] if queries.is_plan(one, author.unit_id)]
