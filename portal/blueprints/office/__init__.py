"""What has one address whatever the reader's role; the policy table decides what it shows."""

from flask import Blueprint

blueprint = Blueprint("office", __name__)

from portal.blueprints.office import (  # noqa: E402 - the pages put themselves on the blueprint
    actions,
    campaign_plan,
    campaign_window,
    campaigns,
    codes,
    documents,
    dry_run,
    home,
    inbox,
    jobs,
    letterheads,
    numbers,
    posters,
    questionnaires,
    registers,
    results,
    tasks,
)

__all__ = [
    "actions",
    "blueprint",
    "campaign_plan",
    "campaign_window",
    "campaigns",
    "codes",
    "documents",
    "dry_run",
    "home",
    "inbox",
    "jobs",
    "letterheads",
    "numbers",
    "posters",
    "questionnaires",
    "registers",
    "results",
    "tasks",
]
