"""The log of the Zalo kit: to whom an invitation was passed on, and when (plan 002, D34)."""

from dataclasses import dataclass
from datetime import date

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Missing
from portal.core.text import N_, clean
from portal.features.audit import services as audit
from portal.features.audit.services import Act, Doer
from portal.features.campaigns import sharing_queries as queries
from portal.features.campaigns.models import Campaign, ShareNote
from portal.features.org_units.models import Unit

LONGEST = 300


@dataclass(frozen=True)
class Sent:
    """What is noted: to which team, on which day, what besides."""

    point_id: int | None
    """None for the unit's own groups."""
    sent_on: date
    note: str = ""


def add(doer: Doer, campaign: Campaign, unit: Unit, sent: Sent) -> ShareNote:
    """Note that the invitation of a unit was passed on.

    Args:
        doer: who notes it.
        campaign: what is asked.
        unit: where it asks.
        sent: to whom and when.

    Raises:
        Missing: the team is none of this unit's.
        Invalid: the day lies ahead, or the note is too long.
    """
    errors, words = {}, clean(sent.note)
    if sent.sent_on > clock.today():
        errors["sent_on"] = N_("Ngày gửi chưa tới.")
    if len(words) > LONGEST:
        errors["note"] = N_("Ghi chú dài quá 300 ký tự.")
    if errors:
        raise Invalid(errors)
    with write() as current:
        team = queries.team(unit.id, sent.point_id) if sent.point_id else None
        if sent.point_id and team is None:
            raise Missing
        note = ShareNote(
            campaign_id=campaign.id, unit_id=unit.id, point=team, sent_on=sent.sent_on,
            sent_by=doer.display_name, note=words,
        )  # fmt: skip
        current.add(note)
        current.flush()
        audit.record(doer, _act("code:shared", campaign, note, unit))
    return note


def remove(doer: Doer, campaign: Campaign, note: ShareNote, unit: Unit) -> None:
    """Take back a line that was noted by mistake; the record keeps that it stood there."""
    with write() as current:
        audit.record(doer, _act("code:share_removed", campaign, note, unit))
        current.delete(note)


def _act(action: str, campaign: Campaign, note: ShareNote, unit: Unit) -> Act:
    team = f"{note.point.name}, " if note.point else ""
    return Act(
        action, "code", campaign.id, subject_name=f"{campaign.name}, {team}{unit.running_name}",
        unit_id=unit.id, reason=note.note, changes={"sent_on": [None, note.sent_on.isoformat()]},
    )  # fmt: skip
