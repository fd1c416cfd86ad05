"""Setting a consultation up, changing it, keeping its warnings, giving it more days."""

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.core.errors import Invalid, Refused, Stale
from portal.features.audit.models import AuditEntry
from portal.features.consultations import groups, publishing, queries, services, warnings
from portal.features.consultations.drafting import Group, Window, stored
from portal.features.consultations.models import TrackKind
from portal.features.publicity import queries as postings
from portal.policy.roles import Duty
from tests.support import cased, voiced
from tests.support.cased import day


@pytest.fixture
def made(app):
    return cased.ward()


@pytest.fixture
def author(made):
    return made.actor()


def codes(one) -> list[str]:
    return [each.code for each in warnings.of(one)]


def acts() -> list[str]:
    return list(session().scalars(select(AuditEntry.action).order_by(AuditEntry.number)))


def test_a_case_is_kept_as_it_was_entered(made, author):
    one = made.case(author)
    found = queries.get_visible(author, one.id)
    assert stored(found) == made.given()
    assert (found.state, found.organisation_id) == ("draft", made.host.id)
    assert queries.by_code(found.code.upper()).id == one.id


def test_editing_keeps_what_changed_and_refuses_whoever_looked_at_an_older_one(made, author):
    one = made.case(author)
    seen = one.version
    later = dict(made.given().windows) | {TrackKind.PUBLIC: Window(day(-1), day(30))}
    services.edit(author, one, made.given(windows=later, report_due_on=day(40)), seen)
    assert one.track("public").closes_on == day(30)
    assert acts()[-1] == "consultation:edited"
    with pytest.raises(Stale) as stale:
        services.edit(author, one, made.given(name="Tên khác"), seen)
    assert "public_days" in stale.value.theirs
    assert one.name == "Lấy ý kiến dự thảo Quy chế"


def test_saving_the_same_again_records_nothing(made, author):
    one = made.case(author)
    before = len(acts())
    services.edit(author, one, made.given(), one.version)
    assert len(acts()) == before


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " "}, "name"),
        ({"draft_id": 99}, "draft_id"),
        ({"windows": {}, "groups": ()}, "public_from"),
        ({"windows": {"agency": Window(day(3), day(1))}}, "agency_to"),
        ({"windows": {"household": Window(day(3), day(4), day(1), None)}}, "list_to"),
        ({"groups": ()}, "groups"),
        ({"groups": (Group("a" * 501),)}, "groups"),
        ({"sum_due_on": day(2)}, "sum_due_on"),
        ({"report_due_on": day(5)}, "report_due_on"),
        ({"windows": {"public": Window(day(0), day(900))}}, "public_to"),
    ],
)
def test_what_cannot_be_taken_is_named_by_its_field(made, author, changed, field):
    with pytest.raises(Invalid) as invalid:
        made.case(author, **changed)
    assert field in invalid.value.errors


def test_the_draft_of_another_unit_cannot_be_asked_about(made):
    neighbour = made.actor(body=made.above)
    with pytest.raises(Invalid):
        made.case(neighbour)


def test_the_days_of_plan_004_earn_their_warnings(made, author):
    one = made.case(author)
    assert codes(one) == ["days", "agency", "choice", "plan"]
    first = warnings.of(one)[0]
    assert (first.values["days"], first.values["due"]) == ("6", format_day(19))


def test_the_twenty_days_count_from_the_day_on_which_the_draft_became_public(made, author):
    windows = {TrackKind.PUBLIC: Window(day(-15), day(4))}
    [short, _] = warnings.found(windows, None, day(0))
    assert (short.code, short.values["days"], short.values["due"]) == ("days", "5", format_day(19))
    assert [one.code for one in warnings.found(windows, None, day(-20))] == ["plan"]


def format_day(n: int) -> str:
    return f"{day(n):%d/%m/%Y}"


def test_twenty_days_with_one_ballot_day_and_an_early_list_warn_of_the_plan_alone(made, author):
    windows = {
        TrackKind.AGENCY: Window(day(0), day(19)), TrackKind.PUBLIC: Window(day(0), day(19)),
        TrackKind.HOUSEHOLD: Window(day(18), day(18), day(10), day(18)),
    }  # fmt: skip
    one = made.case(author, windows=windows, sum_due_on=None, report_due_on=None)
    assert codes(one) == ["plan"]


def test_a_list_that_hangs_too_late_or_never_is_said(made, author):
    def of(*hangs):
        windows = {"household": Window(day(20), day(20), *hangs), "public": Window(day(0), day(20))}
        return [one.message for one in warnings.found(windows, None, day(0)) if one.code == "list"]

    assert of(day(20), day(20)) == [warnings.LIST_LATE]
    assert of() == [warnings.NO_LIST]
    assert of(day(19), day(20)) == []


def test_a_reason_belongs_to_the_days_for_which_it_was_given(made, author):
    one = made.case(author)
    cased.keep_all(author, one)
    assert warnings.left(one) == []
    windows = dict(made.given().windows) | {TrackKind.PUBLIC: Window(day(-1), day(8))}
    services.edit(author, one, made.given(windows=windows, report_due_on=day(9)), one.version)
    assert [each.code for each in warnings.left(one)] == ["days", "agency"]


def test_publishing_puts_the_draft_into_the_checklist_of_publicity(made, author):
    one = made.published(author)
    assert (one.state, one.published_on) == ("published", day(0))
    [posting] = postings.of_unit(None, one.unit_id)
    assert (posting.object, posting.channel, posting.to_on) == (
        "du_thao", "trang_tin_dien_tu", day(5),
    )  # fmt: skip
    assert postings.pieces(None)[posting.id] == 1


def test_an_address_that_nobody_outside_can_open_is_no_evidence(made, author):
    one = made.case(author)
    cased.keep_all(author, one)
    publishing.publish(author, one, "http://localhost/g/x")
    [posting] = postings.of_unit(None, one.unit_id)
    assert posting.id not in postings.pieces(None)


def test_a_published_case_is_only_prolonged(made, author):
    one = made.published(author)
    with pytest.raises(Refused):
        services.edit(author, one, made.given(), one.version)
    publishing.prolong(author, one, {"public": day(20), "report_due_on": day(25)}, "Mưa lũ")
    assert (one.track("public").closes_on, one.report_due_on) == (day(20), day(25))
    assert one.track("agency").closes_on == day(3)
    assert acts()[-1] == "consultation:prolonged"


def test_reasons_of_kept_warnings_outlive_more_days(made, author):
    one = made.published(author)
    before = {each.code: warnings.kept(one)[each.key] for each in warnings.of(one)}
    publishing.prolong(author, one, {"public": day(9), "report_due_on": day(25)}, "Mưa lũ")
    assert warnings.left(one) == []
    assert {each.code: warnings.kept(one)[each.key] for each in warnings.of(one)} == before


@pytest.mark.parametrize(
    ("days", "reason", "field"),
    [
        ({"public": day(4)}, "Ít việc", "public_to"),
        ({"report_due_on": day(6)}, "Ít việc", "report_due_on"),
        ({"public": day(20), "report_due_on": day(25)}, " ", "reason"),
        ({"public": day(20)}, "Mưa lũ", "report_due_on"),
    ],
)
def test_no_day_is_taken_away_and_the_report_still_comes_last(made, author, days, reason, field):
    one = made.published(author)
    with pytest.raises(Invalid) as invalid:
        publishing.prolong(author, one, days, reason)
    assert field in invalid.value.errors
    session().refresh(one)
    assert one.track("public").closes_on == day(5)


def test_a_draft_that_was_never_published_can_be_thrown_away(made, author):
    one = made.case(author)
    services.discard(author, one)
    assert queries.listed(author) == []
    with pytest.raises(Refused):
        services.discard(author, made.published(author))


def test_the_front_notes_what_it_saw(made, author):
    one = made.published(author)
    front = made.actor(Duty.DRAFT, body=made.front)
    publishing.supervise(front, one, "Niêm yết đủ, phát phiếu đúng ngày.")
    assert (one.supervised_by, one.supervised_on) == (front.display_name, day(0))
    with pytest.raises(Invalid):
        publishing.supervise(front, one, " ")


def test_groups_hang_on_articles_by_their_numbers(made):
    known = groups.articles(made.draft.id)
    assert known == {"1": voiced.FIRST, "2": voiced.SECOND}
    read = groups.read("Phạm vi | Điều 1\n\nMọi nội dung | điều 1 đến 2\nViệc khác\n", known)
    assert read == (
        Group("Phạm vi", (voiced.FIRST,)),
        Group("Mọi nội dung", (voiced.FIRST, voiced.SECOND)), Group("Việc khác"),
    )  # fmt: skip
    assert groups.written(read, made.draft.id).splitlines()[1] == "Mọi nội dung | Điều 1, 2"
    with pytest.raises(ValueError, match="không có Điều") as wrong:
        groups.read("Phạm vi\nHiệu lực | Điều 9", known)
    assert wrong.value.args[1:] == (2, "9")
