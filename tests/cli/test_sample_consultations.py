"""The sample's consultations: one runs, one waits for its reasons, and none ends by itself."""

from datetime import timedelta

from portal.cli.sample import accounts, consultations
from portal.core import clock
from portal.features.ballots import queries as ballots
from portal.features.ballots.models import Enterer
from portal.features.consultations import queries, standing, warnings
from portal.features.consultations.models import TrackKind
from portal.features.regulations import queries as regulations
from portal.policy.permissions import Permission
from portal.policy.table import allows
from tests.support import cased


def test_one_runs_in_the_ward_and_its_address_is_told(sample_app):
    one = consultations.the_case()
    assert standing.of(one, TrackKind.PUBLIC, clock.today()).takes
    assert warnings.left(one) == []
    answer = sample_app.test_client().get(consultations.links()["consultation"])
    assert answer.status_code == 200
    assert one.draft.title in answer.get_data(as_text=True)


def test_its_text_has_been_public_as_long_as_it_runs(sample_app):
    one = consultations.the_case()
    assert regulations.published(one.draft_id).published_on == one.published_on


def test_the_front_of_the_ward_alone_can_note_what_it_saw(sample_app):
    one = queries.get(consultations.the_case().id)
    may = {
        name: allows(accounts.acting(name), Permission.CONSULTATION_SUPERVISE, one)
        for name in ("xa.mattran", "xa.vhxh", "xa.lanhdao", "xa.danvan")
    }
    assert may == {"xa.mattran": True, "xa.vhxh": False, "xa.lanhdao": False, "xa.danvan": False}


def test_another_has_the_days_of_plan_004_and_waits_for_its_reasons(sample_app):
    author = accounts.acting(consultations.ELSEWHERE)
    [one] = [one for one in queries.listed(author) if one.unit_id == author.unit_id]
    assert [warning.code for warning in warnings.left(one)] == ["days", "agency", "choice"]
    assert len(one.groups) == 7


def test_it_is_prolonged_when_its_last_day_is_over(sample_app):
    later = clock.today() + timedelta(days=60)
    assert not consultations.keep_open(clock.today())
    assert consultations.keep_open(later)
    one = queries.get(consultations.the_case().id)
    assert one.track(TrackKind.PUBLIC).closes_on == later + timedelta(days=20)
    assert one.report_due_on > cased.day(60)


def test_a_head_who_has_entered_counts_by_his_link_has_one(sample_app):
    groups = ballots.listed(consultations.the_case().id)
    entered = [
        group for group in groups for entry in group.entries
        if entry.who == Enterer.HEAD and entry.entered_by_id is None
    ]  # fmt: skip
    assert len(entered) == 5
    assert all(group.token_hash for group in entered)
