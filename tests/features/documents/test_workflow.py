"""From the draft to the issued paper: each step by who may, and what follows from it."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Forbidden, Invalid, Missing, Refused
from portal.features.audit.models import AuditEntry
from portal.features.documents import numbering, queries, services
from portal.features.documents.models import Document, Relation, State
from portal.features.documents.workflow import DOCUMENT
from portal.features.registers.models import EntryState, RegisterEntry
from portal.features.users.models import User
from portal.policy.roles import Duty, Role
from tests.support import numbered, papers, surveyed
from tests.support.officials import PLACES


@pytest.fixture
def place(app):
    made = surveyed.province(PLACES)
    numbered.letterhead(made, regime="party")
    return made


@pytest.fixture
def writer(place):
    return papers.worker(place)


@pytest.fixture
def draft(writer):
    return papers.draft(writer)


def at(draft, state, writer):
    return papers.bring(draft, state, writer)


def offered(actor, document):
    return {offer.transition.name: offer.refusal for offer in DOCUMENT.available(actor, document)}


@pytest.mark.parametrize(
    "missing",
    [
        {"summary": ""},
        {"sections": ()},
        {"signature": papers.Signature(titles="TRƯỞNG BAN")},
    ],
)
def test_what_lacks_summary_text_or_signer_is_not_submitted(writer, missing):
    draft = papers.draft(writer, **missing)
    assert offered(writer, draft)["submit"]
    with pytest.raises(Refused):
        DOCUMENT.fire(writer, draft.id, "submit")


def test_it_goes_from_hand_to_hand_and_every_step_is_on_the_record(draft, writer):
    at(draft, State.ISSUED, writer)
    said = select(AuditEntry.action).where(AuditEntry.subject_kind == "document")
    assert list(session().scalars(said.order_by(AuditEntry.number))) == [
        "document:created", "document:submit", "document:approve", "document:sign",
        "document:number", "document:issue",
    ]  # fmt: skip


def test_each_duty_is_offered_its_own_steps(place, draft, writer):
    hands = {duty: papers.worker(place, Role.PROVINCE, duty) for duty in papers.WORKS[:1]}
    assert set(offered(hands[Duty.DRAFT], draft)) == {"submit", "cancel"}
    at(draft, State.SUBMITTED, writer)
    assert set(offered(hands[Duty.DRAFT], draft)) == {"recall"}
    assert set(offered(writer, draft)) == {"recall", "approve", "return"}
    at(draft, State.NUMBERED, writer)
    assert set(offered(hands[Duty.DRAFT], draft)) == set()
    assert set(offered(writer, draft)) == {"issue", "void"}


def test_a_drafter_does_not_approve(place, draft, writer):
    drafter = papers.worker(place, Role.PROVINCE, Duty.DRAFT)
    at(draft, State.SUBMITTED, writer)
    with pytest.raises(Forbidden):
        DOCUMENT.fire(drafter, draft.id, "approve")


def test_another_unit_finds_no_draft(place, draft):
    numbered.letterhead(place, "Xã 1")
    with pytest.raises(Missing):
        DOCUMENT.fire(papers.worker(place, Role.COMMUNE), draft.id, "submit")


def test_signing_needs_a_copy_or_a_reason(draft, writer):
    at(draft, State.APPROVED, writer)
    with pytest.raises(Refused):
        services.sign(writer, draft)
    services.sign(writer, draft, "Bản ký lưu ở tủ hồ sơ")
    assert (draft.state, draft.signed_reason) == (State.SIGNED, "Bản ký lưu ở tủ hồ sơ")


def test_with_a_copy_no_reason_is_needed(draft, writer):
    at(draft, State.APPROVED, writer)
    services.attach_signed(writer, draft, "ban ky.pdf", papers.PDF)
    assert services.sign(writer, draft).state == State.SIGNED


def test_a_signature_does_not_outlive_a_return(draft, writer):
    at(draft, State.APPROVED, writer)
    services.attach_signed(writer, draft, "ban ky.pdf", papers.PDF)
    services.sign(writer, draft, "Ký số ở ngoài")
    DOCUMENT.fire(writer, draft.id, "return", "Sai tên xã")
    at(draft, State.APPROVED, writer)
    assert [file.kind for file in queries.files_of(draft.id)] == ["attachment"]
    with pytest.raises(Refused):
        services.sign(writer, draft)


def test_a_number_comes_with_date_format_and_place_in_the_register(draft, writer):
    at(draft, State.SIGNED, writer)
    day = clock.today() - timedelta(days=1)
    services.number(writer, draft, day=day, number=None)
    entry = session().scalars(select(RegisterEntry)).one()
    assert (draft.number, draft.dated_on, draft.number_text) == (1, day, "Số 01-KH/BCĐ")
    assert (entry.symbol, entry.document_id, entry.signer) == ("-KH/BCĐ", draft.id, "Lãnh đạo mẫu")
    assert queries.listed(writer, queries.Filter("01-kh khao sat")).total == 1


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 5, 20), "party-hd36"), (date(2026, 5, 27), "party-hd05")]
)
def test_the_format_is_the_one_in_force_on_the_date(draft, writer, day, code):
    with time_machine.travel(clock.day_start(date(2026, 5, 28)), tick=False):
        at(draft, State.SIGNED, writer)
        assert services.number(writer, draft, day=day, number=None).format_code == code


def test_spaces_do_not_get_into_the_symbol(writer):
    draft = papers.draft(writer, head=papers.Head(symbol="BCĐ - VP"))
    assert at(draft, State.NUMBERED, writer).number_text == "Số 01-KH/BCĐ-VP"


@pytest.mark.parametrize("days", [1, -400])
def test_a_date_to_come_or_long_gone_is_refused_and_takes_no_number(draft, writer, days):
    at(draft, State.SIGNED, writer)
    with pytest.raises(Invalid) as refused:
        services.number(writer, draft, day=clock.today() + timedelta(days=days), number=None)
    assert set(refused.value.errors) == {"day"}
    assert session().scalars(select(RegisterEntry)).all() == []


def test_a_date_before_the_approval_is_doubted(draft, writer):
    at(draft, State.SIGNED, writer)
    today = clock.today()
    assert numbering.doubts(draft, today, None) == ()
    assert len(numbering.doubts(draft, today - timedelta(days=1), None)) == 1


def test_a_date_before_that_of_an_earlier_number_is_doubted(draft, writer):
    papers.issued(writer)
    at(draft, State.SIGNED, writer)
    [doubt] = numbering.doubts(draft, clock.today() - timedelta(days=1), None)[1:]
    assert "01" in doubt.message % doubt.values


def test_a_refused_number_is_not_lost(place, draft, writer):
    at(draft, State.SIGNED, writer)
    drafter = papers.worker(place, Role.PROVINCE, Duty.DRAFT)
    with pytest.raises(Forbidden):
        services.number(drafter, draft, day=clock.today(), number=None)
    assert services.number(writer, draft, day=clock.today(), number=None).number == 1


def test_nothing_is_numbered_twice_or_before_it_is_signed(draft, writer):
    with pytest.raises(Refused):
        services.number(writer, draft, day=clock.today(), number=None)
    at(draft, State.NUMBERED, writer)
    with pytest.raises(Refused):
        services.number(writer, draft, day=clock.today(), number=None)
    assert len(session().scalars(select(RegisterEntry)).all()) == 1


def test_cancelling_a_numbered_paper_leaves_its_number_in_the_book_with_the_reason(draft, writer):
    at(draft, State.NUMBERED, writer)
    DOCUMENT.fire(writer, draft.id, "void", "Ghi nhầm ngày")
    entry = session().scalars(select(RegisterEntry)).one()
    assert (draft.state, entry.state, entry.reason) == (
        State.CANCELLED, EntryState.CANCELLED, "Ghi nhầm ngày",
    )  # fmt: skip
    assert at(papers.draft(writer), State.NUMBERED, writer).number == 2


def test_issuing_notes_the_moment(draft, writer):
    assert at(draft, State.ISSUED, writer).issued_at is not None


@pytest.mark.parametrize(
    "change",
    [
        "content = '{}'",
        "name = 'Khác'",
        "number = number + 1",
        "number = NULL, dated_on = NULL",
        "number_text = 'Số 9'",
        "dated_on = '2020-01-01'",
        "format_code = 'x'",
        "state = 'draft'",
    ],
)
def test_the_database_itself_keeps_an_issued_document(writer, change):
    document = papers.issued(writer)
    before = document.content
    with pytest.raises(DatabaseError, match="kept for good"), write() as current:
        current.execute(text(f"UPDATE documents SET {change}"))
    assert (document.state, document.content) == (State.ISSUED, before)


def test_the_database_keeps_a_numbered_document_from_being_deleted(draft, writer):
    at(draft, State.NUMBERED, writer)
    with pytest.raises(DatabaseError, match="kept for good"), write() as current:
        current.execute(text("DELETE FROM documents"))
    assert session().get(Document, draft.id) is not None


def test_the_services_do_not_touch_an_issued_document(writer):
    document = papers.issued(writer)
    with pytest.raises(Refused):
        services.save(writer, document, papers.Body(summary="Khác"), document.version)
    with pytest.raises(Refused):
        services.attach_signed(writer, document, "a.pdf", papers.PDF)
    assert set(offered(writer, document)) == {"send_on", "withdraw", "replace"}


def test_issuing_a_replacement_takes_the_earlier_one_out_of_force(writer):
    earlier = papers.issued(writer)
    later = papers.draft(writer, relation=Relation.REPLACES, refers_to_id=earlier.id)
    assert earlier.state == State.ISSUED
    at(later, State.ISSUED, writer)
    assert (earlier.state, later.state) == (State.REPLACED, State.ISSUED)
    assert [document.id for document in queries.referring_to(earlier.id)] == [later.id]


@pytest.mark.parametrize("relation", [Relation.AMENDS, Relation.CORRECTS])
def test_an_amended_or_corrected_document_stays_in_force(writer, relation):
    earlier = papers.issued(writer)
    papers.issued(writer, relation=relation, refers_to_id=earlier.id)
    assert earlier.state == State.ISSUED


def test_what_is_no_longer_in_force_cannot_be_amended(writer):
    earlier = papers.issued(writer)
    amending = papers.draft(writer, relation=Relation.AMENDS, refers_to_id=earlier.id)
    at(amending, State.NUMBERED, writer)
    DOCUMENT.fire(writer, earlier.id, "withdraw", "Ban hành nhầm")
    with pytest.raises(Refused, match="không còn hiệu lực"):
        services.issue(writer, amending)
    assert amending.issued_at is None


@pytest.mark.parametrize("state", [State.DRAFT, State.NUMBERED])
def test_only_what_is_issued_can_be_referred_to(draft, writer, state):
    at(draft, state, writer)
    with pytest.raises(Invalid) as refused:
        papers.draft(writer, relation=Relation.CORRECTS, refers_to_id=draft.id)
    assert set(refused.value.errors) == {"refers_to_id"}


def test_what_another_unit_issued_cannot_be_amended(place, writer):
    numbered.letterhead(place, "Xã 1")
    theirs = papers.issued(writer)
    with pytest.raises(Invalid):
        papers.draft(
            papers.worker(place, Role.COMMUNE), relation=Relation.AMENDS, refers_to_id=theirs.id
        )


@pytest.mark.parametrize("name", ["sign", "number", "replace"])
def test_what_needs_a_form_has_no_button_and_no_common_address(client, draft, writer, name):
    at(draft, State.APPROVED, writer)
    client.sign_in(session().get(User, writer.user_id))
    page = client.page("/dot-khao-sat")
    fields = page.form("Đăng xuất").fields
    assert page.send("post", f"/xu-ly/document/{draft.id}/{name}", fields).status == 404
    assert draft.state == State.APPROVED


def test_a_withdrawal_needs_a_reason_and_says_it_on_the_record(writer):
    document = papers.issued(writer)
    with pytest.raises(Refused):
        DOCUMENT.fire(writer, document.id, "withdraw")
    DOCUMENT.fire(writer, document.id, "withdraw", "Ban hành nhầm")
    last = session().scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (last.reason, json.loads(last.changes)) == (
        "Ban hành nhầm", {"state": ["issued", "withdrawn"]},
    )  # fmt: skip
