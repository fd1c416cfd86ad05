"""Slips for one answer: having them printed, counting what is left, the minutes."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.batch_forms import OrderForm, SlipCountForm, number
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.campaigns import queries
from portal.features.campaigns.models import Campaign
from portal.features.surveys import batch_acts, batch_minutes, batch_pages, batches
from portal.features.surveys.batch_flows import SLIPS, SlipState
from portal.features.surveys.models import SlipBatch
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.offers import buttons, forms
from portal.web.printing import PDF, sent
from portal.web.telling import warn


@blueprint.get("/dot-khao-sat/<int:campaign_id>/phieu-mot-lan")
@requires(Permission.PARTICIPATION_READ, load=queries.get_visible)
def slips(campaign: Campaign) -> ResponseReturnValue:
    return _list(campaign)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/phieu-mot-lan/in")
@requires(Permission.SLIP_ORDER, load=queries.get_visible)
def order_slips(campaign: Campaign) -> ResponseReturnValue:
    form = OrderForm()
    if form.validate():
        size = number(form.size.data)
        try:
            _batch, job = batch_acts.order_slips(actor(), campaign, form.unit_id, size, base_url())
        except Invalid as invalid:
            form.show(invalid)
        except Refused as refused:
            warn(refused)
            return redirect(url_for("office.slips", campaign_id=campaign.id))
        else:
            return redirect(url_for("office.job", job_id=job.id))
    return _list(campaign, form), 422


@blueprint.get("/phieu-mot-lan/<int:batch_id>")
@requires(Permission.SLIP_READ, load=batches.slips)
def slip_batch(batch: SlipBatch) -> ResponseReturnValue:
    return _page(batch, SlipCountForm.of(batch))


@blueprint.post("/phieu-mot-lan/<int:batch_id>/kiem-dem")
@requires(Permission.SLIP_COUNT, load=batches.slips)
def count_slips(batch: SlipBatch) -> ResponseReturnValue:
    form = SlipCountForm.of(batch)
    if form.validate():
        try:
            batch_acts.count_slips(actor(), batch, form.given(), form.seen_version())
        except Invalid as invalid:
            form.show(invalid)
        except Stale as stale:
            form.renew(batch)
            return _page(batch, form, form.also(stale)), 409
        else:
            flash(_("Đã ghi kiểm đếm. Một tài khoản khác đếm lại và xác nhận."), "success")
            return redirect(url_for("office.slip_batch", batch_id=batch.id))
    return _page(batch, form), 422


@blueprint.get("/phieu-mot-lan/<int:batch_id>/bien-ban.pdf")
@requires(Permission.SLIP_READ, load=batches.slips)
def slip_minutes(batch: SlipBatch) -> ResponseReturnValue:
    if batch.state == SlipState.PRINTED or batch.used is None:
        raise Missing
    content = batch_minutes.of_slips(batch_pages.slip_line(actor(), batch))
    name = f"Biên bản phiếu một lần {batch.name}.pdf"
    return sent(content, PDF, name)


def _list(campaign: Campaign, form: OrderForm | None = None) -> str:
    page = batch_pages.slip_page(actor(), campaign)
    form = (form or OrderForm(None)).offer(page.units)
    return render_template("features/surveys/slips.html", page=page, form=form)


def _page(batch: SlipBatch, form: SlipCountForm, theirs: dict[str, object] | None = None) -> str:
    return render_template(
        "features/surveys/slip_batch.html",
        line=batch_pages.slip_line(actor(), batch),
        batch=batch,
        form=form,
        theirs=theirs,
        may_count="count" in forms(SLIPS, batch),
        offers=buttons(SLIPS, batch),
    )
