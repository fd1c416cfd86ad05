"""One engine for every state change (DESIGN rule 1).

A feature's `workflow.py` declares states and transitions; buttons, refusals with a reason, the
audit line, the timeline, the POST route and docs/workflows.md all follow from the declaration.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar, cast

from sqlalchemy import ColumnElement, CursorResult, update

from portal.core.database import session, write
from portal.core.errors import Forbidden, Missing, Refused
from portal.core.text import N_
from portal.policy.permissions import Permission
from portal.policy.predicates import Actor
from portal.policy.table import allows

MAX_REASON = 1000


class Subject(Protocol):
    """A row with a workflow. `state` is assigned nowhere but here."""

    # Any: mypy takes a mapped column for the column and not for its value.
    id: Any
    state: Any

    @property
    def unit_id(self) -> Any:  # noqa: ANN401
        """The unit that it belongs to."""


Item = TypeVar("Item", bound=Subject)
Guard = Callable[[Any], str | None]
"""Gives None, or the sentence (msgid) why not now."""
Effect = Callable[[Any, Actor, str], None]
"""Does what follows from the change, in the same transaction."""


@dataclass(frozen=True)
class Transition:
    """One line of the rule book."""

    name: str
    source: frozenset[str]
    target: str
    permission: Permission
    label: str
    done: str
    """What the timeline says afterwards."""
    guards: tuple[Guard, ...] = ()
    effects: tuple[str, ...] = ()
    """Names of effects; `features.registry` binds them."""
    needs_reason: bool = False
    confirm: str = ""
    style: str = "two"
    by_form: bool = False
    """Whether more is needed than a button and a reason: a form of its own, or another act, carries
    it out, and the address of all the others refuses it."""


@dataclass(frozen=True)
class Offer:
    """A button: what may be done now, or why it may not."""

    transition: Transition
    refusal: str | None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - label, style, confirm … for the templates
        return getattr(self.transition, name)


class Workflow(Generic[Item]):
    """The rule book of one kind of thing."""

    def __init__(
        self,
        name: str,
        *,
        label: str,
        states: type[StrEnum],
        initial: StrEnum,
        load: Callable[[Actor, int], Item | None],
        transitions: Iterable[Transition],
    ) -> None:
        """Declare it.

        Args:
            name: short word, used in addresses and in the audit ("campaign").
            label: what a person calls the thing (msgid).
            states: every state there is.
            initial: the state a new one has.
            load: finds the item inside what the actor may see.
            transitions: the lines.

        Raises:
            ValueError: a state that cannot be reached, an unknown state, two lines of one name.
        """
        self.name, self.label, self.states, self.initial = name, label, states, initial
        self.load = load
        self.transitions = {line.name: line for line in transitions}
        self._effects: dict[str, Effect] = {}
        self._check(tuple(transitions))

    def bind(self, name: str, effect: Effect) -> None:
        """Say what a named effect does (once, by the registry)."""
        self._effects[name] = effect

    def available(self, actor: Actor, item: Item) -> list[Offer]:
        """List what the actor could do with the item in its present state, with refusals."""
        return [
            Offer(line, _refusal(line, item))
            for line in self.transitions.values()
            if item.state in line.source and allows(actor, line.permission, item)
        ]

    def fire(self, actor: Actor, item_id: int, name: str, reason: str = "") -> Item:
        """Carry out one transition, whole or not at all.

        Raises:
            Missing: no such item or transition for this actor.
            Forbidden: the actor may not.
            Refused: a guard or the present state says no.
        """
        line = self.transitions.get(name)
        if line is None:
            raise Missing
        with write(self.name) as current:
            item = self.load(actor, item_id)
            if item is None:
                raise Missing
            # Of this row alone: PostgreSQL locks no outer join of the load.
            current.refresh(item, with_for_update={"of": type(item)})
            self._check_may(actor, item, line, reason)
            self._carry_out(actor, item, line, reason)
        return item

    def follow(self, actor: Actor, item: Item, name: str, reason: str = "") -> None:
        """Carry out a transition that follows from another thing's, in the same transaction.

        Whoever issues a plan need not be who approves campaigns: the right was asked where it all
        began. Guards hold all the same.

        Raises:
            Refused: a guard or the present state says no.
        """
        line = self.transitions[name]
        if item.state not in line.source:
            raise Refused(ALREADY_CHANGED)
        if refusal := _refusal(line, item):
            raise Refused(refusal)
        self._carry_out(actor, item, line, reason)

    def follow_all(self, model: type[Item], name: str, *conditions: ColumnElement[bool]) -> int:
        """Do the same with many rows at once, in one statement; the cause's record names them.

        Args:
            model: the rows' table.
            name: the transition; its guards are what `conditions` say.
            conditions: which rows; only those in the transition's source move.

        Returns:
            How many moved.
        """
        line = self.transitions[name]
        rows = update(model).where(model.state.in_(line.source), *conditions)
        moved = session().execute(rows.values(state=line.target))
        return cast("CursorResult[Any]", moved).rowcount

    def _carry_out(self, actor: Actor, item: Item, line: Transition, reason: str) -> None:
        before, item.state = item.state, line.target
        session().flush()
        for effect in line.effects:
            self._effects[effect](item, actor, reason)
        _announce(Fired(self.name, line, item, actor, before, reason))

    def unbound(self) -> set[str]:
        """Give the effects that nobody has bound."""
        named = {effect for line in self.transitions.values() for effect in line.effects}
        return named - set(self._effects)

    def _check_may(self, actor: Actor, item: Item, line: Transition, reason: str) -> None:
        if not allows(actor, line.permission, item):
            raise Forbidden
        if item.state not in line.source:
            raise Refused(ALREADY_CHANGED)
        if refusal := _refusal(line, item):
            raise Refused(refusal)
        if line.needs_reason and not reason.strip():
            raise Refused(REASON_NEEDED)
        if len(reason) > MAX_REASON:
            raise Refused(REASON_TOO_LONG)

    def _check(self, lines: tuple[Transition, ...]) -> None:
        if len(self.transitions) != len(lines):
            raise ValueError(f"{self.name}: two transitions of one name")
        known = {str(state) for state in self.states}
        used = {state for line in lines for state in (*line.source, line.target)}
        reached = {str(self.initial)} | {line.target for line in lines}
        if used - known or known - reached:
            raise ValueError(f"{self.name}: unknown {used - known}, unreachable {known - reached}")


@dataclass(frozen=True)
class Fired:
    """What listeners (the audit) are told, inside the transaction."""

    workflow: str
    transition: Transition
    item: Any
    actor: Actor
    before: str
    reason: str


_listeners: list[Callable[[Fired], None]] = []


def listen(listener: Callable[[Fired], None]) -> None:
    """Tell `listener` of every transition, once however often it is registered."""
    if listener not in _listeners:
        _listeners.append(listener)


def _announce(fired: Fired) -> None:
    for listener in _listeners:
        listener(fired)
    session().flush()


def _refusal(line: Transition, item: Subject) -> str | None:
    return next((why for guard in line.guards if (why := guard(item))), None)


ALREADY_CHANGED = N_("Việc này vừa được người khác xử lý. Mời xem lại trạng thái hiện tại.")
REASON_NEEDED = N_("Cần ghi lý do trước khi thực hiện.")
REASON_TOO_LONG = N_("Lý do dài quá 1.000 ký tự.")
