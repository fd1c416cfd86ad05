"""Daily reports of a campaign: those of one unit, those of all, the sheet of the province."""

from contextlib import suppress
from datetime import date
from io import BytesIO

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.field_report_forms import ExplainForm, ReportForm
from portal.core.errors import Invalid, Missing, Refused, Stale
from portal.features.campaigns import queries as campaigns
from portal.features.campaigns.models import Campaign
from portal.features.field_reports import exports, listing, pages, queries, services
from portal.features.field_reports.listing import ListPage
from portal.features.field_reports.models import Explanation
from portal.features.field_reports.pages import UnitPage
from portal.features.field_reports.plausibility import Doubtful
from portal.features.field_reports.services import Proof
from portal.features.field_reports.workflow import EXPLANATION
from portal.features.work import pages as work_pages
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.offers import buttons
from portal.web.printing import XLSX, sent
from portal.web.telling import warn

ON_THE_SPOT = frozenset({Role.COMMUNE, Role.YOUTH})
_LIST = "/dot-khao-sat/<int:campaign_id>/bao-cao-ngay"
_UNIT = f"{_LIST}/<int:unit_id>"


@blueprint.get(_LIST)
@requires(Permission.DAILY_REPORT_READ, load=campaigns.get_visible)
def field_reports(campaign: Campaign) -> ResponseReturnValue:
    if actor().role in ON_THE_SPOT:
        return _of_own_unit(campaign)
    return render_template(
        "features/field_reports/list.html",
        page=_listed(campaign), work=work_pages.work(actor(), campaign),
        verdicts=exports.VERDICTS,
    )  # fmt: skip


@blueprint.get(f"{_LIST}/danh-sach.xlsx")
@requires(Permission.DAILY_REPORT_READ, load=campaigns.get_visible)
def field_reports_sheet(campaign: Campaign) -> ResponseReturnValue:
    content = BytesIO()
    exports.write(content, actor(), _listed(campaign), actor().display_name)
    content.seek(0)
    name = f"Báo cáo ngày {campaign.name}.xlsx"
    return sent(content, XLSX, name)


@blueprint.get(f"{_LIST}/in")
@requires(Permission.DAILY_REPORT_READ, load=campaigns.get_visible)
def field_reports_print(campaign: Campaign) -> ResponseReturnValue:
    form = exports.form(actor(), _listed(campaign))
    return render_template("features/field_reports/print.html", form=form, campaign=campaign)


@blueprint.get(_UNIT)
@requires(Permission.DAILY_REPORT_READ, load=campaigns.get_visible)
def field_report(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    page = _of_unit(campaign, unit_id)
    return _shown(page, ReportForm(None).fill(page), ExplainForm(None))


@blueprint.post(_UNIT)
@requires(Permission.DAILY_REPORT_ENTER, load=campaigns.get_visible)
def field_report_send(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    page, form = _own(campaign, unit_id), ReportForm()
    form.suit(page)
    if form.validate():
        try:
            taken = form.taken()
            entry = services.report(
                actor(), campaign, form.typed_day, form.given(), form.typed_number,
                Proof(taken.photos, taken.links), form.sure.data or (),
            )  # fmt: skip
        except Doubtful as doubtful:
            form.ask(doubtful.doubts)
        except Invalid as invalid:
            form.show(invalid)
        except Refused as refused:
            warn(refused)
            return redirect(_address(page, page.day))
        except Stale as stale:
            page = _of_unit(campaign, unit_id)
            form.renew(page)
            return _shown(page, form, ExplainForm(None), theirs=stale.theirs), 409
        else:
            done = _("Đã sửa báo cáo.") if entry.is_correction else _("Đã nộp báo cáo ngày.")
            flash(done, "success")
            return redirect(_address(page, entry.day))
    return _shown(page, form, ExplainForm(None)), 422


@blueprint.post(f"{_UNIT}/giai-trinh")
@requires(Permission.DAILY_REPORT_ENTER, load=campaigns.get_visible)
def field_report_explain(campaign: Campaign, unit_id: int) -> ResponseReturnValue:
    page, form = _own(campaign, unit_id), ExplainForm()
    if form.settles(lambda: services.explain(actor(), page.stands, form.text.data or ""),
                    _("Đã gửi giải trình lên cấp trên.")):  # fmt: skip
        return redirect(_address(page, page.day))
    return _shown(page, ReportForm(None).fill(page), form), 422


@blueprint.get("/giai-trinh/<int:explanation_id>")
@requires(Permission.EXPLANATION_READ, load=queries.get_visible)
def field_report_explanation(explanation: Explanation) -> ResponseReturnValue:
    """Show an explanation where it belongs, on the page of its unit."""
    return redirect(url_for(
        "office.field_report", campaign_id=explanation.campaign_id, unit_id=explanation.unit_id,
        _anchor="giai-trinh",
    ))  # fmt: skip


def _of_own_unit(campaign: Campaign) -> ResponseReturnValue:
    """Show the one unit that an account works for, or those that it took over from."""
    found = listing.list_page(actor(), campaign)
    units = [row.stands.unit_id for row in found.every] if found else []
    if not units:
        raise Missing
    own = actor().unit_id
    unit_id = own if own in units else units[0]
    return redirect(url_for("office.field_report", campaign_id=campaign.id, unit_id=unit_id))


def _listed(campaign: Campaign) -> ListPage:
    wanted = request.args.get("loc", "")
    district = request.args.get("huyen", type=int)
    page = listing.list_page(actor(), campaign, district, wanted)
    if page is None:
        raise Missing
    return page


def _of_unit(campaign: Campaign, unit_id: int) -> UnitPage:
    day = None
    with suppress(ValueError):
        day = date.fromisoformat(request.values.get("ngay", ""))
    page = pages.unit_page(actor(), campaign, unit_id, day)
    if page is None:
        raise Missing
    return page


def _own(campaign: Campaign, unit_id: int) -> UnitPage:
    """Give the page of the account's own unit; nobody reports for another."""
    if unit_id != actor().unit_id:
        raise Missing
    return _of_unit(campaign, unit_id)


def _address(page: UnitPage, day: date | None) -> str:
    return url_for(
        "office.field_report", campaign_id=page.campaign.id, unit_id=page.stands.unit_id,
        ngay=day.isoformat() if day else None,
    )  # fmt: skip


def _shown(page: UnitPage, form: ReportForm, explain: ExplainForm, theirs: object = None) -> str:
    return render_template(
        "features/field_reports/unit.html",
        page=page, form=form, explain=explain, theirs=theirs,
        work=work_pages.work(actor(), page.campaign), verdicts=exports.VERDICTS,
        edits="sua" in request.args or bool(form.errors) or theirs is not None,
        offers={one.id: buttons(EXPLANATION, one) for one in page.explanations},
    )  # fmt: skip
