"""Names to sign in with, made from the body and its unit: “nongdan.ngoquyen”."""

import re
from collections.abc import Mapping
from itertools import count
from typing import Final

from portal.core.text import fold
from portal.features.org_units.kinds import OrganisationKind as Kind
from portal.features.org_units.models import Level
from portal.features.users.importing.places import Place
from portal.features.users.services import LONGEST_USERNAME

_WORDS: Final[Mapping[str, str]] = {
    Kind.PARTY: "dang",
    Kind.STEERING: "bcd",
    Kind.MASS_MOBILISATION: "danvan",
    Kind.FRONT: "mattran",
    Kind.FARMERS: "nongdan",
    Kind.YOUTH: "doan",
    Kind.WOMEN: "phunu",
    Kind.VETERANS: "ccb",
    Kind.TRADE_UNION: "congdoan",
    Kind.ONE_STOP: "motcua",
    Kind.OPERATOR: "vanhanh",
    Kind.WORKING_TEAM: "tocongtac",
    Kind.CULTURE: "vhxh",
    Kind.BUREAU: "vanphong",
    Kind.OTHER: "coquan",
}
_LEVELS: Final = {Level.PROVINCE: "tinh", Level.DISTRICT: "huyen", Level.COMMUNE: "xa"}


def made(place: Place, kind: str, taken: set[str]) -> str:
    """Make a name that nobody has yet, and count it among those taken."""
    word = _WORDS.get(kind, _LEVELS[place.level])  # a people's committee is the unit's own office
    start = f"{word}.{re.sub(r'[^a-z0-9]', '', fold(place.name))}"
    for number in count(1):
        end = str(number) if number > 1 else ""
        name = start[: LONGEST_USERNAME - len(end)] + end
        if name not in taken:
            break
    taken.add(name)
    return name
