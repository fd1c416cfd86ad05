"""Agencies are asked once each, by links that can be revoked, and answer whole or by provision."""

import pytest
from sqlalchemy import select, update

from portal.core import clock, links
from portal.core.database import dialect, session, write
from portal.core.errors import Forbidden, Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.consultations import (
    agencies,
    agency_answers,
    agency_articles,
    agency_boxes,
    agency_names,
    agency_pages,
    agency_queries,
    agency_words,
    from_plans,
    publishing,
    services,
)
from portal.features.consultations.agencies import Invited
from portal.features.consultations.comments import Said
from portal.features.consultations.models import Submission, Track
from portal.features.documents.body import Job
from portal.features.tasks.models import Task
from portal.policy.roles import Duty
from tests.support import cased, voiced
from tests.support.answered import SCHOOL, WORDS, comments, invited, keep, send


def over(case) -> None:
    with write() as current:
        mine = Track.consultation_id == case.id, Track.kind == "agency"
        current.execute(update(Track).where(*mine).values(closes_on=cased.day(-1)))
    session().expire_all()


def test_each_agency_is_asked_once_with_a_link_of_its_own(made, host, case):
    known = [one.id for one in agency_queries.invitable(case)]
    assert made.front.id in known
    assert made.host.id not in known
    asked = agencies.invite(host, case, Invited([made.front.id], [SCHOOL, "trường thcs ngô quyền"]))
    assert len(asked) == 2
    assert len({agencies.secret_of(one) for one in asked}) == 2
    with pytest.raises(Invalid):
        agencies.invite(host, case, Invited([made.front.id], [SCHOOL.upper()]))
    again = agencies.invite(host, case, Invited(names=[made.front.name, "Trạm Y tế"]))
    assert [one.agency for one in again] == ["Trạm Y tế"]


def test_a_typed_name_of_a_known_body_is_that_body(made, host, case):
    [one] = agencies.invite(host, case, Invited(names=[made.front.name.lower()]))
    assert (one.organisation_id, one.agency) == (made.front.id, made.front.name)


def test_a_link_opens_until_it_is_revoked_or_given_anew(host, school):
    first = agencies.secret_of(school)
    assert agency_queries.by_link(first).id == school.id
    agencies.give_link(host, school)
    second = agencies.secret_of(school)
    assert agency_queries.by_link(first) is None
    assert agency_queries.by_link(second).id == school.id
    with pytest.raises(Invalid):
        agencies.revoke(host, school, " ")
    agencies.revoke(host, school, "Gửi nhầm người")
    assert agency_queries.by_link(second) is None
    assert agencies.secret_of(school) == ""
    reasons = session().scalars(select(AuditEntry.reason).order_by(AuditEntry.number.desc()))
    assert reasons.first() == "Gửi nhầm người"


def test_the_link_of_one_that_was_crossed_out_never_opens_the_next_ones_answer(host, case, school):
    number, first = school.id, agencies.secret_of(school)
    agencies.cross_out(host, school)
    next_one = invited(host, case, "Trạm Y tế")
    if dialect() == "sqlite":
        assert next_one.id == number
    assert agencies.secret_of(next_one) not in {first, ""}
    assert agency_queries.by_link(first) is None


def test_a_link_given_after_a_backup_was_restored_is_none_that_was_given_before(host, school):
    backup = {name: getattr(school, name) for name in ("link_number", "link_nonce", "token_hash")}
    agencies.give_link(host, school)
    lost = agencies.secret_of(school)
    with write() as current:
        current.execute(update(Submission).values(**backup))
    agencies.give_link(host, school)
    assert agency_queries.by_link(lost) is None


def test_a_link_from_before_there_were_random_signs_goes_on(school):
    with write():
        found = links.token(agency_queries.LINK, school.id, 1)
        school.link_nonce, school.token_hash = None, links.hashed(found)
    assert agencies.secret_of(school) == found
    assert agency_queries.by_link(found) is school


def test_names_that_mean_one_agency_are_told_and_the_first_writing_stays(made, host, case):
    names = ["Công an phường", "công an  phường", made.front.name.upper(), "Trạm Y tế"]
    asked = agencies.invite(host, case, Invited(names=names))
    assert {one.agency for one in asked} == {"Công an phường", made.front.name, "Trạm Y tế"}
    assert agency_names.merged(case, names) == [
        ("công an phường", "Công an phường"), (made.front.name.upper(), made.front.name),
    ]  # fmt: skip


def test_an_agency_is_renamed_by_whoever_asks_and_the_record_says_so(made, host, case, school):
    invited(host, case, "Trạm Y tế")
    secret = agencies.secret_of(school)
    agency_names.rename(host, school, "Trường THCS  Lê Lợi")
    assert (school.agency, agencies.secret_of(school)) == ("Trường THCS Lê Lợi", secret)
    assert agency_queries.by_name(case.id, "trường thcs lê lợi") is school
    last = session().scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
    assert (last.action, last.subject_name) == ("agency:renamed", "Trường THCS Lê Lợi")
    assert SCHOOL in last.changes
    agency_names.rename(host, school, "TRƯỜNG THCS Lê Lợi")
    for wrong in (" ", "a" * 201, "trạm y tế"):
        with pytest.raises(Invalid):
            agency_names.rename(host, school, wrong)
    with pytest.raises(Forbidden):
        agency_names.rename(made.actor(body=made.front), school, "Khác")


def test_a_link_opens_nothing_while_the_case_is_a_draft(made, host):
    [one] = agencies.invite(host, made.case(host), Invited(names=[SCHOOL]))
    assert agency_queries.by_link(agencies.secret_of(one)) is None


def test_only_whoever_brings_the_answers_together_asks(made, case):
    for other in (made.actor(body=made.front), made.actor(Duty.INSPECT)):
        with pytest.raises(Forbidden):
            agencies.invite(other, case, Invited(names=["Ai đó"]))


def test_an_agency_agrees_to_all_of_it_in_one_step(school):
    send(school, agrees=True)
    assert (school.state, school.agrees, school.sent_on) == ("sent", True, cased.day(0))
    assert comments() == []
    with pytest.raises(Refused):
        send(school, agrees=True)


def test_what_is_written_is_kept_and_becomes_comments_when_it_is_sent(school):
    keep(school, **{voiced.CLAUSE: WORDS, "whole": "Bố cục dài"})
    keep(school, **{voiced.FIRST: "Thêm đối tượng"})
    assert comments() == []
    assert [one.key for one in agency_answers.in_order(school)] == ["", voiced.FIRST, voiced.CLAUSE]
    send(school)
    stored = [(one.key, one.text, one.track, one.submission_id) for one in comments()]
    assert stored == [
        ("", "Bố cục dài", "agency", school.id),
        (voiced.FIRST, "Thêm đối tượng", "agency", school.id),
        (voiced.CLAUSE, WORDS, "agency", school.id),
    ]
    assert all(one.opinion_id for one in comments())
    assert not school.agrees


def test_agreeing_and_commenting_at_once_and_sending_nothing_are_refused(school):
    with pytest.raises(Invalid):
        send(school)
    keep(school, **{voiced.FIRST: "Thêm"})
    with pytest.raises(Invalid):
        send(school, agrees=True)
    assert school.state == "invited"


def test_two_people_of_one_agency_do_not_overwrite_each_other(school):
    shown = agency_answers.seen(school, [voiced.FIRST])
    agency_answers.keep(school, {voiced.FIRST: "Một"}, shown)
    with pytest.raises(Stale) as stale:
        agency_answers.keep(school, {voiced.FIRST: "Hai"}, shown)
    assert stale.value.theirs == {voiced.FIRST: "Một"}
    keep(school, **{voiced.CLAUSE: "Chỗ khác"})
    agency_answers.keep(school, {voiced.FIRST: "Hai"}, agency_answers.seen(school, [voiced.FIRST]))
    assert agency_answers.kept(school) == {voiced.FIRST: "Hai", voiced.CLAUSE: "Chỗ khác"}


def test_only_the_box_that_both_changed_is_a_conflict(school):
    keep(school, **{voiced.FIRST: "Cũ", voiced.CLAUSE: "Cũ"})
    keys = [voiced.FIRST, voiced.CLAUSE, voiced.POINT]
    shown = agency_answers.seen(school, keys)
    keep(school, **{voiced.CLAUSE: "Của người kia"})
    mine = {voiced.FIRST: "Của tôi", voiced.CLAUSE: "Cũ", voiced.POINT: ""}
    agency_answers.keep(school, mine, shown)
    assert agency_answers.kept(school) == {
        voiced.FIRST: "Của tôi", voiced.CLAUSE: "Của người kia",
    }  # fmt: skip
    with pytest.raises(Stale) as stale:
        agency_answers.keep(school, mine | {voiced.CLAUSE: "Của tôi"}, shown)
    assert stale.value.theirs == {voiced.CLAUSE: "Của người kia"}


def test_what_is_written_on_a_provision_that_a_version_drops_is_kept_and_sent(made, school):
    shown = agency_answers.seen(school, [voiced.CLAUSE])
    left = tuple(one for one in voiced.PROVISIONS if one[0] not in {voiced.CLAUSE, voiced.POINT})
    voiced.version(made.draft.id, left, number=2)
    agency_answers.keep(school, {voiced.CLAUSE: WORDS}, shown)
    page = agency_articles.article(school, voiced.SECOND)
    assert [(box.text, box.is_gone) for box in page.boxes if box.text] == [(WORDS, True)]
    [line] = agency_pages.answer(school).lines
    assert (line.place, line.article) == ("khoản 2 Điều 2", voiced.SECOND)
    send(school)
    assert [(one.key, one.text) for one in comments()] == [(voiced.CLAUSE, WORDS)]


def test_a_sending_that_somebody_changed_meanwhile_is_looked_at_again(school):
    keep(school, **{voiced.FIRST: "Một"})
    shown = agency_answers.seen(school)
    keep(school, **{voiced.FIRST: "Hai"})
    link = agency_answers.link_of(school)
    with pytest.raises(Stale):
        agency_answers.send(link, school, "", agrees=False, shown=shown)
    assert school.state == "invited"


def test_what_was_sent_is_taken_back_while_the_days_last(case, school):
    keep(school, **{voiced.CLAUSE: WORDS})
    send(school)
    agency_answers.take_back(agency_answers.link_of(school), school)
    assert (school.state, comments()) == ("invited", [])
    assert agency_answers.kept(school) == {voiced.CLAUSE: WORDS}
    send(school)
    over(case)
    with pytest.raises(Refused):
        agency_answers.take_back(agency_answers.link_of(school), school)
    assert len(comments()) == 1


def test_after_the_last_day_nothing_is_written_and_nothing_lost(case, school):
    keep(school, **{voiced.CLAUSE: WORDS})
    over(case)
    with pytest.raises(Refused):
        keep(school, **{voiced.CLAUSE: "Khác"})
    with pytest.raises(Refused):
        send(school)
    assert agency_answers.kept(school) == {voiced.CLAUSE: WORDS}


def test_a_text_that_is_too_long_is_refused_by_its_box(school):
    with pytest.raises(Invalid) as invalid:
        keep(school, **{voiced.CLAUSE: "a" * 20_000})
    assert list(invalid.value.errors) == [agency_boxes.field(voiced.CLAUSE)]


def test_a_table_is_kept_besides_what_is_there_and_not_twice(school):
    keep(school, **{voiced.CLAUSE: "Một"})
    said = [Said(voiced.CLAUSE, "Hai"), Said("", "Chung")]
    assert agency_answers.keep_more(school, said) == 2
    assert agency_answers.keep_more(school, said) == 0
    assert agency_answers.kept(school) == {voiced.CLAUSE: "Một\nHai", "": "Chung"}
    longer = [Said("", "Chung quy"), Said("", "Bỏ"), Said("", "Bỏ khoản này")]
    assert agency_answers.keep_more(school, longer[::-1]) == 3
    assert agency_answers.kept(school)[""] == "Chung\nBỏ khoản này\nBỏ\nChung quy"


def test_whoever_was_asked_by_mistake_is_crossed_out_unless_it_has_begun(host, case, school):
    [other] = agencies.invite(host, case, Invited(names=["Trạm Y tế"]))
    agencies.cross_out(host, other)
    agency_answers.opened(school)
    with pytest.raises(Refused):
        agencies.cross_out(host, school)
    assert [one.agency for one in agency_queries.listed(case.id)] == [SCHOOL]


def test_the_tracker_says_who_has_answered_and_the_reminder_names_the_others(host, case, school):
    [health] = agencies.invite(host, case, Invited(names=["Trạm Y tế"]))
    keep(health, **{voiced.CLAUSE: WORDS})
    send(school, agrees=True)
    page = agency_pages.tracker(host, case)
    assert [(row.submission.agency, row.word) for row in page.rows] == [
        ("Trạm Y tế", "Đang ghi"), (SCHOOL, "Nhất trí toàn bộ"),
    ]  # fmt: skip
    assert (page.answered, page.agreeing, page.where.days_left) == (1, 1, 3)
    assert "- Trạm Y tế" in page.reminder
    assert SCHOOL not in page.reminder
    assert agencies.remind(host, case) == 1
    assert (health.reminded_on, school.reminded_on) == (cased.day(0), None)


def test_the_invitation_has_the_link_and_the_last_day(school):
    link = agency_pages.secret_link(school, "https://danchu.example.vn/")
    text = agency_words.invitation(school, link)
    assert link.startswith("https://danchu.example.vn/cq/")
    assert link in text
    assert f"{cased.day(3):%d/%m/%Y}" in text


def test_an_account_is_told_what_its_own_body_is_asked(made, host, case):
    agencies.invite(host, case, Invited([made.front.id]))
    front = made.actor(body=made.front)
    [asked] = agency_queries.asked_of(front)
    assert asked.agency == made.front.name
    assert agency_queries.asked_of(host) == []
    send(asked, agrees=True)
    assert agency_queries.asked_of(front) == []


def test_the_duty_of_the_plan_begins_with_inviting_and_is_handed_in_with_the_last_answer(
    made, host
):
    cased.letterhead(made.host)
    plan = cased.plan(host, *(cased.day(n) for n in (0, 0, 4, 1, 6, 5, 6, 7, 9)))
    one = services.create(host, from_plans.suggestion(host, plan))
    cased.keep_all(host, one)
    publishing.publish(host, one, cased.ADDRESS)
    states = select(Task.state).where(Task.job == Job.AGENCIES)
    with write() as current:
        current.add(Task(
            document_id=plan.id, duty="viec", unit_id=one.unit_id, organisation_id=made.host.id,
            what="Lấy ý kiến cơ quan", job=Job.AGENCIES, changed_at=clock.now(),
        ))  # fmt: skip
    asked = agencies.invite(host, one, Invited(names=[SCHOOL, "Trạm Y tế"]))
    assert list(session().scalars(states)) == ["doing"]
    send(asked[0], agrees=True)
    assert list(session().scalars(states)) == ["doing"]
    send(asked[1], agrees=True)
    assert list(session().scalars(states)) == ["submitted"]
