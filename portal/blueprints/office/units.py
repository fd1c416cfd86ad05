"""“Đơn vị của tôi”: a unit, its figures, and the units below it."""

from io import BytesIO

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.blueprints.office import blueprint
from portal.blueprints.office.unit_forms import FiguresForm
from portal.core.errors import Invalid, Stale
from portal.core.pagination import paginate_list
from portal.core.text import clean
from portal.features.documents import asked
from portal.features.org_units import desk, figures, pages, queries
from portal.features.org_units.figures import Figures
from portal.features.org_units.kinds import POINT_LABELS
from portal.features.org_units.models import Level, Unit
from portal.features.users import pages as user_pages
from portal.features.users import queries as users
from portal.policy.permissions import Permission
from portal.policy.roles import Role
from portal.policy.table import allows
from portal.web import pasting
from portal.web.access import requires, signed_in
from portal.web.actor import actor
from portal.web.locale import translate
from portal.web.printing import XLSX, sent


@blueprint.get("/don-vi")
@signed_in(Role.PROVINCE, Role.DISTRICT, Role.COMMUNE, Role.YOUTH)
def units() -> ResponseReturnValue:
    return redirect(url_for("office.unit", unit_id=actor().unit_id))


@blueprint.get("/don-vi/<int:unit_id>")
@requires(Permission.UNIT_READ, load=queries.get_visible)
def unit(unit: Unit) -> ResponseReturnValue:
    words, lacking = clean(request.args.get("tim", "")), request.args.get("thieu", "")
    below = None
    if unit.level != Level.COMMUNE:
        below = desk.below(unit, asked.kinds, words=words, lacking=lacking)
    page, may = desk.of(unit, asked.kinds), may_edit(unit)
    return render_template(
        "features/org_units/unit.html",
        page=page,
        below=below,
        shown=paginate_list(below.lines if below else (), request.args.get("trang", 1, type=int)),
        words=words,
        lacking=lacking,
        kinds=POINT_LABELS,
        units=pages,
        may_edit=may,
        editors=users.editors(unit) if page.open and not may else (),
        users=user_pages,
    )


@blueprint.route("/don-vi/<int:unit_id>/so-lieu", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT, load=queries.get_visible)
def unit_figures(unit: Unit) -> ResponseReturnValue:
    unit_id, stored = unit.id, Figures.of(unit)
    form, status = FiguresForm(), 422
    if not form.is_submitted():
        return _figures_page(FiguresForm.of(stored), unit), 200
    if form.validate():
        try:
            figures.set_figures(actor(), unit_id, form.figures, form.seen_figures)
        except Invalid as invalid:
            form.show(invalid)
        except Stale as stale:
            form.show_stale(stale)
            return _figures_page(form, unit, stale), 409
        else:
            flash(_("Đã lưu số dân, số hộ."), "success")
            return redirect(url_for("office.unit", unit_id=unit_id))
    return _figures_page(form, unit), status


@blueprint.route("/don-vi/<int:unit_id>/so-lieu/nhap", methods=["GET", "POST"])
@requires(Permission.UNIT_EDIT, load=queries.get_visible)
def unit_figures_paste(unit: Unit) -> ResponseReturnValue:
    unit_id, sent = unit.id, pasting.received(figures.COLUMNS)
    if sent.table is None:
        return _paste_page(unit, sent=sent), sent.status
    table = figures.checked(unit_id, sent.table)
    if sent.saves and not table.faults:
        try:
            changed = figures.take(actor(), unit_id, sent.table)
        except Invalid:
            table = figures.checked(unit_id, sent.table)
        else:
            flash(_("Đã lưu số liệu mới của %(n)s đơn vị.", n=changed), "success")
            return redirect(url_for("office.unit", unit_id=unit_id))
    return _paste_page(unit, table=table), 422 if table.faults else 200


@blueprint.get("/don-vi/<int:unit_id>/so-lieu.xlsx")
@requires(Permission.UNIT_READ, load=queries.get_visible)
def unit_figures_sheet(unit: Unit) -> ResponseReturnValue:
    content = BytesIO()
    below = desk.below(unit, asked.kinds).every
    heads = [translate(column.head) for column in figures.COLUMNS]
    figures.spreadsheet(content, [line.unit for line in below] or [unit], heads)
    return sheet(content, f"Dân số, số hộ {unit.full_name}.xlsx")


def sheet(content: BytesIO, name: str) -> ResponseReturnValue:
    """Send a workbook under its name."""
    content.seek(0)
    return sent(content, XLSX, name)


def may_edit(unit: Unit) -> bool:
    """Say whether the actor may change what is known of a unit that exists."""
    return pages.is_present(unit) and allows(actor(), Permission.UNIT_EDIT, unit)


def _figures_page(form: FiguresForm, unit: Unit, stale: Stale | None = None) -> str:
    return render_template("features/org_units/figures.html", form=form, unit=unit, stale=stale)


def _paste_page(unit: Unit, **found: object) -> str:
    page = "figures_check" if "table" in found else "figures_paste"
    return render_template(
        f"features/org_units/{page}.html", unit=unit, columns=figures.COLUMNS, **found
    )
