"""Campaigns: the list, one of them, and making or changing a draft."""

from dataclasses import replace
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.campaign_form import CampaignForm
from portal.core import clock
from portal.core.errors import Invalid, Stale
from portal.features.campaigns import (
    copying,
    fieldwork,
    from_plans,
    pages,
    places,
    queries,
    services,
    tying,
)
from portal.features.campaigns.fieldwork import Rules
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.phase import DENOMINATOR_LABELS
from portal.features.campaigns.workflow import CAMPAIGN
from portal.features.documents import queries as documents
from portal.features.documents.models import Document
from portal.features.org_units.kinds import KIND_LABELS
from portal.features.org_units.pages import LEVEL_LABELS
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.offers import buttons


@blueprint.get("/dot-khao-sat")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def campaigns() -> ResponseReturnValue:
    listing = pages.listing(actor(), request.args.get("muc", ""))
    may_create = allows(actor(), Permission.CAMPAIGN_CREATE)
    return render_template("features/campaigns/list.html", listing=listing, may_create=may_create)


@blueprint.get("/dot-khao-sat/<int:campaign_id>")
@requires(Permission.CAMPAIGN_READ, load=queries.get_visible)
def campaign(campaign: Campaign) -> ResponseReturnValue:
    return render_template(
        "features/campaigns/detail.html",
        page=pages.detail(actor(), campaign),
        rules=fieldwork.of(campaign),
        address=base_url() + request.path,
        offers=buttons(CAMPAIGN, campaign),
        labels=_LABELS,
        may_create=allows(actor(), Permission.CAMPAIGN_CREATE),
    )


@blueprint.get("/dot-khao-sat/moi")
@requires(Permission.CAMPAIGN_CREATE)
def new_campaign() -> ResponseReturnValue:
    plan, earlier, values = _plan(), _earlier(), _start()
    versions = queries.askable(actor().unit_id)
    wanted = request.args.get("phieu", type=int) or values.get("version_id")
    chosen = next((version for version in versions if version.id == wanted), None)
    if chosen is None:
        return render_template(
            "features/campaigns/choose.html", versions=versions, plan=plan, earlier=earlier,
            starts=pages.starts(actor()),
        )  # fmt: skip
    form = CampaignForm()
    form.suggest(chosen)
    form.fill(values | {"version_id": chosen.id})
    return _form_page(form)


@blueprint.post("/dot-khao-sat/moi")
@requires(Permission.CAMPAIGN_CREATE)
def create_campaign() -> ResponseReturnValue:
    form = CampaignForm()
    if form.rounds.rearrange():
        return _form_page(form)
    if form.validate():
        try:
            # What units are asked for is no part of this form: as the plan or the earlier one says.
            given = replace(form.entered(), work=_start().get("work", Rules()))
            campaign = tying.create(actor(), given, _plan())
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã lưu bản nháp. Mã QR của từng xã đã có, áp phích in được ngay."), "success")
            return redirect(url_for("office.campaign", campaign_id=campaign.id))
    return _form_page(form), 422


@blueprint.get("/dot-khao-sat/<int:campaign_id>/sua")
@requires(Permission.CAMPAIGN_EDIT, load=queries.get_visible)
def edit_campaign(campaign: Campaign) -> ResponseReturnValue:
    form = CampaignForm()
    communes = places.available(actor().unit_id, campaign.opens_on, campaign.closes_on)
    form.show_stored(campaign, communes, queries.unit_ids(campaign.id))
    return _form_page(form, campaign)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/sua")
@requires(Permission.CAMPAIGN_EDIT, load=queries.get_visible)
def save_campaign(campaign: Campaign) -> ResponseReturnValue:
    form = CampaignForm()
    if form.rounds.rearrange():
        return _form_page(form, campaign)
    if form.validate():
        try:
            services.edit(actor(), campaign, form.entered(), form.seen_version())
        except Invalid as invalid:
            form.show(invalid)
        except Stale as stale:
            form.version.data = campaign.version
            return _form_page(form, campaign, stale), 409
        else:
            flash(_("Đã lưu thay đổi."), "success")
            return redirect(url_for("office.campaign", campaign_id=campaign.id))
    return _form_page(form, campaign), 422


def _plan() -> Document | None:
    """Give the plan by which a campaign is made, as its page's link says."""
    wanted = request.args.get("ke-hoach", type=int)
    found = documents.get_visible(actor(), wanted) if wanted else None
    return found if found and queries.is_plan(found, actor().unit_id) else None


def _start() -> dict[str, Any]:
    """Give what a new campaign starts with: as its plan says, as the one that is copied had it."""
    plan, earlier = _plan(), _earlier()
    values = from_plans.suggestion(plan) if plan else {}
    return copying.suggestion(earlier) | values if earlier else values


def _earlier() -> Campaign | None:
    """Give the campaign that is to be copied."""
    wanted = request.args.get("theo", type=int)
    return queries.get_visible(actor(), wanted) if wanted else None


def _form_page(
    form: CampaignForm, campaign: Campaign | None = None, stale: Stale | None = None
) -> str:
    opens, closes = form.opens_on.data or clock.today(), form.closes_on.data or clock.today()
    groups = places.by_district(places.available(actor().unit_id, opens, max(opens, closes)))
    versions = queries.askable(actor().unit_id)
    if campaign and campaign.questionnaire_version not in versions:
        versions.append(campaign.questionnaire_version)
    return render_template(
        "features/campaigns/form.html",
        form=form.offer(versions, groups),
        groups=groups,
        campaign=campaign,
        plan=queries.governing_plan(campaign) if campaign else _plan(),
        earlier=None if campaign else _earlier(),
        taken=queries.is_name_taken(
            actor().unit_id, form.name.data or "", campaign.id if campaign else None
        ),
        theirs=form.differences(stale.theirs, campaign) if stale and campaign else [],
        labels=_LABELS,
    )


_LABELS = {"level": LEVEL_LABELS, "kind": KIND_LABELS, "denominator": DENOMINATOR_LABELS}
