"""Prints of codes: one at once, many as a job."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from portal.blueprints.office import blueprint
from portal.blueprints.office.codes import visible_code
from portal.core.errors import Missing
from portal.features.campaigns import code_queries, jobs, places, posters, queries, share
from portal.features.campaigns.jobs import Order
from portal.features.campaigns.models import Campaign
from portal.features.campaigns.posters import FORM_NAMES, Form
from portal.features.org_units import queries as org_units
from portal.features.settings import services as settings
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.printing import PDF, PNG, sent

OWN, POINTS, BOTH = "xa", "diem", "ca-hai"
KINDS = {"gop": jobs.BOOK, "rieng": jobs.ARCHIVE}
NO_FORM = lazy_gettext("Mời chọn ít nhất một mẫu in.")
NO_CODE = lazy_gettext("Nơi đã chọn chưa có mã nào như vậy. Mời chọn rộng hơn.")


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr/<int:unit_id>/in.pdf")
@requires(Permission.CODE_READ, load=queries.get_visible)
def print_code(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    code, wanted = visible_code(campaign, unit_id), request.args.get("mau", Form.POSTER)
    if wanted not in set(Form):
        raise Missing
    sample = settings.installation().sample
    content = posters.drawn(Form(wanted), [share.poster(code, base_url(), sample=sample)])
    name = f"{FORM_NAMES[Form(wanted)]} {code.place_name}.pdf"
    return sent(content, PDF, name)


@blueprint.get("/dot-khao-sat/<int:campaign_id>/ma-qr/<int:unit_id>/ap-phich.png")
@requires(Permission.CODE_READ, load=queries.get_visible)
def poster_picture(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    code = visible_code(campaign, unit_id)
    sample = settings.installation().sample
    content = posters.picture(share.poster(code, base_url(), sample=sample))
    name = f"Áp phích {code.place_name}.png"
    return sent(content, PNG, name)


@blueprint.route("/dot-khao-sat/<int:campaign_id>/in-an", methods=["GET", "POST"])
@requires(Permission.CODE_READ, load=queries.get_visible)
def prints(campaign: Campaign) -> ResponseReturnValue:
    if request.method == "GET":
        return _page(campaign)
    if not request.form.getlist("mau"):
        return _page(campaign, {"mau": str(NO_FORM)}), 422
    kind, wanted = KINDS.get(request.form.get("tep", ""), jobs.BOOK), _order(campaign)
    try:
        job = jobs.order(kind, actor().user_id, campaign, wanted)
    except Missing:
        return _page(campaign, {"noi": str(NO_CODE)}), 422
    return redirect(url_for("office.job", job_id=job.id))


def _order(campaign: Campaign) -> Order:
    units = request.form.getlist("don-vi", type=int)
    if any(org_units.get_visible(actor(), unit) is None for unit in units):
        raise Missing
    which = request.form.get("ma", OWN)
    return Order(
        campaign_id=campaign.id,
        below=actor().unit_id,
        base_url=base_url(),
        forms=[form for form in Form if form in request.form.getlist("mau")],
        units=units,
        own=which != POINTS,
        points=which in {POINTS, BOTH},
    )


def _page(campaign: Campaign, errors: dict[str, str] | None = None) -> str:
    """Give the page with what was ticked; at first the poster, of everywhere."""
    given = request.form if request.method == "POST" else request.args
    units = [code.unit for code in queries.codes(campaign.id, actor().unit_id)]
    return render_template(
        "features/campaigns/prints.html",
        campaign=campaign,
        groups=places.by_district(units),
        total=len(units),
        points=len(code_queries.of_points(campaign.id, actor().unit_id)),
        forms={form: gettext(name) for form, name in FORM_NAMES.items()},
        chosen=given.getlist("mau") or ([] if errors else [Form.POSTER]),
        units=set(given.getlist("don-vi", type=int)),
        which=given.get("ma", OWN),
        file=given.get("tep", "gop"),
        errors=errors or {},
    )
