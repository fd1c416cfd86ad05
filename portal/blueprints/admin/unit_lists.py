"""Lists of units, and who takes over from whom: pasted or sent, looked at, confirmed."""

from datetime import date
from io import BytesIO

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.admin import blueprint
from portal.core import clock
from portal.core.errors import Invalid, PortalError, Refused, Stale
from portal.core.pasting import Column
from portal.core.text import clean
from portal.core.workbook import Column as Head
from portal.core.workbook import Sheet, workbook
from portal.features.org_units import pages as units
from portal.features.org_units import services, tables
from portal.features.reforms import pages
from portal.features.reforms import services as reforms
from portal.features.reforms.services import Outcome
from portal.policy.permissions import Permission
from portal.web import pasting
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.locale import number
from portal.web.pasting import Sent
from portal.web.printing import XLSX, sent

FEW = 5
"""So many places are named in one sentence."""


@blueprint.route("/don-vi/nhap", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def import_units() -> ResponseReturnValue:
    sent = pasting.received(tables.UNIT_COLUMNS)
    if sent.table is None:
        return _unit_box(sent), sent.status
    page = pages.unit_list(sent.table)
    if not sent.saves or page.table.faults:
        return _unit_grid(page), 422 if page.table.faults else 200
    try:
        report = services.import_units(
            tables.rows(sent.table), doer=actor(), seen=request.form.get("seen", "")
        )
    except Stale as stale:
        return _unit_grid(pages.unit_list(sent.table), stale), 409
    flash(_("Đã nhập: thêm %(added)s, sửa %(changed)s, kết thúc %(ended)s đơn vị.",
            added=number(report.added), changed=number(report.changed - report.ended),
            ended=number(report.ended)), "success")  # fmt: skip
    return redirect(url_for("admin.units"))


@blueprint.route("/don-vi/sap-xep", methods=["GET", "POST"])
@requires(Permission.UNIT_MANAGE)
def succeed_units() -> ResponseReturnValue:
    sent = pasting.received(tables.CROSSWALK_COLUMNS)
    text = clean(sent.others.get("day", clock.format_date(services.TWO_TIERS_SINCE)))
    day, fault = _day(text)
    if sent.table is None or day is None:
        kept = sent if sent.table is None else Sent(text=pasting.typed(sent.table))
        return _reform_box(kept, text, fault), 422 if fault else sent.status
    page = pages.reform(sent.table, day, _wanted(sent), _alone(sent))
    if not sent.saves or page.table.faults:
        return _reform_grid(page), 422 if page.table.faults else 200
    try:
        outcome = reforms.carry_out(
            actor(), tables.rows(sent.table), day, wanted=_wanted(sent),
            alone=_alone(sent), seen=request.form.get("seen", ""),
        )  # fmt: skip
    except Invalid as invalid:
        return _reform_grid(page, invalid=invalid), 422
    except (Refused, Stale) as refused:
        return _reform_grid(
            pages.reform(sent.table, day, _wanted(sent), _alone(sent)), refused
        ), 409
    flash(_told(outcome), "success")
    if outcome.losses:
        flash(_told_lost(outcome), "warning")
    return redirect(url_for("admin.units"))


@blueprint.get("/don-vi/mau-danh-sach.xlsx", defaults={"which": "don-vi"})
@blueprint.get("/don-vi/mau-sap-xep.xlsx", defaults={"which": "sap-xep"})
@requires(Permission.UNIT_MANAGE)
def unit_template(which: str) -> ResponseReturnValue:
    if which == "don-vi":
        return _template(_("Danh sách đơn vị"), tables.UNIT_COLUMNS, tables.EXAMPLE_UNITS)
    return _template(_("Sắp xếp đơn vị"), tables.CROSSWALK_COLUMNS, tables.EXAMPLE_CROSSWALK)


def _template(
    name: str, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...]
) -> Response:
    stream = BytesIO()
    with workbook(stream) as book:
        widths = {"narrow": 14, "": 24, "wide": 36}
        heads = [Head(_(column.head), widths[column.width]) for column in columns]
        sheet = Sheet(book, name, heads)
        for row in rows:
            sheet.add(row)
        sheet.close()
    stream.seek(0)
    return sent(stream, XLSX, f"{name}.xlsx")


def _day(text: str) -> tuple[date | None, str]:
    try:
        return clock.parse_date(text), ""
    except ValueError as error:
        return None, _(str(error), day=text)


def _wanted(sent: Sent) -> dict[int, str]:
    """Read what was chosen for organisations: “body-17” → “into-4”."""
    return _by_number("body-", sent)


def _alone(sent: Sent) -> frozenset[int]:
    """Read which units are meant to end with nobody taking over: “alone-17”."""
    return frozenset(_by_number("alone-", sent))


def _by_number(prefix: str, sent: Sent) -> dict[int, str]:
    named = ((name.partition(prefix)[2], value) for name, value in sent.others.items())
    return {int(number): value for number, value in named if number.isdecimal()}


def _unit_box(sent: Sent) -> str:
    return render_template("admin/units_paste.html", sent=sent, columns=tables.UNIT_COLUMNS)


def _unit_grid(page: pages.ListPage, refused: PortalError | None = None) -> str:
    return render_template("admin/units_check.html", page=page, refused=refused, units=units)


def _reform_box(sent: Sent, day: str, fault: str) -> str:
    return render_template(
        "admin/reform_paste.html", sent=sent, columns=tables.CROSSWALK_COLUMNS, day=day, fault=fault
    )


def _reform_grid(
    page: pages.ReformPage, refused: PortalError | None = None, invalid: Invalid | None = None
) -> str:
    return render_template(
        "admin/reform_check.html", page=page, refused=refused, units=units,
        errors=invalid.errors if invalid else {},
    )  # fmt: skip


def _told(outcome: Outcome) -> str:
    told: str = _(
        "Đã sắp xếp: %(ended)s đơn vị kết thúc, %(moved)s cơ quan chuyển, %(merged)s cơ quan nhập, "
        "%(points)s điểm chuyển; %(campaigns)s đợt khảo sát có thêm %(codes)s mã mới.",
        **{
            name: number(n)
            for name, n in vars(outcome).items()
            if name not in {"errors", "successions", "losses"}
        },
    )
    return told


def _told_lost(outcome: Outcome) -> str:
    names = [f"{loss.unit.running_name} ({loss.campaign.name})" for loss in outcome.losses]
    more = _(" và %(n)s nơi nữa", n=number(len(names) - FEW)) if len(names) > FEW else ""
    told: str = _(
        "Các đơn vị cũ đã chọn khác nhau. Mời chọn lại ngày hỏi hoặc nơi hỗ trợ ở: "
        "%(places)s%(more)s.",
        places=", ".join(names[:FEW]), more=more,
    )  # fmt: skip
    return told
