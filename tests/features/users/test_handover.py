"""A seat changes hands: what is unfinished stays or moves, what is done keeps its name."""

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.core.errors import Invalid, Missing, Refused
from portal.features.audit import queries as records
from portal.features.documents import services as documents
from portal.features.documents.models import Document, DocumentComment, State
from portal.features.users import handover, queries, services
from portal.features.users.services import SignedIn, Wrong
from portal.policy.roles import Duty, Role
from tests.support import numbered, papers, surveyed

REASON = "Theo quyết định phân công"


@pytest.fixture
def place(app):
    made = surveyed.province({"Huyện A": ["Xã B"]})
    numbered.letterhead(made, "Xã B")
    return made


@pytest.fixture
def writer(place):
    return papers.worker(place, Role.COMMUNE, at="Xã B")


@pytest.fixture
def colleague(place):
    return surveyed.account(place, "Xã B", Role.COMMUNE, frozenset({Duty.DRAFT}))


def test_the_new_holder_keeps_the_seat_and_the_old_one_is_out(place, writer):
    name = writer.username
    _, old = services.reset_password(writer, writer.user_id)
    ticket = services.sign_in(name, old, None, "").token
    user, secret = handover.hand_over(writer, writer.user_id, "Lê Thị Mới", REASON)
    assert services.find_sign_in(ticket) is None
    assert isinstance(services.sign_in(name, old, None, ""), Wrong)
    assert isinstance(services.sign_in(name, secret, None, ""), SignedIn)
    assert (user.display_name, user.must_change_password) == ("Lê Thị Mới", True)


def test_drafts_stay_with_the_seat_and_done_work_under_the_old_name(place, writer):
    paper = papers.draft(writer)
    documents.discuss(writer, paper, "Ghi rõ ngày")
    handover.hand_over(writer, writer.user_id, "Lê Thị Mới", REASON)
    assert session().get_one(Document, paper.id).author_id == writer.user_id
    [remark] = session().scalars(select(DocumentComment))
    assert remark.author_name == writer.display_name
    entry = records.of_subject("account", writer.user_id)[0]
    assert (entry.action, entry.reason) == ("account:handed_over", REASON)
    assert writer.display_name in entry.changes


def test_unfinished_work_moves_to_a_colleague_and_finished_work_does_not(place, writer, colleague):
    open_paper, done = papers.draft(writer), papers.draft(writer)
    remark = documents.discuss(writer, open_paper, "Ghi rõ ngày")
    settled = documents.discuss(writer, open_paper, "Thừa dấu phẩy")
    documents.resolve(writer, open_paper, settled)
    papers.bring(done, State.ISSUED, writer)
    assert handover.work_of(writer.user_id) == {"drafts": 1, "comments": 1}
    moved = handover.move_work(writer, writer.user_id, colleague.id, REASON)
    assert moved == {"drafts": 1, "comments": 1}
    authors = {paper.id: paper.author_id for paper in session().scalars(select(Document))}
    assert authors == {open_paper.id: colleague.id, done.id: writer.user_id}
    assert session().get_one(DocumentComment, remark.id).author_id == colleague.id
    assert session().get_one(DocumentComment, settled.id).author_id == writer.user_id


def test_moving_is_on_the_record_of_both(place, writer, colleague):
    handover.move_work(writer, writer.user_id, colleague.id, REASON)
    for user_id in (writer.user_id, colleague.id):
        assert records.of_subject("account", user_id)[0].action == "account:work_moved"


def test_work_goes_to_a_colleague_of_the_same_unit_only(place, writer):
    stranger = surveyed.account(place, "Huyện A", Role.DISTRICT)
    with pytest.raises(Missing):
        handover.move_work(writer, writer.user_id, stranger.id, REASON)
    with pytest.raises(Missing):
        handover.move_work(writer, writer.user_id, writer.user_id, REASON)


@pytest.mark.parametrize(("name", "reason"), [("", REASON), ("Cán bộ Xã B", REASON), ("Mới", " ")])
def test_a_handover_needs_another_name_and_a_reason(place, writer, name, reason):
    with pytest.raises(Invalid):
        handover.hand_over(writer, writer.user_id, name, reason)


def test_a_closed_seat_is_not_handed_over(place, writer, colleague):
    services.deactivate(writer, colleague.id, "Nghỉ hưu")
    with pytest.raises(Refused):
        handover.hand_over(writer, colleague.id, "Người khác", REASON)
    assert queries.get(colleague.id).must_change_password is False
