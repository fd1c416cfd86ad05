"""Drafts: made for one's own organ, saved without losing what another wrote, kept in versions."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from portal.core import clock
from portal.core.database import session
from portal.core.errors import Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.documents import queries, services
from portal.features.documents.body import Appendix, Body, Party, Recipient, Section
from portal.features.documents.models import Document, State
from portal.policy.roles import Role
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


def acts():
    return list(session().scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def written(body, text):
    [first, second] = body.sections
    return replace(body, sections=(first, replace(second, text=text)))


def test_a_draft_is_of_its_author_s_unit_and_in_the_format_of_its_organ_today(draft, writer):
    assert (draft.state, draft.unit_id, draft.author_id) == (
        State.DRAFT, writer.unit_id, writer.user_id,
    )  # fmt: skip
    assert draft.format_code.startswith("party")
    assert (draft.body, draft.name) == (papers.BODY, papers.BODY.summary)
    assert acts()[-1] == "document:created"


def test_a_draft_without_a_summary_is_listed_under_its_type(writer):
    assert papers.draft(writer, summary="").name == "Kế hoạch"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"type_code": "bai_tho"}, "type_code"),
        ({"relation": "replaces"}, "relation"),
        ({"relation": "loves", "refers_to_id": 1}, "relation"),
        ({"relation": "replaces", "refers_to_id": 999}, "refers_to_id"),
        ({"summary": "x" * 501}, "summary"),
        ({"sections": tuple(Section() for _ in range(501))}, "sections"),
        ({"sections": (Section(text="đ" * 600_000),)}, "content"),
    ],
)
def test_nonsense_is_refused_by_its_field(writer, given, field):
    with pytest.raises(Invalid) as refused:
        papers.draft(writer, **given)
    assert set(refused.value.errors) == {field}


def test_nobody_drafts_for_an_organ_without_letterhead_or_of_another_unit(place, writer):
    commune = papers.worker(place, Role.COMMUNE)
    for author, organ in ((commune, commune), (commune, writer)):
        new = services.NewDocument(organ.organisation_id, "ke_hoach", papers.BODY)
        with pytest.raises(Invalid) as refused:
            services.create(author, new)
        assert set(refused.value.errors) == {"organisation_id"}


def test_text_is_cleaned_and_every_part_keeps_an_id_of_its_own(writer):
    typed = Body(
        summary="  Kế hoa\u0323ch\n  mới ",
        sections=(Section("mot", text="a\u200b\r\nb\0"), Section("mot"), Section("<b>")),
        appendices=(Appendix("hai", text="STT\t  Xã \r\n1\tQuý\u00a0Sơn"),),
        bases=("Căn cứ Luật", "  "),
    )
    body = papers.draft(writer, body=typed).body
    assert (body.summary, body.bases) == ("Kế hoạch mới", ("Căn cứ Luật",))
    assert body.sections[0].text == "a\nb"
    assert body.sections[0].id == "mot"
    assert len({section.id for section in body.sections} - {"<b>"}) == 3
    assert body.appendices[0].text == "STT\tXã\n1\tQuý Sơn"


def test_cleaning_twice_changes_nothing(draft, writer):
    assert services.save(writer, draft, draft.body, 0).version == draft.version


def test_saving_keeps_the_text_and_raises_the_version(draft, writer):
    before = draft.version
    services.save(writer, draft, written(draft.body, "Mới"), before)
    assert draft.body.sections[1].text == "Mới"
    assert draft.version == before + 1


def test_who_saves_second_is_told_what_the_first_wrote(place, draft, writer):
    seen, theirs = draft.version, written(draft.body, "Của người khác")
    services.save(writer, draft, theirs, seen)
    with pytest.raises(Stale) as stale:
        services.save(writer, draft, written(theirs, "Của tôi"), seen)
    assert Body.from_json(str(stale.value.theirs["content"])) == theirs
    assert draft.body == theirs


def test_saving_the_same_text_again_is_no_conflict(draft, writer):
    seen, mine = draft.version, written(draft.body, "Như nhau")
    services.save(writer, draft, mine, seen)
    assert services.save(writer, draft, mine, seen).version == seen + 1


def test_a_submitted_text_stays_as_it_is_until_it_comes_back(draft, writer):
    papers.bring(draft, State.SUBMITTED, writer)
    with pytest.raises(Refused):
        services.save(writer, draft, written(draft.body, "Lén sửa"), draft.version)
    papers.DOCUMENT.fire(writer, draft.id, "return", "Thiếu mục")
    services.save(writer, draft, written(draft.body, "Đã bổ sung"), draft.version)
    assert (draft.state, draft.body.sections[1].text) == (State.RETURNED, "Đã bổ sung")


def save(author, draft, text):
    services.save(author, draft, written(draft.body, text), draft.version)


def test_a_stretch_of_writing_is_one_version_and_one_line_of_the_record(draft, writer, monkeypatch):
    start = clock.now().replace(minute=10, second=0)
    for minute in range(3):
        monkeypatch.setattr(clock, "now", lambda m=minute: start.replace(minute=10 + m))
        save(writer, draft, f"Phút {minute}")
    [last, *_] = queries.versions(draft.id)
    assert Body.from_json(last.content).sections[1].text == "Phút 2"
    assert len(queries.versions(draft.id)) <= 2
    assert acts().count("document:edited") <= 1


def test_a_new_version_begins_after_ten_minutes_and_when_another_writes(
    place, draft, writer, monkeypatch
):
    papers.later(monkeypatch, minutes=10)
    save(writer, draft, "Sau mười phút")
    other = papers.worker(place, Role.PROVINCE, *papers.WORKS[:1])
    save(other, draft, "Người khác")
    save(writer, draft, "Lại người đầu")
    by = [(version.number, version.saved_by_id) for version in queries.versions(draft.id)]
    assert by == [
        (4, writer.user_id), (3, other.user_id), (2, writer.user_id), (1, writer.user_id),
    ]  # fmt: skip
    assert Body.from_json(queries.version(draft.id, 3).content).sections[1].text == "Người khác"


def test_every_decision_ends_a_stretch_and_is_named_in_the_history(draft, writer):
    papers.bring(draft, State.APPROVED, writer)
    papers.DOCUMENT.fire(writer, draft.id, "return", "Sai ngày")
    save(writer, draft, "Đã sửa ngày")
    notes = [version.note for version in queries.versions(draft.id)]
    assert notes == ["", "Đã trả lại để sửa", "Đã duyệt", "Đã trình duyệt", ""]


def test_whether_a_copy_is_public_is_said_while_drafting_and_later(draft, writer):
    services.save(writer, draft, draft.body, draft.version, is_public=True)
    assert draft.is_public
    papers.bring(draft, State.ISSUED, writer)
    services.set_public(writer, draft, is_public=False)
    assert not draft.is_public
    assert acts().count("document:published") == 2


def test_remarks_hang_on_sections_and_are_dealt_with(draft, writer):
    on_section = services.discuss(writer, draft, "Ghi rõ ngày", "muc0002")
    on_lost = services.discuss(writer, draft, "Chung", "khong-co")
    services.resolve(writer, draft, on_section)
    assert [remark.node_id for remark in queries.comments(draft.id)] == ["muc0002", ""]
    assert on_section.resolved_at is not None
    assert on_lost.resolved_at is None
    assert queries.comment(draft.id + 1, on_lost.id) is None


@pytest.mark.parametrize("text", ["", "  \u200b ", "x" * 2001])
def test_an_empty_or_endless_remark_is_refused(draft, writer, text):
    with pytest.raises(Invalid):
        services.discuss(writer, draft, text)


def test_a_warning_is_lived_with_for_a_reason_that_can_be_changed(draft, writer):
    services.waive(writer, draft, "holiday:muc0002", "Đã thống nhất")
    services.waive(writer, draft, "holiday:muc0002", "Tỉnh đồng ý")
    assert queries.waivers(draft.id)["holiday:muc0002"].reason == "Tỉnh đồng ý"
    with pytest.raises(Invalid):
        services.waive(writer, draft, "holiday:muc0002", " ")


def test_nothing_is_remarked_on_what_is_issued(writer):
    document = papers.issued(writer)
    with pytest.raises(Refused):
        services.discuss(writer, document, "Muộn rồi")
    with pytest.raises(Refused):
        services.waive(writer, document, "x", "Muộn rồi")


def test_many_recipients_are_one_too_many_at_three_hundred_and_one(writer):
    crowd = tuple(Recipient(Party(f"Nơi {n}")) for n in range(301))
    with pytest.raises(Invalid) as refused:
        papers.draft(writer, recipients=crowd)
    assert "recipients" in refused.value.errors


def test_a_refused_draft_leaves_nothing_behind(writer):
    with pytest.raises(Invalid):
        papers.draft(writer, type_code="bai_tho")
    assert session().scalar(select(func.count(Document.id))) == 0
