"""From draft to closed: who moves a consultation on, and what has to be there first."""

import pytest

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Forbidden, Invalid, Refused
from portal.features.consultations import publishing, queries, standing
from portal.features.consultations import workflow as rules
from portal.features.consultations.drafting import Window
from portal.features.consultations.models import State, Track, TrackKind
from portal.features.consultations.publishing import Decision
from portal.features.consultations.standing import Standing
from portal.features.consultations.voice_models import VoiceIntake
from portal.features.consultations.workflow import CONSULTATION
from portal.policy.roles import Duty
from tests.support import cased, papers, voiced
from tests.support.cased import day


@pytest.fixture
def made(app):
    return cased.ward()


@pytest.fixture
def author(made):
    return made.actor()


def fired(author, one, *names) -> str:
    for name in names:
        CONSULTATION.fire(author, one.id, name, "Theo kế hoạch")
    return one.state


def ended(one) -> None:
    """Let its last day be yesterday."""
    with write():
        for track in one.tracks:
            track.opens_on, track.closes_on = day(-9), day(-1)


def wait(one) -> None:
    """Let somebody have sent a comment that is not delivered yet."""
    content = '{"agrees": [], "comments": [["", "Nên in cỡ chữ to hơn"]]}'
    with write() as current:
        current.add(VoiceIntake(key=b"k", consultation_id=one.id, day=day(-1), form_hash=b"f",
                                receipt_hash=b"r", content=content))  # fmt: skip


@pytest.fixture
def reported(made, author):
    one = made.published(author)
    ended(one)
    assert fired(author, one, "report") == "reported"
    return one


def test_it_is_published_when_every_warning_has_a_reason(made, author):
    one = made.case(author)
    with pytest.raises(Refused, match="Còn lưu ý chưa ghi lý do"):
        fired(author, one, "publish")
    cased.keep_all(author, one)
    assert fired(author, one, "publish") == "published"


def test_a_draft_without_a_frozen_version_is_not_put_before_people(app):
    made = cased.ward(publishes=False)
    author = made.actor()
    one = made.case(author)
    cased.keep_all(author, one)
    with pytest.raises(Refused, match="Dự thảo chưa có bản nào"):
        fired(author, one, "publish")


def test_days_that_are_over_ask_nobody(made, author):
    windows = {TrackKind.PUBLIC: Window(day(-30), day(-3))}
    one = made.case(author, windows=windows, sum_due_on=None, report_due_on=None)
    cased.keep_all(author, one)
    with pytest.raises(Refused, match="đều đã qua"):
        fired(author, one, "publish")


@pytest.mark.parametrize("name", ["publish", "cancel"])
def test_whoever_only_drafts_neither_publishes_nor_cancels(made, author, name):
    one = made.case(author)
    cased.keep_all(author, one)
    with pytest.raises(Forbidden):
        fired(made.actor(Duty.DRAFT), one, name)


def test_before_its_first_day_it_can_be_taken_back(made, author):
    windows = {TrackKind.PUBLIC: Window(day(2), day(30))}
    one = made.published(author, windows=windows, sum_due_on=None, report_due_on=None)
    assert fired(author, one, "withdraw") == "draft"
    with pytest.raises(Refused, match="không rút về bản nháp"):
        fired(author, made.published(author), "withdraw")


def test_it_is_not_reported_while_somebody_can_still_speak(made, author):
    one = made.published(author)
    with pytest.raises(Refused, match="Còn đang trong thời gian"):
        fired(author, one, "report")


def test_later_features_say_what_is_left_before_the_report(made, author, monkeypatch):
    monkeypatch.setattr(rules, "_before_report", [])
    rules.before_report(lambda _one: "Còn ý kiến chưa có giải trình.")
    one = made.published(author)
    ended(one)
    with pytest.raises(Refused, match="Còn ý kiến"):
        fired(author, one, "report")


def test_it_closes_when_the_decision_is_issued_and_the_answers_are_public(author, reported):
    with pytest.raises(Refused, match="Chưa ghi Quyết định"):
        fired(author, reported, "close")
    publishing.keep_decision(author, reported, Decision(None, "Quyết định số 12/QĐ-UBND", day(0)))
    with pytest.raises(Refused, match="Chưa công khai"):
        fired(author, reported, "close")
    publishing.open_answers(author, reported, cased.ADDRESS)
    assert fired(author, reported, "close") == "closed"


def test_a_decision_of_the_portal_gives_its_own_day(made, author, reported):
    cased.letterhead(made.host)
    paper = papers.issued(author, type_code="quyet_dinh")
    publishing.keep_decision(author, reported, Decision(paper.id, "", None))
    assert (reported.decision_id, reported.decided_on) == (paper.id, paper.dated_on)


def test_a_decision_needs_a_name_and_a_day_that_has_come(author, reported):
    for on in (day(3), day(-400)):
        with pytest.raises(Invalid) as invalid:
            publishing.keep_decision(author, reported, Decision(None, " ", on))
        assert set(invalid.value.errors) == {"name", "on"}


def test_only_a_decision_can_be_the_decision(made, author, reported):
    cased.letterhead(made.host)
    report = papers.issued(author, type_code="bao_cao")
    assert publishing.decisions(reported) == []
    with pytest.raises(Invalid) as invalid:
        publishing.keep_decision(author, reported, Decision(report.id, "", None))
    assert set(invalid.value.errors) == {"document_id"}


def test_what_is_closed_gets_no_other_decision_and_no_note(made, author, reported):
    publishing.keep_decision(author, reported, Decision(None, "Quyết định số 12/QĐ-UBND", day(0)))
    publishing.open_answers(author, reported, cased.ADDRESS)
    fired(author, reported, "close")
    with pytest.raises(Refused, match="đã kết thúc"):
        publishing.keep_decision(author, reported, Decision(None, "Quyết định khác", day(0)))
    with pytest.raises(Refused, match="đã kết thúc"):
        publishing.supervise(made.actor(body=made.front), reported, "Đã xem.")


def test_a_report_that_is_made_anew_takes_the_answers_back(author, reported):
    publishing.open_answers(author, reported, cased.ADDRESS)
    assert fired(author, reported, "resume") == "published"
    assert reported.answers_public_on is None
    assert (reported.report_id, reported.petition_id) == (None, None)


def test_what_was_sent_on_the_last_day_is_delivered_before_the_report(made, author):
    one = made.published(author)
    ended(one)
    wait(one)
    with pytest.raises(Refused, match="gửi ngày cuối"):
        fired(author, one, "report")
    voiced.next_morning()
    with pytest.raises(Refused, match="giải trình"):
        fired(author, one, "report")


def test_it_does_not_close_over_what_nobody_answered(made, author, reported):
    publishing.keep_decision(author, reported, Decision(None, "Quyết định số 12/QĐ-UBND", day(0)))
    publishing.open_answers(author, reported, cased.ADDRESS)
    wait(reported)
    with pytest.raises(Refused, match="gửi ngày cuối"):
        fired(author, reported, "close")


def test_answers_are_not_shown_before_the_report(made, author):
    with pytest.raises(Refused):
        publishing.open_answers(author, made.published(author), cased.ADDRESS)


def test_those_above_and_the_neighbours_know_of_it_once_it_is_published(made, author):
    above, one = made.actor(body=made.above), made.case(author)
    assert queries.get_visible(above, one.id) is None
    cased.keep_all(author, one)
    fired(author, one, "publish")
    assert queries.get_visible(above, one.id) is not None
    assert [each.id for each in queries.of_unit(one.unit_id)] == [one.id]
    fired(author, one, "cancel")
    assert queries.of_unit(one.unit_id) == []


@pytest.mark.parametrize(
    ("opens", "closes", "standing_", "left"),
    [(1, 3, "before", 0), (0, 0, "open", 0), (-3, 2, "open", 2), (-3, -1, "over", 0)],
)
def test_a_track_takes_comments_on_its_days_alone(opens, closes, standing_, left):
    track = Track(kind="public", opens_on=day(opens), closes_on=day(closes))
    where = standing.at(State.PUBLISHED, track, clock.today())
    assert (where.standing, where.days_left) == (Standing(standing_), left)
    assert not standing.at(State.DRAFT, track, clock.today()).takes
    assert standing.at(State.CANCELLED, track, clock.today()).standing is Standing.OVER
    assert standing.at(State.PUBLISHED, None, clock.today()).standing is Standing.NOT_THERE
