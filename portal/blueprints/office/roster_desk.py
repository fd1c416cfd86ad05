"""What the pages of rosters share: whose roster an address means, and how it answers."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core.clock import weekday_name
from portal.core.errors import Missing
from portal.core.pasting import Remark
from portal.features.rosters import pages, queries
from portal.features.rosters.models import Kind
from portal.features.rosters.queries import Desk
from portal.features.rosters.workflow import ROSTER
from portal.features.work import pages as work_pages
from portal.web.actor import Account, actor
from portal.web.offers import buttons


def desk(account: Account, campaign_id: int) -> Desk | None:
    """Give the desk that an address means, among what the account may see (a loader)."""
    unit_id = (request.view_args or {})["unit_id"]
    return queries.desk(account, campaign_id, unit_id)


def address(where: Desk, endpoint: str = "office.roster", **values: object) -> str:
    """Give the address of a page of a unit's roster."""
    return url_for(endpoint, campaign_id=where.campaign.id, unit_id=where.unit.id, **values)  # type: ignore[arg-type]


def back(where: Desk) -> ResponseReturnValue:
    """Go back to the unit's roster."""
    return redirect(address(where))


def again(where: Desk) -> Desk:
    """Give the desk as it is after a change."""
    found = queries.desk(actor(), where.campaign.id, where.unit.id)
    if found is None:
        raise Missing
    return found


def said(remark: Remark) -> str:
    """Write a remark in the reader's language."""
    return str(_(remark.message, **remark.values))


def roster_page(where: Desk, **more: object) -> str:
    """Draw the page of a unit's roster."""
    page = pages.unit_page(actor(), where)
    offers = buttons(ROSTER, page.roster) if page.roster else []
    return render_template(
        "features/rosters/unit.html",
        page=page,
        desk=where,
        offers=offers,
        public=_public(where),
        work=work_pages.work(actor(), where.campaign),
        address=address,
        weekday=weekday_name,
        **more,
    )


def _public(where: Desk) -> str | None:
    """Give the address of the public page, None while there is none."""
    if where.kind != Kind.SUPPORT or queries.public_copy(where.roster) is None:
        return None
    return url_for("citizen.roster", campaign_id=where.campaign.id, unit_id=where.unit.id)
