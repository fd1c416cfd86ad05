"""Who helps people at each unit: whom it has named, else whom the campaign names and it has."""

from collections.abc import Collection

from portal.features.campaigns.models import Campaign, CampaignUnit
from portal.features.org_units import fallbacks
from portal.features.org_units.kinds import OrganisationKind
from portal.features.org_units.models import Level
from portal.features.users.importing.columns import kind_of


def supporters(campaign: Campaign, parts: Collection[CampaignUnit]) -> dict[int, str]:
    """Give who helps at each unit of a campaign, by the unit's id.

    A unit without the body that the campaign names takes the one named for such places, and
    without that one too whoever does their work there, as duties of a document do (DOMAIN R05).

    Args:
        campaign: names a body in its words; its kind follows from how they begin.
        parts: those of the units.
    """
    words = [name for name in (campaign.supporter, campaign.fallback_supporter) if name]
    kinds = [kind for name in words if (kind := kind_of(name))]
    open_ids = [part.unit_id for part in parts if not part.supporter]
    present = {(one.unit_id, one.kind) for one in fallbacks.present(open_ids)}
    rows = fallbacks.of_group(campaign.unit_id, Level.COMMUNE, kinds) if kinds else []
    stand_ins: dict[int, str] = {}
    for row in sorted(rows, key=lambda one: kinds.index(OrganisationKind(one.kind))):
        stand_ins.setdefault(row.unit_id, row.organisation.name)

    def at(unit_id: int) -> str:
        there = (
            name for name in words
            if (kind := kind_of(name)) is None or (unit_id, kind) in present
        )  # fmt: skip
        return next(there, None) or stand_ins.get(unit_id) or words[-1]

    return {part.unit_id: part.supporter or at(part.unit_id) for part in parts}
