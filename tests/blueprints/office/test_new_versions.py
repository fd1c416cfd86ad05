"""A new version of a draft while people are asked about it: confirmed, told, and told of."""

import pytest

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid
from portal.features.consultations import agencies, agency_pages, agency_words, versions
from portal.features.regulations import queries
from tests.support import cased, renewed, voiced
from tests.support.answered import WORDS, invited, keep, send


@pytest.fixture
def begun(client, made, host, case):
    client.sign_in(made.user())
    version = renewed.begun(host, case.draft)
    return f"/du-thao/{case.draft_id}/ban/{version.number}"


def test_whoever_freezes_a_version_is_told_that_everybody_reads_it_from_now_on(client, begun):
    page = client.page(begun)
    assert "Chốt bản 2 khi đang lấy ý kiến?" in page.text
    assert "bà con và cơ quan đọc bản mới từ lúc này" in page.text


def test_what_is_different_must_be_said_while_people_are_asked(client, case, begun):
    page = client.page(begun).submit("Chốt bản 2", note=" ")
    assert page.status == 422
    assert "ghi bản này khác bản trước ở chỗ nào" in page.text
    assert queries.published(case.draft_id).number == 1
    page = page.submit("Chốt bản 2", note=renewed.NOTE)
    assert queries.published(case.draft_id).note == renewed.NOTE


def test_a_version_that_nobody_is_asked_about_needs_no_note(made):
    author = made.actor()
    version = renewed.begun(author, made.draft)
    versions.publish(author, version, "")
    assert version.is_announced


def test_without_a_note_the_service_refuses_under_its_field(host, case):
    version = renewed.begun(host, case.draft)
    with pytest.raises(Invalid) as refused:
        versions.publish(host, version, "\n")
    assert set(refused.value.errors) == {"note"}


@pytest.fixture
def answered(host, case, school):
    """Have an agency answer, and a new version come on the same day."""
    keep(school, **{voiced.CLAUSE: WORDS})
    send(school)
    voiced.version(case.draft_id, voiced.PROVISIONS, 2, clock.today())
    return school


def test_an_answer_on_an_older_version_is_marked_and_its_agency_is_told(
    client, made, host, case, answered
):
    client.sign_in(made.user())
    silent = invited(host, case, "Trạm Y tế phường")
    rows = agency_pages.tracker(host, case).rows
    assert {row.submission.id: row.outdated for row in rows} == {answered.id: 1, silent.id: None}
    assert "góp ý theo bản 1" in client.page(f"/lay-y-kien/{case.id}/co-quan").text
    assert "góp ý theo bản 1" in client.page(f"/lay-y-kien/{case.id}/co-quan/{answered.id}").text
    text = client.page(f"/cq/{agencies.secret_of(answered)}").text
    assert "Cơ quan góp ý theo bản 1; nay đã có bản 2." in text
    assert "nay đã có bản" not in client.page(f"/cq/{agencies.secret_of(silent)}").text


def test_an_answer_on_the_latest_version_is_not_marked(host, case, school):
    voiced.version(case.draft_id, voiced.PROVISIONS, 2, clock.today())
    send(school, agrees=True)
    assert [row.outdated for row in agency_pages.tracker(host, case).rows] == [None]


def test_an_answer_from_before_versions_were_noted_follows_from_its_day(host, case, school):
    send(school, agrees=True)
    with write():
        school.sent_version = None
    voiced.version(case.draft_id, voiced.PROVISIONS, 2, cased.day(1))
    assert [row.outdated for row in agency_pages.tracker(host, case).rows] == [1]


def test_reminders_tell_of_the_new_version(host, case, school):
    assert "bản mới" not in agency_pages.tracker(host, case).reminder
    voiced.version(case.draft_id, voiced.PROVISIONS, 2, clock.today())
    told = f"Dự thảo đã có bản mới: bản 2, công khai ngày {clock.format_date(clock.today())}."
    assert told in agency_pages.tracker(host, case).reminder
    assert told in agency_words.one_reminder(school, "")
