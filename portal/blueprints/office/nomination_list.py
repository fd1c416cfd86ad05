"""The list that goes up: closing it, opening it again, and the papers made of it."""

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.core.errors import Refused
from portal.core.text import clean
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.nominations import papers, shortlist
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.telling import done, warn


@blueprint.post("/dot-khao-sat/<int:campaign_id>/bieu-duong/chot")
@requires(Permission.NOMINATION_LIST, load=campaigns.get_visible)
def close_nominations(campaign: Campaign) -> ResponseReturnValue:
    said = _("Đã chốt danh sách trình.")
    sure = "sure" in request.form
    return _tried(campaign, lambda: shortlist.close(actor(), campaign, sure=sure), said)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/bieu-duong/mo-lai")
@requires(Permission.NOMINATION_LIST, load=campaigns.get_visible)
def reopen_nominations(campaign: Campaign) -> ResponseReturnValue:
    reason = clean(request.form.get("reason", ""), multiline=True)
    said = _("Đã mở lại danh sách.")
    return _tried(campaign, lambda: shortlist.reopen(actor(), campaign, reason), said)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/bieu-duong/to-trinh")
@requires(Permission.NOMINATION_LIST, load=campaigns.get_visible)
def draft_proposal(campaign: Campaign) -> ResponseReturnValue:
    return _drafted(campaign, papers.PROPOSAL)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/bieu-duong/quyet-dinh")
@requires(Permission.NOMINATION_LIST, load=campaigns.get_visible)
def draft_decision(campaign: Campaign) -> ResponseReturnValue:
    return _drafted(campaign, papers.DECISION)


def _drafted(campaign: Campaign, type_code: str) -> ResponseReturnValue:
    if not allows(actor(), Permission.DOCUMENT_CREATE):
        flash(_("Người soạn thảo mới soạn được văn bản."), "warning")
        return _list(campaign)
    try:
        document = papers.draft(actor(), campaign, type_code)
    except Refused as refused:
        warn(refused)
        return _list(campaign)
    return redirect(url_for("office.document", document_id=document.id))


def _tried(campaign: Campaign, act: Callable[[], None], said: str) -> ResponseReturnValue:
    done(act, said)
    return _list(campaign)


def _list(campaign: Campaign) -> ResponseReturnValue:
    return redirect(url_for("office.nominations", campaign_id=campaign.id))
