"""What was changed in a draft because of what people said, and what else was."""

from dataclasses import dataclass

from sqlalchemy import select

from portal.core.database import session
from portal.features.consolidation import listing, queries, told
from portal.features.consolidation.models import Decision, Opinion, State
from portal.features.consultations.models import Consultation
from portal.features.regulations.difference import Change


@dataclass(frozen=True)
class Mended:
    """The provisions whose words changed since people first read them, in reading order."""

    asked: list[Change]
    """Those on which an opinion was accepted, whole or in part."""
    others: list[Change]


def of(one: Consultation) -> Mended:
    """Tell the changes apart; one that only has another number counts as none."""
    query = select(Opinion.key).distinct().where(
        *queries.standing(one.id), Opinion.state == State.APPROVED,
        Opinion.decision.in_((Decision.ACCEPT, Decision.PART)),
    )  # fmt: skip
    keys = list(session().scalars(query.order_by(Opinion.key)))
    known = listing.Map(one, keys)
    accepted = {known.place(key) for key in keys} - {""}
    changes = [each for each in told.changed(one) if each.kind != "moved"]
    return Mended(
        [each for each in changes if each.entry.key in accepted],
        [each for each in changes if each.entry.key not in accepted],
    )
