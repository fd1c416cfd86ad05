"""The home pages: what a view needs of the navigation and of the pages where tasks are done."""

from flask import render_template

from portal.features.briefing import pages
from portal.features.field_reports.exports import VERDICTS
from portal.web import job_links, navigation
from portal.web.actor import actor
from portal.web.addresses import base_url


def home(template: str) -> str:
    """Draw the home page of the signed-in account.

    Args:
        template: the one of its role.
    """
    page = pages.home(actor(), navigation.waiting(actor()))
    return render_template(
        template, page=page, links=job_links.of(page.assigned, page.campaign_ids),
        verdicts=VERDICTS, panel=page.seen.invitation(base_url()),
    )  # fmt: skip
