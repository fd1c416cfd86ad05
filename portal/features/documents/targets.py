"""To whom the portal can send: the choices beside a recipient and beside who leads a duty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import or_, select

from portal.core import clock
from portal.core.database import session
from portal.core.text import N_, fold
from portal.features.documents.body import Body, Party
from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import Level, Organisation, Unit, UnitScope
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class TargetGroup:
    """Choices under one word."""

    label: str
    options: tuple[tuple[str, str], ...]
    """Value and word: "gcommune:party" or "o12"."""


def value_of(party: Party) -> str:
    """Give a party's address within the portal: "o12", "gcommune:party"; "" if it has none."""
    if party.organisation_id:
        return f"o{party.organisation_id}"
    return f"g{party.group}" if party.group else ""


def named(body: Body) -> Body:
    """Call those by name who were chosen within the portal and have no name yet."""
    duties = tuple(replace(one, lead=_named(one.lead)) for one in body.duties)
    recipients = tuple(replace(one, party=_named(one.party)) for one in body.recipients)
    return replace(body, duties=duties, recipients=recipients)


def _named(party: Party) -> Party:
    if party.name or not value_of(party):
        return party
    if party.organisation_id:
        organisation = session().get(Organisation, party.organisation_id)
        return replace(party, name=organisation.name if organisation else "")
    return replace(party, name=_group_name(party.group))


def _group_name(group: str) -> str:
    level, _, kinds = group.partition(":")
    kind = kinds.split("/")[0]
    label = KIND_LABELS[OrganisationKind(kind)] if kind in set(OrganisationKind) else ""
    return f"{label} {_AT_LEVEL.get(level, '')}".strip()


def linked(body: Body, actor: Actor) -> Body:
    """Tie whoever is called exactly as one of the actor's choices to it: what was pasted has names.

    Args:
        body: its parties that are tied already stay as they are, and so do those whose name
            several choices have (“Hội Nông dân” of the communes, and of the districts).
        actor: who drafts.
    """
    known = _by_name(offered(actor))
    duties = tuple(replace(one, lead=_linked(one.lead, known)) for one in body.duties)
    recipients = tuple(replace(one, party=_linked(one.party, known)) for one in body.recipients)
    return replace(body, duties=duties, recipients=recipients)


def _by_name(groups: Iterable[TargetGroup]) -> Mapping[str, set[str]]:
    """Give the choices by their folded names; groups also by the name that `named` gives them."""
    found: dict[str, set[str]] = {}
    for value, word in (option for group in groups for option in group.options):
        for name in (word, _group_name(value[1:])) if value[0] == "g" else (word,):
            found.setdefault(fold(name), set()).add(value)
    return found


def _linked(party: Party, known: Mapping[str, set[str]]) -> Party:
    values = known.get(fold(party.name), set())
    if value_of(party) or len(values) != 1:
        return party
    (value,) = values
    if value[0] == "g":
        return replace(party, group=value[1:])
    return replace(party, organisation_id=int(value[1:]))


def offered(actor: Actor, chosen: Iterable[Party] = ()) -> tuple[TargetGroup, ...]:
    """Give what an actor can choose: groups below its unit, and the bodies of it and above it.

    Args:
        actor: who drafts.
        chosen: what stands in the document; choices that are not near are offered as they are.
    """
    groups = [_groups(actor.unit_id, level) for level in (Level.COMMUNE, Level.DISTRICT)]
    near = [*groups, *_near(actor.unit_id)]
    known = {value for group in near for value, _word in group.options}
    far = {value_of(party): party.name for party in chosen if value_of(party) not in known | {""}}
    rest = TargetGroup(N_("Đang chọn"), tuple(far.items()))
    return tuple(group for group in (*near, rest) if group.options)


def _groups(unit_id: int, level: Level) -> TargetGroup:
    query = (
        select(Organisation.kind)
        .join(Organisation.unit)
        .join(UnitScope, UnitScope.unit_id == Unit.id)
        .where(UnitScope.above_id == unit_id, Unit.level == level, Unit.id != unit_id)
        .distinct()
    )
    kinds = set(session().scalars(query.order_by(Organisation.kind)))
    options = tuple(
        (f"g{level}:{kind}", KIND_LABELS[kind]) for kind in OrganisationKind if kind in kinds
    )
    return TargetGroup(_LEVEL_LABELS[level], options)


def _near(unit_id: int) -> Iterable[TargetGroup]:
    today = clock.today()
    unit = session().get(Unit, unit_id)
    while unit is not None:
        query = select(Organisation).where(
            Organisation.unit_id == unit.id,
            or_(Organisation.valid_to.is_(None), Organisation.valid_to >= today),
        )
        bodies = session().scalars(query.order_by(Organisation.sort_key, Organisation.id))
        yield TargetGroup(unit.full_name, tuple((f"o{body.id}", body.name) for body in bodies))
        unit = unit.parent


_AT_LEVEL: Mapping[str, str] = {Level.COMMUNE: "cấp xã", Level.DISTRICT: "cấp huyện"}
_LEVEL_LABELS = {
    Level.COMMUNE: N_("Ở mọi xã, phường, thị trấn"),
    Level.DISTRICT: N_("Ở mọi huyện, thị xã, thành phố"),
}
