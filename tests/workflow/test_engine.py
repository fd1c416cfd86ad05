"""What the workflow engine promises, shown with a small rule book of its own."""

from dataclasses import dataclass
from enum import StrEnum

import pytest
from sqlalchemy import select

from portal.core.database import session
from portal.core.errors import Forbidden, Missing, Refused
from portal.features.audit.models import AuditEntry
from portal.policy.permissions import Permission
from portal.policy.roles import Duty, Role
from portal.workflow.engine import Transition, Workflow
from tests.support import unworded_acts

A, B, C = "a", "b", "c"


class State(StrEnum):
    A = A
    B = B
    C = C


def line(name, source, target, **more):
    permission = Permission.CAMPAIGN_CREATE
    return Transition(name, frozenset({source}), target, permission, label=name, done=name, **more)


def book(*lines, states=State):
    return Workflow(
        "thing", label="Thing", states=states, initial=State.A, load=lambda *_: None,
        transitions=lines,
    )  # fmt: skip


@dataclass
class Drafter:
    user_id: int = 1
    role: Role = Role.PROVINCE
    duties: frozenset = frozenset({Duty.DRAFT})
    unit_id: int = 1
    display_name: str = "Soạn thảo"

    def reaches(self, unit_id):
        return unit_id == self.unit_id


@dataclass
class Thing:
    state: str = A
    id: int = 1
    unit_id: int = 1


def test_a_state_that_nothing_reaches_is_refused_at_import():
    with pytest.raises(ValueError, match="unreachable"):
        book(line("go", A, B))


def test_a_state_that_does_not_exist_is_refused_at_import():
    with pytest.raises(ValueError, match="unknown"):
        book(line("go", A, B), line("on", B, C), line("off", "x", A))


def test_two_lines_of_one_name_are_refused_at_import():
    with pytest.raises(ValueError, match="two transitions"):
        book(line("go", A, B), line("go", B, C))


def test_a_button_is_offered_in_its_state_to_whoever_may():
    flow = book(line("go", A, B), line("on", B, C))
    assert [offer.transition.name for offer in flow.available(Drafter(), Thing())] == ["go"]


def test_nobody_without_the_permission_is_offered_anything():
    flow = book(line("go", A, B), line("on", B, C))
    assert flow.available(Drafter(duties=frozenset({Duty.INSPECT})), Thing()) == []


def test_a_guard_leaves_the_button_with_the_reason_why_not():
    flow = book(line("go", A, B, guards=(lambda _: "Chưa đến ngày",)), line("on", B, C))
    assert flow.available(Drafter(), Thing())[0].refusal == "Chưa đến ngày"


def test_an_effect_that_nobody_binds_is_named():
    assert book(line("go", A, B, effects=("tell",)), line("on", B, C)).unbound() == {"tell"}


@pytest.fixture
def flow(app):
    """A rule book over stored rows: a setting whose value stands in for a state."""
    with app.app_context():
        yield book(
            line("go", A, B), line("stop", A, C, needs_reason=True), line("no", B, C,
            guards=(lambda _: "Chưa được",)),
        )  # fmt: skip


def stored(flow, monkeypatch, thing):
    monkeypatch.setattr(flow, "load", lambda _actor, item_id: thing if item_id == 1 else None)
    monkeypatch.setattr("sqlalchemy.orm.Session.refresh", lambda *_args, **_more: None)
    return thing


def test_firing_changes_the_state_and_records_it(flow, monkeypatch):
    thing = stored(flow, monkeypatch, Thing())
    # This workflow is none of the portal's: the gate that asks for words need not know it.
    monkeypatch.setattr(unworded_acts, "unworded", lambda *_: [])
    flow.fire(Drafter(), 1, "go")
    entry = session().scalars(select(AuditEntry)).one()
    assert (thing.state, entry.action, entry.changes) == (B, "thing:go", '{"state": ["a", "b"]}')


@pytest.mark.parametrize(
    ("thing", "name", "reason", "error"),
    [
        (Thing(), "fly", "", Missing),
        (Thing(state=B), "go", "", Refused),
        (Thing(), "stop", "  ", Refused),
        (Thing(), "stop", "x" * 1001, Refused),
        (Thing(state=B), "no", "", Refused),
    ],
)
def test_what_the_rule_book_does_not_allow_changes_nothing(
    flow, monkeypatch, thing, name, reason, error
):
    before = stored(flow, monkeypatch, thing).state
    with pytest.raises(error):
        flow.fire(Drafter(), 1, name, reason)
    assert thing.state == before
    assert session().scalars(select(AuditEntry)).all() == []


def test_firing_without_the_permission_is_forbidden(flow, monkeypatch):
    stored(flow, monkeypatch, Thing())
    with pytest.raises(Forbidden):
        flow.fire(Drafter(duties=frozenset()), 1, "go")


def test_an_unknown_item_is_missing(flow):
    with pytest.raises(Missing):
        flow.fire(Drafter(), 2, "go")
