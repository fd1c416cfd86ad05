"""The duty of the plan that publicity fulfils; nobody ticks it off besides."""

from portal.core.database import session
from portal.features.campaigns import fieldwork
from portal.features.campaigns.models import Campaign
from portal.features.documents.body import Job
from portal.features.documents.recording import Author
from portal.features.publicity import judging, queries
from portal.features.tasks import services as tasks


def follow(
    author: Author, campaign: Campaign | None, unit_id: int, *, was_full: bool = False
) -> None:
    """Move the unit's duty along: begun, or handed in once every channel of every content is done.

    What was complete and has lost something is open again, unless it was accepted above: then it is
    for them to return it. Handed in by hand before all was there, it stays so. Inside `write()`.

    Args:
        author: who changed something.
        campaign: for which; nothing happens without one.
        unit_id: whose duty.
        was_full: whether everything was there before the change.
    """
    if campaign is None:
        return
    done, wanted = _count(campaign, unit_id)
    full = bool(wanted) and done == wanted
    name = "submit" if full else "reopen" if was_full else "start"
    said = {"submit": f"Đã công khai đủ {done}/{wanted} mục.",
            "reopen": f"Còn {done}/{wanted} mục công khai có bằng chứng."}  # fmt: skip
    reason = said.get(name, "")
    tasks.follow(author, campaign.plan_id, Job.PUBLICITY, unit_id, name, reason=reason)


def is_full(campaign: Campaign | None, unit_id: int) -> bool:
    """Say whether every content is public, and shown to be, by every channel of a campaign."""
    if campaign is None:
        return False
    done, wanted = _count(campaign, unit_id)
    return bool(wanted) and done == wanted


def _count(campaign: Campaign, unit_id: int) -> tuple[int, int]:
    """Count what is public and shown, and what the campaign asks for."""
    session().flush()
    rules = fieldwork.of(campaign)
    there = [one for one in queries.of_unit(campaign.id, unit_id) if not one.mistaken]
    pieces = queries.pieces(campaign.id, unit_id)
    cells = [
        judging.cell(
            [one for one in there if (one.object, one.channel) == (code, channel)],
            pieces, campaign.closes_on,
        )
        for code in rules.objects for channel in rules.channels
    ]  # fmt: skip
    return sum(cell.mark == judging.Mark.POSTED for cell in cells), len(cells)
