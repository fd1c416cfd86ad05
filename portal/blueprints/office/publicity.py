"""What units make public for a campaign: those below, one unit's matrix, a new entry."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.posting_forms import NewPostingForm, first
from portal.core.errors import Invalid, Missing
from portal.features.campaigns import fieldwork
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.publicity import exports, pages, queries, services, units
from portal.features.publicity.contents import CHANNELS, SHORT, content, proof_of
from portal.features.publicity.units import Wanted
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.locale import translate
from portal.web.printing import XLSX, sent


@blueprint.get("/dot-khao-sat/<int:campaign_id>/cong-khai")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def publicity(campaign: Campaign) -> ResponseReturnValue:
    if actor().role in pages.LOCAL and queries.asked(actor(), campaign, actor().unit_id):
        return _matrix(campaign, actor().unit_id)
    return render_template(
        "features/publicity/list.html",
        listing=units.listing(actor(), campaign, _wanted()),
        work=work_pages.work(actor(), campaign),
        **_words(campaign),
    )


@blueprint.get("/dot-khao-sat/<int:campaign_id>/cong-khai/danh-sach.xlsx")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def publicity_sheet(campaign: Campaign) -> ResponseReturnValue:
    listing = units.listing(actor(), campaign, _wanted())
    content = exports.workbook_of(listing.rules, listing.rows, translate)
    name = f"Công khai {campaign.name}.xlsx"
    return sent(content, XLSX, name)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/cong-khai/<int:unit_id>")
@requires(Permission.CAMPAIGN_READ, load=campaigns.get_visible)
def unit_publicity(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    return _matrix(campaign, unit_id)


@blueprint.route("/dot-khao-sat/<int:campaign_id>/cong-khai/ghi", methods=["GET", "POST"])
@requires(Permission.POSTING_RECORD, load=campaigns.get_visible)
def new_posting(campaign: Campaign) -> ResponseReturnValue:
    rules = fieldwork.of(campaign)
    if not rules.objects or queries.asked(actor(), campaign, actor().unit_id) is None:
        raise Missing
    begun = pages.begun(actor(), campaign)
    chosen = _chosen(request.args.getlist("noi-dung"), rules.objects)
    channel = _chosen([request.args.get("hinh-thuc", "")], rules.channels) or rules.channels[:1]
    form = NewPostingForm(**first(begun, chosen or rules.objects[:1], channel[0]))
    form.offer(rules, begun)
    status = 200
    if form.is_submitted():
        status = 422
        try:
            if form.validate():
                taken = form.taken()
                found = services.record(actor(), form.posting, campaign, taken.photos, taken.links)
                flash(_("Đã ghi %(n)s nội dung công khai.", n=len(found)), "success")
                return redirect(url_for("office.publicity", campaign_id=campaign.id))
        except Invalid as invalid:
            form.show(invalid)
    return render_template(
        "features/publicity/new.html", form=form, begun=begun,
        proof=proof_of(form.channel.data or channel[0]), **_words(campaign),
    ), status  # fmt: skip


def _matrix(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    unit = queries.asked(actor(), campaign, unit_id)
    if unit is None:
        raise Missing
    return render_template(
        "features/publicity/matrix.html",
        matrix=pages.matrix(actor(), campaign, unit),
        work=work_pages.work(actor(), campaign),
        **_words(campaign),
    )


def _wanted() -> Wanted:
    standing = request.args.get("tinh-trang", "")
    code, _dot, channel = request.args.get("thieu", "").partition(".")
    known = standing if standing in {units.FULL, units.PART, units.EMPTY} else ""
    missing = (code, channel) if channel else None
    return Wanted(request.args.get("huyen", type=int), known, missing)


def _chosen(typed: list[str], known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in known if code in typed)


def _words(campaign: Campaign) -> dict[str, object]:
    return {"campaign": campaign, "content_of": content, "channels": CHANNELS, "short": SHORT}
