"""Changing the days of an announced campaign: only by an issued document that amends its plan."""

from datetime import date

from portal.core import clock
from portal.core.database import write
from portal.core.errors import Invalid, Refused
from portal.core.text import N_
from portal.features.campaigns import plans, queries
from portal.features.campaigns.drafting import window_errors
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import Phase
from portal.features.campaigns.services import Author
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.documents.models import Document


def change_window(
    actor: Author, campaign: Campaign, opens_on: date, closes_on: date, document: Document
) -> Campaign:
    """Change the days of a campaign that is announced, by a document that amends its plan.

    Args:
        actor: who does it.
        campaign: ready or open.
        opens_on: the first day; of an open campaign it stays.
        closes_on: the last day.
        document: issued, and amending the campaign's plan.

    Raises:
        Refused: the campaign or the document is none of these.
        Invalid: the days cannot be, or the document says others.
    """
    with write(CAMPAIGN.name) as current:
        current.refresh(campaign, with_for_update={"of": Campaign})
        if campaign.phase not in {Phase.READY, Phase.OPEN}:
            raise Refused(NOT_RUNNING)
        if document not in queries.amendments(campaign):
            raise Refused(NOT_AMENDING)
        if errors := _window_errors(campaign, opens_on, closes_on, document):
            raise Invalid(errors)
        changes: dict[str, list[object]] = {
            "opens_on": [campaign.opens_on, opens_on],
            "closes_on": [campaign.closes_on, closes_on],
        }
        campaign.opens_on, campaign.closes_on = opens_on, closes_on
        campaign.amended_by_id = document.id
        plans.record(actor, campaign, "window_changed", changes, document.number_text)
    return campaign


def _window_errors(
    campaign: Campaign, opens_on: date, closes_on: date, document: Document
) -> dict[str, str]:
    errors = window_errors(opens_on, closes_on)
    if campaign.phase == Phase.OPEN and opens_on != campaign.opens_on:
        errors["opens_on"] = N_("Đợt đã mở nên ngày bắt đầu không đổi được.")
    elif campaign.phase == Phase.READY and opens_on < clock.today():
        errors["opens_on"] = N_("Ngày bắt đầu đã qua.")
    stated = plans.window_of(document)
    if not errors and stated and stated != (opens_on, closes_on):
        errors["closes_on"] = N_("Văn bản sửa đổi ghi ngày khác. Mời ghi đúng như văn bản.")
    return errors


NOT_RUNNING = N_("Chỉ đổi ngày của đợt đã sẵn sàng hoặc đang mở.")
NOT_AMENDING = N_("Cần một văn bản đã ban hành, sửa đổi kế hoạch của đợt này.")
"""Why the dates of a campaign stay as they are."""
