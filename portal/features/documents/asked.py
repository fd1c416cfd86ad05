"""Which bodies the library's plans give duties and papers to."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from portal.features.documents import templates
from portal.features.org_units.kinds import OrganisationKind


@cache
def kinds(level: str) -> tuple[OrganisationKind, ...]:
    """Give the kinds of bodies that plans ask for at a level, in the usual order."""
    asked = {
        kind.split("/")[0]
        for template in templates.available()
        for at, _, kind in (group.partition(":") for group in _groups(template.content))
        if at == level
    }
    return tuple(kind for kind in OrganisationKind if kind in asked)


def _groups(content: Mapping[str, Any]) -> Iterator[str]:
    for row in content.get("duties", ()):
        yield row.get("lead", {}).get("group", "")
    for row in content.get("recipients", ()):
        yield row.get("party", {}).get("group", "") if "party" in row else ""
