"""Who is proposed for commendation in a campaign: the list, and one of them."""

from io import BytesIO

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core.errors import Missing
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.nominations import exports, pages, public, queries, services
from portal.features.nominations.models import Nomination, State
from portal.features.nominations.pages import Listing, Wanted
from portal.features.nominations.workflow import NOMINATION
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.offers import buttons
from portal.web.printing import XLSX, sent
from portal.web.telling import done


@blueprint.get("/dot-khao-sat/<int:campaign_id>/bieu-duong")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def nominations(campaign: Campaign) -> ResponseReturnValue:
    return render_template(
        "features/nominations/list.html",
        page=_listing(campaign),
        state_labels=pages.STATE_LABELS,
        kind_labels=pages.KIND_LABELS,
        work=work_pages.work(actor(), campaign),
        may_propose=allows(actor(), Permission.NOMINATION_PROPOSE, campaign),
        may_list=allows(actor(), Permission.NOMINATION_LIST, campaign),
        may_draft=allows(actor(), Permission.DOCUMENT_CREATE),
    )


@blueprint.get("/dot-khao-sat/<int:campaign_id>/bieu-duong.xlsx")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def nominations_sheet(campaign: Campaign) -> ResponseReturnValue:
    name = f"Biểu dương {campaign.name}.xlsx"
    content = BytesIO(exports.sheet(_listing(campaign)))
    return sent(content, XLSX, name)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/bieu-duong/<int:nomination_id>")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def nomination(campaign: Campaign, nomination_id: int) -> ResponseReturnValue:
    item = of_campaign(campaign, nomination_id)
    may_edit = allows(actor(), Permission.NOMINATION_EDIT, item)
    return render_template(
        "features/nominations/nomination.html",
        page=pages.detail(actor(), item),
        kind_labels=pages.KIND_LABELS,
        work=work_pages.work(actor(), campaign),
        offers=buttons(NOMINATION, item),
        may_edit=may_edit and item.state == State.DRAFT,
        may_name=item.state in {State.SHORTLISTED, State.AWARDED}
        and allows(actor(), Permission.NOMINATION_NAME, item),
        public=public.awards(campaign.id) is not None,
        may_repeat=may_edit and item.state in {State.REJECTED, State.WITHDRAWN},
    )


@blueprint.get("/bieu-duong/<int:nomination_id>")
@requires(Permission.NOMINATION_READ, load=queries.get_visible)
def nomination_alone(nomination: Nomination) -> ResponseReturnValue:
    """Lead to its page: whoever knows the thing alone, such as the address of the workflows."""
    return redirect(
        url_for(
            "office.nomination", campaign_id=nomination.campaign_id, nomination_id=nomination.id
        )
    )


@blueprint.post("/bieu-duong/<int:nomination_id>/cong-khai")
@requires(Permission.NOMINATION_NAME, load=queries.get_visible)
def name_nomination(nomination: Nomination) -> ResponseReturnValue:
    """Leave a name off the public list of those commended, or put it there again."""
    named = request.form.get("named") == "1"
    said = _("Tên được nêu trên trang công khai khi đã có quyết định.") if named else (
        _("Tên không còn trên trang công khai.")
    )  # fmt: skip
    done(lambda: services.set_named(actor(), nomination, named=named), said)
    return redirect(url_for(
        "office.nomination", campaign_id=nomination.campaign_id, nomination_id=nomination.id
    ))  # fmt: skip


def of_campaign(campaign: Campaign, nomination_id: int) -> Nomination:
    """Give a nomination of a campaign that the account may see.

    Raises:
        Missing: there is none.
    """
    found = queries.get_visible(actor(), nomination_id)
    if found is None or found.campaign_id != campaign.id:
        raise Missing
    return found


def _listing(campaign: Campaign) -> Listing:
    return pages.listing(
        actor(),
        campaign,
        Wanted(
            state=request.args.get("tinh-trang", ""),
            kind=request.args.get("loai", ""),
            district_id=request.args.get("huyen", 0, type=int),
            compares=request.args.get("xem") == "so-sanh",
        ),
    )
