"""Letterheads: how the papers of an organ begin, end and are numbered."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Protocol

from sqlalchemy import select

from portal.core import clock
from portal.core.database import session, write
from portal.core.errors import Invalid, Stale
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act
from portal.features.documents.body import Body, Head, Signature
from portal.features.documents.formats import (
    DocumentType,
    format_for,
    number_text,
    type_of,
    types,
)
from portal.features.documents.models import Letterhead, State
from portal.features.documents.paper import Paper
from portal.features.documents.paper.compose import compose
from portal.features.org_units import queries as org_units
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Organisation
from portal.features.registers.services import period_of
from portal.policy.predicates import Actor
from portal.policy.roles import Role

REGIMES: Mapping[str, str] = {
    "state": N_("Cơ quan nhà nước (Nghị định 30/2020/NĐ-CP)"),
    "party": N_("Cơ quan của Đảng (hướng dẫn của Văn phòng Trung ương)"),
}
LENGTHS = {
    "parent_name": 200, "issuer_name": 200, "symbol": 20, "place": 60, "authority": 100,
    "titles": 200, "signer": 50, "term": 9,
}  # fmt: skip
"""Characters; names of organs and signers as in NĐ 30/2020 Annex VI."""
_OFFICES = frozenset({Role.PROVINCE, Role.DISTRICT, Role.COMMUNE})
_TERM = re.compile("([0-9]{4})-([0-9]{4})")


class Clerk(Actor, Protocol):
    """Whoever sets a letterhead."""

    @property
    def display_name(self) -> str:
        """The account's name, for the record."""


@dataclass(frozen=True)
class Organ:
    """An organisation that may issue papers, with its letterhead if it has one."""

    organisation: Organisation
    letterhead: Letterhead | None

    @property
    def unit_id(self) -> int:
        """Give its unit."""
        return self.organisation.unit_id

    @property
    def organisation_id(self) -> int:
        """Give its id."""
        return self.organisation.id

    @property
    def name(self) -> str:
        """Give its name."""
        return self.organisation.name


@dataclass(frozen=True)
class LetterheadInput:
    """What a clerk enters; see `models.Letterhead`."""

    regime: str
    issuer_name: str
    symbol: str
    place: str
    parent_name: str = ""
    authority: str = ""
    titles: str = ""
    signer: str = ""
    term: str = ""

    def cleaned(self) -> "LetterheadInput":
        """Give it as it is stored: no space in symbol and term, single spaces elsewhere.

        Plan 004 has “/KH - UBND”; NĐ 30/2020 Annex I and the Party's guides know no space there.
        """
        values = {name: clean(value) for name, value in asdict(self).items()}
        values["titles"] = clean(self.titles, multiline=True)
        values["symbol"] = re.sub(r"\s", "", values["symbol"]).strip("-/")
        values["term"] = re.sub(r"\s", "", values["term"]).replace("–", "-")
        return replace(self, **values)


@dataclass(frozen=True)
class Numbering:
    """What decides the number of a paper: its register's period, and its symbol."""

    period: str
    symbol: str
    """What is printed after the number: "-KH/BCĐ", "/KH-UBND"."""


def of(organisation_id: int) -> Letterhead | None:
    """Give the letterhead of an organisation, None if nobody has set it."""
    return session().get(Letterhead, organisation_id)


def organs(actor: Actor) -> list[Organ]:
    """List the organs whose papers an actor deals with: an office its unit's, the union its own."""
    found = {
        letterhead.organisation_id: letterhead
        for letterhead in session().scalars(
            select(Letterhead)
            .join(Letterhead.organisation)
            .where(Organisation.unit_id == actor.unit_id)
            .order_by(Letterhead.organisation_id)
        )
    }
    return [
        Organ(organisation, found.get(organisation.id))
        for organisation in org_units.organisations([actor.unit_id])
        if organisation.kind != OrganisationKind.OPERATOR and _deals_with(actor, organisation)
    ]


def _deals_with(actor: Actor, organisation: Organisation) -> bool:
    own = organisation.id == actor.organisation_id
    return actor.role in _OFFICES or (actor.role == Role.YOUTH and own)


def organ(actor: Actor, organisation_id: int) -> Organ | None:
    """Give one of these."""
    return next((o for o in organs(actor) if o.organisation_id == organisation_id), None)


def numbered_organ(actor: Actor, organisation_id: int) -> Organ | None:
    """Give one of these if it has a letterhead: without one its papers have no symbol."""
    found = organ(actor, organisation_id)
    return found if found and found.letterhead else None


def period(letterhead: Letterhead, day: date) -> str:
    """Give the year or the term within which a paper of a day is numbered.

    Raises:
        Refused: a Party committee numbers by its term, and none is set.
    """
    return period_of(format_for(letterhead.regime, day).numbering, letterhead.term, day)


def numbering(letterhead: Letterhead, type_code: str, day: date) -> Numbering:
    """Give the period and the symbol of a paper of one type and day.

    Raises:
        Refused: a Party committee numbers by its term, and none is set.
    """
    form = format_for(letterhead.regime, day)
    shown = number_text(form, type_of(type_code), letterhead.symbol, 0)
    return Numbering(period(letterhead, day), shown.partition("00")[2])


def kinds(letterhead: Letterhead) -> list[DocumentType]:
    """List the types of paper that an organ issues."""
    return [kind for kind in types() if letterhead.regime in kind.regimes]


@dataclass(frozen=True)
class _Sample:
    """A plan without words, to show how a letterhead prints."""

    format_code: str
    body: Body
    number_text: str
    dated_on: date
    type_code: str = "ke_hoach"
    number: int | None = 1
    state: str = State.ISSUED


def sample(given: LetterheadInput | Letterhead) -> Paper | None:
    """Give the head and the foot of a plan as they print today; None for an unknown regime."""
    if given.regime not in REGIMES:
        return None
    day = clock.today()
    form = format_for(given.regime, day)
    body = Body(
        head=Head(given.parent_name, given.issuer_name, given.symbol, given.place),
        signature=Signature(given.authority, given.titles, given.signer),
    )
    number = number_text(form, type_of("ke_hoach"), given.symbol, 1)
    return compose(_Sample(form.code, body, number, day))


def save(actor: Clerk, organ: Organ, given: LetterheadInput, version: int) -> Letterhead:
    """Set the letterhead of an organ.

    Args:
        actor: its clerk.
        organ: the organ.
        given: all of it as it should be.
        version: the version that the actor was shown; 0 if there was none.

    Raises:
        Invalid: what was entered cannot be taken.
        Stale: somebody else saved first; `theirs` holds the fields that differ.
    """
    given = given.cleaned()
    if errors := _errors(given):
        raise Invalid(errors)
    with write(f"letterhead:{organ.organisation_id}") as current:
        stored = current.get(Letterhead, organ.organisation_id, populate_existing=True)
        if (stored.version if stored else 0) != version:
            raise Stale(STALE, _differing(stored, given))
        before = _values(stored) if stored else {}
        if stored is None:
            stored = Letterhead(organisation_id=organ.organisation_id)
            current.add(stored)
        for name, value in asdict(given).items():
            setattr(stored, name, value)
        current.flush()
        changes = {
            name: [before.get(name, ""), value]
            for name, value in asdict(given).items()
            if before.get(name, "") != value
        }
        audit.record(actor, Act(
            "letterhead:set", "letterhead", organ.organisation_id, subject_name=organ.name,
            unit_id=organ.unit_id, changes=changes,
        ))  # fmt: skip
    return stored


def _values(letterhead: Letterhead) -> dict[str, str]:
    return {name: getattr(letterhead, name) for name in LetterheadInput.__dataclass_fields__}


def _differing(stored: Letterhead | None, given: LetterheadInput) -> dict[str, object]:
    kept = _values(stored) if stored else {}
    return {name: kept[name] for name, value in asdict(given).items() if kept.get(name) != value}


def _errors(given: LetterheadInput) -> dict[str, str]:
    errors = {
        name: N_("Mục này dài quá.")
        for name, longest in LENGTHS.items()
        if len(getattr(given, name)) > longest
    }
    errors |= {
        name: N_("Mục này chưa được điền.")
        for name in ("issuer_name", "symbol", "place")
        if not getattr(given, name)
    }
    if given.regime not in REGIMES:
        errors["regime"] = N_("Chọn một trong các thể thức.")
    if given.regime == "party" and not _is_term(given.term):
        errors["term"] = N_("Cơ quan của Đảng đánh số theo nhiệm kỳ; ghi như 2025-2030.")
    return errors


def _is_term(text: str) -> bool:
    match = _TERM.fullmatch(text)
    return bool(match and int(match[1]) < int(match[2]))


STALE = N_("Có người vừa lưu thể thức này trước đồng chí.")
