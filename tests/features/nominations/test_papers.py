"""The papers of a closed list, and what issuing the decision does to those on it."""

import pytest

from portal.core.errors import Refused
from portal.features.documents.body import Job
from portal.features.documents.models import State as Paper
from portal.features.documents.text import citations
from portal.features.documents.workflow import DOCUMENT
from portal.features.nominations import papers, queries, shortlist
from portal.features.nominations.models import State
from portal.features.tasks.models import State as TaskState
from tests.features.tasks.test_tasks import row, tasks
from tests.support import nominated, numbered, surveyed
from tests.support import papers as officials


@pytest.fixture
def place(app):
    made = surveyed.province(nominated.PLACES)
    numbered.letterhead(made)
    return made


@pytest.fixture
def campaign(place):
    return nominated.asked(place)


@pytest.fixture
def province(place):
    return officials.worker(place)


@pytest.fixture
def closed(place, campaign, province):
    found = nominated.shortlisted(place, campaign, 3, province)
    shortlist.close(province, campaign)
    return found


def states(campaign):
    return {one.state for one in queries.shortlisted(campaign.id)}


def test_papers_are_made_of_a_closed_list_alone(place, campaign, province):
    nominated.shortlisted(place, campaign, 3, province)
    with pytest.raises(Refused, match="chốt danh sách"):
        papers.draft(province, campaign, papers.PROPOSAL)


@pytest.mark.parametrize("type_code", [papers.PROPOSAL, papers.DECISION])
def test_a_paper_lists_those_on_it_and_is_made_once(campaign, province, closed, type_code):
    made = papers.draft(province, campaign, type_code)
    assert papers.draft(province, campaign, type_code).id == made.id
    [table] = made.body.appendices
    names = [line.split("\t")[1] for line in table.text.splitlines()]
    assert names == ["Tập thể, cá nhân", "Xã 1", "Xã 2", "Xã 3"]
    assert "03 tập thể" in made.content
    assert (made.type_code, made.organisation_id) == (type_code, province.organisation_id)


def test_the_decision_cites_the_proposal_and_goes_to_those_named(campaign, province, closed):
    proposal = papers.draft(province, campaign, papers.PROPOSAL)
    officials.bring(proposal, Paper.ISSUED, province)
    decision = papers.draft(province, campaign, papers.DECISION)
    assert any(proposal.symbol in basis for basis in decision.body.bases)
    names = [one.party.name for one in decision.body.recipients]
    assert names == ["Như Điều 2", "Ban Xã 1", "Ban Xã 2", "Ban Xã 3"]


def test_both_papers_cite_plan_and_proposal_in_full_as_the_portal_asks(place, campaign, province):
    nominated.plan(campaign, officials.issued(province, summary="khảo sát ý kiến người dân"))
    nominated.shortlisted(place, campaign, 3, province)
    shortlist.close(province, campaign)
    proposal = papers.draft(province, campaign, papers.PROPOSAL)
    assert "về khảo sát ý kiến người dân" in proposal.body.opening
    assert list(citations.mistakes(proposal.body)) == []
    officials.bring(proposal, Paper.ISSUED, province)
    decision = papers.draft(province, campaign, papers.DECISION)
    assert list(citations.mistakes(decision.body)) == []


def test_issuing_the_decision_awards_those_on_the_list_and_nobody_else(
    place, campaign, province, closed
):
    left_out = nominated.asked(place)
    other = papers.draft(province, campaign, papers.PROPOSAL)
    officials.bring(other, Paper.ISSUED, province)
    officials.issued(province, type_code="quyet_dinh")
    assert states(campaign) == {State.SHORTLISTED}
    decision = papers.draft(province, campaign, papers.DECISION)
    officials.bring(decision, Paper.ISSUED, province)
    assert states(campaign) == {State.AWARDED}
    assert {one.note for one in queries.shortlisted(campaign.id)} == {decision.number_text}
    assert queries.shortlisted(left_out.id) == []


def test_awarding_twice_changes_nothing(campaign, province, closed):
    decision = papers.draft(province, campaign, papers.DECISION)
    officials.bring(decision, Paper.ISSUED, province)
    DOCUMENT.fire(province, decision.id, "send_on")
    assert states(campaign) == {State.AWARDED}


def test_withdrawing_the_decision_takes_the_award_back(campaign, province, closed):
    decision = papers.draft(province, campaign, papers.DECISION)
    officials.bring(decision, Paper.ISSUED, province)
    DOCUMENT.fire(province, decision.id, "withdraw", "Có đơn phản ánh")
    assert states(campaign) == {State.SHORTLISTED}
    assert papers.draft(province, campaign, papers.DECISION).id != decision.id


def test_a_decision_that_replaces_it_takes_its_place(campaign, province, closed):
    first = papers.draft(province, campaign, papers.DECISION)
    officials.bring(first, Paper.ISSUED, province)
    second = officials.issued(
        province, type_code="quyet_dinh", relation="replaces", refers_to_id=first.id
    )
    assert queries.list_of(campaign.id).decision_id == second.id
    assert states(campaign) == {State.AWARDED}


def test_a_list_of_which_a_paper_stands_stays_closed(campaign, province, closed):
    paper = papers.draft(province, campaign, papers.PROPOSAL)
    with pytest.raises(Refused, match="hủy bản thảo"):
        shortlist.reopen(province, campaign, "Bổ sung")
    DOCUMENT.fire(province, paper.id, "cancel", "Bổ sung người")
    shortlist.reopen(province, campaign, "Bổ sung")


def test_closing_hands_the_provinces_task_in_and_opening_takes_it_back(place, campaign, province):
    to_us = row("thường xuyên", nominated.party(province), what="Đề xuất", job=Job.NOMINATION)
    plan = officials.issued(province, duties=(to_us,))
    nominated.plan(campaign, plan)
    nominated.shortlisted(place, campaign, 3, province)
    shortlist.close(province, campaign)
    assert [task.state for task in tasks(plan)] == [TaskState.SUBMITTED]
    shortlist.reopen(province, campaign, "Bổ sung")
    assert [task.state for task in tasks(plan)] == [TaskState.DOING]


def test_without_a_letterhead_nothing_is_drafted(app):
    place = surveyed.province(nominated.PLACES)
    campaign, province = nominated.asked(place), officials.worker(place)
    nominated.shortlisted(place, campaign, 3, province)
    shortlist.close(province, campaign)
    with pytest.raises(Refused, match="thể thức"):
        papers.draft(province, campaign, papers.DECISION)
