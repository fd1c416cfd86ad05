"""What a body is called that nobody has named: “Khối Dân vận xã Bản Bo”, “Huyện ủy Lục Ngạn”."""

from typing import Final, Protocol

from portal.features.org_units.kinds import KIND_LABELS, OrganisationKind
from portal.features.org_units.models import Level

_COMMITTEES: Final = {"Tỉnh": "Tỉnh ủy", "Thành phố": "Thành ủy", "Thị xã": "Thị ủy",
                      "Huyện": "Huyện ủy", "Quận": "Quận ủy"}  # fmt: skip
"""How the Party committee is called above the communes, by the kind in the unit's name."""


class Place(Protocol):
    """A unit, as far as a name needs it."""

    @property
    def full_name(self) -> str:
        """The name with its kind."""

    @property
    def running_name(self) -> str:
        """The name within a sentence."""

    @property
    def level(self) -> str:
        """Its level."""


def body_name(kind: OrganisationKind, place: Place) -> str:
    """Give the usual name of the body of a kind at a unit."""
    if kind == OrganisationKind.PARTY:
        return _party(place)
    if kind == OrganisationKind.MASS_MOBILISATION:
        if place.level == Level.COMMUNE:
            return f"Khối Dân vận {place.running_name}"
        return f"Ban Dân vận {_party(place)}"
    return f"{KIND_LABELS[kind]} {place.running_name}"


def _party(place: Place) -> str:
    if place.level != Level.COMMUNE:
        for word, committee in _COMMITTEES.items():
            if place.full_name.startswith(f"{word} "):
                return f"{committee} {place.full_name.removeprefix(word).strip()}"
    return f"Đảng ủy {place.running_name}"
