"""Names that the portal knows nobody by: nothing reaches them through it."""

import re
from collections.abc import Iterator
from typing import Final

from portal.core.text import N_, fold
from portal.features.documents.body import Party
from portal.features.documents.checks.found import Paper, Warning, warning


def unlinked(paper: Paper) -> Iterator[Warning]:
    """Duties are led by names alone; one that is tied shows that the others are meant so."""
    leads = [one.lead for one in paper.body.duties]
    names = [one for one in leads if one.name.strip()]
    if names and not any(map(_is_linked, leads)):
        yield warning("unlinked", UNLINKED, n=str(len(names)))


def unsent(paper: Paper) -> Iterator[Warning]:
    """None of the recipients has an inbox; “Như kính gửi” is none of them."""
    parties = [one.party for one in paper.body.recipients]
    names = [one for one in parties if not re.match(r"nhu (kinh gui|tren)|$", fold(one.name))]
    if names and not any(map(_is_linked, parties)):
        yield warning("unsent", UNSENT)


def _is_linked(party: Party) -> bool:
    return bool(party.organisation_id or party.group)


RULES: Final = (unlinked, unsent)

UNLINKED = N_("%(n)s việc chưa gắn với nơi nào trong Cổng nên không thành nhiệm vụ.")
UNSENT = N_("Chưa nơi nhận nào gắn với Cổng nên không ai nhận được văn bản này qua Cổng.")
