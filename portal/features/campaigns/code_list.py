"""The codes of a campaign as an actor sees them: by district, the points below their units."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from portal.core.text import fold, search_terms
from portal.features.campaigns import code_queries, queries
from portal.features.campaigns.codes import normalise
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.org_units.models import Unit
from portal.policy.predicates import Actor

FEW = 40
"""So many units stand on the page with all their points; of more only the number is said."""


class Show(StrEnum):
    """Which codes a reader asks for."""

    ALL = ""
    UNTESTED = "chua-thu"
    UNUSED = "chua-dung"


@dataclass(frozen=True)
class Wanted:
    """What a reader asks for."""

    district: int | None = None
    """Only of this unit, if it is one of those reached."""
    words: str = ""
    """Only places whose names hold these words, in any order and without accents; or the one whose
    code this is."""
    show: Show = Show.ALL


@dataclass(frozen=True)
class CodeRow:
    """A unit's code with those of its points."""

    code: QrCode
    kept: bool
    """It is itself one of those asked for, not only here for the sake of its points."""
    points: tuple[QrCode, ...]
    hidden: int
    """How many points have a code that is not on this page."""


@dataclass(frozen=True)
class CodeGroup:
    """The codes of one district."""

    unit: Unit
    rows: tuple[CodeRow, ...]


@dataclass(frozen=True)
class CodeList:
    """The codes of a campaign that an actor reaches, filtered."""

    groups: tuple[CodeGroup, ...]
    districts: tuple[Unit, ...]
    district: Unit | None
    wanted: Wanted
    total: int
    """Units with a code."""
    points: int
    """Points with a code of their own."""
    untested: int
    unused: frozenset[str] = field(default=frozenset())
    """Codes by which nobody has come for too long."""
    ended: tuple[QrCode, ...] = ()
    """What units had that have ended; to be read, not to be used."""


def code_list(
    actor: Actor, campaign: Campaign, wanted: Wanted, unused: Collection[str] = ()
) -> CodeList:
    """Give the codes an actor reaches, by district.

    Args:
        actor: who looks.
        campaign: whose codes.
        wanted: which of them.
        unused: codes by which nobody has come for too long.
    """
    units = queries.codes(campaign.id, actor.unit_id)
    points = code_queries.of_points(campaign.id, actor.unit_id)
    sieve = _Sieve(wanted, frozenset(unused), _by_unit(points), len(units) <= FEW)
    districts = tuple(dict.fromkeys(_above(code) for code in units))
    chosen = next((unit for unit in districts if unit.id == wanted.district), None)
    groups: dict[Unit, list[CodeRow]] = {}
    for code in units:
        row = sieve.row(code, chosen)
        if row:
            groups.setdefault(_above(code), []).append(row)
    return CodeList(
        groups=tuple(CodeGroup(unit, tuple(rows)) for unit, rows in groups.items()),
        districts=districts,
        district=chosen,
        wanted=wanted,
        total=len(units),
        points=len(points),
        untested=sum(code.tested_on is None for code in (*units, *points)),
        unused=sieve.unused,
        ended=_ended(actor, campaign, wanted),
    )


def _ended(actor: Actor, campaign: Campaign, wanted: Wanted) -> tuple[QrCode, ...]:
    if wanted.show or wanted.district:
        return ()
    found = code_queries.one_a_unit(code_queries.handed_on(campaign.id, actor.unit_id))
    return tuple(code for code in found if _is_named(code, wanted.words))


@dataclass(frozen=True)
class _Sieve:
    wanted: Wanted
    unused: frozenset[str]
    points: Mapping[int, Sequence[QrCode]]
    small: bool

    def row(self, code: QrCode, district: Unit | None) -> CodeRow | None:
        if district and _above(code) is not district:
            return None
        below = self.points.get(code.unit_id, ())
        kept, found = self._keeps(code), [point for point in below if self._keeps(point)]
        if not kept and not found:
            return None
        narrow = bool(self.small or district or self.wanted.words or self.wanted.show)
        shown = tuple(found) if narrow else ()
        return CodeRow(code, kept, shown, len(below) - len(shown))

    def _keeps(self, code: QrCode) -> bool:
        if self.wanted.show == Show.UNTESTED and code.tested_on is not None:
            return False
        if self.wanted.show == Show.UNUSED and code.code not in self.unused:
            return False
        return _is_named(code, self.wanted.words)


def _is_named(code: QrCode, words: str) -> bool:
    name = fold(f"{code.unit.full_name} {code.point.name if code.point else ''}")
    return code.code == normalise(words) or all(term in name for term in search_terms(words))


def _above(code: QrCode) -> Unit:
    return code.unit.parent or code.unit


def _by_unit(points: Sequence[QrCode]) -> dict[int, list[QrCode]]:
    found: dict[int, list[QrCode]] = {}
    for code in points:
        found.setdefault(code.unit_id, []).append(code)
    return found
