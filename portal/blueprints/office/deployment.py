"""The deployment pack: what a unit needs on the ground, looked at here or taken as one file."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.blueprints.office import blueprint
from portal.core.errors import Missing
from portal.core.text import N_
from portal.features.campaigns import code_queries
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.deployment import exports, jobs, pages, word
from portal.features.deployment.pages import Pack
from portal.features.deployment.wording import Sheet
from portal.features.documents import queries as documents
from portal.features.teams.pages import STANDING_LABELS
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.locale import translate
from portal.web.printing import DOCX, XLSX, sent


@blueprint.get("/dot-khao-sat/<int:campaign_id>/bo-trien-khai")
@requires(Permission.CODE_READ, load=campaigns.get_visible)
def deployment(campaign: Campaign) -> ResponseReturnValue:
    unit_id = actor().unit_id
    if actor().role in {Role.COMMUNE, Role.YOUTH} and code_queries.live(
        campaign.id, unit_id, below=unit_id
    ):
        return _page(_pack(campaign, unit_id))
    district, missing = _wanted()
    return render_template(
        "features/deployment/list.html", campaign=campaign, district=district, missing=missing,
        work=work_pages.work(actor(), campaign),
        page=pages.listing(actor(), campaign, district, only_missing=missing),
    )  # fmt: skip


@blueprint.get("/dot-khao-sat/<int:campaign_id>/bo-trien-khai/danh-sach.xlsx")
@requires(Permission.CODE_READ, load=campaigns.get_visible)
def deployments_sheet(campaign: Campaign) -> ResponseReturnValue:
    district, missing = _wanted()
    content = exports.workbook_of(
        pages.listing(actor(), campaign, district, only_missing=missing),
        {key: translate(label) for key, label in STANDING_LABELS.items()},
        {key: translate(label) for key, label in ROSTER_STATES.items()},
    )
    name = f"Bộ triển khai {campaign.name}.xlsx"
    return sent(content, XLSX, name)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/bo-trien-khai/<int:unit_id>")
@requires(Permission.CODE_READ, load=campaigns.get_visible)
def deployment_of_unit(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    return _page(_pack(campaign, unit_id))


@blueprint.get("/dot-khao-sat/<int:campaign_id>/bo-trien-khai/<int:unit_id>/phat-thanh.docx")
@requires(Permission.CODE_READ, load=campaigns.get_visible)
def deployment_script(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    pack = _pack(campaign, unit_id)
    return _word(pack.script, f"Bản tin phát thanh {pack.unit.full_name}.docx")


@blueprint.get("/dot-khao-sat/<int:campaign_id>/bo-trien-khai/<int:unit_id>/huong-dan.docx")
@requires(Permission.CODE_READ, load=campaigns.get_visible)
def deployment_guidance(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    pack = _pack(campaign, unit_id)
    return _word(pack.guidance, f"Hướng dẫn người hỗ trợ {pack.unit.full_name}.docx")


@blueprint.post("/dot-khao-sat/<int:campaign_id>/bo-trien-khai/<int:unit_id>/tai")
@requires(Permission.CODE_READ, load=campaigns.get_visible)
def order_deployment(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    job = jobs.order(actor().user_id, _pack(campaign, unit_id), base_url())
    return redirect(url_for("office.job", job_id=job.id))


ROSTER_STATES = {
    "draft": N_("Đang làm"), "submitted": N_("Đã nộp"), "accepted": N_("Được nhận"),
    "returned": N_("Trả lại"),
}  # fmt: skip


def _wanted() -> tuple[int | None, bool]:
    """Give the district that is wanted, and whether only units that lack something are."""
    return request.args.get("huyen", type=int), request.args.get("muc") == "con-thieu"


def _pack(campaign: Campaign, unit_id: int) -> Pack:
    code = code_queries.live(campaign.id, unit_id, below=actor().unit_id)
    if code is None:
        raise Missing
    return pages.pack(campaign, code, base_url())


def _word(sheet: Sheet, name: str) -> ResponseReturnValue:
    return sent(word.draw(sheet), DOCX, name)


def _page(pack: Pack) -> str:
    may_read = pack.decision and documents.get_visible(actor(), pack.decision.id) is not None
    return render_template(
        "features/deployment/pack.html", pack=pack, campaign=pack.campaign, may_read=may_read,
        work=work_pages.work(actor(), pack.campaign),
    )  # fmt: skip
