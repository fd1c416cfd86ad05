"""The points in a commune: one by one, many at once, and as a workbook."""

from io import BytesIO

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.unit_forms import EndForm, PointForm
from portal.blueprints.office.units import sheet
from portal.core.errors import Invalid, Stale
from portal.features.org_units import point_list, points, queries
from portal.features.org_units.kinds import POINT_LABELS
from portal.features.org_units.models import Point, Unit
from portal.features.org_units.points import Described
from portal.policy.permissions import Permission
from portal.web import pasting
from portal.web.access import requires
from portal.web.actor import actor
from portal.web.locale import translate


@blueprint.route("/don-vi/<int:unit_id>/diem/them", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT, load=queries.get_visible)
def unit_new_point(unit: Unit) -> ResponseReturnValue:
    unit_id, form = unit.id, PointForm()
    if form.validate_on_submit():
        try:
            points.add(actor(), unit_id, form.described)
        except Invalid as invalid:
            form.show(invalid)
        else:
            flash(_("Đã thêm “%(name)s”.", name=form.name.data), "success")
            return redirect(url_for("office.unit", unit_id=unit_id))
    status = 422 if form.is_submitted() else 200
    return render_template("features/org_units/point.html", form=form, unit=unit), status


@blueprint.route("/don-vi/diem/<int:point_id>", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT, load=points.get_visible)
def unit_point(point: Point) -> ResponseReturnValue:
    form = PointForm()
    if not form.is_submitted():
        return _point_page(PointForm.of(Described.of(point)), point)
    if form.validate():
        try:
            points.change(actor(), point.id, form.described, form.seen_point)
        except Invalid as invalid:
            form.show(invalid)
        except Stale as stale:
            form.show_stale(stale)
            return _point_page(form, point, stale=stale), 409
        else:
            flash(_("Đã lưu “%(name)s”.", name=form.name.data), "success")
            return redirect(url_for("office.unit", unit_id=point.unit_id))
    return _point_page(form, point), 422


@blueprint.post("/don-vi/diem/<int:point_id>/ngung")
@requires(Permission.UNIT_EDIT, load=points.get_visible)
def unit_end_point(point: Point) -> ResponseReturnValue:
    form = EndForm()
    if not form.validate():
        return _point_page(PointForm.of(Described.of(point)), point, ending=form), 422
    points.end(actor(), point.id, form.reason.data)
    flash(_("Đã ngừng “%(name)s”. Số phiếu đã nhận ở đó vẫn còn.", name=point.name), "success")
    return redirect(url_for("office.unit", unit_id=point.unit_id))


@blueprint.post("/don-vi/diem/<int:point_id>/mo-lai")
@requires(Permission.UNIT_EDIT, load=points.get_visible)
def unit_reopen_point(point: Point) -> ResponseReturnValue:
    points.reopen(actor(), point.id)
    flash(_("Đã mở lại “%(name)s”.", name=point.name), "success")
    return redirect(url_for("office.unit", unit_id=point.unit_id))


@blueprint.route("/don-vi/<int:unit_id>/diem/nhap", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT, load=queries.get_visible)
def unit_points_paste(unit: Unit) -> ResponseReturnValue:
    unit_id, columns = unit.id, point_list.columns(unit)
    sent = pasting.received(columns)
    if sent.table is None:
        return render_template(
            "features/org_units/points_paste.html",
            unit=unit, sent=sent, columns=columns, kinds=POINT_LABELS,
        ), sent.status  # fmt: skip
    found = point_list.checked(unit, sent.table)
    if sent.saves and not found.table.faults:
        try:
            fates = point_list.take(actor(), unit, sent.table)
        except Invalid:
            found = point_list.checked(unit, sent.table)
        else:
            flash(_("Đã thêm %(added)s điểm, sửa %(changed)s điểm.", added=fates["added"],
                    changed=fates["changed"] + fates["reopened"]), "success")  # fmt: skip
            return redirect(url_for("office.unit", unit_id=unit_id))
    return render_template(
        "features/org_units/points_check.html", unit=unit, found=found
    ), 422 if found.table.faults else 200


@blueprint.get("/don-vi/<int:unit_id>/diem.xlsx")
@requires(Permission.UNIT_READ, load=queries.get_visible)
def unit_points_sheet(unit: Unit) -> ResponseReturnValue:
    content = BytesIO()
    labels = {str(kind): translate(label) for kind, label in POINT_LABELS.items()}
    heads = [translate(column.head) for column in point_list.columns(unit)]
    point_list.spreadsheet(content, unit, labels, heads)
    return sheet(content, f"Điểm {unit.full_name}.xlsx")


def _point_page(
    form: PointForm, point: Point, *, stale: Stale | None = None, ending: EndForm | None = None
) -> str:
    return render_template(
        "features/org_units/point.html", form=form, unit=point.unit, point=point, stale=stale,
        ending=ending or EndForm(formdata=None),
    )  # fmt: skip
