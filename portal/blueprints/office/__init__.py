"""What has one address whatever the reader's role; the policy table decides what it shows."""

from flask import Blueprint

blueprint = Blueprint("office", __name__)

from portal.blueprints.office import (  # noqa: E402 - the pages put themselves on the blueprint
    actions,
    campaigns,
    codes,
    home,
    jobs,
    posters,
    questionnaires,
    results,
)

__all__ = [
    "actions",
    "blueprint",
    "campaigns",
    "codes",
    "home",
    "jobs",
    "posters",
    "questionnaires",
    "results",
]
