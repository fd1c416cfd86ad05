"""The small questions from which the policy table is made. Items are known by what they offer."""

from collections.abc import Callable
from typing import Any, Protocol

from portal.policy.roles import Duty, Role, tiers_below


class Actor(Protocol):
    """Whoever asks: an account, seen from the rules."""

    @property
    def user_id(self) -> int:
        """The account's id."""

    @property
    def role(self) -> Role:
        """The account's role."""

    @property
    def duties(self) -> frozenset[Duty]:
        """What the account does within its role."""

    @property
    def unit_id(self) -> int:
        """The unit of the account's organisation."""

    @property
    def organisation_id(self) -> int:
        """The account's organisation."""

    def reaches(self, unit_id: int) -> bool:
        """Say whether a unit is the actor's own, below it, or a predecessor of these."""


class UnitOwned(Protocol):
    """A thing that belongs to a unit."""

    unit_id: int


class BodyOwned(Protocol):
    """A thing that belongs to an organisation."""

    organisation_id: int


class ConcernsUnits(Protocol):
    """A thing that concerns units other than its owner."""

    def concerns(self, unit_id: int) -> bool:
        """Say whether it concerns this unit or one below it."""


class Counted(Protocol):
    """A thing that one account counts and another confirms."""

    counted_by_id: int | None


class Ordered(Protocol):
    """A thing that a document of some unit asks for."""

    @property
    def ordered_by_unit_id(self) -> int:
        """The unit of the document."""


class Proposed(Protocol):
    """A thing that a unit proposes, for itself or for a unit below."""

    unit_id: int
    organisation_id: int | None
    from_unit_id: int

    @property
    def author_ids(self) -> frozenset[int | None]:
        """The accounts that drafted and proposed it."""


class Sent(Protocol):
    """A thing that one unit sends to a body of another."""

    to_unit_id: int | None
    to_organisation_id: int | None
    sent_by_id: int | None


class Written(Protocol):
    """A letter to a suggestion box, seen from the rules."""

    unit_id: int
    reader_id: int
    assigned_to_id: int | None

    @property
    def is_sealed(self) -> bool:
        """Whether only the level above can open it."""

    @property
    def holder_ids(self) -> frozenset[int | None]:
        """The accounts that hold the key to which it is sealed."""

    @property
    def runner_id(self) -> int | None:
        """The body that runs its box, if it reads such letters too."""

    @property
    def box_reader_id(self) -> int:
        """The body that reads the plain letters of its box."""

    @property
    def hiding_unit_ids(self) -> frozenset[int]:
        """The units that want it hidden, or had it hidden."""

    @property
    def drafted_by_id(self) -> int | None:
        """The account that drafted its answer."""


class Seat(Protocol):
    """An account, seen from above."""

    unit_id: int
    role: str


class Owned(Protocol):
    """A thing that one account asked for."""

    owner_id: int | None


class Led(Protocol):
    """Something on which leaders decide."""

    @property
    def leader_ids(self) -> frozenset[int]:
        """Give the bodies whose leaders do."""


class Supervised(Protocol):
    """Something that somebody watches over."""

    @property
    def supervisor_ids(self) -> frozenset[int]:
        """Give the bodies that do."""


Predicate = Callable[[Actor, Any], bool]


def role(*roles: Role) -> Predicate:
    """Admit these roles."""

    def has_role(actor: Actor, _item: object) -> bool:
        return actor.role in roles

    has_role.__name__ = "role " + "/".join(roles)
    return has_role


def duty(*duties: Duty) -> Predicate:
    """Admit accounts with at least one of these duties."""

    def has_duty(actor: Actor, _item: object) -> bool:
        return not actor.duties.isdisjoint(duties)

    has_duty.__name__ = "duty " + "/".join(duties)
    return has_duty


def in_scope(actor: Actor, item: UnitOwned) -> bool:
    """Admit what belongs to the actor's unit or to one below it."""
    return actor.reaches(item.unit_id)


def at_own_unit(actor: Actor, item: UnitOwned) -> bool:
    """Admit what belongs to the actor's own unit, not to one below."""
    return item.unit_id == actor.unit_id


def of_own_body(actor: Actor, item: BodyOwned) -> bool:
    """Admit what belongs to the actor's own organisation."""
    return item.organisation_id == actor.organisation_id


def of_other_body(actor: Actor, item: BodyOwned) -> bool:
    """Admit what belongs to another organisation: nobody supervises himself."""
    return item.organisation_id != actor.organisation_id


def leads(actor: Actor, item: Led) -> bool:
    """Admit those who answer for it: the body that runs it, and the committee of its unit."""
    return actor.organisation_id in item.leader_ids


def supervises(actor: Actor, item: Supervised) -> bool:
    """Admit those whom the law lets watch over it: the Front of its unit."""
    return actor.organisation_id in item.supervisor_ids


def concerned(actor: Actor, item: ConcernsUnits) -> bool:
    """Admit what concerns the actor's unit or one below it."""
    return item.concerns(actor.unit_id)


def announced(_actor: Actor, item: Any) -> bool:  # noqa: ANN401 - campaigns, plans, whatever is announced
    """Admit what has left the drafting table."""
    return bool(item.is_announced)


def finished(_actor: Actor, item: Any) -> bool:  # noqa: ANN401
    """Admit what is closed and sealed: the judged see results only then (DESIGN rule 5)."""
    return bool(item.is_sealed)


def not_who_counted(actor: Actor, item: Counted) -> bool:
    """Admit whoever did not count it: four eyes are two accounts."""
    return item.counted_by_id != actor.user_id


def who_counted(actor: Actor, item: Counted) -> bool:
    """Admit whoever counted it, as long as nobody has confirmed."""
    return item.counted_by_id == actor.user_id


def from_own_unit(actor: Actor, item: Proposed) -> bool:
    """Admit what the actor's own unit proposes, for whomever."""
    return item.from_unit_id == actor.unit_id


def unbiased(actor: Actor, item: Proposed) -> bool:
    """Admit whoever neither proposed it nor belongs to what is proposed.

    A body of the actor's own unit, but not its own body, may be judged: bodies of a province have
    nobody above them.
    """
    of_body = item.organisation_id == actor.organisation_id
    belongs = of_body or (item.organisation_id is None and item.unit_id == actor.unit_id)
    return not belongs and actor.user_id not in item.author_ids


def below_own_unit(actor: Actor, item: UnitOwned) -> bool:
    """Admit what belongs to a unit below the actor's, not to its own."""
    return item.unit_id != actor.unit_id and actor.reaches(item.unit_id)


def ordered_here(actor: Actor, item: Ordered) -> bool:
    """Admit what the actor's own unit has asked for, of itself or of another."""
    return item.ordered_by_unit_id == actor.unit_id


def sent_to_own_unit(actor: Actor, item: Sent) -> bool:
    """Admit what was sent to the actor's own unit."""
    return item.to_unit_id == actor.unit_id


def sent_to_own_body(actor: Actor, item: Sent) -> bool:
    """Admit what was sent to the actor's own organisation."""
    return item.to_organisation_id == actor.organisation_id


def not_who_sent(actor: Actor, item: Sent) -> bool:
    """Admit whoever did not send it: nobody receives his own list."""
    return item.sent_by_id != actor.user_id


def ordered_within(actor: Actor, item: Ordered) -> bool:
    """Admit what the actor's own unit or one below it has asked for."""
    return actor.reaches(item.ordered_by_unit_id)


def plain(_actor: Actor, item: Written) -> bool:
    """Admit letters that are not sealed."""
    return not item.is_sealed


def sealed(_actor: Actor, item: Written) -> bool:
    """Admit letters that go past those they are about."""
    return item.is_sealed


def holds_key(actor: Actor, item: Written) -> bool:
    """Admit letters whose key the account itself holds; its passphrase is asked besides."""
    return actor.user_id in item.holder_ids


def read_by_own_body(actor: Actor, item: Written) -> bool:
    """Admit letters that the actor's own body reads and handles."""
    return item.reader_id == actor.organisation_id


def assigned_to_own_body(actor: Actor, item: Written) -> bool:
    """Admit letters that were given to the actor's own body to answer."""
    return item.assigned_to_id == actor.organisation_id


def read_by_own_box(actor: Actor, item: Written) -> bool:
    """Admit letters that whoever runs the box reads too, as its plan says."""
    return item.runner_id == actor.organisation_id


def came_to_own_box(actor: Actor, item: Written) -> bool:
    """Admit letters of a box whose plain letters the actor's own body reads."""
    return item.box_reader_id == actor.organisation_id


def above_who_hides(actor: Actor, item: Written) -> bool:
    """Admit letters that somebody below the actor's unit wants hidden, or had hidden."""
    return any(unit != actor.unit_id and actor.reaches(unit) for unit in item.hiding_unit_ids)


def not_who_drafted(actor: Actor, item: Written) -> bool:
    """Admit whoever did not write the answer: four eyes are two accounts."""
    return item.drafted_by_id != actor.user_id


def of_tier_below(actor: Actor, item: Seat) -> bool:
    """Admit accounts of a tier below the actor's own."""
    return item.role in tiers_below(actor.role)


def own(actor: Actor, item: Owned) -> bool:
    """Admit what this very account asked for."""
    return item.owner_id == actor.user_id
