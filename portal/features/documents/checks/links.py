"""Zalo groups taken over from another plan, or copied with a letter lost (001–003)."""

import re
from collections.abc import Iterator
from typing import Final

from portal.core.text import N_
from portal.features.documents.checks.found import Paper, Warning, warning

NEAR: Final = 2
"""Letters by which two links may differ and still be taken for one, copied wrongly."""

ZALO: Final = re.compile(r"(?:https?://)?(?:www\.)?zalo\.me/g/\w+", re.IGNORECASE)


def zalo_links(text: str) -> list[str]:
    """Give the links to Zalo groups in a text, in one spelling: “zalo.me/g/abc123”."""
    return [_plain(link) for link in ZALO.findall(text)]


def shared_group(paper: Paper) -> Iterator[Warning]:
    """A link that another plan has too, or nearly."""
    others = {_plain(link): name for link, name in paper.facts.zalo_links.items()}
    places = {link: place for place in reversed(paper.places) for link in zalo_links(place.text)}
    for link, place in places.items() if others else ():
        nearest = min(others, key=lambda other: distance(link, other))
        if distance(link, nearest) <= NEAR:
            message = SAME if nearest == link else ALIKE
            yield warning("zalo", message, place.id, link=link, other=nearest, plan=others[nearest])


def distance(one: str, other: str) -> int:
    """Give how many letters have to be put in, left out or changed to make one the other."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        diagonal, row[0] = row[0], at
        for n, sign in enumerate(other, 1):
            diagonal, row[n] = row[n], min(row[n] + 1, row[n - 1] + 1, diagonal + (letter != sign))
    return row[-1]


def _plain(link: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link, flags=re.IGNORECASE)


RULES: Final = (shared_group,)
SAME = N_("Nhóm Zalo %(link)s cũng là nhóm của “%(plan)s”.")
ALIKE = N_("Nhóm Zalo %(link)s gần giống %(other)s của “%(plan)s”: kiểm tra lại đường dẫn.")
