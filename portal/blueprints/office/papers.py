"""Batches of paper: opening one, typing its sheets in, counting what came back, the minutes."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.batch_forms import OpenForm, PaperCountForm, number
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.campaigns import queries
from portal.features.campaigns.models import Campaign
from portal.features.questionnaires.paper import form_pdf
from portal.features.surveys import (
    batch_acts,
    batch_minutes,
    batch_pages,
    batches,
    form_keys,
    intake,
    papers,
)
from portal.features.surveys.batch_flows import PAPERS, PaperState
from portal.features.surveys.intake import Counted, NotOpen, Outcome, Wrong
from portal.features.surveys.models import PaperBatch
from portal.features.surveys.paper_page import EntryPage
from portal.features.surveys.places import Place, Standing
from portal.policy.permissions import Permission
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.offers import buttons, forms
from portal.web.printing import PDF, sent
from portal.web.telling import warn


@blueprint.get("/dot-khao-sat/<int:campaign_id>/phieu-giay")
@requires(Permission.PARTICIPATION_READ, load=queries.get_visible)
def paper_batches(campaign: Campaign) -> ResponseReturnValue:
    return _list(campaign)


@blueprint.post("/dot-khao-sat/<int:campaign_id>/phieu-giay/mo")
@requires(Permission.PAPER_OPEN, load=queries.get_visible)
def open_papers(campaign: Campaign) -> ResponseReturnValue:
    form = OpenForm().offer(batch_pages.points_of(actor().unit_id))
    if form.validate():
        point = form.points.get(form.point.data or "")
        issued = number(form.issued.data)
        try:
            batch = batch_acts.open_papers(actor(), campaign, form.typed_day, issued, point)
        except Invalid as invalid:
            form.show(invalid)
        except Refused as refused:
            warn(refused)
            return redirect(url_for("office.paper_batches", campaign_id=campaign.id))
        else:
            return redirect(url_for("office.paper_batch", batch_id=batch.id))
    return _list(campaign, form), 422


@blueprint.get("/phieu-giay/<int:batch_id>")
@requires(Permission.PAPER_READ, load=batches.papers)
def paper_batch(batch: PaperBatch) -> ResponseReturnValue:
    return _page(batch, PaperCountForm.of(batch))


@blueprint.get("/phieu-giay/<int:batch_id>/nhap")
@requires(Permission.PAPER_ENTER, load=batches.papers)
def enter_paper(batch: PaperBatch) -> ResponseReturnValue:
    return _next_sheet(batch, papers.place_of(batch))


@blueprint.route("/phieu-giay/<int:batch_id>/nhap/<string(length=44):key>", methods=["GET", "POST"])
@requires(Permission.PAPER_ENTER, load=batches.papers)
def enter_sheet(batch: PaperBatch, key: str) -> ResponseReturnValue:
    place = papers.place_of(batch)
    if place.standing != Standing.OPEN:
        return _no_more(batch)
    if request.method == "POST":
        return _entered(batch, place, key, intake.receive(place, key, request.form))
    if (sheet := form_keys.read(place.code, key)) is None:
        raise Missing
    if intake.is_known(sheet):
        return render_template("features/surveys/paper_stored.html", batch=batch)
    return _entry(EntryPage.empty(batch, key))


@blueprint.post("/phieu-giay/<int:batch_id>/kiem-dem")
@requires(Permission.PAPER_ENTER, load=batches.papers)
def count_papers(batch: PaperBatch) -> ResponseReturnValue:
    form = PaperCountForm.of(batch)
    if form.validate():
        try:
            batch_acts.count_papers(actor(), batch, form.given(), form.seen_version())
        except Invalid as invalid:
            form.show(invalid)
        except Stale as stale:
            form.renew(batch)
            return _page(batch, form, form.also(stale)), 409
        else:
            flash(_("Đã ghi kiểm đếm. Một tài khoản khác đếm lại và xác nhận."), "success")
            return redirect(url_for("office.paper_batch", batch_id=batch.id))
    return _page(batch, form), 422


@blueprint.get("/phieu-giay/<int:batch_id>/bien-ban.pdf")
@requires(Permission.PAPER_READ, load=batches.papers)
def paper_minutes(batch: PaperBatch) -> ResponseReturnValue:
    if batch.state == PaperState.OPEN:
        raise Missing
    content = batch_minutes.of_papers(batch_pages.paper_line(actor(), batch))
    return sent(content, PDF, f"Biên bản phiếu giấy {batch.name}.pdf")


@blueprint.get("/phieu-giay/<int:batch_id>/phieu.pdf")
@requires(Permission.PAPER_READ, load=batches.papers)
def paper_form(batch: PaperBatch) -> ResponseReturnValue:
    version = batch.campaign.questionnaire_version
    mark = _("lô %(n)s", n=batch.id)
    content = form_pdf(
        version.definition, version=version.number, official=version.official, mark=mark, say=_
    )
    return sent(content, PDF, f"Phiếu giấy {batch.name}.pdf")


def _next_sheet(batch: PaperBatch, place: Place) -> ResponseReturnValue:
    """Go to the address of a sheet of its own: whoever comes back to it finds it stored."""
    if place.standing != Standing.OPEN:
        return _no_more(batch)
    key = form_keys.new(place.code)
    return redirect(url_for("office.enter_sheet", batch_id=batch.id, key=key))


def _no_more(batch: PaperBatch) -> ResponseReturnValue:
    flash(_("Lô này không nhập thêm được: đã kiểm đếm hoặc số liệu đã niêm phong."), "warning")
    return redirect(url_for("office.paper_batch", batch_id=batch.id))


def _entered(batch: PaperBatch, place: Place, key: str, outcome: Outcome) -> ResponseReturnValue:
    match outcome:
        case Counted(again):
            done = _("Đã lưu phiếu này từ trước, không đếm thêm.") if again else _("Đã lưu phiếu.")
            flash(done, "info" if again else "success")
            return _next_sheet(batch, place)
        case Wrong(reading):
            return _entry(EntryPage.again(batch, key, reading)), 422
        case NotOpen():
            flash(_("Phiếu CHƯA được lưu: lô đã kiểm đếm hoặc số liệu đã niêm phong."), "error")
            return redirect(url_for("office.paper_batch", batch_id=batch.id))
    # The page was open for too long, or another's: the sheet is given back with a new key.
    typed = intake.reading_of(place, request.form)
    page = EntryPage.again(batch, form_keys.new(place.code), typed)
    flash(_("Trang này mở đã lâu nên phiếu chưa được lưu. Mời bấm Lưu lần nữa."), "warning")
    return _entry(page), 422


def _list(campaign: Campaign, form: OpenForm | None = None) -> str:
    page = batch_pages.paper_page(actor(), campaign)
    form = form or OpenForm(None).offer(page.points)
    return render_template("features/surveys/papers.html", page=page, form=form)


def _page(batch: PaperBatch, form: PaperCountForm, theirs: dict[str, object] | None = None) -> str:
    return render_template(
        "features/surveys/paper_batch.html",
        line=batch_pages.paper_line(actor(), batch),
        batch=batch,
        form=form,
        theirs=theirs,
        last_day=papers.last_day_to_type(batch.campaign),
        may_count="count" in forms(PAPERS, batch),
        offers=buttons(PAPERS, batch),
    )


def _entry(page: EntryPage) -> str:
    return render_template("features/surveys/paper_entry.html", page=page)
