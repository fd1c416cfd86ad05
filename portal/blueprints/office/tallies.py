"""The weeks of a box: the list, one week, its signing, its papers; the year; the monthly sheet."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import IO

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.tally_forms import PositionForm, SignForm
from portal.core.clock import format_date
from portal.core.errors import Forbidden, Invalid, Missing, Refused
from portal.features.mailbox import queries as boxes
from portal.features.mailbox.models import Mailbox
from portal.features.tallies import exports, monthly, pages, queries, sending, services, weeks
from portal.features.tallies import year as annual
from portal.features.tallies.models import Tally
from portal.features.tallies.pages import WeekPage
from portal.features.tallies.sending import Carried
from portal.features.tallies.workflow import TALLY
from portal.policy.permissions import Permission
from portal.policy.table import allows
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.addresses import base_url
from portal.web.offers import buttons
from portal.web.printing import PDF, XLSX, sent
from portal.web.telling import warn


@blueprint.get("/hom-thu/<int:mailbox_id>/tuan")
@requires(Permission.MAILBOX_READ, load=boxes.get_visible)
def tallies(box: Mailbox) -> ResponseReturnValue:
    page = pages.listing(actor(), box, request.args.get("nam", type=int))
    return render_template(
        "features/tallies/list.html", page=page, box=box, words=pages.STATE_WORDS,
        months=monthly.months(box),
    )  # fmt: skip


@blueprint.get("/tong-hop-tuan/<int:tally_id>")
@requires(Permission.MAILBOX_READ, load=queries.get_visible)
def tally_by_id(found: Tally) -> ResponseReturnValue:
    return _to_week(found.box, found.week)


@blueprint.get("/hom-thu/<int:mailbox_id>/tuan/<string(length=10):week>")
@requires(Permission.MAILBOX_READ, load=boxes.get_visible)
def tally(box: Mailbox, week: str) -> ResponseReturnValue:
    return _page(_week_page(box, week))


@blueprint.get("/hom-thu/<int:mailbox_id>/tuan/<string(length=10):week>/so-lieu.xlsx")
@requires(Permission.MAILBOX_READ, load=boxes.get_visible)
def tally_file(box: Mailbox, week: str) -> ResponseReturnValue:
    page = _week_page(box, week)
    if page.figures is None:
        raise Missing
    counted = page.figures
    name = _("Tổng hợp tuần %(day)s, %(name)s", day=format_date(page.row.week), name=box.name)
    return _sheet(lambda stream: exports.write_week(stream, box, counted, page.tally), name)


@blueprint.post("/hom-thu/<int:mailbox_id>/tuan/<string(length=10):week>/lap")
@requires(Permission.TALLY_SIGN, load=boxes.get_visible)
def sign_tally(box: Mailbox, week: str) -> ResponseReturnValue:
    page, form = _week_page(box, week), SignForm()
    if form.settles(lambda: services.sign(actor(), box, page.row.week, form.entered()),
                    _("Đã lập và ký. Còn chờ người thứ hai xác nhận.")):  # fmt: skip
        return _to_week(box, page.row.week)
    return _page(page, form), 422


@blueprint.post("/hom-thu/<int:mailbox_id>/tuan/<string(length=10):week>/xac-nhan")
@requires(Permission.MAILBOX_READ, load=boxes.get_visible)
def confirm_tally(box: Mailbox, week: str) -> ResponseReturnValue:
    page, form = _week_page(box, week), PositionForm()
    found = _begun(page)
    if not allows(actor(), Permission.TALLY_CONFIRM, found):
        raise Forbidden
    if form.settles(lambda: services.confirm(actor(), found, form.entered()),
                    _("Đã xác nhận. Số liệu của tuần đã khóa.")):  # fmt: skip
        return _to_week(box, page.row.week)
    return _page(page, None, form), 422


@blueprint.post("/hom-thu/<int:mailbox_id>/tuan/<string(length=10):week>/bao-cao")
@requires(Permission.TALLY_REPORT, load=boxes.get_visible)
def report_tally(box: Mailbox, week: str) -> ResponseReturnValue:
    page = _week_page(box, week)
    try:
        minutes, report = sending.carry(actor(), _begun(page))
    except (Refused, Invalid) as failure:
        warn(failure)
        return _to_week(box, page.row.week)
    done = minutes.is_issued and report.is_issued
    flash(f"{_told(_('Biên bản'), minutes)} {_told(_('Báo cáo'), report)}",
          "success" if done else "info")  # fmt: skip
    return _to_week(box, page.row.week)


@blueprint.get("/hom-thu/<int:mailbox_id>/nam/<int:year>")
@requires(Permission.MAILBOX_READ, load=boxes.get_visible)
def mailbox_year(box: Mailbox, year: int) -> ResponseReturnValue:
    if (page := annual.of(box, year)) is None:
        raise Missing
    return render_template("features/tallies/year.html", page=page, box=box)


@blueprint.get("/hom-thu/<int:mailbox_id>/nam/<int:year>/so-lieu.xlsx")
@requires(Permission.MAILBOX_READ, load=boxes.get_visible)
def mailbox_year_file(box: Mailbox, year: int) -> ResponseReturnValue:
    if (page := annual.of(box, year)) is None:
        raise Missing
    name = _("Hòm thư năm %(year)s, %(name)s", year=year, name=box.name)
    return _sheet(lambda stream: exports.write_year(stream, page), name)


@blueprint.get("/hom-thu/<int:mailbox_id>/thang/<string(length=7):month>.pdf")
@requires(Permission.MAILBOX_READ, load=boxes.get_visible)
def mailbox_month(box: Mailbox, month: str) -> ResponseReturnValue:
    first = monthly.month_of(box, month)
    if first is None:
        raise Missing
    sheet = monthly.sheet(box, first, base_url())
    name = _("Bà con góp ý tháng %(month)s, %(name)s", month=f"{first:%m-%Y}", name=box.name)
    return send_file(BytesIO(monthly.draw(sheet)), PDF, download_name=f"{name}.pdf")


def _week_page(box: Mailbox, typed: str) -> WeekPage:
    week = pages.day_of(typed)
    if week is None or week not in weeks.of_box(box):
        raise Missing
    return pages.week_page(actor(), box, week)


def _begun(page: WeekPage) -> Tally:
    if page.tally is None:
        raise Missing
    return page.tally


def _page(
    page: WeekPage, sign: SignForm | None = None, confirm: PositionForm | None = None
) -> str:  # fmt: skip
    remark = page.tally.remark if page.tally else ""
    return render_template(
        "features/tallies/week.html", page=page, box=page.box, row=page.row,
        sign=sign or SignForm(formdata=None, position=page.position, remark=remark),
        confirm=confirm or PositionForm(formdata=None, position=page.position),
        offers=buttons(TALLY, page.tally) if page.tally else (), words=pages.STATE_WORDS,
        left=sending.LEFT,
    )  # fmt: skip


def _told(name: str, paper: Carried) -> str:
    said = _("%(name)s %(left)s.", name=name, left=_(paper.left))
    return f"{said} {_(paper.why)}" if paper.why else said


def _sheet(write: Callable[[IO[bytes]], None], name: str) -> ResponseReturnValue:
    content = BytesIO()
    write(content)
    content.seek(0)
    return sent(content, XLSX, f"{name}.xlsx")


def _to_week(box: Mailbox, week: date) -> ResponseReturnValue:
    return redirect(url_for("office.tally", mailbox_id=box.id, week=week.isoformat()))
