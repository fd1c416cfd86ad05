"""The codes of a campaign as an actor sees them: by district, filtered."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.core.text import fold, search_terms
from portal.features.campaigns import queries
from portal.features.campaigns.codes import normalise
from portal.features.campaigns.models import Campaign, QrCode
from portal.features.org_units.models import Unit
from portal.policy.predicates import Actor


@dataclass(frozen=True)
class CodeGroup:
    """The codes of one district."""

    unit: Unit
    codes: tuple[QrCode, ...]


@dataclass(frozen=True)
class CodeList:
    """The codes of a campaign that an actor reaches, filtered."""

    groups: tuple[CodeGroup, ...]
    districts: tuple[Unit, ...]
    district: Unit | None
    words: str
    total: int

    @property
    def shown(self) -> int:
        """Give how many codes the filter leaves."""
        return sum(len(group.codes) for group in self.groups)


def code_list(actor: Actor, campaign: Campaign, district: int | None, words: str) -> CodeList:
    """Give the codes an actor reaches, by district.

    Args:
        actor: who looks.
        campaign: whose codes.
        district: only of this unit, if it is one of those reached.
        words: only units whose names hold these words, in any order and without accents; or the
            one whose code this is.
    """
    codes = queries.codes(campaign.id, actor.unit_id)
    grouped = _grouped(codes)
    districts = tuple(grouped)
    chosen = next((unit for unit in districts if unit.id == district), None)
    terms, typed = search_terms(words), normalise(words)
    groups = []
    for unit, below in grouped.items():
        kept = [code for code in below if code.code == typed or _is_named(code, terms)]
        if kept and (chosen is None or unit.id == chosen.id):
            groups.append(CodeGroup(unit, tuple(kept)))
    return CodeList(tuple(groups), districts, chosen, words, len(codes))


def _grouped(codes: Sequence[QrCode]) -> dict[Unit, list[QrCode]]:
    groups: dict[Unit, list[QrCode]] = {}
    for code in codes:
        groups.setdefault(code.unit.parent or code.unit, []).append(code)
    return groups


def _is_named(code: QrCode, terms: Sequence[str]) -> bool:
    name = fold(code.unit.full_name)
    return all(term in name for term in terms)
